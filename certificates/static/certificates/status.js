/* The trust bundle, the status lists and the answer, on the phone itself: docs/certificate-format.md, steps 4 and 8,
   same answers and codes as certificates/proof. Load verify.js first. ES2017, no dependencies, no network.

   In the order a page calls it; `now` is Date.now():
   TwoSkillsProof.openBundle(text, trusted) -> Promise of the bundle { as_of, issuer, iat, keys }
     text: the trust bundle as fetched.  trusted: array of pinned thumbprints (base64url); or the bundle held so far,
     which then only a newer one that it vouches for replaces; or null: the bundle is whole, but nobody knows whose.
   TwoSkillsProof.check(code, fragment, bundle): see verify.js
   TwoSkillsProof.statusUri(bundle, claims.status_index) -> the name and address of the status list to fetch
   TwoSkillsProof.openStatus(token, uri, bundle, now) -> Promise of the list { uri, iat, exp, ttl, … }
     token: the JWT form.
   TwoSkillsProof.answer(checked, bundle, status, now) ->
     { kind: "in_force" | "suspended" | "withdrawn" | "replaced" | "status_unknown" | "not_genuine" | "cannot_tell",
       genuine, reason, step,         reason: a permanent code, null where the kind says it all
       claims, owner,
       status,                        "valid" | "invalid" | "suspended" | "replaced"; null if no list was read
       status_at, status_age, bundle_at, bundle_age }   seconds (since 1970, and old); null if not known
     status: what openStatus gave, or its rejection, or null when there is no list.

   The two promises are rejected with { step, code }: step 4 the bundle, 8 the list, 0 this browser cannot. */
