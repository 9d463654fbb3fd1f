// The main job, told in Node: `node main.mjs FILE.db ANSWERS.txt`.
// Every line that it prints, and every answer's bytes, are the same in Rust and Python.
// @ts-check

import assert from 'node:assert/strict';

import { Conflict } from 'staffgate';

import { chapter, estimate, says, shift } from './account.mjs';
import { foundAgency, openClient } from './setting.mjs';
import { Teller } from './teller.mjs';
import { stranger } from './visit.mjs';

/** @import { Order } from 'staffgate' */
/** @import { Agency, Client } from './setting.mjs' */

const [path, answers] = process.argv.slice(2);
assert(path && answers, 'usage: node main.mjs FILE.db ANSWERS.txt');

const teller = await Teller.open(path);
const agency = await foundAgency(teller);
const client = await openClient(teller, agency);
const mandate = await order(agency, client);
const shiftId = await accept(agency, client, mandate);
await staff(agency, client, shiftId);
await stranger(teller, agency, client, shiftId, mandate);
await end(client, shiftId);
await teller.end(answers);

/**
 * @param {Agency} agency
 * @param {Client} client
 */
async function order({ mia, waiter }, { id, site, anna }) {
  chapter('Anna orders staff for the night in which the clock goes back');
  teller.at('2026-10-01T09:00:00Z');

  /** @type {(waiters: number) => Order} */
  const form = (waiters) => ({
    name: 'Autumn ball',
    site,
    buyer_reference: 'PO-77',
    shifts: [
      {
        start: '2026-10-24T22:00',
        end: '2026-10-25T06:00',
        break_minutes: 30,
        positions: [
          { skill: waiter, headcount: waiters },
          { skill: waiter, role: 'lead', headcount: 1 },
        ],
      },
    ],
  });

  const preview = await anna.mandates.preview({ client: id, order: form(3) });
  says('Anna', 'previews three waiters and a lead, ten to six: nine hours, less half an hour of break');
  estimate(preview.estimate);
  const submitted = await anna.mandates.submit({ client: id, order: form(3), terms: preview.terms });
  says('Anna', 'accepts the terms and submits the order');
  const review = await mia.mandates.list({ state: 'submitted' });
  says('Mia', `finds ${review.items.length} order to review, revision ${submitted.revision}`);
  const edited = await anna.mandates.edit({ mandate: submitted.id, revision: submitted.revision, order: form(4) });
  says('Anna', `makes it four waiters: revision ${edited.revision}`);
  estimate(edited.estimate);
  return submitted.id;
}

/**
 * @param {Agency} agency
 * @param {Client} client
 * @param {string} mandate
 */
async function accept({ mia }, { id, anna }, mandate) {
  chapter('The agency accepts');
  try {
    await mia.mandates.accept({ mandate, revision: 1 });
  } catch (refusal) {
    if (!(refusal instanceof Conflict)) throw refusal;
    says('Mia', `cannot accept revision 1: ${refusal.code}`);
  }
  await mia.mandates.accept({ mandate, revision: 2 });
  says('Mia', 'accepts revision 2: project, schedule and shifts exist');
  const [first] = (await anna.myShifts.list({ client: id })).items;
  assert(first, 'there is a shift after acceptance');
  shift(first);
  return first.id;
}

/**
 * @param {Agency} agency
 * @param {Client} client
 * @param {string} id
 */
async function staff({ mia, waiter }, { anna }, id) {
  chapter('The agency books the team');
  teller.at('2026-10-05T08:00:00Z');
  const seen = await anna.myShifts.get({ shift: id });
  const [waiters, lead] = seen.positions;
  assert(waiters && lead, 'the shift has the positions that were ordered');
  const people = [
    { name: 'Lena Sturm', phone: '+49 151 1000001', position: lead.id, pay: '17.31' },
    { name: 'Tom Fischer', phone: '+49 151 1000002', position: waiters.id, pay: '13.37' },
    { name: 'Ida Blum', phone: '+49 151 1000003', position: waiters.id, pay: '13.38' },
    { name: 'Max Vogel', phone: '+49 151 1000004', position: waiters.id, pay: '13.39' },
    { name: 'Eva Stein', phone: '+49 151 1000005', position: waiters.id, pay: '13.41' },
  ];
  const bookings = [];
  for (const { name, phone, position, pay } of people) {
    const worker = await mia.workers.create({ name, phone, skills: [waiter] });
    const booking = await mia.bookings.book({ shift: id, position, worker: worker.id, pay });
    await mia.bookings.confirm({ shift: id, booking: booking.id });
    says('Mia', `books ${name}, who confirms`);
    bookings.push(booking.id);
  }
  const [leading] = bookings;
  assert(leading, 'somebody was booked');
  await mia.shifts.nameLead({ shift: id, booking: leading });
  says('Mia', 'names Lena Sturm as lead');
  shift(await anna.myShifts.get({ shift: id }));
  await mia.projects.publishTeam({ project: seen.project });
  says('Mia', 'publishes the team');
  shift(await anna.myShifts.get({ shift: id }));
}

/**
 * @param {Client} client
 * @param {string} id
 */
async function end({ anna }, id) {
  chapter('The night passes');
  for (const now of ['2026-10-25T04:59:59Z', '2026-10-25T05:00:00Z']) {
    teller.at(now);
    says('clock', now);
    shift(await anna.myShifts.get({ shift: id }));
  }
  const heard = teller.leaks();
  says('check', `${heard.leaking} of ${heard.answers} answers to people at clients hold a pay rate`);
  const verdict = await teller.operator().history.verify();
  says('check', `the history of ${verdict.verified_to} events ${verdict.ok ? 'verifies' : 'does NOT verify'}`);
  assert(heard.leaking === 0 && verdict.ok, 'the story ends well');
}
