// Strict CBOR (section 4), decoded in the order of its bytes.
import {refuse} from './refusal.mjs';

const DEEPEST = 4;
const MOST_ITEMS = 256;
const LONGEST_TAIL = {24: 1, 25: 2, 26: 4, 27: 8};
const TOO_SHORT_FOR = {1: 24n, 2: 0x100n, 4: 0x10000n, 8: 0x100000000n};
const UNSIGNED = 0, NEGATIVE = 1, BYTES = 2, TEXT = 3, ARRAY = 4, MAP = 5;

/** The one value in these bytes. Maps become Map; `textKeys` also allows texts for keys (section 7). */
export function decode(bytes, textKeys = false) {
  let at = 0, items = 0, disordered = false;

  function take(count) {
    if (count > bytes.length - at) refuse('cbor_truncated');
    at += count;
    return bytes.subarray(at - count, at);
  }

  function head() {
    const [first] = take(1);
    if (++items > MOST_ITEMS) refuse('cbor_too_large');
    const major = first >> 5, info = first & 31;
    if (major > MAP) refuse('cbor_type');
    if (info < 24) return [major, info];
    if (info === 31) refuse('cbor_indefinite_length');
    const size = LONGEST_TAIL[info] ?? refuse('cbor_type');
    const argument = take(size).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    if (argument < TOO_SHORT_FOR[size]) refuse('cbor_not_shortest');
    if (argument > BigInt(Number.MAX_SAFE_INTEGER)) refuse('cbor_too_large');
    return [major, Number(argument)];
  }

  function keyAt() {
    if (textKeys && bytes[at] >> 5 === TEXT) return item(DEEPEST);
    const [major, argument] = head();
    return major === UNSIGNED ? argument : refuse('cbor_key');
  }

  function map(length, depth) {
    const found = new Map();
    let before = null, last = -1;
    for (let i = 0; i < length; i++) {
      const start = at, key = keyAt();
      if (found.has(key)) refuse('cbor_duplicate_key');
      if (typeof key === 'number' && key < last) refuse('cbor_key_order');
      if (typeof key === 'number') last = key;
      const spelled = bytes.subarray(start, at);
      if (before && (before.length - spelled.length || Buffer.compare(before, spelled)) > 0) disordered = true;
      before = spelled;
      found.set(key, item(depth));
    }
    return found;
  }

  function item(depth) {
    const [major, argument] = head();
    if (major === UNSIGNED) return argument;
    if (major === NEGATIVE) return -1 - argument;
    if (argument > bytes.length - at) refuse('cbor_truncated');
    if (major === BYTES) return take(argument);
    if (major === TEXT) return utf8(take(argument)) ?? refuse('cbor_text');
    if (depth === DEEPEST) refuse('cbor_too_deep');
    if (major === MAP) return map(argument, depth + 1);
    const list = [];
    while (list.length < argument) list.push(item(depth + 1));
    return list;
  }

  const value = item(0);
  if (at !== bytes.length) refuse('cbor_trailing_bytes');
  if (disordered) refuse('cbor_not_shortest');
  return value;
}

/** Text of these bytes, a byte order mark kept, or null when they are not UTF-8. */
export function utf8(bytes) {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch {
    return null;
  }
}

const length = (major, count) => count < 24 ? [major << 5 | count]
  : count < 256 ? [major << 5 | 24, count] : [major << 5 | 25, count >> 8, count & 255];

/** An array of strings: a Buffer is a byte string, a JavaScript string a text. */
export function encodeStrings(parts) {
  const spelled = parts.map(part => {
    const bytes = Buffer.from(part);
    return Buffer.concat([Buffer.from(head(part, bytes.length)), bytes]);
  });
  return Buffer.concat([Buffer.from(length(ARRAY, parts.length)), ...spelled]);
}

function head(part, count) {
  if (count < 65536) return length(typeof part === 'string' ? TEXT : BYTES, count);
  return [BYTES << 5 | 26, count >>> 24, count >>> 16 & 255, count >>> 8 & 255, count & 255];
}
