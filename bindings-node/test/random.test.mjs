// Random text and bytes for the native entries: never a panic, never an exception that is not ours.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { StaffgateError } from 'staffgate';

import { AGENCY } from './support.mjs';

const { native, reply } = createRequire(import.meta.url)('../dist/native.js');
const catalog = JSON.parse(native.catalog());

const ROUNDS = 100_000;
const SEED = Number(process.env.STAFFGATE_SEED ?? 20261025);

/** A small generator with a seed, so that a failing run can be repeated. */
function generator(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit) => next() % limit;
  return { below, pick: (list) => list[below(list.length)] };
}

const TEXTS = ['', 'EUR', AGENCY, 'operator', '2026-10-25T02:30:00Z', '2026-02-30', '-1', '9'.repeat(400), '\0', '\ud800', '株🍸', 'x'.repeat(300)];
const NUMBERS = ['0', '-0', '1e999', '-1', '9007199254740993', '18446744073709551616', '1.5', '00', '+1', 'NaN', '0x10'];
const BROKEN = ['', ' ', '{', '}', '[', '"', '\\', ',', ':', 'tru', '\ufeff', '\u2028', '/*', '\\ud800', '\0'];

function text(random) {
  const chosen = random.pick(TEXTS);
  return random.below(4) === 0 ? `"${chosen}"` : JSON.stringify(chosen);
}

/** A value that is JSON, or nearly. */
function value(random, depth, names) {
  switch (random.below(depth > 4 ? 5 : 8)) {
    case 0: return text(random);
    case 1: return random.pick(NUMBERS);
    case 2: return random.pick(['true', 'false', 'null']);
    case 3: return text(random);
    case 4: return random.pick(BROKEN);
    case 5: return `[${Array.from({ length: random.below(4) }, () => value(random, depth + 1, names)).join(',')}]`;
    default: return object(random, depth, names);
  }
}

function object(random, depth, names) {
  const fields = Array.from({ length: random.below(5) }, () => `${JSON.stringify(random.pick(names))}:${value(random, depth + 1, names)}`);
  return `{${fields.join(',')}}`;
}

const NAMES = [...new Set(catalog.operations.flatMap(({ input }) => Object.keys(input.properties ?? {}))), 'read', 'tenant', 'x', ''];

function request(random) {
  const operation = random.pick(catalog.operations);
  const names = [...Object.keys(operation.input.properties ?? {}), random.pick(NAMES)];
  const actor = random.pick(['{"as":"operator"}', '{"as":"guest"}', `{"as":"user","id":"${AGENCY}"}`, `{"as":"member","id":"${AGENCY}"}`, value(random, 3, NAMES)]);
  const context = `{"agency":"${AGENCY}","actor":${actor},"now":"2026-09-01T08:00:00Z","command_id":"c${random.below(1000)}","entropy":"${'07'.repeat(32)}"}`;
  return `{"context":${context},"operation":"${operation.name}","input":${object(random, 0, names)}}`;
}

function damaged(random, good) {
  const at = random.below(good.length + 1);
  const cut = random.below(3) === 0 ? good.length : at + random.below(6);
  return good.slice(0, at) + random.pick(BROKEN) + good.slice(cut);
}

function bytes(random) {
  return Uint8Array.from({ length: random.below(60) }, () => random.below(256));
}

function halves(random, input) {
  const at = random.below(input.length + 1);
  return [input.slice(0, at), input.slice(at)];
}

/** A reply that is JSON, or an error of ours that is no fault of the library. */
function judge(told, about) {
  assert.equal(typeof told, 'string', about);
  try {
    JSON.parse(reply(told));
  } catch (error) {
    assert.ok(error instanceof StaffgateError, `${about}: ${String(error)}`);
    assert.notEqual(error.code, 'internal', about);
  }
}

test(`${ROUNDS} random requests`, () => {
  const random = generator(SEED);
  const store = new native.NativeStore();
  store.openMemory();
  const seen = new Map();
  // Half way the agency comes to be, so that inputs reach what lies behind its gate too.
  const founding = `{"context":{"agency":"${AGENCY}","actor":{"as":"operator"},"now":"2026-09-01T08:00:00Z","command_id":"found","entropy":"${'07'.repeat(32)}"},"operation":"agencies.create","input":{"name":"North","currency":"EUR"}}`;
  for (let round = 0; round < ROUNDS; round += 1) {
    const kind = random.below(10);
    const input = round === ROUNDS / 2 ? founding : kind < 6 ? request(random) : kind < 8 ? damaged(random, request(random)) : kind < 9 ? value(random, 0, NAMES) : bytes(random);
    const told = random.below(2) === 0 || typeof input !== 'string' ? store.run(input, '', false) : store.run(...halves(random, input), true);
    judge(told, `seed ${SEED}, round ${round}: ${String(input).slice(0, 400)}`);
    const code = told.startsWith('!') ? JSON.parse(told.slice(1)).code : 'reply';
    seen.set(code, (seen.get(code) ?? 0) + 1);
  }
  // The inputs reach beyond the first check.
  for (const code of ['reply', 'not_json', 'field_missing', 'wrong_type', 'unknown_agency']) assert.ok(seen.get(code) > 0, code);
});

test('random answers of a store', () => {
  const random = generator(SEED + 1);
  const context = `{"agency":"${AGENCY}","actor":{"as":"operator"},"now":"2026-09-01T08:00:00Z","command_id":"c","entropy":"${'07'.repeat(32)}"}`;
  const good = `{"context":${context},"operation":"agencies.get","input":{}}`;
  for (let round = 0; round < ROUNDS / 10; round += 1) {
    const machine = new native.NativeMachine(true);
    let told = machine.start(good, '');
    for (let step = 0; told.startsWith('>') && step < 20; step += 1) {
      const rows = `[${value(random, 0, ['id', 'version', 'body', 'link'])}]`;
      told = machine.resume(random.pick([`{"loaded":[${rows},${rows}]}`, `{"committed":${rows}}`, rows, bytes(random)]));
    }
    judge(told, `seed ${SEED + 1}, round ${round}`);
  }
});

test('what is neither text nor bytes is refused', () => {
  const store = new native.NativeStore();
  store.openMemory();
  for (const odd of [undefined, null, 5, 5n, {}, [], () => 5, Symbol('x'), new Map(), new Uint16Array(4), new ArrayBuffer(4), Buffer.from('{}')]) {
    assert.throws(() => reply(store.run(odd, '', true)), { name: 'Invalid', code: /^not_json$|^field_missing$/ });
  }
});
