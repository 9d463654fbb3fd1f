// How the benches here measure: both sides alternate in one process, and the least of many rounds counts. What else
// runs on the machine can only make a round longer.

/**
 * The least nanoseconds that a call of each side took. Ours is async; the peer answers at once and is not awaited.
 * A machine that others use too is quicker in one second than in the next, so each round measures both.
 */
export async function least(ours, peer, { rounds = 40, calls = 500 } = {}) {
  const best = [Infinity, Infinity];
  for (let round = 0; round < rounds; round += 1) {
    const start = process.hrtime.bigint();
    for (let call = 0; call < calls; call += 1) await ours();
    const between = process.hrtime.bigint();
    for (let call = 0; call < calls; call += 1) peer();
    const end = process.hrtime.bigint();
    best[0] = Math.min(best[0], Number(between - start) / calls);
    best[1] = Math.min(best[1], Number(end - between) / calls);
  }
  return best;
}
