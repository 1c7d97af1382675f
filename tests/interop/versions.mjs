// Imports every package it is asked for and tells its version.
import {readFileSync} from 'node:fs';
import {answer} from './answer.mjs';

await answer(async names => {
  const found = {};
  for(const name of names) {
    await import(name);
    const file = `${process.env.TWOSKILLS_INTEROP}/node_modules/${name}/package.json`;
    found[name] = JSON.parse(readFileSync(file, 'utf8')).version;
  }
  return found;
});
