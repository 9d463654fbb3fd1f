/**
 * Finds and loads the native half. Its entries take JSON text, give it or packed text, and never throw.
 *
 * @module
 */

import { errorOf, StoreError, type Refusal, type StoreErrorKind } from './errors.js';
import { KNOWN_SHAPES, NO_WORDS, PACKED, unpacked } from './packed.js';
import { platform } from './platform.js';

/** A native store: in memory, or a SQLite file. */
export interface NativeStore {
  openMemory(): string;
  openSqliteLater(path: string): Promise<string>;
  run(head: string, tail: string, fast: boolean): string;
  runLater(head: string, tail: string, fast: boolean): Promise<string>;
  loadLater(reads: string): Promise<string>;
  commitLater(changes: string): Promise<string>;
  closeLater(): Promise<string>;
}

/** One operation on its way over a store that is written in JavaScript. */
export interface NativeMachine {
  start(head: string, tail: string): string;
  startLater(head: string, tail: string): Promise<string>;
  resume(answer: string): string;
  resumeLater(answer: string): Promise<string>;
}

/** Price lists that are read once; empty until they are. */
export interface NativePriceBook {
  open(lists: string, version: string | undefined, files: { name: string; data: Uint8Array }[]): string;
  estimate(): NativeEstimate;
  estimates(): NativeBatch;
  totals(demands: Uint8Array, length: number): string;
  zoneData(): string;
}

/** Estimates of a batch, which is given in parts. */
export interface NativeBatch {
  /** Takes a part. `beside` starts a second thread, because more are to come. */
  push(demands: Uint8Array, length: number, beside: boolean): void;
  /** The answer to the next part, in their order; an empty text at the end. */
  next(): string;
}

/** Prices a demand, which is the first `length` of the bytes. */
export type NativeEstimate = (demand: Uint8Array, length: number) => string;

export interface Native {
  NativePriceBook: new () => NativePriceBook;
  NativeStore: new () => NativeStore;
  NativeMachine: new (fast: boolean) => NativeMachine;
  compute(name: string, input: string | Uint8Array): string;
  knowShapes(shapes: string): string;
  limitHashing(most: number): void;
  catalog(): string;
  kinds(): string;
  contractCases(): string;
  refusal(code: string, path: string, expected: string, french: boolean): string;
  panicForTest(): string;
  panicForTestLater(): Promise<string>;
}

function load(): Native {
  const name = platform();
  const failures: string[] = [];
  for (const place of [`./staffgate.${name}.node`, `@staffgate/${name}`]) {
    try {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- addons have no other door
      return require(place) as Native;
    } catch (error) {
      failures.push(`  ${place}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`);
    }
  }
  throw new Error(
    `staffgate has no native part for ${name} here.\n` +
      `It comes with the optional package @staffgate/${name}, which your package manager left out. To fix it:\n` +
      `  - do not install with --omit=optional or --no-optional;\n` +
      `  - if the lock file was made on another platform, delete node_modules and package-lock.json, then npm install;\n` +
      `  - in a checkout of the project, run scripts/node-setup.sh.\n` +
      `What was tried:\n${failures.join('\n')}`,
  );
}

export const native: Native = load();
native.knowShapes(KNOWN_SHAPES);

const REFUSED = 33; // `!`
const FAILED = 63; // `?`
/** `>`: the text after it is a step for the host's store. */
export const STEP = 62;

/** The JSON of a reply or of a refusal; nothing for what is no answer to the caller. */
export function answerOf(told: string): string | undefined {
  switch (told.charCodeAt(0)) {
    case REFUSED:
      return told.slice(1);
    case FAILED:
      return undefined;
    default:
      return told;
  }
}

/** The reply, or the error that the text stands for. `words` are those that the native side has said before. */
export function read(told: string, words: readonly string[] = NO_WORDS): unknown {
  return told.charCodeAt(0) === PACKED ? unpacked(told, words) : JSON.parse(reply(told));
}

/** The reply's text, or the error that the text stands for. */
export function reply(told: string): string {
  switch (told.charCodeAt(0)) {
    case REFUSED:
      throw errorOf(JSON.parse(told.slice(1)) as Refusal);
    case FAILED: {
      const { kind, message } = JSON.parse(told.slice(1)) as { kind: StoreErrorKind; message: string };
      throw new StoreError(kind, message);
    }
    default:
      return told;
  }
}
