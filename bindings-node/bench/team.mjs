// A client's page of 1,000 shifts with their teams as JS objects, against a plain JavaScript program that does the same
// and validates what it gives with zod.
import { deepStrictEqual } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { reader } from '../../bench/views/plain.mjs';
import { Portal, SqliteStore } from '../dist/index.mjs';
import { least } from './measure.mjs';
import { AGENCY, ANNA, fill, SHIFTS } from './views.mjs';

const NOW = '2026-12-01T08:00:00Z';
const NAMES = ['Lena Sturm', 'Tom Fischer', 'Ida Blum'];

/** Three workers come to each shift, others to the one beside it; who comes is shared. */
async function staff(operator) {
  const [skill] = (await operator.skills.list()).items;
  const teams = [];
  for (const beside of ['', ' junior']) {
    const workers = NAMES.map((name) => operator.workers.create({ name: `${name}${beside}`, phone: '+4915112345', skills: [skill.id] }));
    teams.push(await Promise.all(workers));
  }
  const { items } = await operator.shifts.list({ page: { limit: SHIFTS } });
  for (const [at, shift] of items.entries()) {
    for (const { id: worker } of teams[at % 2]) {
      await operator.bookings.book({ shift: shift.id, position: shift.positions[0].id, worker, state: 'confirmed' });
    }
  }
  for (const project of new Set(items.map((shift) => shift.project))) await operator.projects.publishTeam({ project });
}

export async function team() {
  const Database = createRequire(import.meta.url)('better-sqlite3');
  const folder = mkdtempSync(join(tmpdir(), 'staffgate-'));
  const path = join(folder, 'portal.db');
  const store = await SqliteStore.open(path);
  const portal = new Portal(store, { clock: () => NOW });
  const client = await fill(portal, store);
  await staff(portal.asOperator(AGENCY));
  const database = new Database(path, { readonly: true });
  const read = reader(database);
  const page = { client, page: { limit: SHIFTS } };
  const plain = () => read(AGENCY, ANNA, client, NOW, SHIFTS);
  const list = () => portal.asUser(AGENCY, ANNA).myShifts.list(page);
  const views = (await list()).items;
  if (views.length !== SHIFTS || views[0].team.length !== NAMES.length) throw new Error('a page without its teams');
  deepStrictEqual(views, plain());
  const [ours, theirs] = await least(list, plain, { rounds: 40, calls: 3 });
  database.close();
  await portal.close();
  rmSync(folder, { recursive: true });
  return [{ name: 'my_shifts.list with team', ours_us: Math.round(ours / 1000), plain_us: Math.round(theirs / 1000), times: Number((theirs / ours).toFixed(2)) }];
}

if (import.meta.filename === process.argv[1]) console.table(await team());
