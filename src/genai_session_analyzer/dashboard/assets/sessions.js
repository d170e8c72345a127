/* The address bar follows the replay: a session can be sent as a link without loading the page. */
(function () {
  "use strict";

  var functions = (window.dash_clientside = window.dash_clientside || {});
  functions.sessions = {
    remember: function (sessionId, search) {
      var address = new URL(window.location.href);
      // A link that names a session is dcc.Location's own: two hands on it would undo each other.
      var isLinked = new URLSearchParams(search || "").has("session");
      if (address.pathname === "/sessions" && !isLinked) {
        if (sessionId) {
          address.searchParams.set("session", sessionId);
        } else {
          address.searchParams.delete("session");
        }
        window.history.replaceState(window.history.state, "", address);
      }
    },
  };
})();
