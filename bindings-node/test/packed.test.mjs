// Large replies cross in a form of their own. What arrives is what JSON says, whatever is in it, on every store.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PriceBook, pricing } from 'staffgate';

import { demand, priceList } from './reference-lists.mjs';
import { AGENCY, northlight, onEveryStore } from './support.mjs';

const MANY = 200;
const NAMES = ['Waiter', 'Bäcker', 'Кухар', '料理人', 'Clown \u{1f600}', '"quoted" \\ back', 'Zoë’s', '__proto__', '=;,'];
const OPERATOR = { agency: AGENCY, actor: { as: 'operator' }, now: '2026-09-01T08:00:00Z' };

/** Everything of an agency that has a list. */
async function filled(store) {
  const { portal, operator } = await northlight(store, { clock: () => OPERATOR.now });
  const skills = [];
  for (let number = 0; number < MANY; number += 1) {
    const name = NAMES[number % NAMES.length];
    skills.push(await operator.skills.create({ name: `${name} ${number}` }));
    const phone = number % 2 === 0 ? '+4915112345' : null;
    await operator.workers.create({ name: `${name} ${number}`, phone, skills: [skills[number].id] });
    await operator.clients.create({
      name: `${name} ${number}`,
      sites: [{ name: 'Hall', zone: 'Europe/Berlin', contact: number % 3 === 0 ? { name: 'Ida', phone: '+49301234' } : null }],
    });
  }
  return portal;
}

test('what is packed reads as JSON says', async () => {
  await onEveryStore(async (store, kind) => {
    const portal = await filled(store);
    const operator = portal.asOperator(AGENCY);
    const page = { page: { limit: MANY } };
    for (const [name, typed] of [
      ['skills.list', () => operator.skills.list(page)],
      ['workers.list', () => operator.workers.list(page)],
      ['clients.list', () => operator.clients.list(page)],
    ]) {
      const text = await portal.runJson(OPERATOR, name, JSON.stringify(page));
      const reply = await typed();
      assert.equal(reply.items.length, MANY, `${kind}: ${name}`);
      // Texts are equal if and only if values, fields and their order are.
      assert.equal(JSON.stringify(reply), text, `${kind}: ${name}`);
      assert.deepEqual(reply, JSON.parse(text), `${kind}: ${name}`);
    }
  });
});

test('a reply keeps nothing of the one before', async () => {
  await onEveryStore(async (store) => {
    const portal = await filled(store);
    const operator = portal.asOperator(AGENCY);
    const page = { page: { limit: MANY } };
    const alone = [await operator.skills.list(page), await operator.clients.list(page)];
    const lists = Array.from({ length: 8 }, (_, at) => (at % 2 === 0 ? operator.skills : operator.clients).list(page));
    for (const [at, reply] of (await Promise.all(lists)).entries()) assert.deepEqual(reply, alone[at % 2]);
    // Objects are the caller's own.
    alone[0].items[0].name = 'changed';
    assert.notEqual((await operator.skills.list(page)).items[0].name, 'changed');
  });
});

const plain = {
  zone: 'Europe/Berlin',
  start: '2026-06-16T10:00',
  end: '2026-06-17T04:00',
  headcount: 3,
  hourly_rate: '24.00',
  night_percent: '25',
  weekend_percent: '50',
  holiday_percent: '100',
  overtime_percent: '25',
  vat_percent: '19',
  overtime_after_minutes: 480,
  minimum_minutes: 240,
  rounding_minutes: 15,
  holidays: [],
};

test('the words of a book are those of its own lists, whatever is in them', () => {
  const rules = [{ id: 'day', rate: { kind: 'per_hour', amount: '24.00' } }];
  const terms = { currency: 'EUR', valid_from: '2026-01-01', vat: { percent: '20' }, rules };
  const books = NAMES.map((name, at) => {
    const list = { ...terms, id: `list-${at}`, components: [{ code: 'base', name }] };
    return { name, list, book: new PriceBook('EUR', [list]) };
  });
  const demands = [3, 24, 4096].map((headcount) => ({
    zone: 'Europe/Berlin',
    positions: [{ label: `for ${headcount}`, headcount, start: '2026-06-16T10:00', end: '2026-06-16T16:00' }],
  }));
  for (const { name, list, book } of books) {
    const together = book.estimateMany(demands);
    assert.deepEqual(together, pricing.estimateBatch({ currency: 'EUR', lists: [list], demands }));
    for (const [at, { estimate }] of together.entries()) {
      assert.deepEqual(book.estimate(demands[at]), estimate);
      const [line] = estimate.lines;
      assert.deepEqual([line.name, line.list, line.unit_price], [name, list.id, '24.00']);
    }
    assert.deepEqual(book.totals(demands).map(({ total }) => total), together.map(({ estimate }) => estimate.total));
  }
});

test('estimates of more texts than a number says, and with labels of all kinds', () => {
  const lists = [priceList(plain)];
  const book = new PriceBook('EUR', lists);
  const demands = Array.from({ length: 4000 }, (_, number) => {
    const one = demand({ ...plain, headcount: 1 + number });
    one.positions[0].label = `${NAMES[number % NAMES.length]} ${number}`;
    return one;
  });
  const together = book.estimateMany(demands);
  assert.deepEqual(together, pricing.estimateBatch({ currency: 'EUR', lists, demands }));
  for (const at of [0, 1, 2, 3, 4, 5, 3999]) {
    assert.deepEqual(book.estimate(demands[at]), together[at].estimate);
    assert.equal(together[at].estimate.lines[0].label, demands[at].positions[0].label);
  }
});
