// The peers of benchmarks/issue.py in JavaScript, on the same certificate; see in_python.py for question and answer.
import {generateKeyPairSync, webcrypto} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {Algorithms, Headers, Sign1} from '@auth0/cose';
import {decode, encode} from 'cbor-x';
import {DataIntegrityProof} from '@digitalcredentials/data-integrity';
import * as Ed25519Multikey from '@digitalcredentials/ed25519-multikey';
import {cryptosuite} from '@digitalcredentials/eddsa-rdfc-2022-cryptosuite';
import {securityLoader} from '@digitalcredentials/security-document-loader';
import * as vc from '@digitalcredentials/vc';
import {answer} from '../../tests/interop/answer.mjs';

await answer(async ({claims, badge, seconds}) => [
  await dataIntegrity(badge, seconds),
  await cose(claims, seconds),
]);

async function measured(who, form, size, sign, verify, seconds) {
  const signed = await sign();
  if(!await verify(signed)) {
    throw new Error(`${who} ${form} does not verify what it signed`);
  }
  if(await verify(spoilt(signed)).catch(() => false)) {
    throw new Error(`${who} ${form} accepts a spoilt signature`);
  }
  const file = `${process.env.TWOSKILLS_INTEROP}/node_modules/${who}/package.json`;
  return {
    who: `${who} ${JSON.parse(readFileSync(file, 'utf8')).version}`,
    form,
    bytes: size(signed),
    sign: await perSecond(sign, seconds),
    verify: await perSecond(() => verify(signed), seconds),
  };
}

/** Calls in a second of processor time, all threads together. */
async function perSecond(act, seconds) {
  await act();
  const spent = since => {
    const {user, system} = process.cpuUsage(since);
    return (user + system) / 1e6;
  };
  const start = process.cpuUsage();
  let done = 0;
  while(spent(start) < seconds) {
    await act();
    done++;
  }
  return done / spent(start);
}

function spoilt(signed) {
  if(signed instanceof Uint8Array) {
    const copy = Uint8Array.from(signed);
    copy[copy.length - 20] ^= 1;
    return copy;
  }
  const value = signed.proof.proofValue;
  const place = value.length - 20;
  const other = value[place] === '2' ? '3' : '2';
  return {...signed, proof: {...signed.proof, proofValue: value.slice(0, place) + other + value.slice(place + 1)}};
}

async function dataIntegrity(badge, seconds) {
  const key = await Ed25519Multikey.generate();
  const did = `did:key:${key.publicKeyMultibase}`;
  key.controller = did;
  key.id = `${did}#${key.publicKeyMultibase}`;
  const credential = {...badge, issuer: {...badge.issuer, id: did}};
  const documentLoader = securityLoader().build();
  const signing = () => new DataIntegrityProof({signer: key.signer(), cryptosuite});
  const reading = new DataIntegrityProof({cryptosuite});
  return measured(
    '@digitalcredentials/vc', 'OB3 Data Integrity, Ed25519',
    signed => Buffer.byteLength(JSON.stringify(signed)),
    () => vc.issue({credential: structuredClone(credential), suite: signing(), documentLoader}),
    async signed => {
      const said = await vc.verifyCredential(
        {credential: signed, suite: reading, documentLoader, checkStatus: async () => ({verified: true})});
      return said.verified;
    },
    seconds);
}

async function cose(claims, seconds) {
  const pair = generateKeyPairSync('ec', {namedCurve: 'P-256'});
  const algorithm = {name: 'ECDSA', namedCurve: 'P-256'};
  const secret = await webcrypto.subtle.importKey(
    'pkcs8', pair.privateKey.export({type: 'pkcs8', format: 'der'}), algorithm, false, ['sign']);
  const open = await webcrypto.subtle.importKey(
    'spki', pair.publicKey.export({type: 'spki', format: 'der'}), algorithm, false, ['verify']);
  const head = [[Headers.Algorithm, Algorithms.ES256], [Headers.KeyID, Buffer.from('kid001')]];
  const map = new Map(Object.entries(claims.map).map(([number, value]) => [Number(number), value]));
  map.set(7, claims.code); // this library signs no external data
  return measured(
    '@auth0/cose', 'COSE_Sign1, ES256',
    signed => signed.length,
    async () => (await Sign1.sign(head, [], encode(map), secret)).encode(),
    async signed => {
      const message = Sign1.decode(signed);
      await message.verify(open);
      return decode(message.payload) !== null;
    },
    seconds);
}
