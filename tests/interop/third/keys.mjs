// One key of a trust bundle (section 6), and its signatures.
import {createHash, createPublicKey, verify} from 'node:crypto';
import {hides} from './claims.mjs';
import {bytesOf} from './jws.mjs';
import {refuse} from './refusal.mjs';

const STATES = ['next', 'active', 'retired', 'compromised'];

/** The day as written, if there is such a day. */
export function day(text) {
  if (typeof text !== 'string' || !/^(?!0000)\d{4}-\d\d-\d\d$/.test(text)) refuse('bundle_format');
  const moment = new Date(text + 'T00:00:00Z');
  if (Number.isNaN(+moment) || moment.toISOString().slice(0, 10) !== text) refuse('bundle_format');
  return text;
}

/** The day in Beijing of a moment in seconds. */
export const dayOf = seconds => new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 10);

/** The key, or null if its purpose is none of ours. */
export function key(jwk) {
  if (jwk === null || typeof jwk !== 'object' || Array.isArray(jwk)) refuse('bundle_format');
  if ('d' in jwk) refuse('key_private');
  const {purpose = 'certificate'} = jwk;
  if (typeof purpose !== 'string') refuse('bundle_format');
  if (purpose !== 'certificate' && purpose !== 'service') return null;
  if (jwk.kty !== 'EC' || jwk.crv !== 'P-256' || ('alg' in jwk && jwk.alg !== 'ES256')) refuse('key_not_p256');
  const {x, y, owner, state, not_before, not_after = null, compromised_from = null} = jwk;
  const sizes = [x, y].map(text => bytesOf(text)?.length ?? refuse('bundle_format'));
  if (typeof owner !== 'string' || !STATES.includes(state)) refuse('bundle_format');
  day(not_before);
  for (const last of [not_after, compromised_from]) if (last !== null) day(last);
  if (sizes.some(size => size !== 32)) refuse('key_off_curve');
  const found = {purpose, owner, state, not_before, not_after, compromised_from, open: publicKey(x, y)};
  if (owner === '' || hides(owner)) refuse('bundle_format');
  checkDates(found);
  const canonical = JSON.stringify({crv: 'P-256', kty: 'EC', x, y});
  found.thumbprint = createHash('sha256').update(canonical).digest('base64url');
  found.kid = found.thumbprint.slice(0, 8);
  if (jwk.kid !== found.kid) refuse('key_id_wrong');
  return found;
}

function publicKey(x, y) {
  try {
    return createPublicKey({key: {kty: 'EC', crv: 'P-256', x, y}, format: 'jwk'});
  } catch {
    return refuse('key_off_curve');
  }
}

function checkDates({state, not_before, not_after, compromised_from}) {
  if (not_after !== null && not_after < not_before) refuse('key_dates');
  if (state === 'retired' && not_after === null) refuse('key_dates');
  if ((state === 'compromised') !== (compromised_from !== null)) refuse('key_dates');
}

export const within = (found, date) =>
  found.not_before <= date && (found.not_after === null || date <= found.not_after);

export const fits = (found, signed, signature) =>
  verify('sha256', signed, {key: found.open, dsaEncoding: 'ieee-p1363'}, signature);

/** A service key that may sign at this moment (in seconds). */
export const maySign = (found, seconds) =>
  found.purpose === 'service' && found.state !== 'compromised' && within(found, dayOf(seconds));
