// Whatever a host passes in by mistake: a typed error with code and path, never an odd one, never a silent change.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Invalid, MemoryStore, Portal } from 'staffgate';

import { AGENCY, northlight, onEveryStore } from './support.mjs';

/** Expects `Invalid` with this code and path. */
async function refused(promise, code, path, why) {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof Invalid, `${why}: ${String(error)}`);
    assert.deepEqual([error.code, error.path], [code, path], why);
    assert.ok(error.message.length > 0);
    return true;
  });
}

function nested(levels) {
  let value = {};
  for (let level = 0; level < levels; level += 1) value = { inner: value };
  return value;
}

const cyclic = { name: 'Cook' };
cyclic.codes = [{ scheme: 'ESCO', code: '1' }, cyclic];

test('each mistake in an input has its code and its path', async () => {
  const { operator } = await northlight();
  const create = (input) => operator.skills.create(input);
  const code = { scheme: 'ESCO', code: '1' };
  for (const [why, input, errorCode, path] of [
    ['missing field', {}, 'field_missing', 'name'],
    ['undefined is left out', { name: undefined }, 'field_missing', 'name'],
    ['extra field', { name: 'Cook', colour: 'red' }, 'field_unknown', 'colour'],
    ['wrong type', { name: 5 }, 'wrong_type', 'name'],
    ['null for a text', { name: null }, 'wrong_type', 'name'],
    ['inner wrong type', { name: 'Cook', codes: [code, { ...code, code: [] }] }, 'wrong_type', 'codes[1].code'],
    ['inner missing field', { name: 'Cook', codes: [{ scheme: 'ESCO' }] }, 'field_missing', 'codes[0].code'],
    ['an object for a list', { name: 'Cook', codes: {} }, 'wrong_type', 'codes'],
    ['empty text', { name: '' }, 'too_short', 'name'],
    ['text too long', { name: 'x'.repeat(121) }, 'too_long', 'name'],
    ['list too long', { name: 'Cook', codes: Array(21).fill(code) }, 'too_many', 'codes'],
    ['control character', { name: 'Cook\0' }, 'control_character', 'name'],
    ['10 MB text', { name: 'x'.repeat(10_000_000) }, 'input_too_large', 'name'],
    ['lone surrogate', { name: 'Cook \ud83c' }, 'malformed', 'name'],
    ['lone surrogate within', { name: 'Cook', codes: [{ ...code, code: '\udf78' }] }, 'malformed', 'codes[0].code'],
    ['lone surrogate in a key', { name: 'Cook', '\ud800': 1 }, 'field_unknown', '\ufffd'],
    ['NaN', { name: Number.NaN }, 'wrong_type', 'name'],
    ['NaN where null would do', { name: 'Cook', host_id: Number.NaN }, 'wrong_type', 'host_id'],
    ['infinity', { name: 'Cook', host_id: -Infinity }, 'wrong_type', 'host_id'],
    ['bigint', { name: 'Cook', host_id: 5n }, 'wrong_type', 'host_id'],
    ['function', { name: 'Cook', host_id: () => 'x' }, 'wrong_type', 'host_id'],
    ['symbol', { name: 'Cook', host_id: Symbol('x') }, 'wrong_type', 'host_id'],
    ['undefined in a list', { name: 'Cook', codes: [undefined] }, 'wrong_type', 'codes[0]'],
    ['a hole in a list', { name: 'Cook', codes: [, code] }, 'wrong_type', 'codes[0]'],
    ['a promise that nobody awaited', { name: 'Cook', host_id: Promise.resolve('x') }, 'wrong_type', 'host_id'],
    ['a map', { name: 'Cook', codes: new Map() }, 'wrong_type', 'codes'],
    ['a text object', { name: Object('Cook') }, 'wrong_type', 'name'],
    ['a date that does not exist', { name: 'Cook', host_id: new Date('no') }, 'malformed', 'host_id'],
    ['a date for a name is a text', { name: 'Cook', codes: new Date(0) }, 'wrong_type', 'codes'],
    ['cyclic object', cyclic, 'too_many', 'codes[1]'],
    ['cyclic list', { name: 'Cook', codes: ((list) => (list.push(list), list))([]) }, 'too_many', 'codes[0]'],
  ]) {
    await refused(create(input), errorCode, path, why);
  }
});

test('deep nesting is refused with a path, whether it is a value or a text', async () => {
  const { portal, operator } = await northlight();
  const path = Array(65).fill('inner').join('.');
  await refused(operator.skills.create({ name: 'Cook', codes: nested(10_000) }), 'too_many', `codes.${path.slice(6)}`, 'value');
  const context = { agency: AGENCY, actor: { as: 'operator' }, now: '2026-09-01T08:00:00Z', command_id: 'c', entropy: '07'.repeat(32) };
  const open = '['.repeat(10_000);
  const close = ']'.repeat(10_000);
  await refused(portal.runJson(context, 'skills.create', `{"name":${open}${close}}`), 'wrong_type', 'name', 'text');
  await refused(portal.runJson(context, 'skills.create', `{"name":"Cook","host_id":${open}${close}}`), 'wrong_type', 'host_id', 'text');
  await refused(portal.runJson(context, 'skills.create', open), 'not_json', null, 'open');
});

