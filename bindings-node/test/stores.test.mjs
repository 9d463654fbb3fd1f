// Every store keeps the contract: those that come with the library, and one in plain JavaScript.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { MemoryStore, SqliteStore } from 'staffgate';
import { checkStore, ContractBroken } from 'staffgate/testing';

import { PlainStore } from './plain-store.mjs';

const LEAST_CASES = 40;

test('the memory store keeps the contract', async () => {
  assert.ok((await checkStore(new MemoryStore())).cases >= LEAST_CASES);
});

test('the SQLite store keeps the contract, also when the file has rows of an earlier run', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'staffgate-'));
  const store = await SqliteStore.open(join(folder, 'portal.db'));
  await checkStore(store);
  assert.ok((await checkStore(store)).cases >= LEAST_CASES);
  await store.close();
  rmSync(folder, { recursive: true });
});

test('a store in plain JavaScript keeps the contract, answering at once or later', async () => {
  assert.ok((await checkStore(new PlainStore())).cases >= LEAST_CASES);
  const inside = new PlainStore();
  const later = {
    load: async (reads) => inside.load(reads),
    commit: async (changes) => inside.commit(changes),
  };
  assert.ok((await checkStore(later)).cases >= LEAST_CASES);
});

for (const [fault, breakIt] of [
  ['compares texts as JavaScript does', (store) => {
    store.range = function (read) {
      const rows = PlainStore.prototype.range.call(this, { ...read, limit: 1e9, after: null });
      return rows.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, read.limit);
    };
  }],
  ['forgets commands', (store) => {
    store.commands = { get: () => undefined, set: () => undefined };
  }],
  ['writes on conflict', (store) => {
    store.commit = function (changes) {
      return PlainStore.prototype.commit.call(this, { ...changes, expect: [] });
    };
  }],
  ['shows rows of another tenant', (store) => {
    const { claim } = PlainStore.prototype;
    store.claim = function (read) {
      const other = [...this.claims.keys()].find((key) => JSON.parse(key)[2] === read.name);
      return other === undefined ? [] : claim.call(this, { ...read, tenant: JSON.parse(other)[0] });
    };
  }],
]) {
  test(`a store that ${fault} is found out`, async () => {
    const store = new PlainStore();
    breakIt(store);
    await assert.rejects(checkStore(store), (error) => {
      assert.ok(error instanceof ContractBroken);
      assert.ok(error.failed.length > 0);
      assert.match(error.message, /step \d+: .+\n {2}wanted .+\n {2}got/);
      return true;
    });
  });
}

test("the exception of a store under check is the caller's to see", async () => {
  const broken = new Error('no connection');
  const store = { load: () => Promise.reject(broken), commit: () => Promise.reject(broken) };
  await assert.rejects(checkStore(store), (error) => error === broken);
});
