// Libraries we did not write: jose verifies, @sd-jwt/jwt-status-list unpacks the Token Status List.
import {createLocalJWKSet, generalVerify, jwtVerify} from 'jose';
import {StatusList, getListFromStatusListJWT} from '@sd-jwt/jwt-status-list';
import {answer} from '../../interop/answer.mjs';

const entries = list => Object.fromEntries(
  list.statusList.map((status, place) => [place, status]).filter(([, status]) => status !== 0));

// {jwks, tokens: [{jwt, now}], bundles: [text], lists: [base64url]} ->
//   {tokens: [{verified, sub, length, statuses, why}], bundles: [{verified, payload, why}], lists: [statuses]}
await answer(async ({jwks, tokens = [], bundles = [], lists = []}) => {
  const keys = createLocalJWKSet({keys: jwks});
  const refused = error => ({verified: false, why: `${error.code} ${error.message}`});

  async function token({jwt, now}) {
    try {
      const options = {typ: 'statuslist+jwt', algorithms: ['ES256'], currentDate: new Date(now * 1000)};
      const {payload} = await jwtVerify(jwt, keys, options);
      const list = getListFromStatusListJWT(jwt);
      return {verified: true, sub: payload.sub, length: list.statusList.length, statuses: entries(list), why: ''};
    } catch(error) {
      return refused(error);
    }
  }

  async function bundle(text) {
    try {
      const {payload} = await generalVerify(JSON.parse(text), keys, {algorithms: ['ES256']});
      return {verified: true, payload: new TextDecoder().decode(payload), why: ''};
    } catch(error) {
      return refused(error);
    }
  }

  return {
    tokens: await Promise.all(tokens.map(token)),
    bundles: await Promise.all(bundles.map(bundle)),
    lists: lists.map(text => entries(StatusList.decompressStatusList(text, 2))),
  };
});
