/* The progress page goes on by itself; without this script its button does the same. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-continue]");
  if (form) form.submit();
})();