test('numbers that are too large or not whole name their field', async () => {
  const { operator } = await northlight();
  for (const limit of [1e21, 2 ** 53, 2 ** 32, -1, 1.5, Number.MAX_VALUE, Number.MIN_VALUE]) {
    await refused(operator.skills.list({ page: { limit } }), 'wrong_type', 'page.limit', String(limit));
  }
  await refused(operator.skills.list({ page: { limit: 0 } }), 'out_of_range', 'page.limit', 'zero');
});

test('what is not an object at all is refused', async () => {
  const { operator } = await northlight();
  for (const input of [null, 5, 'x', true, [], [{}]]) {
    await refused(operator.skills.list(input), 'not_json', null, String(input));
  }
  for (const input of [Number.NaN, 5n, () => 5, Symbol('x'), new Map(), Promise.resolve({})]) {
    await refused(operator.skills.list(input), 'wrong_type', null, String(input.constructor?.name));
  }
});

test('classes with fields, frozen objects and objects without prototype are fine; dates are written as texts', async () => {
  const { operator } = await northlight();
  class Skill {
    name = 'Cook';
  }
  assert.equal((await operator.skills.create(new Skill())).name, 'Cook');
  assert.equal((await operator.skills.create(Object.freeze({ name: 'Cook' }))).name, 'Cook');
  assert.equal((await operator.skills.create(Object.assign(Object.create(null), { name: 'Cook' }))).name, 'Cook');
  const when = new Date('2026-09-01T08:00:00Z');
  assert.equal((await operator.skills.create({ name: 'Cook', host_id: when })).host_id, when.toISOString());
});

test('mistakes in the context name their place', async () => {
  const portal = new Portal(new MemoryStore());
  const get = (session) => session.agencies.get();
  for (const id of ['', 'x', `${AGENCY}0`]) await assert.rejects(get(portal.asOperator(id)), { name: 'Invalid', path: 'context.agency' });
  for (const id of [undefined, null, 5, {}, 5n]) await refused(get(portal.asOperator(id)), 'wrong_type', 'context.agency', 'id');
  await refused(get(portal.asOperator('\ud800')), 'malformed', 'context.agency', 'surrogate');
  await refused(get(portal.asUser(AGENCY, undefined)), 'wrong_type', 'context.actor.id', 'user');
  await assert.rejects(get(portal.asMember(AGENCY, 'Anna')), { name: 'Invalid' });
  await refused(get(portal.asOperator(AGENCY, { locale: 'de' })), 'not_one_of', 'context.locale', 'locale');
  const create = (options) => portal.asOperator(AGENCY).agencies.create({ name: 'N', currency: 'EUR' }, options);
  await refused(create({ commandId: '' }), 'too_short', 'context.command_id', 'empty');
  await refused(create({ commandId: 'x'.repeat(101) }), 'too_long', 'context.command_id', 'long');
  await refused(create({ commandId: 5 }), 'wrong_type', 'context.command_id', 'number');
  await refused(create({ commandId: '\ud800' }), 'malformed', 'context.command_id', 'surrogate');
  for (const [sources, path] of [
    [{ clock: () => new Date('no') }, 'context.now'],
    [{ clock: () => 'no' }, 'context.now'],
    [{ clock: () => '1969-12-31T23:59:59Z' }, 'context.now'],
    [{ clock: () => 5 }, 'context.now'],
    [{ entropy: () => new Uint8Array(31) }, 'context.entropy'],
    [{ entropy: () => 'x'.repeat(32) }, 'context.entropy'],
    [{ commandId: () => ({}) }, 'context.command_id'],
  ]) {
    const session = new Portal(new MemoryStore(), sources).asOperator(AGENCY);
    await assert.rejects(session.agencies.create({ name: 'N', currency: 'EUR' }), { name: 'Invalid', path });
  }
});

test('a text for a name is kept byte for byte on every store', async () => {
  await onEveryStore(async (store) => {
    const { operator } = await northlight(store);
    for (const host_id of ['a', 'A', 'a ', '\0', 'é', 'e\u0301', '🍸', '\uffff', '"\\\u2028']) {
      const skill = await operator.skills.create({ name: 'Cook', host_id });
      assert.equal(skill.host_id, host_id);
    }
    assert.equal((await operator.skills.list()).items.length, 9);
  });
});
