// Step 8: the status list (section 7).
import {inflateSync} from 'node:zlib';
import {decode} from './cbor.mjs';
import {isMoment} from './bundle.mjs';
import {open as openCose} from './envelope.mjs';
import {bytesOf, isObject, json, signature} from './jws.mjs';
import {fits, maySign} from './keys.mjs';
import {refuse} from './refusal.mjs';

const LARGEST = 512 * 1024;
const ENTRIES = 2 ** 20;
const BYTES = ENTRIES / 4;
const NAMES = ['valid', 'invalid', 'suspended', 'replaced'];

export const uriOf = (bundle, index) => `${bundle.issuer}/status/${Math.floor(index / ENTRIES)}`;

/** The name of the status at this index. */
export function at(list, index) {
  const place = index % ENTRIES;
  return NAMES[list.bytes[Math.floor(place / 4)] >> 2 * (place % 4) & 3];
}

/** {iat, exp, bytes} of a token's bytes, refused as of `now` (seconds). */
export function read(token, uri, bundle, now) {
  if (token.length > LARGEST) refuse('status_too_large');
  const {made, claims} = token[0] === 0xd2 ? cwt(token) : jwt(token.toString('latin1'));
  const signers = bundle.keys.filter(one => one.kid === made.kid && one.purpose === 'service');
  const signer = signers.find(one => fits(one, made.signed, made.signature)) ?? refuse('status_key');
  const {sub, iat, exp, ttl = null, list} = claims();
  if (sub !== uri) refuse('status_uri');
  const {bits, lst} = list() ?? refuse('status_format');
  if ([iat, exp, bits, lst].includes(undefined)) refuse('status_format');
  if (ttl !== null && !(Number.isInteger(ttl) && ttl > 0)) refuse('status_format');
  if (bits !== 2) refuse('status_size');
  if (!isMoment(iat) || !isMoment(exp)) refuse('status_format');
  const bytes = unpack(lst);
  if (iat > now + 300) refuse('status_future');
  if (!maySign(signer, iat)) refuse('status_key');
  return {iat, exp, bytes};
}

function jwt(text) {
  const parts = text.split('.');
  if (parts.length !== 3) refuse('jws_format');
  const [header, payload, signed64] = parts;
  if (bytesOf(payload) === null) refuse('jws_format');
  const made = signature(header, payload, signed64, 'statuslist+jwt');
  return {made, claims: () => {
    const found = json(payload);
    if (!isObject(found)) refuse('status_format');
    const {bits, lst} = isObject(found.status_list) ? found.status_list : {};
    const bytes = bytesOf(lst);
    if (bits === undefined || bytes === null) refuse('status_format');
    return {...found, list: () => ({bits, lst: bytes})};
  }};
}

function cwt(token) {
  const made = openCose(token, '', 'application/statuslist+cwt');
  return {made, claims: () => {
    const found = decode(made.payload, true);
    if (!(found instanceof Map)) refuse('status_format');
    const inner = found.get(65533);
    const list = () => {
      if (!(inner instanceof Map)) return null;
      const lst = inner.get('lst');
      return {bits: inner.get('bits'), lst: Buffer.isBuffer(lst) ? lst : undefined};
    };
    return {sub: found.get(2), iat: found.get(6), exp: found.get(4), ttl: found.get(65534), list};
  }};
}

function unpack(compressed) {
  let unpacked = null;
  try {
    unpacked = inflateSync(compressed, {maxOutputLength: BYTES + 1, info: true});
  } catch(error) {
    refuse(error.code === 'ERR_BUFFER_TOO_LARGE' ? 'status_size' : 'status_compression');
  }
  if (unpacked.buffer.length > BYTES) refuse('status_size');
  if (unpacked.engine.bytesWritten !== compressed.length) refuse('status_compression');
  if (unpacked.buffer.length !== BYTES) refuse('status_size');
  return unpacked.buffer;
}
