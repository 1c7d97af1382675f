/* The scanner's extra, where the browser reads QR codes by itself (BarcodeDetector): the camera, and photos that
   then never leave the phone. Without it the form sends the photo to the server, which reads it. */
(function () {
  "use strict";
  if (!("BarcodeDetector" in window)) return;
  var detector = new BarcodeDetector({ formats: ["qr_code"] });
  var section = document.getElementById("camera"), picture = document.getElementById("camera-picture");
  var form = document.querySelector("form[enctype]"), file = form.querySelector("input[type=file]");
  var TAKE = 250; // ms between two looks

  // Every outcome is a page of its own: it is read from the top, and nothing has to be announced.
  function open(text) {
    var parts = /^https?:\/\/([^\/?#\s]+)\/c\/([^\/?#]+)\/?(?:\?[^#]*)?(#[0-9A-Za-z]*)?$/i.exec(text.trim());
    if (!parts) return location.assign("?seen=other");
    if (parts[1].toLowerCase() !== section.dataset.host.toLowerCase()) return location.assign("?seen=elsewhere");
    location.assign("/C/" + parts[2] + (parts[3] || ""));
  }

  // A certificate's code before any other that is in view.
  function best(found) {
    var texts = found.map(function (code) { return code.rawValue; });
    return texts.find(function (text) { return /\/c\//i.test(text); }) || texts[0];
  }

  function look(stream) {
    detector.detect(picture).catch(function () { return []; }).then(function (found) {
      if (!found.length) return setTimeout(look, TAKE, stream);
      stream.getTracks().forEach(function (track) { track.stop(); });
      open(best(found));
    });
  }

  function turnOn() {
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(function (stream) {
      picture.srcObject = stream;
      picture.hidden = false;
      document.getElementById("camera-on").hidden = true;
      return picture.play().then(function () { look(stream); });
    }).catch(function () {
      document.getElementById("camera-how").hidden = true;
      document.getElementById("camera-off").hidden = false;
      document.getElementById("camera-heading").focus();
    });
  }

  if (navigator.mediaDevices) {
    section.hidden = false;
    document.getElementById("camera-on").addEventListener("click", turnOn);
  }

  form.addEventListener("submit", function (event) {
    var chosen = file.files[0];
    if (!chosen || !/^image\//.test(chosen.type)) return;
    event.preventDefault();
    createImageBitmap(chosen).then(function (bitmap) { return detector.detect(bitmap); })
      .catch(function () { return []; })
      // The server's reader is better with difficult photos, and says what to do.
      .then(function (found) { if (found.length === 1) open(best(found)); else form.submit(); });
  });
})();
