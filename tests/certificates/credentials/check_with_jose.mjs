// A JWT library: verifies with the key that the DID document has under the JWT's key id.
import {createLocalJWKSet, jwtVerify} from 'jose';
import {answer} from '../../interop/answer.mjs';

// {tokens: [text], document: text} -> [{verified, typ, jti, why}]
await answer(async ({tokens, document}) => {
  const {verificationMethod} = JSON.parse(document);
  const jwks = verificationMethod.filter(one => one.publicKeyJwk).map(one => ({...one.publicKeyJwk, kid: one.id}));
  const keys = createLocalJWKSet({keys: jwks});
  return Promise.all(tokens.map(async token => {
    try {
      const {payload, protectedHeader} = await jwtVerify(token, keys, {typ: 'vc+jwt', algorithms: ['ES256']});
      return {verified: true, typ: protectedHeader.typ, jti: payload.jti, why: ''};
    } catch(error) {
      return {verified: false, why: error.code};
    }
  }));
});
