/* The file that federations hand out: it checks certificates on any computer or phone, without a network and without
   being installed. Keys, status lists and names are in it, as of the day it was made; TwoSkillsEmbedded holds them.
   What is checked stands in the file's own address (#language/code/signature), so that every answer is a page that
   is loaded and read from the top. */
(function () {
  "use strict";
  var known = JSON.parse(document.getElementById("known").textContent);
  window.TwoSkillsEmbedded = known.files;
  var asked = location.hash.slice(1).split("/"), languages = Object.keys(known.languages);

  function preferred() {
    var wanted = navigator.languages.find(function (one) { return /^(zh|en)/i.test(one); }) || "zh";
    return /^en/i.test(wanted) ? "en" : /hant|tw|hk|mo/i.test(wanted) ? "zh-hant" : "zh-hans";
  }

  var language = languages.indexOf(asked[0]) >= 0 ? asked[0] : preferred();
  document.documentElement.lang = known.languages[language];
  document.body.appendChild(document.querySelector("template[data-language=" + language + "]").content.cloneNode(true));
  var form = document.querySelector("form"), text = form.elements.text, photo = form.elements.photo;
  document.title = document.querySelector("h1").textContent;

  // The address as printed in the QR, or only its code and digits.
  function parse(pasted) {
    var found = /(?:\/c\/|^)([^\/?#]+?)\/?(?:\?[^#]*)?(?:#([0-9A-Za-z]*))?$/i.exec(pasted.replace(/\s+/g, ""));
    return found && { code: found[1], fragment: found[2] || "" };
  }

  function open(pasted) {
    var one = pasted && parse(pasted);
    if (!one) return refuse("no-address");
    location.hash = [language, encodeURIComponent(one.code), one.fragment].join("/");
  }

  function refuse(name) {
    form.querySelectorAll("[data-error]").forEach(function (error) { error.hidden = error.dataset.error !== name; });
    form.querySelector("[data-error=" + name + "]").focus();
  }

  function read(file) {
    return createImageBitmap(file)
      .then(function (bitmap) { return new BarcodeDetector({ formats: ["qr_code"] }).detect(bitmap); })
      .then(function (found) { return found[0].rawValue; });
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var chosen = photo.files[0];
    if (!chosen) return open(text.value);
    read(chosen).then(open, function () { refuse("no-qr"); });
  });
  addEventListener("hashchange", function () { location.reload(); });
  document.getElementById("photo-row").hidden = !("BarcodeDetector" in window);
  document.querySelectorAll("[data-to]").forEach(function (link) {
    link.href = "#" + [link.dataset.to].concat(asked.slice(1)).join("/");
    if (link.dataset.to === language) link.setAttribute("aria-current", "true");
  });
  document.querySelectorAll("[data-made]").forEach(function (place) {
    place.textContent = TwoSkillsPhone.moment(known.made_at);
  });

  if (!asked[1]) return;
  var code = decodeURIComponent(asked[1]);
  document.body.hidden = true;
  Promise.all([TwoSkillsPhone.look(code, asked[2] || ""), TwoSkillsPhone.names()]).then(function (found) {
    document.getElementById("told").hidden = false;
    document.getElementById("start").remove();
    TwoSkillsTold.tell(found[0], code, found[1]);
    document.body.hidden = false;
  });
})();
