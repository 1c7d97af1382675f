// What VerifierPlus runs (Digital Credentials Consortium), with `fetch` answering from the pages it was handed.
import {answer} from '../../interop/answer.mjs';

// {credentials: [text], pages: {address: text}} -> [{step: valid, …}]; {error: name} when it cannot be verified.
await answer(async ({credentials, pages}) => {
  globalThis.fetch = async input => {
    const address = typeof input === 'string' ? input : input.url;
    const found = pages[address];
    return new Response(found ?? 'no such page', {
      status: found ? 200 : 404,
      headers: {'Content-Type': 'application/json'},
    });
  };
  const {verifyCredential} = await import('@digitalcredentials/verifier-core');
  return Promise.all(credentials.map(async text => {
    const said = await verifyCredential({credential: JSON.parse(text), knownDIDRegistries: []});
    if(said.errors) {
      return {error: said.errors[0].name};
    }
    return Object.fromEntries(said.log.map(({id, valid}) => [id, valid]));
  }));
});
