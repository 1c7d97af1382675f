/* Checks a certificate's signature on the phone itself: docs/certificate-format.md, steps 1-7, same codes
   as certificates/proof (a test holds the two to the same answer on every vector). ES2017, no dependencies.
   status.js, beside it, reads the trust bundle and status lists and gives the answer.

   TwoSkillsProof.check(code, fragment, bundle) -> Promise, never rejected, of
     { genuine: true | false | null,  null: this phone cannot tell, and nothing may say "not genuine"
       step, code,                    what failed (step 1-7), or why it cannot tell (step 0); null if genuine
       claims, owner, as_of }         the signed content and whose key signed it, where the signature held
   fragment: location.hash, with or without the #.  bundle: what TwoSkillsProof.openBundle gave, null if not loaded.
   genuine true does not mean in force: status is another question. */
(function (root) {
  "use strict";
  var ALPHABET = "0123456789ACFHJKMPRUWXY";
  var LOOK_ALIKES = { O: "0", D: "0", Q: "0", I: "1", L: "1", Z: "2", S: "5", B: "8" };
  var BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  var INVISIBLE = /[\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3164\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\u{e0000}-\u{e007f}]/u;
  var DAY = 864e5, EPOCH = Date.UTC(2020, 0, 1), MAX_NUMBER = 4294967295;

  function Failure(step, code) { this.step = step; this.code = code; }
  function need(holds, step, code) { if (!holds) throw new Failure(step, code); }
  function ascii(text) { return Uint8Array.from(text, function (letter) { return letter.charCodeAt(0); }); }

  // 1. Code.
  function parseCode(text) {
    var code = Array.from(text).length > 100 ? "" : text.normalize("NFKC").toUpperCase()
      .replace(/[ \t\r\n.\-\u00b7\u2010-\u2015\u2212\u30fb]/g, "")
      .replace(/[ODQILZSB]/g, function (letter) { return LOOK_ALIKES[letter]; });
    need(Array.from(code).length === 12, 1, "code_length");
    need(/^[0-9ACFHJKMPRUWXY]+$/.test(code), 1, "code_characters");
    var total = 0;
    for (var letter of code) total = (total * 5 + ALPHABET.indexOf(letter)) % 23;
    need(total === 1, 1, "code_check");
    return code;
  }

  // 2. Fragment.
  function toBytes(text) {
    need(text, 2, "fragment_missing");
    need(text.length <= 617, 2, "fragment_too_long");
    if (/^[0-9]+$/.test(text)) return fromDigits(text);
    need(/^[A-Za-z2-7]+$/.test(text), 2, "fragment_characters");
    return fromBase32(text.toUpperCase());
  }

  function fromDigits(digits) {
    need(digits[0] !== "0", 2, "fragment_not_canonical");
    var bytes = []; // least significant first
    for (var digit of digits) {
      var carry = +digit;
      for (var i = 0; i < bytes.length; i++) { carry += bytes[i] * 10; bytes[i] = carry & 255; carry >>= 8; }
      if (carry) bytes.push(carry);
    }
    need(bytes.pop() === 1, 2, "fragment_prefix");
    return Uint8Array.from(bytes.reverse());
  }

  function fromBase32(text) {
    need(text.length <= 410, 2, "fragment_too_long");
    var bytes = [], bits = 0, value = 0;
    for (var letter of text) {
      value = (value << 5 | BASE32.indexOf(letter)) & 4095;
      bits += 5;
      if (bits >= 8) { bits -= 8; bytes.push(value >> bits & 255); }
    }
    need(bits < 5 && !(value & (1 << bits) - 1), 2, "fragment_not_canonical");
    return Uint8Array.from(bytes);
  }

  // 3. Envelope; the payload is read by the same strict reader at step 6.
  function decode(bytes, step) {
    var at = 0;
    function head() {
      need(at < bytes.length, step, "cbor_truncated");
      var major = bytes[at] >> 5, info = bytes[at++] & 31;
      need(major < 6, step, "cbor_type");
      if (info < 24) return [major, info];
      need(info !== 31, step, "cbor_indefinite_length");
      need(info < 28, step, "cbor_type");
      var size = 1 << info - 24, value = 0;
      need(at + size <= bytes.length, step, "cbor_truncated");
      for (var end = at + size; at < end; at++) value = value * 256 + bytes[at];
      need(value > 23 && (size === 1 || value >= Math.pow(2, size * 4)), step, "cbor_not_shortest");
      need(value <= Number.MAX_SAFE_INTEGER, step, "cbor_too_large");
      return [major, value];
    }
    function item(depth) {
      var start = head(), major = start[0], size = start[1], result, i;
      if (major === 0) return size;
      if (major === 1) return -1 - size;
      need(size <= bytes.length - at, step, "cbor_truncated");
      if (major < 4) {
        result = bytes.slice(at, at += size);
        if (major === 2) return result;
        try { return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(result); }
        catch (error) { throw new Failure(step, "cbor_text"); }
      }
      need(depth < 5, step, "cbor_too_deep");
      if (major === 4) {
        for (result = [], i = 0; i < size; i++) result.push(item(depth + 1));
        return result;
      }
      var last = -1;
      for (result = new Map(), i = 0; i < size; i++) {
        var key = head();
        need(key[0] === 0, step, "cbor_key");
        need(!result.has(key[1]), step, "cbor_duplicate_key");
        need(key[1] > last, step, "cbor_key_order");
        result.set(last = key[1], item(depth + 1));
      }
      return result;
    }
    var value = item(1);
    need(at === bytes.length, step, "cbor_trailing_bytes");
    return value;
  }

  function parseEnvelope(bytes) {
    need(bytes[0] === 0xd2, 3, "cose_tag");
    var parts = decode(bytes.slice(1), 3);
    need(Array.isArray(parts) && parts.length === 4 && parts[0] instanceof Uint8Array && parts[1] instanceof Map &&
      !parts[1].size && parts[2] instanceof Uint8Array && parts[3] instanceof Uint8Array, 3, "cose_shape");
    var header = decode(parts[0], 3);
    need(header instanceof Map, 3, "cose_header");
    need(header.get(1) === -7, 3, "cose_algorithm");
    need(header.size === 2 && header.has(4), 3, "cose_header");
    need(header.get(4) instanceof Uint8Array && header.get(4).length === 6, 3, "cose_key_id");
    need(parts[3].length === 64, 3, "cose_signature_size");
    return { protected: parts[0], kid: header.get(4), payload: parts[2], signature: parts[3] };
  }

  // 4 and 5. Key and signature.
  function base64url(binary) { return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, ""); }

  function fromBase64url(text, step, code) {
    var binary = null;
    try { binary = atob(text.replace(/-/g, "+").replace(/_/g, "/")); } catch (error) { /* not base64url */ }
    need(binary !== null && base64url(binary) === text, step, code);
    return ascii(binary);
  }

  function byteString(bytes) { // CBOR; a part of an envelope is always shorter than 256 bytes
    return (bytes.length < 24 ? [64 + bytes.length] : [88, bytes.length]).concat(Array.from(bytes));
  }

  async function importKey(jwk) {
    var bare = { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y };
    try { return await root.crypto.subtle.importKey("jwk", bare, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]); }
    catch (error) { throw new Failure(4, "key_off_curve"); }
  }

  async function signed(jwk, signature, data) {
    return root.crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, await importKey(jwk), signature, data);
  }

  async function verifySignature(envelope, code, bundle) {
    var kid = base64url(String.fromCharCode.apply(null, envelope.kid));
    var jwks = bundle.keys.filter(function (jwk) { return jwk.kid === kid; });
    need(jwks.length, 4, "key_unknown");
    jwks = jwks.filter(function (jwk) { return (jwk.purpose || "certificate") === "certificate"; });
    need(jwks.length, 4, "key_purpose");
    var data = Uint8Array.from([0x84, 0x6a].concat(Array.from(ascii("Signature1")), byteString(envelope.protected),
      byteString(ascii(code)), byteString(envelope.payload)));
    for (var jwk of jwks) if (await signed(jwk, envelope.signature, data)) return jwk;
    throw new Failure(5, "signature_wrong");
  }

  // 6. Claims.
  function whole(value, low, high) { return Number.isInteger(value) && value >= low && value <= high; }

  function readClaims(map) {
    need(map instanceof Map, 6, "claims_shape");
    need(map.get(0) === 1, 6, "claims_version");
    need(map.size === 7 && [1, 2, 3, 4, 5, 6].every(function (key) { return map.has(key); }), 6, "claims_shape");
    var name = map.get(1), skill = map.get(2), days = map.get(4);
    need(whole(skill, 0, MAX_NUMBER), 6, "claims_skill");
    need(whole(days, 0, 36523), 6, "claims_issued_on");
    need(typeof name === "string" && name && !INVISIBLE.test(name) && new TextEncoder().encode(name).length <= 128 &&
      !/^[ \u3000]|[ \u3000]$/.test(name) && name === name.normalize("NFC"), 6, "claims_name");
    need(whole(skill, 10, 999999) && skill % 10 <= 5, 6, "claims_skill");
    need(whole(map.get(3), 1, 9999), 6, "claims_hours");
    need(whole(map.get(5), 1, MAX_NUMBER), 6, "claims_base");
    need(whole(map.get(6), 0, MAX_NUMBER), 6, "claims_status_index");
    return { version: 1, name: name, skill: Math.floor(skill / 10), level: skill % 10, hours: map.get(3),
      issued_on: new Date(EPOCH + days * DAY).toISOString().slice(0, 10), base: map.get(5), status_index: map.get(6) };
  }

  async function check(code, fragment, bundle) {
    var subtle = root.crypto && root.crypto.subtle; // undefined on plain http
    var answer = { genuine: null, step: 0, code: null, claims: null, owner: null, as_of: bundle ? bundle.as_of : null };
    function end(genuine, step, why) { answer.genuine = genuine; answer.step = step; answer.code = why; return answer; }
    if (!subtle) return end(null, 0, "no_webcrypto");
    if (!bundle || !Array.isArray(bundle.keys)) return end(null, 0, "no_bundle");
    try {
      code = parseCode(code);
      var envelope = parseEnvelope(toBytes(fragment.replace(/^#/, "")));
      var key = await verifySignature(envelope, code, bundle);
      var claims = readClaims(decode(envelope.payload, 6));
      // 7. Key on the issue date; ISO dates compare as text.
      var day = claims.issued_on;
      need(day >= key.not_before && !(key.not_after && day > key.not_after), 7, "key_outside_window");
      need(!(key.compromised_from && day >= key.compromised_from), 7, "key_compromised");
      answer.claims = claims;
      answer.owner = key.owner;
      // A closed key's thief can date back: only the registry's own record can settle it.
      return key.state === "compromised" ? end(null, 0, "registry_needed") : end(true, null, null);
    } catch (failure) {
      if (failure instanceof Failure) return end(false, failure.step, failure.code);
      return end(null, 0, "cannot_check"); // the browser failed, not the certificate
    }
  }

  root.TwoSkillsProof = {
    check: check,
    inner: { Failure: Failure, need: need, ascii: ascii, whole: whole, base64url: base64url, fromBase64url: fromBase64url,
      importKey: importKey, signed: signed, INVISIBLE: INVISIBLE, MAX_NUMBER: MAX_NUMBER } // for status.js
  };
})(typeof self === "undefined" ? this : self);
