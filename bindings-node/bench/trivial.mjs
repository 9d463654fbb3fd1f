// One trivial operation over a memory store, against JSON.stringify and JSON.parse of the same input and reply.
// Prints the ratio of the medians; the bound is 3.
import { MemoryStore, Portal } from '../dist/index.mjs';

const AGENCY = '0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11';
const ROUNDS = 31;
const CALLS = 2000;

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

async function nanoseconds(work) {
  const start = process.hrtime.bigint();
  for (let call = 0; call < CALLS; call += 1) await work();
  return Number(process.hrtime.bigint() - start) / CALLS;
}

export async function trivial() {
  const portal = new Portal(new MemoryStore());
  const operator = portal.asOperator(AGENCY);
  await operator.agencies.create({ name: 'Northlight Staffing', currency: 'EUR' });
  const input = { page: { limit: 100 } };
  for (let skill = 0; skill < 1; skill += 1) await operator.skills.create({ name: `Skill ${skill}` });
  const results = [];
  for (const [name, work, sent] of [
    ['agencies.get', () => operator.agencies.get(), {}],
    ['skills.list', () => operator.skills.list(input), input],
  ]) {
    const reply = await work();
    const json = () => {
      JSON.parse(JSON.stringify(sent));
      return JSON.parse(JSON.stringify(reply));
    };
    const [ours, theirs] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await nanoseconds(work));
      // Awaited too: both sides answer through a promise.
      theirs.push(await nanoseconds(async () => json()));
    }
    const [a, b] = [median(ours), median(theirs)];
    results.push({ name, ours_ns: Math.round(a), json_ns: Math.round(b), ratio: Number((a / b).toFixed(2)) });
  }
  return results;
}

console.table(await trivial());
