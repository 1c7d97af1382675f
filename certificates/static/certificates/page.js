/* The public page's extra: lets the phone check the signature in the address against the trust bundle, and shows
   the prepared words for what it found. Without it the page's own answer stands alone. Most views have no
   signature in their address, so verify.js is fetched only for those that do. */
(function () {
  "use strict";
  var section = document.getElementById("phone-check");
  var fragment = location.hash.slice(1);
  if (!section || !/^[0-9A-Za-z]{60,}$/.test(fragment)) return;
  var data = section.dataset;

  // The result of a name check is a new page: take the signature along.
  document.querySelectorAll("main form").forEach(function (form) { form.action += "#" + fragment; });

  function find(name) { return section.querySelector("[data-say=" + name + "]"); }

  function show(name, values, alarm) {
    section.querySelectorAll("[data-fill]").forEach(function (place) {
      if (values[place.dataset.fill] != null) place.textContent = values[place.dataset.fill];
    });
    section.hidden = false;
    find(name).hidden = false;
    if (!alarm) return;
    // Changed text is not announced by itself in every phone's browser, so go there.
    document.title = find(name).querySelector("strong").textContent + " " + document.title;
    document.getElementById("phone-check-heading").focus();
  }

  function differing(claims) {
    return ["hours", "level", "issued_on", "skill", "base"].filter(function (field) {
      return String(claims[field]) !== data[field];
    }).concat(fits(claims.name, data.name) ? [] : ["name"]);
  }

  // 张三 fits 张*: as many characters, and those that are shown are the same.
  function fits(name, mask) {
    var letters = Array.from(name), shown = Array.from(mask);
    return letters.length === shown.length && shown.every(function (sign, i) { return sign === "*" || sign === letters[i]; });
  }

  function tell(answer) {
    if (answer.genuine === false) return show("false", answer, true);
    // A closed key's certificate is only as good as the register: without a record there, nothing is known.
    if (!answer.claims || (!answer.genuine && !data.hours)) return show("unknown", answer, false);
    var differs = data.hours ? differing(answer.claims) : [];
    if (!differs.length) return show("agrees", answer, false);
    differs.forEach(function (field) { section.querySelector("[data-field=" + field + "]").hidden = false; });
    show("disagrees", { owner: answer.owner, name: answer.claims.name, hours: answer.claims.hours, issued_on: answer.claims.issued_on }, true);
  }

  function load(address) {
    return new Promise(function (loaded, failed) {
      var script = document.createElement("script");
      script.onload = loaded;
      script.onerror = failed;
      script.src = address;
      document.head.appendChild(script);
    });
  }

  // The bundle's signatures are for verifiers that keep it; this page has it from the registry itself.
  function payload(signed) {
    var bytes = atob(signed.payload.replace(/-/g, "+").replace(/_/g, "/"));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, function (letter) { return letter.charCodeAt(0); })));
  }

  var bundle = fetch(data.bundle).then(function (response) { return response.ok ? response.json().then(payload) : null; })
    .catch(function () { return null; });
  Promise.all([bundle, load(data.verifier)])
    .then(function (fetched) { return TwoSkillsProof.check(data.code, fragment, fetched[0]); })
    .catch(function () { return { genuine: null, claims: null }; })
    .then(tell);
})();
