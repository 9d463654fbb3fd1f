// What the story prints: the same lines in every language.
// @ts-check

/** @import { ClientShiftView, Estimate } from 'staffgate' */

const indent = ' '.repeat(13);

/**
 * A heading for what happens next.
 *
 * @param {string} title
 */
export function chapter(title) {
  console.log(`\n${title}\n${'-'.repeat(title.length)}`);
}

/**
 * Who does what, and what came of it.
 *
 * @param {string} who
 * @param {string} what
 */
export function says(who, what) {
  console.log(`  ${who.padEnd(10)} ${what}`);
}

/** @param {...(string | number)} cells */
function row(...cells) {
  const [first = '', ...others] = cells.map(String);
  const widths = [6, 10, 10, 12];
  console.log(indent + first.padEnd(16) + others.map((cell, column) => cell.padStart(widths[column] ?? 0)).join(''));
}

/**
 * An estimate line by line.
 *
 * @param {Estimate | null} price
 */
export function estimate(price) {
  if (price === null) return;
  if (price.outcome !== 'priced') {
    console.log(`${indent}unpriced`);
    return;
  }
  row('what', 'heads', 'minutes', 'per hour', 'amount');
  for (const line of price.lines) {
    row(`${line.label ?? line.name} (${line.role ?? 'order'})`, line.headcount, line.minutes ?? 0, line.unit_price, line.amount);
  }
  for (const [name, amount] of Object.entries({ net: price.net, VAT: price.vat_total, total: price.total })) {
    console.log(indent + `${name} ${price.currency}`.padEnd(42) + amount.padStart(12));
  }
}

/**
 * A shift as Anna sees it.
 *
 * @param {ClientShiftView} seen
 */
export function shift(seen) {
  says('Anna', `sees the shift from ${seen.local_start} to ${seen.local_end}: ${seen.status}, ${seen.fill}`);
  const { requested, proposed, confirmed } = seen.progress;
  console.log(`${indent}requested ${requested}, proposed ${proposed}, confirmed ${confirmed}`);
  const team = seen.team?.map((member) => member.name).join(', ');
  console.log(indent + (team === undefined ? 'the team is not shown yet' : `team: ${team}`));
  if (seen.lead !== null) console.log(`${indent}lead: ${seen.lead.name}, phone ${seen.lead.phone ?? 'not shown'}`);
}
