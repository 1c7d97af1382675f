/* Copies a text at a press; without it, or where the browser may not, the text is selected for the holder to copy. */
(function () {
  "use strict";
  document.querySelectorAll("[data-copier]").forEach(function (row) {
    var button = row.querySelector("[data-copy]"), text = document.getElementById(button.dataset.copy);
    button.addEventListener("click", function () {
      function done() { button.textContent = button.dataset.done; }
      text.focus();
      text.select();
      if (navigator.clipboard) navigator.clipboard.writeText(text.value).then(done, function () {});
      else if (document.execCommand("copy")) done();
    });
    row.hidden = false;
  });
})();
