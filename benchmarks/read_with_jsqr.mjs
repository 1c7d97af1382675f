// Reads the grey pictures of a folder with jsQR: {folder, sizes: [[width, height], …]} -> the text of each, or "".
import {readFileSync} from 'node:fs';
import jsqr from 'jsqr';
import {answer} from '../tests/interop/answer.mjs';

await answer(({folder, sizes}) => sizes.map(([width, height], at) => {
  const grey = readFileSync(`${folder}/${at}`);
  const colours = new Uint8ClampedArray(width * height * 4);
  for(let i = 0; i < grey.length; i++) {
    colours[4 * i] = colours[4 * i + 1] = colours[4 * i + 2] = grey[i];
    colours[4 * i + 3] = 255;
  }
  const read = (jsqr.default ?? jsqr)(colours, width, height);
  return read ? read.data : '';
}));
