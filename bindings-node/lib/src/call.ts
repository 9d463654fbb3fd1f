/**
 * What one call is made of: the operation, who speaks, and the time, id and randomness that come with it.
 *
 * @module
 */

import { randomFillSync, randomUUID } from 'node:crypto';

import { invalid } from './encode.js';

/** What the facade knows of an operation. */
export interface Operation {
  /** `group.verb`. */
  readonly name: string;
  readonly effect: 'query' | 'command';
  /** It hashes passwords, so it runs beside the event loop. */
  readonly costly: boolean;
  /** Its part of the request's text. */
  readonly text: string;
  /** The same with the end of the request, for a call that says nothing more. */
  readonly bare: string;
}

export function operation(name: string, effect: 'query' | 'command', costly: boolean): Operation {
  const text = `},"operation":${JSON.stringify(name)},"input":`;
  return { name, effect, costly, text, bare: `${text}{}}` };
}

/** What a call can say beside its input. */
export interface CallOptions {
  /**
   * Names the command for good: calling again with the same id gives the first reply and does nothing twice.
   * Without it, every call is a new command.
   */
  readonly commandId?: string | undefined;
}

/** How a group of operations reaches its session. */
export type Call = (operation: Operation, input: unknown, options?: CallOptions) => Promise<unknown>;

/** Where time, ids and randomness come from; replace them in tests. */
export interface Sources {
  /** The moment of the call: a `Date`, or its RFC 3339 text in UTC. */
  readonly clock?: (() => Date | string) | undefined;
  /** 32 random bytes. */
  readonly entropy?: (() => Uint8Array) | undefined;
  /** The id of a command whose call gives none. */
  readonly commandId?: (() => string) | undefined;
}

/** The text of a call's context after its actor: `,"now":...`, and what makes a command one of its kind. */
export class ContextWriter {
  readonly #sources: Sources;
  #moment = Number.NaN;
  #now = '';

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  text(operation: Operation, options: CallOptions | undefined, french: boolean): string {
    const now = this.#sources.clock === undefined ? this.#current() : this.#given(this.#sources.clock, french);
    // A query keeps nothing and makes no secrets.
    if (operation.effect === 'query') return now;
    const given = options?.commandId ?? this.#sources.commandId?.();
    const id = given === undefined ? `"${randomUUID()}"` : quoted(given, 'context.command_id', french);
    return `${now},"command_id":${id},"entropy":"${this.#entropy(french)}"`;
  }

  /** Calls of one millisecond share the very same text. */
  #current(): string {
    const moment = Date.now();
    if (moment !== this.#moment) {
      this.#moment = moment;
      this.#now = `,"now":"${new Date(moment).toISOString()}"`;
    }
    return this.#now;
  }

  #given(clock: () => Date | string, french: boolean): string {
    const now = clock();
    if (!(now instanceof Date)) return `,"now":${quoted(now, 'context.now', french)}`;
    if (Number.isNaN(now.getTime())) throw invalid('malformed', 'context.now', 'a date that exists', french);
    return `,"now":"${now.toISOString()}"`;
  }

  #entropy(french: boolean): string {
    const { entropy } = this.#sources;
    if (entropy === undefined) return pooledEntropy();
    const bytes: unknown = entropy();
    if (bytes instanceof Uint8Array && bytes.length === ENTROPY_BYTES) return Buffer.from(bytes).toString('hex');
    throw invalid('malformed', 'context.entropy', '32 random bytes', french);
  }
}

/** A text from the host as JSON; anything else is refused. */
export function quoted(text: unknown, path: string, french: boolean): string {
  if (typeof text !== 'string') throw invalid('wrong_type', path, 'a text', french);
  if (!text.isWellFormed()) throw invalid('malformed', path, 'text without halves of characters', french);
  return JSON.stringify(text);
}

const ENTROPY_BYTES = 32;
const pool = Buffer.alloc(ENTROPY_BYTES * 256);
let used = pool.length;

/** One trip to the system's generator serves many calls; each byte is used once and wiped. */
function pooledEntropy(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const text = pool.toString('hex', used, used + ENTROPY_BYTES);
  pool.fill(0, used, used + ENTROPY_BYTES);
  used += ENTROPY_BYTES;
  return text;
}
