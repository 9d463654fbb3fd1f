// One trivial operation over a memory store, against JSON.stringify and JSON.parse of the same input and reply.
// The bound is 3 times.
import { MemoryStore, Portal } from '../dist/index.mjs';
import { least } from './measure.mjs';

const AGENCY = '0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11';

/** Rows of figures: our call with its await, the plain JSON round trip without one. */
export async function trivial() {
  const portal = new Portal(new MemoryStore());
  const operator = portal.asOperator(AGENCY);
  await operator.agencies.create({ name: 'Northlight Staffing', currency: 'EUR' });
  for (const name of ['Waiter', 'Lead waiter', 'Cook']) await operator.skills.create({ name });
  const page = { page: { limit: 100 } };
  const results = [];
  for (const [name, call, input] of [
    ['agencies.get', () => operator.agencies.get(), {}],
    ['skills.list', () => operator.skills.list(page), page],
  ]) {
    const reply = await call();
    const json = () => {
      JSON.parse(JSON.stringify(input));
      JSON.parse(JSON.stringify(reply));
    };
    const [ours, plain] = await least(call, json);
    results.push({ name, ours_ns: Math.round(ours), json_ns: Math.round(plain), ratio: Number((ours / plain).toFixed(2)) });
  }
  return results;
}

if (import.meta.filename === process.argv[1]) console.table(await trivial());
