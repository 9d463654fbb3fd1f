// The speed of prices alone, against a careful program in plain JavaScript on the same 4,000 demands in the same run.
//
// Both sides have their lists read before the clock starts, and both get demands as a platform has them, the zone's name
// and local times as texts, and answer with amounts as texts. The least time of each piece counts: what else runs on the
// machine can only make a piece longer.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import * as plain from '../../bench/pricing/plain.mjs';
import { PriceBook } from '../dist/index.mjs';
import { demand, priceList } from '../test/reference-lists.mjs';

const BATCH = 1000;
const ROUNDS = 15;

const packed = readFileSync(new URL('../../tests/vectors/reference_inputs.json.gz', import.meta.url));
const { inputs, sums } = JSON.parse(gunzipSync(packed).toString('utf8'));

function grouped() {
  const lists = new Map();
  for (const given of inputs) {
    if (!lists.has(given.list)) lists.set(given.list, []);
    lists.get(given.list).push(given);
  }
  return lists;
}

/** The demands of each list, so many at once. */
function pieces(most) {
  const lists = grouped();
  return [...lists.values()].flatMap((given) => {
    const book = new PriceBook('EUR', [priceList(given[0])]);
    const terms = plain.readTerms(given[0]);
    const parts = [];
    for (let at = 0; at < given.length; at += most) {
      const some = given.slice(at, at + most);
      parts.push({ book, demands: some.map(demand), terms, theirs: some });
    }
    return parts;
  });
}

function least(parts, work) {
  const times = parts.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, part] of parts.entries()) {
      const began = performance.now();
      work(part);
      times[at] = Math.min(times[at], performance.now() - began);
    }
  }
  return times.reduce((sum, time) => sum + time, 0);
}

const cents = (amount) => BigInt(amount.replace('.', ''));

function mismatches(parts, work) {
  const answers = parts.flatMap(work);
  const sum = (field) => answers.reduce((total, answer) => total + cents(answer[field]), 0n);
  const fields = [['net', 'net'], ['vat_total', 'vat'], ['total', 'gross']];
  return fields.filter(([ours, theirs]) => sum(ours) !== cents(sums[theirs])).length;
}

const large = pieces(BATCH);
const small = pieces(50);
const ways = [
  [`totals, batches of up to ${BATCH}`, large, 40, ({ book, demands }) => book.totals(demands)],
  [`lines, batches of up to ${BATCH}`, large, 30, ({ book, demands }) =>
    book.estimateMany(demands).map(({ estimate }) => estimate)],
  ['lines, one by one', small, 15, ({ book, demands }) => demands.map((one) => book.estimate(one))],
];

let wrong = 0;
for (const [, parts, , work] of ways) wrong += mismatches(parts, work);
const each = 1000 / inputs.length;
const theirs = least(small, ({ terms, theirs }) => theirs.map((given) => plain.price(terms, given)));
console.log(`plain JavaScript: ${(theirs * each).toFixed(1)} us`);
for (const [name, parts, required, work] of ways) {
  const ours = least(parts, work);
  const ratio = (theirs / ours).toFixed(1);
  console.log(`${name}: ${(ours * each).toFixed(2)} us; ${ratio} times as fast (required ${required})`);
}
console.log(`${wrong} mismatches with the sums of the vectors`);
if (wrong > 0) process.exitCode = 1;
