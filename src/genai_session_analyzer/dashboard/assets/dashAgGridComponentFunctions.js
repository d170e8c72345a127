/* Cell renderers of the tables: React elements only, so that whatever a log holds stays text. */
(function () {
  "use strict";

  var cells = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});

  /** A drawing made of SVG paths: value = {label, paths: [{colour, d}]}. */
  cells.SessionSparkline = function (props) {
    if (!props.value) {
      return null;
    }
    var element = window.React.createElement;
    var shapes = props.value.paths.map(function (path, index) {
      return element("path", { key: index, d: path.d, fill: path.colour });
    });
    return element(
      "svg",
      {
        className: "session-sparkline",
        viewBox: "0 0 " + props.width + " " + props.height,
        width: props.width,
        height: props.height,
        role: "img",
        "aria-label": props.value.label,
      },
      [element("title", { key: "title" }, props.value.label)].concat(shapes)
    );
  };

  /** A friction band: its word beside a mark in its colour: value = {label, colour}. */
  cells.SessionBand = function (props) {
    if (!props.value) {
      return null;
    }
    var element = window.React.createElement;
    return element(
      "span",
      { className: "session-band", style: { borderColor: props.value.colour } },
      element("span", {
        className: "session-band-mark",
        style: { backgroundColor: props.value.colour },
        "aria-hidden": "true",
      }),
      props.value.label
    );
  };
})();
