// Prices without a portal: the vectors of the reference list, batches, zone data of the host, and bad input.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { Invalid, PriceBook, pricing } from 'staffgate';

import { demand, priceList } from './reference-lists.mjs';

const vectors = new URL('../../tests/vectors/reference_list.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(vectors, 'utf8'));
const plain = cases[0].input;
const book = (given = plain) => new PriceBook('EUR', [priceList(given)]);

/** Four decimals, as the vectors have them. */
function fourDecimals(price) {
  const [whole, rest = ''] = price.split('.');
  return `${whole}.${rest.padEnd(4, '0')}`;
}

test('the reference list comes out as two independent programs say', () => {
  assert.equal(cases.length, 139);
  for (const { id, input, lines, net, vat, gross } of cases) {
    const answer = book(input).estimate(demand(input));
    assert.equal(answer.outcome, 'priced', id);
    // A line is there if minutes fall under it, at 0 % too; one of no minutes says nothing.
    const got = answer.lines
      .filter(({ minutes }) => minutes > 0)
      .map(({ code, minutes, unit_price: price, amount }) => ({ code, minutes, unit_price: fourDecimals(price), amount }));
    assert.deepEqual(got, lines.filter(({ minutes }) => minutes > 0), id);
    assert.deepEqual([answer.net, answer.vat_total, answer.total], [net, vat, gross], id);
  }
});

test('functions and books say the same', () => {
  const lists = [priceList(plain)];
  const alone = pricing.estimate({ currency: 'EUR', lists, demand: demand(plain) });
  assert.deepEqual(new PriceBook('EUR', lists).estimate(demand(plain)), alone);
  const [together] = pricing.estimateBatch({ currency: 'EUR', lists, demands: [demand(plain)] });
  assert.deepEqual(together, { estimate: alone, refused: null });
  // Six hours at 24.00 and 20 % VAT.
  const [total] = pricing.totalBatch({ currency: 'EUR', lists, demands: [demand(plain)] });
  assert.deepEqual(total, { outcome: 'priced', net: '144.00', vat_total: '28.80', total: '172.80' });
});

test('one bad demand leaves the others', () => {
  const good = demand(plain);
  const heads = (headcount) => ({ ...good, positions: [{ ...good.positions[0], headcount }] });
  const early = demand({ ...plain, start: '1985-06-16T10:00', end: '1985-06-16T16:00' });
  const results = book().estimateMany([good, heads(10_000_000), heads('two'), early, good]);
  assert.deepEqual(results[4], results[0]);
  assert.equal(results[0].estimate.net, '144.00');
  const refused = results.slice(1, 3).map((it) => [it.refused.code, it.refused.path]);
  assert.deepEqual(refused, [
    ['out_of_range', 'positions[0].headcount'],
    ['wrong_type', 'positions[0].headcount'],
  ]);
  assert.equal(results[3].estimate.outcome, 'unpriced');
  assert.deepEqual(book().totals([early, good]).map(({ outcome }) => outcome), ['unpriced', 'priced']);
});

/** So many demands that they cross in parts, each with another headcount. */
function many(count) {
  const { zone, positions } = demand(plain);
  return Array.from({ length: count }, (_, at) => ({ zone, positions: [{ ...positions[0], headcount: at + 1 }] }));
}

test('a long batch answers each demand in its place, as one by one', () => {
  const priced = book();
  for (const count of [0, 1, 99, 100, 101, 1049]) {
    const demands = many(count);
    const results = priced.estimateMany(demands);
    assert.deepEqual(results, demands.map((one) => ({ estimate: priced.estimate(one), refused: null })), String(count));
  }
});

test('bad demands of a long batch are refused in their places', () => {
  const demands = many(1000);
  for (const at of [0, 49, 50, 512, 999]) demands[at] = { ...demands[at], zone: `Nowhere/${at}` };
  for (const [at, { estimate, refused }] of book().estimateMany(demands).entries()) {
    const isBad = [0, 49, 50, 512, 999].includes(at);
    assert.equal(estimate === null, isBad, String(at));
    assert.deepEqual([refused?.code, refused?.path], isBad ? ['unknown_zone', 'zone'] : [undefined, undefined], String(at));
  }
});

test('what is wrong with a long batch as a whole says where', () => {
  const changed = (at, value) => many(1000).with(at, value);
  assert.throws(() => book().estimateMany(changed(777, undefined)), { code: 'wrong_type', path: 'demands[777]' });
  const [one] = many(1);
  one.positions[0].headcount = 7n;
  assert.throws(() => book().estimateMany(changed(777, one)), { code: 'wrong_type', path: 'demands[777].positions[0].headcount' });
  assert.throws(() => book().estimateMany(many(10_001)), { code: 'too_many', path: 'demands' });
  assert.equal(book().estimateMany(many(10_000)).length, 10_000);
  const wide = many(1000).map((asked) => ({ ...asked, note: 'x'.repeat(40_000) }));
  assert.throws(() => book().estimateMany(wide), { code: 'input_too_large' });
});

test('a demand that asks for a price while it is written gets it, and is written whole', () => {
  const priced = book();
  const [one, two] = many(2);
  const asking = { zone: one.zone, get positions() { return priced.estimate(two).outcome === 'priced' ? one.positions : []; } };
  assert.deepEqual(priced.estimate(asking), priced.estimate(one));
  class Start {
    toJSON() {
      return priced.totals([two])[0].outcome === 'priced' ? one.positions[0].start : null;
    }
  }
  const dated = { ...one, positions: [{ ...one.positions[0], start: new Start() }] };
  assert.deepEqual(priced.estimate(dated), priced.estimate(one));
  assert.throws(() => priced.estimate({ ...one, get zone() { throw new RangeError('of the host'); } }), RangeError);
  assert.deepEqual(priced.estimate(one), priced.estimate(asking), 'after an error of the host');
});

test('zone data of the host', { skip: !existsSync('/usr/share/zoneinfo/Europe/Berlin') }, () => {
  const files = { 'Europe/Berlin': readFileSync('/usr/share/zoneinfo/Europe/Berlin') };
  const own = new PriceBook('EUR', [priceList(plain)], { zones: { version: 'own', files } });
  assert.equal(own.zoneData, 'own');
  const answer = own.estimate(demand(plain));
  assert.deepEqual([answer.zone_data, answer.net], ['own', '144.00']);
  const elsewhere = demand({ ...plain, zone: 'Europe/Paris' });
  assert.throws(() => own.estimate(elsewhere), { code: 'unknown_zone', path: 'zone' });
  const broken = { version: 'own', files: { 'Europe/Berlin': new Uint8Array(7) } };
  assert.throws(() => new PriceBook('EUR', [], { zones: broken }), { code: 'malformed' });
});

test('bad demands are refused with a path', () => {
  const of = (change) => ({ zone: 'Europe/Berlin', positions: [{ ...demand(plain).positions[0], ...change }] });
  const cyclic = of({});
  cyclic.positions[0].label = cyclic;
  for (const [asked, path, code] of [
    [of({ headcount: Number.NaN }), 'positions[0].headcount', 'wrong_type'],
    [of({ headcount: 'one' }), 'positions[0].headcount', 'wrong_type'],
    [of({ headcount: 10_000_000 }), 'positions[0].headcount', 'out_of_range'],
    [of({ headcount: 7n }), 'positions[0].headcount', 'wrong_type'],
    [of({ colour: 'red' }), 'positions[0].colour', 'field_unknown'],
    [of({ end: '2027-07-21T10:00' }), 'positions[0].end', undefined],
    [of({ start: '9999-12-31T10:00', end: '9999-12-31T12:00' }), 'positions[0].start', undefined],
    [of({ start: 'yesterday' }), 'positions[0].start', 'malformed'],
    [of({ label: () => 7 }), 'positions[0].label', 'wrong_type'],
    [of({ label: '\udcff' }), 'positions[0].label', 'malformed'],
    [cyclic, 'positions[0].label', 'too_many'],
  ]) {
    assert.throws(
      () => book().estimate(asked),
      (error) => {
        assert.ok(error instanceof Invalid, String(error));
        assert.equal(error.path, path);
        if (code !== undefined) assert.equal(error.code, code);
        return true;
      },
    );
  }
});

test('bad books are refused with a path', () => {
  const opened = (...values) => () => new PriceBook(...values);
  assert.throws(opened('EURO', []), { code: 'unknown_currency', path: 'currency' });
  assert.throws(opened('CZK', [priceList(plain)]), { code: 'currency_mixed', path: 'lists[0].currency' });
  assert.throws(opened('EUR', 7), { code: 'wrong_type', path: 'lists' });
  assert.throws(opened('EUR', [], { zones: 7 }), { path: 'zones' });
  assert.throws(opened('EUR', [], { zones: { version: 7 } }), { path: 'zones.version' });
  assert.throws(opened('EUR', [], { zones: { version: 'x', files: { a: 7 } } }), { path: 'zones.files.a' });
  assert.throws(() => pricing.computeJson('guess', '{}'), { code: 'unknown_operation' });
  assert.throws(() => pricing.computeJson('estimate', '{'), { code: 'not_json' });
});
