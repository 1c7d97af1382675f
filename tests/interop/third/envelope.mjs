// Step 3: a COSE_Sign1 message (section 4), for certificates and for status lists.
import {decode, encodeStrings} from './cbor.mjs';
import {refuse} from './refusal.mjs';

const ES256 = -7;

/** {kid, payload, signature, signed}; `aad` is what is signed and not carried, `type` header 16 if there is one. */
export function open(bytes, aad, type = null) {
  if (bytes[0] !== 0xd2) refuse('cose_tag');
  const parts = decode(bytes.subarray(1));
  if (!Array.isArray(parts) || parts.length !== 4) refuse('cose_shape');
  const [header, beside, payload, signature] = parts;
  if (![header, payload, signature].every(Buffer.isBuffer)) refuse('cose_shape');
  if (!(beside instanceof Map) || beside.size) refuse('cose_shape');
  const fields = decode(header);
  if (!(fields instanceof Map)) refuse('cose_header');
  if (fields.get(1) !== ES256) refuse('cose_algorithm');
  const wanted = type === null ? '1,4' : '1,4,16';
  if ([...fields.keys()].join() !== wanted) refuse('cose_header');
  if (type !== null && fields.get(16) !== type) refuse('cose_type');
  const kid = fields.get(4);
  if (!Buffer.isBuffer(kid) || kid.length !== 6) refuse('cose_key_id');
  if (signature.length !== 64) refuse('cose_signature_size');
  const signed = encodeStrings(['Signature1', header, Buffer.from(aad), payload]);
  return {kid: kid.toString('base64url'), payload, signature, signed};
}
