// A page of 1,000 shift views from SQLite as JS objects, each authorised and filtered, against better-sqlite3 reading
// the same rows and JSON.parse reading their bodies. The bound is 1.6 times.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Portal, SqliteStore } from '../dist/index.mjs';
import { least } from './measure.mjs';

export const AGENCY = '0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11';
export const ANNA = 'a0000000-0000-4000-8000-000000000001';
export const SHIFTS = 1000;
const SHIFTS_OF_AN_ORDER = 100;

/** Anna's standing as a record: a bench needs no invitation. */
async function letAnnaIn(store, client) {
  const body = JSON.stringify({ id: ANNA, side: 'user', clients: [{ client, role: 'orderer' }], access: 'active', locale: null });
  const put = { tenant: AGENCY, kind: 'principal', id: ANNA, columns: [], body };
  const command = { fingerprint: '', reply: '{}' };
  const nothing = { expect: [], deletes: [], claims: [], events: [] };
  await store.commit({ tenant: AGENCY, command_id: 'bench/anna', command, puts: [put], ...nothing });
}

/** Orders of a client, accepted: two shifts a day. */
export async function fill(portal, store) {
  const operator = portal.asOperator(AGENCY);
  await operator.agencies.create({ name: 'Northlight Staffing', currency: 'EUR' });
  await operator.agencies.switchPortal({ on: true });
  const { id: skill } = await operator.skills.create({ name: 'Waiter' });
  await operator.agencies.setOrdering({ ordering: true, skills: [skill] });
  await operator.priceLists.publish({ scope: { for: 'basic' }, valid_from: '2026-01-01', vat_percent: '19', rates: [{ skill, per_hour: '32.50' }] });
  const client = await operator.clients.create({ name: 'Grand Hotel Astoria', sites: [{ name: 'Ballroom', zone: 'Europe/Berlin' }] });
  await letAnnaIn(store, client.id);
  const anna = portal.asUser(AGENCY, ANNA);
  for (let order = 0; order < SHIFTS / SHIFTS_OF_AN_ORDER; order += 1) {
    const shifts = Array.from({ length: SHIFTS_OF_AN_ORDER }, (_, number) => {
      const day = new Date(Date.UTC(2027, 0, 1 + ((order * SHIFTS_OF_AN_ORDER + number) >> 1))).toISOString().slice(0, 10);
      return { start: `${day}T09:00:00`, end: `${day}T17:00:00`, positions: [{ skill, headcount: 3 }] };
    });
    const placed = await anna.mandates.submit({ client: client.id, order: { name: `Order ${order}`, site: client.sites[0].id, shifts } });
    await operator.mandates.accept({ mandate: placed.id, revision: placed.revision });
  }
  return client.id;
}

export async function views() {
  const Database = createRequire(import.meta.url)('better-sqlite3');
  const folder = mkdtempSync(join(tmpdir(), 'staffgate-'));
  const path = join(folder, 'portal.db');
  const store = await SqliteStore.open(path);
  const portal = new Portal(store, { clock: () => '2026-12-01T08:00:00Z' });
  const client = await fill(portal, store);
  const database = new Database(path, { readonly: true });
  const rows = database.prepare('SELECT id, version, body FROM staffgate_shift WHERE tenant = ? AND client = ? ORDER BY client, starts_at, id LIMIT 1000');
  const plain = () => rows.all(AGENCY, client).map(({ body }) => JSON.parse(body));
  const page = { client, page: { limit: SHIFTS } };
  const results = [];
  for (const [name, list] of [
    ['shifts.list', () => portal.asOperator(AGENCY).shifts.list(page)],
    ['my_shifts.list', () => portal.asUser(AGENCY, ANNA).myShifts.list(page)],
  ]) {
    const [views, bodies] = [(await list()).items, plain()];
    if (views.length !== SHIFTS || bodies.length !== SHIFTS) throw new Error(`${views.length} views of ${bodies.length} rows`);
    const [ours, theirs] = await least(list, plain, { rounds: 40, calls: 3 });
    results.push({ name, ours_us: Math.round(ours / 1000), plain_us: Math.round(theirs / 1000), ratio: Number((ours / theirs).toFixed(2)) });
  }
  database.close();
  await portal.close();
  rmSync(folder, { recursive: true });
  return results;
}

if (import.meta.filename === process.argv[1]) console.table(await views());
