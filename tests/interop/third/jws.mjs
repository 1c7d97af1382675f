// JSON Web Signatures (section 6): canonical base64url, the protected header, what is signed.
import {utf8} from './cbor.mjs';
import {refuse} from './refusal.mjs';

/** The bytes of canonical base64url, else null. */
export function bytesOf(text) {
  if (typeof text !== 'string' || !/^[A-Za-z0-9_-]*$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : null;
}

export const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);

/** The JSON of base64url. */
export function json(encoded) {
  const bytes = bytesOf(encoded) ?? refuse('jws_format');
  const text = utf8(bytes) ?? refuse('jws_format');
  try {
    return JSON.parse(text);
  } catch {
    return refuse('jws_format');
  }
}

/** One signature over `payload`: {kid, signed, signature}. */
export function signature(header, payload, signed64, type) {
  if (typeof header !== 'string' || header.length > 1024) refuse('jws_format');
  const fields = json(header);
  if (!isObject(fields)) refuse('jws_format');
  if (fields.alg !== 'ES256') refuse('jws_algorithm');
  if ('crit' in fields) refuse('jws_critical');
  if (fields.typ !== type) refuse('jws_type');
  const kid = bytesOf(fields.kid) ?? refuse('jws_format');
  if (kid.length !== 6) refuse('jws_key_id');
  const made = bytesOf(signed64) ?? refuse('jws_format');
  if (made.length !== 64) refuse('jws_signature_size');
  return {kid: fields.kid, signature: made, signed: Buffer.from(`${header}.${payload}`)};
}
