// The nine rules of the reference list as a careful engineer would write them in plain JavaScript with decimal.js and
// luxon, segment by segment, and their speed on the 4,000 demands of `tests/vectors/reference_inputs.json.gz`.
//
// Lists and demands are read before the clock starts; measured is what it takes to price. Before that, every case of
// the reference list must come out right.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { Decimal } from 'decimal.js';
import { DateTime, IANAZone } from 'luxon';

const SECONDS = 3;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const VECTORS = new URL('../../tests/vectors/', import.meta.url);

// Enough digits that nothing is rounded before it is meant to be.
Decimal.set({ precision: 40, rounding: Decimal.ROUND_HALF_UP });

/** A price list, read once. */
export function readTerms(given) {
  const rate = new Decimal(given.hourly_rate);
  const share = (percent) => rate.times(percent).div(100).toDecimalPlaces(4);
  return {
    hourlyRate: rate,
    nightPrice: share(given.night_percent),
    weekendPrice: share(given.weekend_percent),
    holidayPrice: share(given.holiday_percent),
    overtimePrice: share(given.overtime_percent),
    vatPercent: new Decimal(given.vat_percent),
    overtimeAfter: given.overtime_after_minutes,
    minimum: given.minimum_minutes,
    rounding: given.rounding_minutes,
    holidays: new Set(given.holidays),
  };
}

/** A demand. Wall times are kept as if they were UTC, for there they are neither missing nor ambiguous. */
export function readDemand(given) {
  return {
    zone: IANAZone.create(given.zone),
    start: DateTime.fromISO(given.start, { zone: 'utc' }),
    end: DateTime.fromISO(given.end, { zone: 'utc' }),
    headcount: given.headcount,
  };
}

/**
 * The instant of a wall time: of two equal readings the earlier, a missing one moved forward by the gap. luxon alone
 * promises neither.
 */
function instant(zone, wall) {
  const local = wall.toMillis();
  const before = zone.offset(local - 26 * HOUR) * MINUTE;
  const after = zone.offset(local + 26 * HOUR) * MINUTE;
  const possible = [before, after].filter((offset) => zone.offset(local - offset) * MINUTE === offset);
  return local - (possible.length > 0 ? Math.max(...possible) : before);
}

/** The first minute with another offset than `from`, given that `until` has another one. */
function clockChange(zone, from, until) {
  const old = zone.offset(from);
  let low = 0;
  let high = (until - from) / MINUTE;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offset(from + middle * MINUTE) === old) low = middle;
    else high = middle;
  }
  return from + high * MINUTE;
}

/** Minutes until the next 06:00, 22:00 or midnight on the wall. */
function minutesToEdge(local) {
  const minute = local.hour * 60 + local.minute;
  if (minute < 6 * 60) return 6 * 60 - minute;
  if (minute < 22 * 60) return 22 * 60 - minute;
  return 24 * 60 - minute;
}

/** Stretches within one local day and one side of the night's edges, cut at clock changes too. */
function* segments(zone, start, end) {
  // A day begins when its date is first read, and a clock that is put back does not take it away again. No shift
  // begins in an evening that comes again, because its start is the earlier of two readings. Dates sort as texts.
  let day = '';
  let weekday = 0;
  let moment = start;
  while (moment < end) {
    const local = DateTime.fromMillis(moment, { zone });
    let until = Math.min(moment + minutesToEdge(local) * MINUTE, end);
    if (zone.offset(until) !== local.offset) until = clockChange(zone, moment, until);
    const date = local.toISODate();
    if (date > day) {
      day = date;
      weekday = local.weekday;
    }
    yield { minutes: (until - moment) / MINUTE, day, weekday, night: local.hour >= 22 || local.hour < 6 };
    moment = until;
  }
}

export function estimate(terms, demand) {
  const start = instant(demand.zone, demand.start);
  const elapsed = (instant(demand.zone, demand.end) - start) / MINUTE;
  if (elapsed <= 0) throw new RangeError('the shift ends before it starts');
  const worked = Math.ceil(elapsed / terms.rounding) * terms.rounding;
  let night = 0;
  let weekend = 0;
  let holiday = 0;
  for (const segment of segments(demand.zone, start, start + worked * MINUTE)) {
    if (segment.night) night += segment.minutes;
    if (terms.holidays.has(segment.day)) holiday += segment.minutes;
    else if (segment.weekday >= 6) weekend += segment.minutes;
  }
  const lines = [];
  let net = new Decimal(0);
  for (const [code, each, unitPrice] of [
    ['base', worked, terms.hourlyRate],
    ['minimum', Math.max(terms.minimum - worked, 0), terms.hourlyRate],
    ['night', night, terms.nightPrice],
    ['weekend', weekend, terms.weekendPrice],
    ['holiday', holiday, terms.holidayPrice],
    ['overtime', Math.max(worked - terms.overtimeAfter, 0), terms.overtimePrice],
  ]) {
    if (each === 0 && code !== 'base') continue;
    const minutes = each * demand.headcount;
    const amount = unitPrice.times(minutes).div(60).toDecimalPlaces(2);
    lines.push({ code, minutes, unitPrice, amount });
    net = net.plus(amount);
  }
  const vat = net.times(terms.vatPercent).div(100).toDecimalPlaces(2);
  return { lines, net, vat, gross: net.plus(vat) };
}

/** Texts in, texts out. */
export function price(terms, given) {
  return written(estimate(terms, readDemand(given)));
}

function written({ lines, net, vat, gross }) {
  return {
    lines: lines.map(({ code, minutes, unitPrice, amount }) => ({
      code,
      minutes,
      unit_price: unitPrice.toFixed(4),
      amount: amount.toFixed(2),
    })),
    net: net.toFixed(2),
    vat: vat.toFixed(2),
    gross: gross.toFixed(2),
  };
}

function mismatches() {
  const { cases } = JSON.parse(readFileSync(new URL('reference_list.json', VECTORS), 'utf8'));
  let wrong = 0;
  for (const { id, input, lines, net, vat, gross } of cases) {
    const mine = JSON.stringify(written(estimate(readTerms(input), readDemand(input))));
    if (mine !== JSON.stringify({ lines, net, vat, gross })) {
      wrong += 1;
      console.error(`${id}: ${mine}`);
    }
  }
  return wrong;
}

function main() {
  let wrong = mismatches();
  const wanted = JSON.parse(gunzipSync(readFileSync(new URL('reference_inputs.json.gz', VECTORS))).toString('utf8'));
  const lists = new Map();
  for (const given of wanted.inputs) if (!lists.has(given.list)) lists.set(given.list, readTerms(given));
  const work = wanted.inputs.map((given) => [lists.get(given.list), readDemand(given)]);
  let best = 0;
  let gross = new Decimal(0);
  const began = performance.now();
  while (performance.now() - began < SECONDS * 1000) {
    const roundBegan = performance.now();
    gross = work.reduce((sum, [terms, demand]) => sum.plus(estimate(terms, demand).gross), new Decimal(0));
    best = Math.max(best, (work.length * 1000) / (performance.now() - roundBegan));
  }
  if (gross.toFixed(2) !== wanted.sums.gross) wrong += 1;
  console.log(
    JSON.stringify({ peer: 'javascript', per_second: Math.round(best), gross: gross.toFixed(2), mismatches: wrong }),
  );
  if (wrong > 0) throw new Error('the plain JavaScript program does not agree with the vectors');
}

// The measurements of the Node package import the functions alone.
if (process.argv[1] === fileURLToPath(import.meta.url)) main();
