// What other people's libraries read in the published files: jose and @auth0/cose verify, @sd-jwt/jwt-status-list decodes.
import {Sign1} from '@auth0/cose';
import {decode} from 'cbor-x';
import {StatusList} from '@sd-jwt/jwt-status-list';
import {compactVerify, generalVerify, importJWK} from 'jose';
import {answer} from '../../interop/answer.mjs';

const text = bytes => new TextDecoder().decode(bytes);

await answer(async ({trust, jwt, cwt, places}) => {
  const signed = JSON.parse(trust);
  const unverified = JSON.parse(text(Buffer.from(signed.payload, 'base64url')));
  const services = unverified.keys.filter(key => key.purpose === 'service');
  const keyOf = header => importJWK(services.find(key => key.kid === header.kid), 'ES256');
  const bundle = JSON.parse(text((await generalVerify(signed, keyOf)).payload));

  const opened = await compactVerify(jwt, keyOf);
  const claims = JSON.parse(text(opened.payload));
  const list = StatusList.decompressStatusList(claims.status_list.lst, claims.status_list.bits);

  const message = Sign1.decode(Buffer.from(cwt, 'base64'));
  const kid = Buffer.from(message.protectedHeaders.get(4)).toString('base64url');
  await message.verify(await keyOf({kid}));
  const inner = decode(message.payload);
  const entry = key => inner instanceof Map ? inner.get(key) : inner[key];
  const packed = entry(65533), part = key => packed instanceof Map ? packed.get(key) : packed[key];
  const second = StatusList.decompressStatusList(Buffer.from(part('lst')).toString('base64url'), part('bits'));

  return {
    issuer: bundle.issuer,
    typ: opened.protectedHeader.typ,
    uris: [claims.sub, entry(2)],
    times: [[claims.iat, claims.exp, claims.ttl], [entry(6), entry(4), entry(65534)]],
    jwt: places.map(place => list.getStatus(place)),
    cwt: places.map(place => second.getStatus(place)),
    marked: list.statusList.filter(status => status !== 0).length
  };
});
