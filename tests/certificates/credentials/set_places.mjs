// Digital Bazaar's decoder: [encodedList] -> for each, its length and all the places that are set.
import {decodeList} from '@digitalbazaar/vc-bitstring-status-list';
import {answer} from '../../interop/answer.mjs';

await answer(lists => Promise.all(lists.map(async encodedList => {
  const list = await decodeList({encodedList});
  const set = [];
  for(let place = 0; place < list.length; place++) {
    if(list.getStatus(place)) {
      set.push(place);
    }
  }
  return {length: list.length, set};
})));
