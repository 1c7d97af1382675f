// A third verifier, written from docs/certificate-format.md alone, without the other two: it shows that the document
// is enough. Node's own cryptography and zlib; no packages.
import {answer} from './answer.mjs';
import {open} from './third/bundle.mjs';
import {Refusal} from './third/refusal.mjs';
import * as verdict from './third/verdict.mjs';

const NOTHING = {claims: null, owner: null};

function certificate({code, fragment, bundle}) {
  const said = verdict.refusalOf(() => verdict.verify(code, fragment, () => open(bundle)));
  if (said instanceof Refusal) return {genuine: false, step: said.step, code: said.code, ...NOTHING};
  const {claims, owner, registryNeeded} = said;
  return {genuine: registryNeeded ? null : true, step: null, code: null, claims, owner};
}

function trust({text, pins, held}) {
  const mine = held === null ? null : open(JSON.stringify(held));
  return verdict.refusalOf(() => open(text, {pins, held: mine}))?.code ?? null;
}

function status({bundle, token, ...question}) {
  const bytes = token === null ? null : Buffer.from(token, 'hex');
  return verdict.answer({...question, bundle: open(bundle), token: bytes});
}

// {certificates: [{code, fragment, bundle: text}], trust: [{text, pins, held}],
//  status: [{code, fragment, bundle: text, token: hex or null, uri, now}]} -> the same three lists, answered
await answer(({certificates = [], trust: bundles = [], status: lists = []}) => ({
  certificates: certificates.map(certificate),
  trust: bundles.map(trust),
  status: lists.map(status),
}));
