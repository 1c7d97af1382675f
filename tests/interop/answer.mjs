// The other half of tests/interop/__init__.py: one JSON question on standard input, one JSON answer back.
import {text} from 'node:stream/consumers';

// Packages that chatter must not spoil the answer.
console.log = console.info = console.debug = console.error;

/** Answers what `reply(question)` returns; an exception ends the script with its stack. */
export async function answer(reply) {
  const said = JSON.stringify(await reply(JSON.parse(await text(process.stdin))));
  // Exits by itself: some packages leave timers behind.
  process.stdout.write(said, () => process.exit(0));
}
