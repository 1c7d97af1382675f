// Step 6: the seven claims (section 5).
import {decode} from './cbor.mjs';
import {refuse} from './refusal.mjs';

const HIDDEN = new RegExp('[\\u0000-\\u001F\\u007F-\\u00A0\\u00AD\\u034F\\u061C\\u115F-\\u1160\\u17B4-\\u17B5\\u180E'
  + '\\u200B-\\u200F\\u2028-\\u202F\\u205F-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFF\\u{E0000}-\\u{E007F}'
  + '\\u{D800}-\\u{DFFF}]', 'u');

export const hides = text => HIDDEN.test(text);

function name(text) {
  if (typeof text !== 'string' || text.normalize('NFC') !== text || hides(text)) refuse('claims_name');
  const size = Buffer.byteLength(text);
  if (size < 1 || size > 128 || /^[ \u3000]|[ \u3000]$/.test(text)) refuse('claims_name');
  return text;
}

function whole(value, least, most, code) {
  return Number.isInteger(value) && value >= least && value <= most ? value : refuse(code);
}

export function claims(payload) {
  const map = decode(payload);
  if (!(map instanceof Map)) refuse('claims_shape');
  if (map.get(0) !== 1) refuse('claims_version');
  if ([...map.keys()].join() !== '0,1,2,3,4,5,6') refuse('claims_shape');
  whole(map.get(2), 0, 4294967295, 'claims_skill');
  const days = whole(map.get(4), 0, 36523, 'claims_issued_on');
  const said = {version: 1, name: name(map.get(1))};
  const both = whole(map.get(2), 10, 999995, 'claims_skill');
  said.skill = Math.floor(both / 10);
  said.level = whole(both % 10, 0, 5, 'claims_skill');
  said.hours = whole(map.get(3), 1, 9999, 'claims_hours');
  said.issued_on = new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10);
  said.base = whole(map.get(5), 1, 4294967295, 'claims_base');
  said.status_index = whole(map.get(6), 0, 4294967295, 'claims_status_index');
  return said;
}
