// Steps 1 and 2: the code (section 1) and the fragment (section 3).
import {refuse} from './refusal.mjs';

const ALPHABET = '0123456789ACFHJKMPRUWXY';
const READ_AS = {O: '0', D: '0', Q: '0', I: '1', L: '1', Z: '2', S: '5', B: '8'};
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The canonical code of what a person typed. */
export function code(typed) {
  if ([...typed].length > 100) refuse('code_length');
  const found = typed.normalize('NFKC').toUpperCase()
    .replace(/[ \t\r\n.\-·\u2010-\u2015\u2212\u30FB]/g, '').replace(/[ODQILZSB]/g, letter => READ_AS[letter]);
  if ([...found].length !== 12) refuse('code_length');
  const values = [...found].map(character => ALPHABET.indexOf(character));
  if (values.includes(-1)) refuse('code_characters');
  if (values.reduce((total, value) => (total * 5 + value) % 23, 0) !== 1) refuse('code_check');
  return found;
}

/** The envelope's bytes. */
export function fragment(text) {
  if (text === '') refuse('fragment_missing');
  if (text.length > 617) refuse('fragment_too_long');
  return /^[0-9]+$/.test(text) ? decimal(text) : base32(text);
}

function decimal(digits) {
  if (digits.startsWith('0')) refuse('fragment_not_canonical');
  const hex = BigInt(digits).toString(16);
  const bytes = Buffer.from(hex.length % 2 ? '0' + hex : hex, 'hex');
  if (bytes[0] !== 1) refuse('fragment_prefix');
  return bytes.subarray(1);
}

function base32(text) {
  if (!/^[A-Za-z2-7]+$/.test(text)) refuse('fragment_characters');
  if (text.length > 410) refuse('fragment_too_long');
  const bits = [...text.toUpperCase()].map(letter => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const spare = bits.length % 8, used = bits.length - spare;
  if (spare >= 5 || bits.slice(used).includes('1')) refuse('fragment_not_canonical');
  return Buffer.from(bits.slice(0, used).match(/.{8}/g).map(byte => parseInt(byte, 2)));
}
