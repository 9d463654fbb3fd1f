// What a host does with the package, on every kind of store.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { Conflict, Denied, Internal, MemoryStore, Portal, StaffgateError, Unavailable } from 'staffgate';

import { AGENCY, fixedSources, northlight, NOBODY, onEveryStore } from './support.mjs';

test('the same calls give the same replies on every store', async () => {
  const told = [];
  await onEveryStore(async (store) => {
    const { portal, operator } = await northlight(store, fixedSources());
    const skill = await operator.skills.create({ name: 'Kellner 株式 🍸', host_id: 'e\u0301' });
    const replies = [
      await operator.agencies.switchPortal({ on: true }),
      await operator.agencies.setProfile({ subdomain: 'northlight' }),
      skill,
      await operator.agencies.setOrdering({ skills: [skill.id] }),
      await operator.skills.list(),
      await portal.directory().agencies.resolve({ subdomain: 'northlight' }),
    ];
    told.push(JSON.stringify(replies));
    assert.equal(replies[1].subdomain, 'northlight');
    assert.equal(skill.name, 'Kellner 株式 🍸');
    assert.equal(skill.host_id, 'e\u0301');
    assert.deepEqual(replies[3].orderable, [skill.id]);
    assert.deepEqual(replies[4], { items: [skill], next: null });
    assert.deepEqual(replies[5], { agency: AGENCY });
  });
  assert.equal(told.length, 3);
  assert.equal(new Set(told).size, 1);
});

test('who watches sees every answer and changes none', async () => {
  await onEveryStore(async (store) => {
    const seen = [];
    const { portal, operator } = await northlight(store, { ...fixedSources(), watch: (answer) => seen.push(answer) });
    const skill = await operator.skills.create({ name: 'Kellner 株式' });
    await assert.rejects(operator.skills.rename({ skill: NOBODY, name: 'Cook' }), { code: 'not_found' });
    const context = { agency: AGENCY, actor: { as: 'operator' }, now: '2026-09-01T08:00:00Z' };
    const raw = await portal.runJson(context, 'skills.list', '{}');
    assert.equal(seen.length, 4);
    assert.equal(JSON.parse(seen[0]).name, 'Northlight Staffing');
    assert.ok(seen[1].includes('"name":"Kellner 株式"'), 'as it is, without escapes');
    assert.deepEqual(JSON.parse(seen[1]), skill);
    assert.equal(JSON.parse(seen[2]).code, 'not_found');
    assert.equal(seen[3], raw);
  });
});

test('a repeated command id gives the first reply and does nothing twice', async () => {
  await onEveryStore(async (store) => {
    const { operator } = await northlight(store);
    const first = await operator.skills.create({ name: 'Cook' }, { commandId: 'make the cook' });
    const again = await operator.skills.create({ name: 'Cook' }, { commandId: 'make the cook' });
    assert.deepEqual(again, first);
    assert.equal((await operator.skills.list()).items.length, 1);
    await assert.rejects(operator.skills.create({ name: 'Waiter' }, { commandId: 'make the cook' }), (error) => {
      assert.ok(error instanceof Conflict);
      assert.equal(error.code, 'command_reused');
      return true;
    });
  });
});

test('every call is a command of its own unless it says otherwise', async () => {
  const { operator } = await northlight();
  const [one, two] = await Promise.all([operator.skills.create({ name: 'A' }), operator.skills.create({ name: 'A' })]);
  assert.notEqual(one.id, two.id);
});

test('the raw door gives the reply as it comes, without escapes', async () => {
  const { portal } = await northlight();
  const context = {
    agency: AGENCY,
    actor: { as: 'operator' },
    now: '2026-09-01T08:00:00Z',
    command_id: 'c1',
    entropy: '07'.repeat(32),
  };
  const reply = await portal.runJson(context, 'skills.create', '{"name":"Kellner 株"}');
  assert.equal(JSON.parse(reply).name, 'Kellner 株');
  assert.ok(reply.includes('"name":"Kellner 株"'));
  assert.equal(await portal.runJson(JSON.stringify(context), 'skills.create', '{"name":"Kellner 株"}'), reply);
  await assert.rejects(portal.runJson(context, 'skills.burn', '{}'), { code: 'unknown_operation' });
  await assert.rejects(portal.runJson({ ...context, now: 'now' }, 'skills.list', '{}'), { path: 'context.now' });
  // Text that tries to be more than an input stays an input.
  for (const sly of ['{},"operation":"agencies.get"', '{}}', '', '{}} {"context":{}', '{},"x":1']) {
    await assert.rejects(portal.runJson(context, 'skills.list', sly), { name: 'Invalid' }, sly);
  }
});

test('messages come in the language of the session', async () => {
  const { portal } = await northlight();
  const french = portal.asOperator(NOBODY, { locale: 'fr' });
  await assert.rejects(french.agencies.get(), { message: 'cette agence est inconnue ici' });
  await assert.rejects(french.agencies.create({ name: Number.NaN, currency: 'EUR' }), /^Invalid: cette valeur n'est pas/);
  await assert.rejects(portal.asOperator(NOBODY).agencies.get(), { message: 'this agency is not known here' });
});

test('each session speaks for its actor', async () => {
  const { portal } = await northlight();
  await assert.rejects(portal.asMember(AGENCY, NOBODY).agencies.get(), { code: 'unknown_actor' });
  await assert.rejects(portal.asUser(AGENCY, NOBODY).agencies.get(), { code: 'unknown_actor' });
  await assert.rejects(portal.asGuest(AGENCY).agencies.get(), (error) => error instanceof Denied);
});

test('a closed portal refuses', async () => {
  await onEveryStore(async (store, name) => {
    if (name === 'plain') return;
    const { portal, operator } = await northlight(store);
    await portal.close();
    await assert.rejects(operator.agencies.get(), (error) => {
      assert.ok(error instanceof Unavailable);
      assert.equal(error.code, 'store_closed');
      return true;
    });
    await portal.close();
  });
});

test('a file that is no portal, or a folder that is not there, is a typed error', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'staffgate-'));
  writeFileSync(join(folder, 'letter.txt'), 'Dear Anna, this is no database. '.repeat(100));
  await assert.rejects(Portal.open(join(folder, 'letter.txt')), (error) => error instanceof Internal);
  await assert.rejects(Portal.open(join(folder, 'no/such/folder/portal.db')), (error) => error instanceof StaffgateError);
  await assert.rejects(Portal.open(undefined), { name: 'Invalid', path: 'path' });
  await assert.rejects(Portal.open('a\0b.db'), (error) => error instanceof StaffgateError);
  rmSync(folder, { recursive: true });
});

test('what was committed is there after opening again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'staffgate-'));
  const path = join(folder, 'portal.db');
  const portal = await Portal.open(path);
  await portal.asOperator(AGENCY).agencies.create({ name: 'Northlight Staffing', currency: 'EUR' });
  await portal.close();
  const again = await Portal.open(path);
  assert.equal((await again.asOperator(AGENCY).agencies.get()).name, 'Northlight Staffing');
  await again.close();
  rmSync(folder, { recursive: true });
});

test('a portal needs a store', () => {
  for (const none of [undefined, null, {}, 'portal.db', { load() {} }, MemoryStore]) {
    assert.throws(() => new Portal(none), TypeError);
  }
});
