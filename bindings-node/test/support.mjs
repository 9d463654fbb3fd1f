// What several test files share.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MemoryStore, Portal, SqliteStore } from 'staffgate';

import { PlainStore } from './plain-store.mjs';

export const AGENCY = '0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11';
export const NOBODY = 'f0000000-0000-4000-8000-000000000001';

/** A portal with one agency, whose operator speaks. */
export async function northlight(store = new MemoryStore(), options = {}) {
  const portal = new Portal(store, options);
  const operator = portal.asOperator(AGENCY);
  await operator.agencies.create({ name: 'Northlight Staffing', currency: 'EUR' });
  return { portal, operator };
}

/** The same work on each kind of store. */
export async function onEveryStore(work) {
  const folder = mkdtempSync(join(tmpdir(), 'staffgate-'));
  const sqlite = await SqliteStore.open(join(folder, 'portal.db'));
  try {
    await work(new MemoryStore(), 'memory');
    await work(sqlite, 'sqlite');
    await work(new PlainStore(), 'plain');
  } finally {
    await sqlite.close();
    rmSync(folder, { recursive: true });
  }
}

/** Time, ids and randomness that are the same in every run. */
export function fixedSources() {
  let number = 0;
  return {
    clock: () => '2026-09-01T08:00:00Z',
    entropy: () => new Uint8Array(32).fill(7),
    commandId: () => `command ${(number += 1)}`,
  };
}
