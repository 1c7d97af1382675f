/* The public page's extra: the phone checks the signature in the address and the signed status by itself, and shows
   the prepared words for what it found beside the page's own answer. Then it keeps what it needs to do so for any
   certificate without a network. All of it begins once the page is there: the answer never waits for it. */
(function () {
  "use strict";
  var section = document.getElementById("phone-check"), data = section.dataset;
  var fragment = /^#[0-9A-Za-z]{60,}$/.test(location.hash) ? location.hash.slice(1) : "";

  // The result of a name check, and the page in another language or size, are new pages: take the signature along.
  if (fragment) {
    document.querySelectorAll("main form[action^='/C/']").forEach(function (form) { form.action += "#" + fragment; });
    document.querySelectorAll(".preferences a").forEach(function (link) { link.hash = fragment; });
  }

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

  function values(answer) {
    var claims = answer.claims || {}, told = { code: answer.reason, owner: answer.owner, name: claims.name, hours: claims.hours,
      issued_on: claims.issued_on };
    ["bundle", "status"].forEach(function (what) {
      if (answer[what + "_at"] == null) return;
      told[what + "_at"] = TwoSkillsPhone.moment(answer[what + "_at"]);
      told[what + "_age"] = TwoSkillsPhone.age(answer[what + "_age"]);
    });
    return told;
  }

  function tell(look) {
    var answer = look.answer, told = values(answer);
    if (look.refused) show("refused", told, true);
    if (answer.kind === "not_genuine") return show("false", told, true);
    // A closed key's certificate is only as good as the register: without a record there, nothing is known.
    if (!answer.claims || (!answer.genuine && !data.hours)) return show("unknown", told, false);
    var differs = data.hours ? differing(answer.claims) : [];
    differs.forEach(function (field) { section.querySelector("[data-field=" + field + "]").hidden = false; });
    if (differs.length) return show("disagrees", told, true);
    show("agrees", told, false);
    if (data.standing) tellStanding(answer, told);
  }

  function tellStanding(answer, told) {
    var word = section.querySelector("[data-standing=" + answer.kind + "]");
    if (!word) return show("no-status", told, false);
    told.standing = word.textContent;
    show(answer.kind === data.standing ? "same-status" : "other-status", told, answer.kind !== data.standing);
  }

  // A list that was kept for some minutes may be behind the page: ask for today's before calling it a contradiction.
  function look() {
    return TwoSkillsPhone.look(data.code, fragment).then(function (first) {
      return !data.standing || first.answer.kind === data.standing ? first : TwoSkillsPhone.look(data.code, fragment, true);
    });
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

  function start() {
    var keeps = "serviceWorker" in navigator && "caches" in window && !(navigator.connection || {}).saveData;
    if (!fragment && !keeps) return;
    // One after the other: each builds on the one before.
    data.scripts.split(" ").reduce(function (done, address) {
      return done.then(function () { return load(address); });
    }, Promise.resolve()).then(function () {
      return fragment && look().then(tell);
    }).catch(function () { show("unknown", {}, false); }).then(function () {
      if (!keeps) return;
      navigator.serviceWorker.register(data.worker, { scope: "/" }).catch(function () {});
      return TwoSkillsPhone.keepAll();
    }).catch(function () {});
  }

  addEventListener("load", start);
})();
