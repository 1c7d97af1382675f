/* What this phone knows of the registry: the trust bundle it holds, the status lists and the names. It asks the
   network first and falls back to what it kept; kept is only what a signature it trusts holds up. Load verify.js
   and status.js first.

   TwoSkillsPhone.look(code, fragment, again) -> Promise of
     { answer,      what TwoSkillsProof.answer gave
       offline,     true if the keys or the status had to come from what was kept
       refused }    why a newer trust bundle was not taken (a code), or null: its old keys did not sign it
     again: true to ask the server itself and no cache on the way
   TwoSkillsPhone.names() -> Promise of { skills, bases }, number -> name
   TwoSkillsPhone.keepAll() -> Promise: gets what any other certificate will need without a network
   TwoSkillsEmbedded, address -> text, stands for the network in the file that holds everything (verifier.js).
   TwoSkillsPhone.moment(seconds), .day("2024-06-23"), .age(seconds): written in the page's language, in China's time */
(function (root) {
  "use strict";
  var proof = root.TwoSkillsProof;
  var KEPT = "twoskills-kept", BUNDLE = "/.well-known/twoskills-trust.json", NAMES = "/.well-known/twoskills-names.json",
    LANGUAGE = "/kept/language"; // for the service worker
  var MOST_LISTS = 8; // the newest four million certificates; an older one brings its own list when it is opened

  // Undefined on plain http, refused where storage is switched off: then nothing is kept, and nothing else changes.
  function store() { return root.caches ? root.caches.open(KEPT) : Promise.reject(); }

  function kept(address) {
    if (root.TwoSkillsEmbedded) return Promise.resolve(root.TwoSkillsEmbedded[address] || null);
    return store().then(function (cache) { return cache.match(address); })
      .then(function (response) { return response ? response.text() : null; }).catch(function () { return null; });
  }

  function keep(address, text) {
    return store().then(function (cache) { return cache.put(address, new Response(text)); }).catch(function () {});
  }

  function fetched(address, again) {
    if (root.TwoSkillsEmbedded) return Promise.resolve(null);
    return fetch(address, { credentials: "omit", cache: again ? "no-cache" : "default" })
      .then(function (response) { return response.ok ? response.text() : null; }).catch(function () { return null; });
  }

  function failed(error) { return error && error.code ? error : { step: 0, code: "cannot_check" }; }

  // The first bundle is trusted as it comes over https; from then on only one that its service keys have signed.
  async function bundle(again) {
    var texts = await Promise.all([kept(BUNDLE), fetched(BUNDLE, again)]), old = texts[0], fresh = texts[1];
    var held = old === null ? null : await proof.openBundle(old, null).catch(function () { return null; });
    var known = { bundle: held, offline: fresh === null, refused: null };
    if (fresh === null || (held && fresh === old)) return known;
    try {
      known.bundle = await proof.openBundle(fresh, held);
      await keep(BUNDLE, fresh);
    } catch (error) {
      // A cache on the way may hold one from before ours; any other refusal is an alarm.
      if (failed(error).code !== "bundle_older") known.refused = failed(error).code;
    }
    return known;
  }

  async function status(index, trusted, again) {
    var uri = proof.statusUri(trusted, index), address = uri.slice(trusted.issuer.length), best = null, failure = null;
    var fresh = await fetched(address, again), old = await kept(address);
    for (var text of [fresh, old]) {
      if (text === null) continue;
      try {
        var list = await proof.openStatus(text, uri, trusted, Date.now());
        if (!best || list.iat > best.iat) best = list;
      } catch (error) { failure = failure || failed(error); }
    }
    if (best && fresh !== null && fresh !== old && !failure) await keep(address, fresh);
    return { list: best || failure, offline: fresh === null };
  }

  async function look(code, fragment, again) {
    var known = await bundle(again);
    var checked = await proof.check(code, fragment, known.bundle);
    var found = checked.claims && known.bundle.issuer
      ? await status(checked.claims.status_index, known.bundle, again) : { list: null, offline: false };
    var answer = proof.answer(checked, known.bundle, found.list, Date.now());
    // Keys that were made since then are not in an old bundle: without the network that is no forgery.
    if (answer.reason === "key_unknown" && known.offline) {
      answer = Object.assign(answer, { kind: "cannot_tell", genuine: null });
    }
    return { answer: answer, offline: known.offline || found.offline, refused: known.refused };
  }

  function read(text) {
    try { return text === null ? null : JSON.parse(text); } catch (error) { return null; }
  }

  async function names() {
    var text = await kept(NAMES);
    if (text === null) text = await fetched(NAMES);
    return read(text) || { skills: {}, bases: {} };
  }

  async function keepAll() {
    await keep(LANGUAGE, document.documentElement.lang.toLowerCase());
    var known = await bundle(), text = await fetched(NAMES), listed = read(text);
    if (listed) await keep(NAMES, text);
    if (!known.bundle || !listed) return;
    for (var left = MOST_LISTS, list = listed.status_lists - 1; left && list >= 0; left--, list--) {
      await status(list * 1048576, known.bundle);
    }
  }

  function language() { return document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang; }

  var DAY = { year: "numeric", month: "long", day: "numeric" }, CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

  function moment(seconds) {
    var options = Object.assign({ timeZone: "Asia/Shanghai" }, DAY, CLOCK);
    return new Intl.DateTimeFormat(language(), options).format(seconds * 1000);
  }

  function day(text) {
    return new Intl.DateTimeFormat(language(), Object.assign({ timeZone: "UTC" }, DAY)).format(Date.parse(text));
  }

  function age(seconds) {
    var units = [["day", 86400], ["hour", 3600], ["minute", 60]];
    var fits = units.find(function (unit) { return seconds >= unit[1]; }) || units[2];
    return new Intl.RelativeTimeFormat(language(), { numeric: "auto" }).format(-Math.floor(seconds / fits[1]), fits[0]);
  }

  root.TwoSkillsPhone = { look: look, names: names, keepAll: keepAll, moment: moment, day: day, age: age };
})(self);
