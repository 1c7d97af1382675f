/* Reads a paragraph aloud when asked. The button is shown only where the browser has a voice; WeChat's often has none. */
(function () {
  "use strict";
  if (!("speechSynthesis" in window) || !window.SpeechSynthesisUtterance) return;
  var speech = window.speechSynthesis;
  document.querySelectorAll("[data-speaker]").forEach(function (row) {
    var button = row.querySelector("[data-speak]"), start = button.textContent;
    function rest() { button.textContent = start; }
    button.addEventListener("click", function () {
      if (speech.speaking) { speech.cancel(); rest(); return; }
      var text = new SpeechSynthesisUtterance(document.getElementById(button.dataset.speak).textContent);
      text.lang = document.documentElement.lang;
      text.rate = 0.9;
      text.onend = text.onerror = rest;
      button.textContent = button.dataset.stop;
      speech.speak(text);
    });
    row.hidden = false;
  });
  window.addEventListener("pagehide", function () { speech.cancel(); });
})();
