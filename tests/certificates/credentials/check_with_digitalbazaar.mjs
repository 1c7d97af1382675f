// Digital Bazaar's verifier, asked about credentials and about the status lists they point to.
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {answer} from '../../interop/answer.mjs';
import {loaderFor} from './web.mjs';

// {credentials: [text], pages: {address: text}} -> [{verified, why, set: {purpose: bit}}]
await answer(async ({credentials, pages}) => {
  const documentLoader = loaderFor(pages);
  const suite = new DataIntegrityProof({cryptosuite});
  return Promise.all(credentials.map(async text => {
    const credential = JSON.parse(text);
    const said = await vc.verifyCredential({credential, suite, documentLoader, checkStatus});
    const set = {};
    for(const {credentialStatus, status} of said.statusResult?.results ?? []) {
      set[credentialStatus.statusPurpose] = status;
    }
    const errors = said.error?.errors ?? [said.error, said.statusResult?.error].filter(Boolean);
    return {verified: said.verified, set, why: errors.map(String).join('; ')};
  }));
});
