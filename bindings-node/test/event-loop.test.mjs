// Nothing that waits for a disk or hashes a password holds the event loop up.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { OPERATIONS, SqliteStore } from 'staffgate';

import { northlight } from './support.mjs';

test('a timer goes on while commits are written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'staffgate-'));
  const { portal, operator } = await northlight(await SqliteStore.open(join(folder, 'portal.db')));
  let ticks = 0;
  let during = 0;
  const timer = setInterval(() => { ticks += 1; }, 1);
  for (let batch = 0; batch < 20; batch += 1) {
    const before = ticks;
    await Promise.all(Array.from({ length: 32 }, (_, one) => operator.skills.create({ name: `Skill ${batch} ${one}` })));
    if (ticks > before) during += 1;
  }
  clearInterval(timer);
  // A batch is 32 commits to disk: the loop turned in nearly each of them.
  assert.ok(during >= 15, `the timer fired in ${during} of 20 batches`);
  assert.equal((await operator.skills.list({ page: { limit: 1000 } })).items.length, 640);
  await portal.close();
  rmSync(folder, { recursive: true });
});

test('a call on a native store that waits is under way before it is awaited, and leaves the loop at once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'staffgate-'));
  const { portal, operator } = await northlight(await SqliteStore.open(join(folder, 'portal.db')));
  const order = [];
  const call = operator.skills.create({ name: 'Cook' }).then(() => order.push('commit'));
  await new Promise((resolve) => setImmediate(() => resolve(order.push('loop'))));
  await call;
  assert.deepEqual(order, ['loop', 'commit']);
  await portal.close();
  rmSync(folder, { recursive: true });
});

test('costly operations leave the loop free on every store', { skip: !Object.values(OPERATIONS).some(({ costly }) => costly) && 'no operation is costly yet' }, async () => {
  const { runnerOf } = (await import('node:module')).createRequire(import.meta.url)('../dist/runner.js');
  const { MemoryStore } = await import('staffgate');
  const { PlainStore } = await import('./plain-store.mjs');
  for (const store of [new MemoryStore(), new PlainStore()]) {
    const told = runnerOf(store)('{', '}', true, true);
    assert.ok(told instanceof Promise);
    assert.equal((await told)[0], '!');
  }
});
