// A thousand decisions in one call, against node-casbin and @casl/ability on the same questions in the same run.
//
//     node bindings-node/bench/access.mjs FOLDER
//
// FOLDER holds the data set that `bench/access` writes; the peers are installed in `bench/access`. Policies, rules and
// questions are there before the clock starts. An ability is built for each request, from the rules of its user, and a
// request asks one question; beside it stands what it takes if one request asks all thousand.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MemoryStore, Portal, SqliteStore } from '../dist/index.mjs';

const home = join(import.meta.dirname, '../../bench/access');
const require = createRequire(join(home, 'package.json'));
const { newEnforcer, newModelFromString } = require('casbin');
const { createMongoAbility, subject } = require('@casl/ability');

const ROUNDS = 25;
const CASBIN_SAMPLE = 40;
const CASBIN_ROUNDS = 5;
// Peers are measured in pieces that take about as long as a batch of ours: a busy machine lengthens long pieces more.
const CASL_PIECE = 100;

if (process.argv[2] === undefined) throw new Error('name the folder of the data set');
const world = JSON.parse(readFileSync(join(process.argv[2], 'world.json'), 'utf8'));

function check(who, answers, batch) {
  for (const [at, { answer, ...asked }] of batch.entries()) {
    if (answers[at] !== answer) throw new Error(`${who} answers ${answers[at]} to ${JSON.stringify(asked)}`);
  }
}

/** Microseconds per question: the least time of each piece counts. */
async function least(pieces, work, count, rounds) {
  const times = pieces.map(() => Infinity);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, piece] of pieces.entries()) {
      const began = performance.now();
      await work(piece);
      times[at] = Math.min(times[at], performance.now() - began);
    }
  }
  return (times.reduce((sum, time) => sum + time, 0) * 1000) / count;
}

const cut = (pieces, size) =>
  pieces.flatMap((piece) => Array.from({ length: Math.ceil(piece.length / size) }, (_, at) => piece.slice(at * size, (at + 1) * size)));
const total = (pieces) => pieces.reduce((sum, { length }) => sum + length, 0);

async function casbin() {
  const enforcer = await newEnforcer(newModelFromString(readFileSync(join(home, 'model.conf'), 'utf8')));
  await enforcer.addPolicies(world.casbin.p);
  await enforcer.addNamedGroupingPolicies('g', world.casbin.g);
  await enforcer.addNamedGroupingPolicies('g2', world.casbin.g2);
  const request = ({ user, client, project, site, permission }) =>
    [user, client, project ?? site ?? 'client', site ?? 'client', permission];
  const sampled = world.batches.map((batch) => batch.filter((_, at) => at % (batch.length / CASBIN_SAMPLE) === 0));
  const requests = sampled.map((batch) => batch.map(request));
  const answer = async (batch) => {
    const answers = [];
    for (const one of batch) answers.push(await enforcer.enforce(...one));
    return answers;
  };
  for (const [at, batch] of sampled.entries()) check('casbin', await answer(requests[at]), batch);
  return least(cut(requests.slice(0, 3), 1), answer, total(requests.slice(0, 3)), CASBIN_ROUNDS);
}

/** The rules of each user, as an application keeps them for its session: one for each way to reach something. */
function rulesOfUsers() {
  const held = new Map(world.roles.map(({ id, permissions }) => [id, permissions]));
  const rules = ({ standings }) =>
    standings.flatMap(({ client, role, reach }) => {
      const rule = (conditions) => ({ action: held.get(role), subject: 'Thing', conditions: { client, ...conditions } });
      if (reach.reach === 'everything') return [rule({})];
      return [
        rule({ whole: true }),
        rule({ project: { $in: reach.projects } }),
        ...(reach.sites.length > 0 ? [rule({ site: { $in: reach.sites } })] : []),
      ];
    });
  return new Map(world.users.map((user) => [user.id, rules(user)]));
}

async function casl() {
  const rules = rulesOfUsers();
  const thing = ({ client, project, site }) =>
    subject('Thing', { client, project, site, whole: project === null && site === null });
  const batches = world.batches.map((batch) =>
    batch.map((asked) => ({ user: asked.user, permission: asked.permission, thing: thing(asked) })));
  const each = (batch) => batch.map(({ user, permission, thing }) => createMongoAbility(rules.get(user)).can(permission, thing));
  const once = (batch) => {
    const ability = createMongoAbility(rules.get(batch[0].user));
    return batch.map(({ permission, thing }) => ability.can(permission, thing));
  };
  for (const [at, batch] of batches.entries()) {
    check('casl', each(batch), world.batches[at]);
    check('casl', once(batch), world.batches[at]);
  }
  return [await least(cut(batches, CASL_PIECE), each, total(batches), ROUNDS), await least(batches, once, total(batches), ROUNDS)];
}

async function filled(store) {
  const portal = new Portal(store);
  const operator = portal.asOperator(world.agency);
  await operator.agencies.create({ name: 'Northlight Staffing', currency: 'EUR' });
  await operator.agencies.switchPortal({ on: true });
  const command = { fingerprint: '', reply: 'null' };
  const nothing = { expect: [], deletes: [], claims: [], events: [] };
  await store.commit({ tenant: world.agency, command_id: 'bench fill', command, puts: world.puts, ...nothing });
  return portal;
}

function object({ client, project, site }) {
  if (project !== null) return { kind: 'project', id: project };
  if (site !== null) return { kind: 'site', client, id: site };
  return { kind: 'client', id: client };
}

async function ours(portal) {
  const batches = world.batches.map((batch) => ({
    session: portal.asUser(world.agency, batch[0].user),
    questions: batch.map((asked) => ({ permission: asked.permission, object: object(asked) })),
    batch,
  }));
  const plain = async ({ session, questions }) => (await session.access.allowed({ questions })).allowed;
  const withRules = async ({ session, questions }) => (await session.access.can({ questions })).answers;
  for (const one of batches) {
    check('access.allowed', await plain(one), one.batch);
    check('access.can', (await withRules(one)).map(({ allowed }) => allowed), one.batch);
  }
  const count = total(batches.map(({ batch }) => batch));
  return [await least(batches, plain, count, ROUNDS), await least(batches, withRules, count, ROUNDS)];
}

const byCasbin = await casbin();
const [byCasl, byOneAbility] = await casl();
const folder = mkdtempSync(join(tmpdir(), 'staffgate-'));
for (const [name, store] of [
  ['MemoryStore', new MemoryStore()],
  ['SQLite', await SqliteStore.open(join(folder, 'access.db'))],
]) {
  const portal = await filled(store);
  const [plain, withRules] = await ours(portal);
  await portal.close();
  const times = (theirs, mine) => `${(theirs / mine).toFixed(1)} times as fast`;
  console.log(`${name}, plain answers: ${plain.toFixed(2)} us each`);
  console.log(`  node-casbin ${byCasbin.toFixed(0)} us: ${times(byCasbin, plain)} (at least 100)`);
  console.log(`  casl, an ability for each question ${byCasl.toFixed(2)} us: ${times(byCasl, plain)} (at least 2)`);
  console.log(`  casl, one ability for all ${byOneAbility.toFixed(2)} us: ${times(byOneAbility, plain)} (no bound)`);
  console.log(`${name}, with the deciding rule: ${withRules.toFixed(2)} us each; ${times(byCasbin, withRules)} than node-casbin (no bound)`);
}
rmSync(folder, { recursive: true });
