// The trust bundle (section 6): plain or signed, the first or a later one.
import {day, fits, key, maySign} from './keys.mjs';
import {bytesOf, isObject, json, signature} from './jws.mjs';
import {Refusal, refuse} from './refusal.mjs';

const LARGEST = 4 * 1024 * 1024;
const TYPE = 'twoskills-trust+jws';

export const isMoment = value => Number.isInteger(value) && value >= 0 && value < 2 ** 33;

/** The bundle in this text. With `held` (a bundle) it is a later one; `pins` are thumbprints, null for none. */
export function open(text, {pins = null, held = null} = {}) {
  if (text.length > LARGEST) refuse('bundle_too_large');
  const whole = parse(text);
  if (!('payload' in whole)) {
    const plain = bundle(whole);
    if (held || pins?.length) refuse('bundle_unsigned');
    return plain;
  }
  const signatures = signaturesOf(whole);
  const content = json(whole.payload);
  if (!isObject(content)) refuse('bundle_format');
  const found = bundle(content);
  if (found.issuer === '' || found.iat === null) refuse('bundle_format');
  const trusted = held ? held.keys
    : found.keys.filter(one => !pins?.length || pins.includes(one.thumbprint));
  if (!signatures.some(made => signedBy(trusted, made, found.iat))) refuse('bundle_signature');
  if (held?.issuer && held.issuer !== found.issuer) refuse('bundle_issuer');
  if (held && found.iat < knownAt(held)) refuse('bundle_older');
  return found;
}

const signedBy = (keys, made, iat) =>
  keys.some(one => one.kid === made.kid && maySign(one, iat) && fits(one, made.signed, made.signature));

const knownAt = ({iat, as_of}) => iat ?? Date.parse(as_of + 'T00:00:00+08:00') / 1000;

function parse(text) {
  let found = null;
  try {
    found = JSON.parse(text);
  } catch {
    refuse('bundle_format');
  }
  return isObject(found) ? found : refuse('bundle_format');
}

/** The signatures that keep the rules; without any, the first one's error. */
function signaturesOf({payload, signatures}) {
  if (!Array.isArray(signatures) || !signatures.length || signatures.length > 8) refuse('jws_format');
  if (bytesOf(payload) === null) refuse('jws_format');
  const good = [], bad = [];
  for (const one of signatures) {
    try {
      if (!isObject(one) || 'header' in one) refuse('jws_format');
      good.push(signature(one.protected, payload, one.signature, TYPE));
    } catch(error) {
      if (!(error instanceof Refusal)) throw error;
      bad.push(error);
    }
  }
  if (!good.length) throw bad[0];
  return good;
}

function bundle({format, as_of, issuer = '', iat = null, keys}) {
  if (format !== 'twoskills-trust-bundle-1' || !Array.isArray(keys)) refuse('bundle_format');
  day(as_of);
  if (issuer !== '' && !(typeof issuer === 'string' && /^https?:\/\/[A-Za-z0-9.:[\]-]{1,200}$/.test(issuer)))
    refuse('bundle_format');
  if (iat !== null && !isMoment(iat)) refuse('bundle_format');
  return {as_of, issuer, iat, keys: keys.map(key).filter(one => one !== null)};
}
