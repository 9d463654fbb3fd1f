// How the stage is set: the agency, its offer, its client, and Anna.
// @ts-check

import assert from 'node:assert/strict';

import { chapter, says } from './account.mjs';

/** @import { Teller } from './teller.mjs' */
/** @typedef {Awaited<ReturnType<typeof foundAgency>>} Agency */
/** @typedef {Awaited<ReturnType<typeof openClient>>} Client */

/** @param {Teller} teller */
export async function foundAgency(teller) {
  chapter('The operator creates the agency');
  teller.at('2026-09-01T08:00:00Z');
  const operator = teller.operator();
  const agency = await operator.agencies.create({ name: 'Northlight Staffing', currency: 'EUR' });
  says('operator', `creates ${agency.name}`);
  await operator.agencies.switchPortal({ on: true });
  says('operator', 'switches its portal on');
  const member = await operator.members.add({ name: 'Mia Keller', email: 'mia@northlight.example', role: 'administrator' });
  const mia = teller.member(member.id);

  chapter('The agency sets up its offer');
  await mia.agencies.setProfile({ subdomain: 'northlight' });
  says('Mia', 'takes the subdomain northlight');
  const waiter = (await mia.skills.create({ name: 'Waiter' })).id;
  await mia.agencies.setOrdering({ skills: [waiter] });
  says('Mia', 'lets clients order waiters');
  await mia.terms.publish({ title: 'Terms of 2026', text: 'Orders bind both sides.' });
  says('Mia', 'publishes the terms');
  await mia.priceLists.publish({
    scope: { for: 'basic' },
    valid_from: '2026-01-01',
    vat_percent: '19',
    minimum_minutes: 240,
    rates: [
      { skill: waiter, per_hour: '20.00' },
      { skill: waiter, role: 'lead', per_hour: '25.00' },
    ],
  });
  says('Mia', 'publishes the basic prices: 20.00 an hour, 25.00 for a lead');
  return { mia, waiter };
}

/**
 * @param {Teller} teller
 * @param {Agency} agency
 */
export async function openClient(teller, { mia }) {
  chapter('The client gets access');
  const ballroom = { name: 'Ballroom', address: 'Pariser Platz 1, Berlin', zone: 'Europe/Berlin' };
  const client = await mia.clients.create({ name: 'Grand Hotel Astoria', sites: [ballroom] });
  const [site] = client.sites;
  assert(site, 'the client has a site');
  const delivery = { base_url: 'https://northlight.example/join', send_now: true };
  const link = await mia.clients.enableAccess({ client: client.id, delivery });
  says('Mia', `enables access for ${client.name}: ${link.access}`);
  const { token } = link;
  assert(token, 'the link is handed out once, and this is the time');
  await teller.guest().users.previewLink({ token });
  says('Anna', 'looks at the link, which uses nothing up');
  const joined = await teller.guest().users.join({
    token,
    name: 'Anna Berg',
    email: 'anna@astoria.example',
    password: 'seven blue lamps over the harbour',
  });
  const now = await mia.clients.get({ client: client.id });
  assert(now.audience === 'agency', 'Mia gets the view of the agency');
  says('Anna', `joins and sets a password: ${now.access}`);
  return { id: client.id, site: site.id, anna: teller.user(joined.user) };
}
