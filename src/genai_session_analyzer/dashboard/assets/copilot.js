/* The Copilot's share of the browser: colours in the SQL editor, keys, a chart as a picture. */
(function () {
  "use strict";

  var EDITOR = "copilot-sql";
  var PAINT = "copilot-sql-paint";
  var KEYWORDS =
    "all and any array as asc asof between by case cast column columns cross cube date day desc " +
    "describe distinct else end escape except exclude exists extract false fetch filter first " +
    "following from full group grouping having hour ilike in inner intersect interval is join " +
    "lambda last lateral left like limit materialized minute month natural not null nulls offset " +
    "on or order outer over partition pivot positional preceding qualify quarter range recursive " +
    "replace right rollup row rows sample second select semi sets show similar summarize table " +
    "then timestamp to true unbounded union unnest unpivot using values week when where window " +
    "with within year";
  var IS_KEYWORD = {};
  KEYWORDS.split(" ").forEach(function (word) {
    IS_KEYWORD[word] = true;
  });
  /* Comment, string, quoted name, number, word (with what follows, to tell functions), the rest. */
  var TOKEN =
    /(--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|('(?:[^']|'')*(?:'|$))|("(?:[^"]|"")*(?:"|$))|(\b\d+(?:\.\d+)?(?:e[+-]?\d+)?\b)|([A-Za-z_]\w*)|([\s\S])/gi;

  function kindOf(found, text, end) {
    if (found[1] !== undefined) return "comment";
    if (found[2] !== undefined) return "string";
    if (found[3] !== undefined) return "name";
    if (found[4] !== undefined) return "number";
    if (found[5] === undefined) return null;
    if (IS_KEYWORD[found[5].toLowerCase()]) return "keyword";
    return /^\s*\(/.test(text.slice(end)) ? "function" : null;
  }

  /* Text nodes only: whatever the SQL holds stays text. */
  function paint(text) {
    var place = document.getElementById(PAINT);
    if (!place) return;
    var parts = document.createDocumentFragment();
    var found;
    TOKEN.lastIndex = 0;
    while ((found = TOKEN.exec(text)) !== null) {
      var kind = kindOf(found, text, TOKEN.lastIndex);
      if (kind === null) {
        parts.appendChild(document.createTextNode(found[0]));
      } else {
        var mark = document.createElement("span");
        mark.className = "sql-" + kind;
        mark.textContent = found[0];
        parts.appendChild(mark);
      }
    }
    parts.appendChild(document.createTextNode("\n"));
    place.replaceChildren(parts);
  }

  document.addEventListener("input", function (event) {
    if (event.target.id === EDITOR) paint(event.target.value);
  });
  document.addEventListener("keydown", function (event) {
    if (event.target.id === EDITOR && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      var run = document.getElementById("copilot-run");
      /* Dash hears of the last letters first. */
      if (run) window.setTimeout(function () { run.click(); }, 60);
    }
  });

  var functions = (window.dash_clientside = window.dash_clientside || {});
  functions.copilot = {
    paint: function (sql) {
      window.setTimeout(function () { paint(sql || ""); }, 0);
      return window.dash_clientside.no_update;
    },
    /* A name for this browser session, so that one person has one query in flight. */
    begin: function (_, session) {
      if (session && session.asker) return window.dash_clientside.no_update;
      var bytes = window.crypto.getRandomValues(new Uint8Array(12));
      var asker = Array.from(bytes, function (byte) {
        return byte.toString(16).padStart(2, "0");
      }).join("");
      return { asker: asker, questions: [] };
    },
    /* Run may lie far below: what came of it is brought into view. A chosen reading goes with its
       button; whoever used the keyboard goes on at the answer. */
    reveal: function () {
      window.setTimeout(function () {
        var answer = document.getElementById("copilot-answer");
        var place = document.querySelector(".copilot-problem") || answer;
        if (!place) return;
        if (document.activeElement === document.body) answer.focus({ preventScroll: true });
        var top = place.getBoundingClientRect().top;
        if (top < 0 || top > window.innerHeight) place.scrollIntoView({ block: "start" });
      }, 0);
      return window.dash_clientside.no_update;
    },
    savePicture: function (clicks) {
      var chart = document.querySelector("#copilot-chart .js-plotly-plot");
      if (clicks && chart && window.Plotly) {
        window.Plotly.downloadImage(chart, { format: "png", scale: 2, filename: "answer" });
      }
      return window.dash_clientside.no_update;
    },
  };

  var NOTHING = "\u2013";
  var formats = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  function grouped(value, digits) {
    return value.toLocaleString("en-US", { maximumFractionDigits: digits });
  }
  formats.copilotNumber = function (value, unit) {
    if (value === null || value === undefined) return NOTHING;
    if (typeof value !== "number") return String(value);
    if (unit === "rate") return (value * 100).toFixed(2) + "\u202f%";
    if (unit === "ms") return grouped(value, 0) + "\u202fms";
    return grouped(value, Math.abs(value) < 10 ? 4 : Math.abs(value) < 1000 ? 2 : 1);
  };
  formats.copilotText = function (value) {
    return value === null || value === undefined ? "unknown" : String(value);
  };
})();
