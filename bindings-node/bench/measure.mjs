// How the benches here measure: both sides alternate in one process, and the least of many rounds counts. What else
// runs on the machine can only make a round longer.

/** The least nanoseconds a call of each work took; a work may be async. */
export async function least(works, { rounds = 40, calls = 500 } = {}) {
  const best = works.map(() => Infinity);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, work] of works.entries()) {
      const start = process.hrtime.bigint();
      for (let call = 0; call < calls; call += 1) await work();
      best[index] = Math.min(best[index], Number(process.hrtime.bigint() - start) / calls);
    }
  }
  return best;
}

/** The same for works that answer at once. */
export function leastAtOnce(works, { rounds = 40, calls = 500 } = {}) {
  const best = works.map(() => Infinity);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, work] of works.entries()) {
      const start = process.hrtime.bigint();
      for (let call = 0; call < calls; call += 1) work();
      best[index] = Math.min(best[index], Number(process.hrtime.bigint() - start) / calls);
    }
  }
  return best;
}
