// Makes the calls of `tests/tests/noninterference` again through the npm package.
//
// Two worlds differ only in what a client must not learn. The file that the Rust test has written says what happens in
// which world; after two calls of an observer it says what Rust answered, and both worlds have to answer this here.

import assert from 'node:assert/strict';
import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { MemoryStore, Portal, StaffgateError } from '../../../bindings-node/dist/index.mjs';

const record = fileURLToPath(new URL('../../../target/noninterference.jsonl', import.meta.url));

/** All that a caller can tell. */
async function answer(portal, { context, operation, input }) {
  try {
    return await portal.runJson(JSON.stringify(context), operation, JSON.stringify(input));
  } catch (error) {
    if (!(error instanceof StaffgateError)) throw error;
    return `refused ${error.code} ${error.path} ${error.message} ${JSON.stringify(error.details)}`;
  }
}

test('a client gets the same bytes whatever it must not learn', async () => {
  assert.ok(existsSync(record), `${record} is not there: \`make worlds\` writes it`);
  let portals = [];
  let last = [];
  let pairs = 0;
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(record, 'utf8') })) {
    number += 1;
    const line = JSON.parse(text);
    if ('worlds' in line) {
      portals = [new Portal(new MemoryStore()), new Portal(new MemoryStore())];
    } else if ('call' in line) {
      last = [last.at(-1), await answer(portals[line.side], line.call)];
    } else {
      const [one, other] = last;
      assert.equal(one, other, `line ${number}: the worlds can be told apart`);
      if (line.told === null) assert.ok(one.startsWith(`refused ${line.refused} `), `line ${number}`);
      else assert.equal(one, line.told, `line ${number}: not what Rust answered`);
      pairs += 1;
    }
  }
  assert.ok(pairs >= 2_000, `only ${pairs} pairs were recorded`);
});
