// The steps of section 8 and the answers of section 9.
import * as address from './address.mjs';
import {claims as readClaims} from './claims.mjs';
import {open as openEnvelope} from './envelope.mjs';
import {fits, within} from './keys.mjs';
import {Refusal, refuse, step} from './refusal.mjs';
import * as status from './status.mjs';

/** Steps 1 to 7: {claims, owner, registryNeeded}. `openBundle` gives the bundle, or refuses it (step 4). */
export function verify(typed, fragment, openBundle) {
  const code = step(1, () => address.code(typed));
  const bytes = step(2, () => address.fragment(fragment));
  const made = step(3, () => openEnvelope(bytes, code));
  const keys = step(4, () => keysWith(made.kid, openBundle()));
  const signer = step(5, () => keys.find(one => fits(one, made.signed, made.signature)) ?? refuse('signature_wrong'));
  const claims = step(6, () => readClaims(made.payload));
  step(7, () => allowed(signer, claims.issued_on));
  return {claims, owner: signer.owner, registryNeeded: signer.state === 'compromised'};
}

function keysWith(kid, bundle) {
  const known = bundle.keys.filter(one => one.kid === kid);
  if (!known.length) refuse('key_unknown');
  const ours = known.filter(one => one.purpose === 'certificate');
  return ours.length ? ours : refuse('key_purpose');
}

function allowed(signer, issuedOn) {
  if (!within(signer, issuedOn)) refuse('key_outside_window');
  if (signer.state === 'compromised' && issuedOn >= signer.compromised_from) refuse('key_compromised');
}

/** Section 9, in short; `token` is a status list's bytes, or null. */
export function answer({code, fragment, bundle, token, uri, now}) {
  const verified = refusalOf(() => verify(code, fragment, () => bundle));
  if (verified instanceof Refusal)
    return {kind: 'not_genuine', reason: verified.code, step: verified.step, status: null};
  const {claims, registryNeeded} = verified;
  if (status.uriOf(bundle, claims.status_index) !== uri) throw new Error('The question names another list.');
  const list = token === null ? new Refusal('status_missing')
    : refusalOf(() => status.read(token, uri, bundle, now));
  const known = list instanceof Refusal ? null : status.at(list, claims.status_index);
  return {step: null, status: known, ...judged(known, list, registryNeeded, now)};
}

function judged(known, list, registryNeeded, now) {
  if (registryNeeded) return {kind: 'cannot_tell', reason: 'registry_needed'};
  if (known === null) return {kind: 'status_unknown', reason: list.code};
  if (known === 'invalid') return {kind: 'withdrawn', reason: null};
  if (known === 'replaced') return {kind: 'replaced', reason: null};
  if (now >= list.exp) return {kind: 'status_unknown', reason: 'status_expired'};
  return {kind: known === 'valid' ? 'in_force' : 'suspended', reason: null};
}

/** What `work` returns, or the refusal it ends with. */
export function refusalOf(work) {
  try {
    return work();
  } catch(error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
