/**
 * For those who write a store: the contract that every store has to keep, and a call that checks it.
 *
 * @module
 */

import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

import { StoreError } from './errors.js';
import { native } from './native.js';
import type { ChangeSet, Outcome, Read, Row, Store } from './store.js';

type Expected<T> = { ok: T } | { error: string };

type Step =
  | { step: 'load'; reads: Read[]; expect: Expected<Row[][]> }
  | { step: 'commit'; changes: ChangeSet; expect: Expected<Outcome> };

interface Case {
  name: string;
  /** What would go wrong if a store did not do this. */
  why: string;
  steps: Step[];
}

/** One step that a store did not answer as the contract says. */
export interface Failed {
  case: string;
  why: string;
  /** Counted from one. */
  step: number;
  difference: string;
}

/** How many cases were played. */
export interface Report {
  cases: number;
}

/** A store does not keep the contract. */
export class ContractBroken extends Error {
  readonly cases: number;
  readonly failed: readonly Failed[];

  constructor(cases: number, failed: readonly Failed[]) {
    const list = failed.map((one) => `\n\n${one.case}, step ${String(one.step)}: ${one.why}\n${one.difference}`);
    super(`store contract: ${String(cases - failed.length)} of ${String(cases)} cases hold${list.join('')}`);
    this.cases = cases;
    this.failed = failed;
  }

  static {
    ContractBroken.prototype.name = 'ContractBroken';
  }
}

/** Plays every case of the contract on a store; throws {@link ContractBroken} with all differences. */
export async function checkStore(store: Store): Promise<Report> {
  const run = randomUUID().replaceAll('-', '');
  const cases = JSON.parse(native.contractCases().replaceAll('{run}', run)) as Case[];
  const failed: Failed[] = [];
  for (const { name, why, steps } of cases) {
    for (const [index, step] of steps.entries()) {
      const difference = await play(store, step);
      if (difference !== undefined) {
        failed.push({ case: name, why, step: index + 1, difference });
        break;
      }
    }
  }
  if (failed.length > 0) throw new ContractBroken(cases.length, failed);
  return { cases: cases.length };
}

async function play(store: Store, step: Step): Promise<string | undefined> {
  let got: Expected<Row[][] | Outcome>;
  try {
    got = { ok: step.step === 'load' ? await store.load(step.reads) : await store.commit(step.changes) };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    got = { error: error.kind };
  }
  const [wanted, answered] = [tidy(step, step.expect), tidy(step, got)];
  if (isDeepStrictEqual(wanted, answered)) return undefined;
  return `  wanted ${shown(wanted)}\n  got    ${shown(answered)}`;
}

/** The answer as it would cross: without prototypes, with the bodies of commands parsed. */
function tidy(step: Step, answer: Expected<Row[][] | Outcome>): unknown {
  const plain = JSON.parse(JSON.stringify(answer)) as Expected<Row[][] | Outcome>;
  if (step.step !== 'load' || !('ok' in plain) || !Array.isArray(plain.ok)) return plain;
  return plain.ok.map((rows, index) =>
    rows.map(({ link, ...row }) => ({
      ...row,
      ...(link == null ? {} : { link }),
      body: step.reads[index]?.read === 'command' ? (JSON.parse(row.body) as unknown) : row.body,
    })),
  );
}

const SHOWN_CHARACTERS = 600;

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}… (${String(text.length)} characters)`;
}
