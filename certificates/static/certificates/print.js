/* A button for what the browser's own menu does as well. */
(function () {
  "use strict";
  document.querySelectorAll("[data-print]").forEach(function (row) {
    row.querySelector("button").addEventListener("click", function () { window.print(); });
    row.hidden = false;
  });
})();