(function (root) {
  "use strict";
  var proof = root.TwoSkillsProof, inner = proof.inner, Failure = inner.Failure, need = inner.need, ascii = inner.ascii,
    whole = inner.whole, base64url = inner.base64url, fromBase64url = inner.fromBase64url;
  var STATUSES = ["valid", "invalid", "suspended", "replaced"], KINDS = ["in_force", "withdrawn", "suspended", "replaced"];
  var PURPOSES = ["certificate", "service"];
  var STATES = ["next", "active", "retired", "compromised"];
  var LIST_SIZE = 262144, IN_A_LIST = 1048576;

  function isObject(value) { return !!value && typeof value === "object" && !Array.isArray(value); }

  // The trust bundle, and the JSON Web Signatures of it and of status lists.
  function parseJson(text, step, code) {
    try {
      return JSON.parse(typeof text === "string" ? text
        : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text));
    } catch (error) { throw new Failure(step, code); }
  }

  function parseSignature(entry, payload, typ, step) {
    need(isObject(entry) && !("header" in entry), step, "jws_format");
    need(typeof entry.protected === "string" && entry.protected.length <= 1024, step, "jws_format");
    var header = parseJson(fromBase64url(entry.protected, step, "jws_format"), step, "jws_format");
    need(isObject(header), step, "jws_format");
    need(header.alg === "ES256", step, "jws_algorithm");
    need(!("crit" in header), step, "jws_critical");
    need(header.typ === typ, step, "jws_type");
    need(fromBase64url(header.kid, step, "jws_format").length === 6, step, "jws_key_id");
    var signature = fromBase64url(entry.signature, step, "jws_format");
    need(signature.length === 64, step, "jws_signature_size");
    return { kid: header.kid, data: ascii(entry.protected + "." + payload), signature: signature };
  }

  function serves(jwk, seconds) { // on that day in Beijing
    var day = new Date((seconds + 28800) * 1000).toISOString().slice(0, 10);
    return jwk.purpose === "service" && jwk.state !== "compromised" && day >= jwk.not_before &&
      !(jwk.not_after && day > jwk.not_after);
  }

  async function anySigned(keys, signatures) {
    for (var jwk of keys) {
      for (var one of signatures) {
        if (one.kid === jwk.kid && await inner.signed(jwk, one.signature, one.data)) return jwk;
      }
    }
    return null;
  }

  function isMoment(seconds) { return whole(seconds, 0, inner.MAX_NUMBER * 2 + 1); }

  function isDay(text) {
    var day = typeof text === "string" && /^(?!0000)\d{4}-\d\d-\d\d$/.test(text) ? new Date(text + "T00:00:00Z") : null;
    return !!day && !isNaN(day) && day.toISOString().slice(0, 10) === text;
  }

  async function thumbprint(jwk) {
    var required = '{"crv":"P-256","kty":"EC","x":"' + jwk.x + '","y":"' + jwk.y + '"}';
    var digest = await root.crypto.subtle.digest("SHA-256", ascii(required));
    return base64url(String.fromCharCode.apply(null, new Uint8Array(digest)));
  }

  async function checkKey(jwk) {
    need(isObject(jwk), 4, "bundle_format");
    need(!("d" in jwk), 4, "key_private");
    need(jwk.kty === "EC" && jwk.crv === "P-256" && (!("alg" in jwk) || jwk.alg === "ES256"), 4, "key_not_p256");
    var after = jwk.not_after, closed = jwk.compromised_from;
    fromBase64url(jwk.x, 4, "bundle_format");
    fromBase64url(jwk.y, 4, "bundle_format");
    need(isDay(jwk.not_before) && (after == null || isDay(after)) && (closed == null || isDay(closed)) &&
      STATES.indexOf(jwk.state) >= 0 && typeof jwk.owner === "string" &&
      (!("purpose" in jwk) || typeof jwk.purpose === "string"), 4, "bundle_format");
    await inner.importKey(jwk);
    need(jwk.owner && !inner.INVISIBLE.test(jwk.owner), 4, "bundle_format");
    need(!(after && after < jwk.not_before) && !(jwk.state === "retired" && !after) &&
      (jwk.state === "compromised") === !!closed, 4, "key_dates");
    need(jwk.kid === (await thumbprint(jwk)).slice(0, 8), 4, "key_id_wrong");
  }

  async function checkBundle(bundle) {
    need(isObject(bundle) && bundle.format === "twoskills-trust-bundle-1" && Array.isArray(bundle.keys) &&
      isDay(bundle.as_of) && (bundle.iat == null || isMoment(bundle.iat)), 4, "bundle_format");
    var issuer = "issuer" in bundle ? bundle.issuer : "";
    need(issuer === "" || typeof issuer === "string" && /^https?:\/\/[A-Za-z0-9.:[\]-]{1,200}$/.test(issuer), 4, "bundle_format");
    var keys = bundle.keys.filter(function (jwk) { // a public key for something else may be of any kind
      return !isObject(jwk) || "d" in jwk || typeof jwk.purpose !== "string" || PURPOSES.indexOf(jwk.purpose) >= 0;
    });
    for (var jwk of keys) await checkKey(jwk);
    return Object.assign({}, bundle, { issuer: issuer, keys: keys });
  }

  function knownAt(bundle) {
    return bundle.iat != null ? bundle.iat : Date.parse(bundle.as_of + "T00:00:00+08:00") / 1000;
  }

  async function readBundle(text, trusted) {
    need(text.length <= 4194304, 4, "bundle_too_large");
    var content = parseJson(text, 4, "bundle_format"), signatures = [], refusal = null;
    if (!isObject(content) || !("payload" in content)) {
      content = await checkBundle(content);
      need(!trusted, 4, "bundle_unsigned");
      return content;
    }
    var entries = content.signatures;
    need(typeof content.payload === "string" && Array.isArray(entries) && entries.length && entries.length < 9, 4, "jws_format");
    var payload = fromBase64url(content.payload, 4, "jws_format");
    for (var entry of entries) {
      try { signatures.push(parseSignature(entry, content.payload, "twoskills-trust+jws", 4)); }
      catch (error) { refusal = refusal || error; } // perhaps of a later kind, beside ours
    }
    if (!signatures.length) throw refusal;
    var bundle = await checkBundle(parseJson(payload, 4, "jws_format"));
    need(bundle.issuer && bundle.iat != null, 4, "bundle_format");
    var keys = [], held = Array.isArray(trusted) ? null : trusted;
    for (var jwk of (held || bundle).keys) {
      if (serves(jwk, bundle.iat) && (!trusted || held || trusted.indexOf(await thumbprint(jwk)) >= 0)) keys.push(jwk);
    }
    need(await anySigned(keys, signatures), 4, "bundle_signature");
    need(!held || !held.issuer || held.issuer === bundle.issuer, 4, "bundle_issuer");
    need(!held || knownAt(bundle) >= knownAt(held), 4, "bundle_older");
    return bundle;
  }

  // 8. Status.
  async function inflate(bytes) {
    need(typeof DecompressionStream === "function", 8, "no_inflate");
    var reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
    var packed = new Uint8Array(LIST_SIZE), at = 0;
    try {
      for (var part = await reader.read(); !part.done; part = await reader.read()) {
        need(at + part.value.length <= LIST_SIZE, 8, "status_size");
        packed.set(part.value, at);
        at += part.value.length;
      }
    } catch (error) {
      reader.cancel().catch(function () {});
      throw error instanceof Failure ? error : new Failure(8, "status_compression");
    }
    need(at === LIST_SIZE, 8, "status_size");
    return packed;
  }

  async function readStatus(token, uri, bundle, now) {
    need(token.length <= 524288, 8, "status_too_large");
    var parts = token.split(".");
    need(parts.length === 3, 8, "jws_format");
    var payload = fromBase64url(parts[1], 8, "jws_format");
    var one = parseSignature({ protected: parts[0], signature: parts[2] }, parts[1], "statuslist+jwt", 8);
    var jwk = await anySigned(bundle.keys.filter(function (key) { return key.purpose === "service"; }), [one]);
    need(jwk, 8, "status_key");
    var claims = parseJson(payload, 8, "jws_format"), list = claims && claims.status_list;
    need(isObject(claims) && isObject(list) && typeof list.lst === "string" && "bits" in list, 8, "status_format");
    var compressed = fromBase64url(list.lst, 8, "status_format");
    need(claims.sub === uri, 8, "status_uri");
    need("iat" in claims && "exp" in claims && (claims.ttl == null || whole(claims.ttl, 1, Infinity)), 8, "status_format");
    need(list.bits === 2, 8, "status_size");
    need(isMoment(claims.iat) && isMoment(claims.exp), 8, "status_format");
    var packed = await inflate(compressed);
    need(claims.iat <= now / 1000 + 300, 8, "status_future");
    need(serves(jwk, claims.iat), 8, "status_key");
    return { uri: uri, iat: claims.iat, exp: claims.exp, ttl: claims.ttl || null, packed: packed };
  }

  function answer(checked, bundle, status, now) {
    var told = { kind: "cannot_tell", genuine: checked.genuine, reason: checked.code, step: checked.step || null,
      claims: checked.claims, owner: checked.owner, status: null, status_at: null, status_age: null,
      bundle_at: null, bundle_age: null }, says;
    function age(at) { return Math.max(0, Math.floor(now / 1000) - at); }
    if (bundle) { told.bundle_at = knownAt(bundle); told.bundle_age = age(told.bundle_at); }
    if (checked.claims && status && status.packed) {
      var place = checked.claims.status_index % IN_A_LIST;
      says = status.packed[place >> 2] >> place % 4 * 2 & 3;
      told.status = STATUSES[says];
      told.status_at = status.iat;
      told.status_age = age(status.iat);
    }
    if (checked.genuine === false) told.kind = "not_genuine";
    if (!checked.genuine) return told;
    // Withdrawn and replaced are final; an old "valid" or "suspended" says nothing of today.
    var old = told.status && now >= status.exp * 1000 && says % 2 === 0;
    told.kind = told.status && !old ? KINDS[says] : "status_unknown";
    told.reason = old ? "status_expired" : told.status ? null : status ? status.code : "status_missing";
    return told;
  }

  async function tell(read) { // whatever else goes wrong is the browser's failure
    need(root.crypto && root.crypto.subtle, 0, "no_webcrypto");
    try { return await read(); } catch (error) { throw error instanceof Failure ? error : new Failure(0, "cannot_check"); }
  }

  proof.answer = answer;
  proof.openBundle = function (text, trusted) { return tell(function () { return readBundle(text, trusted); }); };
  proof.openStatus = function (token, uri, bundle, now) {
    return tell(function () { return readStatus(token, uri, bundle, now); });
  };
  proof.statusUri = function (bundle, index) { return bundle.issuer + "/status/" + Math.floor(index / IN_A_LIST); };
})(typeof self === "undefined" ? this : self);
