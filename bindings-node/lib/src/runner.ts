/**
 * Carries requests out: on a native store in one go, on a host's store step by step.
 *
 * @module
 */

import { StoreError } from './errors.js';
import { answerOf, native, STEP } from './native.js';
import { BuiltInStore, type ChangeSet, type Read, type Store } from './store.js';

/** Takes a request, in two parts, and gives the native side's answer, at once where nothing waits. */
export type Runner = (head: string, tail: string, costly: boolean, fast: boolean) => string | Promise<string>;

/** The runner for a store. */
export function runnerOf(store: Store): Runner {
  if (!(store instanceof BuiltInStore)) return (...call) => overHost(store, ...call);
  const { native: inside, waits } = store;
  return (head, tail, costly, fast) =>
    waits || costly ? inside.runLater(head, tail, fast) : inside.run(head, tail, fast);
}

/** Sees the JSON of an answer. */
export type Watch = (answer: string) => void;

/** The same calls, seen by `watch`. It sees the JSON as other languages do, not the form that crosses fastest. */
export function watched(run: Runner, watch: Watch): Runner {
  return async (head, tail, costly) => {
    const told = await run(head, tail, costly, false);
    const answer = answerOf(told);
    if (answer !== undefined) watch(answer);
    return told;
  };
}

type Step = { step: 'load'; reads: Read[] } | { step: 'commit'; changes: ChangeSet };

async function overHost(
  store: Store,
  head: string,
  tail: string,
  costly: boolean,
  fast: boolean,
): Promise<string> {
  const machine = new native.NativeMachine(fast);
  let told = costly ? await machine.startLater(head, tail) : machine.start(head, tail);
  while (told.charCodeAt(0) === STEP) {
    const answer = await perform(store, JSON.parse(told.slice(1)) as Step);
    told = costly ? await machine.resumeLater(answer) : machine.resume(answer);
  }
  return told;
}

/** The host's answer as JSON. An exception that the host did not make for the library passes through. */
async function perform(store: Store, step: Step): Promise<string> {
  let answer: object;
  try {
    answer =
      step.step === 'load'
        ? { loaded: await store.load(step.reads) }
        : { committed: await store.commit(step.changes) };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    answer = { failed: { kind: error.kind, message: error.message } };
  }
  try {
    return JSON.stringify(answer);
  } catch (error) {
    const message = `its answer has no JSON form: ${String(error)}`;
    return JSON.stringify({ failed: { kind: 'internal', message } });
  }
}
