// Typed errors: one class per thing to do next, one list of codes for all languages, foreign exceptions untouched.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import * as staffgate from 'staffgate';
import { CODES, errorOf, Internal, MemoryStore, OPERATIONS, Portal, StaffgateError, StoreError } from 'staffgate';

import { PlainStore } from './plain-store.mjs';
import { AGENCY, northlight, NOBODY } from './support.mjs';

const { native, reply } = createRequire(import.meta.url)('../dist/native.js');
const catalog = JSON.parse(native.catalog());

test('the list of codes is the native one', () => {
  assert.deepEqual(Object.entries(CODES), catalog.codes.map(({ code, class: name }) => [code, name]));
});

test('the list of operations is the native one', () => {
  const listed = Object.values(OPERATIONS).map(({ name, effect, costly }) => ({ name, effect, costly }));
  assert.deepEqual(listed, catalog.operations.map(({ name, effect, costly }) => ({ name, effect, costly })));
});

test('every code becomes an error of its class', () => {
  for (const [code, name] of Object.entries(CODES)) {
    const refusal = JSON.parse(native.refusal(code, 'a.b', 'x', false));
    const error = errorOf(refusal);
    const className = name.replace(/(^|_)(.)/g, (_, __, letter) => letter.toUpperCase());
    assert.ok(error instanceof staffgate[className], code);
    assert.ok(error instanceof StaffgateError && error instanceof Error, code);
    assert.deepEqual([error.code, error.path, error.name], [code, 'a.b', className]);
    assert.ok(error.message.length > 0 && error.stack.includes('errors.test.mjs'), code);
    const waits = ['throttled', 'contended', 'unavailable', 'outcome_unknown'].includes(name);
    assert.equal(error.retryable, waits, code);
  }
});

test('a panic inside becomes an internal error, here and on another thread', async () => {
  for (const told of [native.panicForTest(), await native.panicForTestLater()]) {
    assert.throws(() => reply(told), (error) => {
      assert.ok(error instanceof Internal);
      assert.equal(error.code, 'internal');
      assert.match(error.message, /a panic for the tests/);
      return true;
    });
  }
});

test("a host store's own exception reaches the caller as it is", async () => {
  const own = Object.freeze(new RangeError('the pool is empty'));
  for (const store of [
    { load: () => Promise.reject(own), commit: () => Promise.reject(own) },
    { load() { throw own; }, commit() { throw own; } },
  ]) {
    const session = new Portal(store).asOperator(AGENCY);
    await assert.rejects(session.agencies.get(), (error) => error === own);
  }
  const failing = new PlainStore();
  failing.commit = () => { throw own; };
  await assert.rejects(northlight(failing), (error) => error === own);
  // Also what is no error at all.
  const odd = { load: () => Promise.reject('odd'), commit: () => undefined };
  await assert.rejects(new Portal(odd).asOperator(AGENCY).agencies.get(), (error) => error === 'odd');
});

test('what a store says with a StoreError becomes the matching error', async () => {
  for (const [kind, code] of [
    ['unavailable', 'store_unavailable'],
    ['full', 'store_full'],
    ['read_only', 'store_read_only'],
    ['damaged', 'store_damaged'],
    ['newer', 'store_newer'],
    ['unknown_kind', 'store_unknown_kind'],
    ['closed', 'store_closed'],
    ['internal', 'store_fault'],
  ]) {
    const store = new PlainStore();
    store.commit = () => { throw new StoreError(kind, 'said the store'); };
    await assert.rejects(northlight(store), (error) => error instanceof StaffgateError && error.code === code);
  }
});

test('an unknown outcome is settled by the command id', async () => {
  // The connection breaks after the commit: the library reads the command again and finds its reply.
  const store = new PlainStore();
  const commit = store.commit.bind(store);
  store.commit = (changes) => {
    commit(changes);
    throw new StoreError('outcome_unknown', 'the connection broke');
  };
  const { operator } = await northlight(store);
  assert.equal((await operator.agencies.get()).name, 'Northlight Staffing');
  // It breaks before anything is written, each time.
  store.commit = () => { throw new StoreError('outcome_unknown', 'the connection broke'); };
  await assert.rejects(operator.skills.create({ name: 'Cook' }), { name: 'OutcomeUnknown', retryable: true });
});

test('conflicts without end are contended', async () => {
  const store = new PlainStore();
  let commits = 0;
  const { operator } = await northlight(store);
  store.commit = () => {
    commits += 1;
    return { outcome: 'conflict' };
  };
  await assert.rejects(operator.skills.create({ name: 'Cook' }), { name: 'Contended', retryable: true });
  assert.equal(commits, 5);
});

test('a store that answers nonsense is a store fault', async () => {
  const cyclic = [];
  cyclic.push(cyclic);
  for (const answer of [
    undefined, null, [], {}, 'rows', 5, [[]], [[{}]], cyclic, [[{ id: 'a', version: 1n, body: '{}' }]],
    [[{ id: 'a', version: '1', body: '{}' }]], [[{ id: 'a', version: 1, body: '\ud800' }]],
  ]) {
    const store = { load: () => answer, commit: () => answer };
    await assert.rejects(new Portal(store).asOperator(AGENCY).agencies.get(), { name: 'Internal', code: 'store_fault' });
  }
  for (const answer of [undefined, null, {}, { outcome: 'perhaps' }, true, 'committed']) {
    const store = new PlainStore();
    store.commit = () => answer;
    await assert.rejects(northlight(store), { name: 'Internal', code: 'store_fault' });
  }
});

test('not found and forbidden are one answer', async () => {
  const { operator } = await northlight(new MemoryStore());
  await assert.rejects(operator.skills.rename({ skill: NOBODY, name: 'Cook' }), {
    name: 'NotFound', code: 'not_found', path: null, details: {}, retryable: false,
  });
});
