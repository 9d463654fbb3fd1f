/**
 * One actor at one agency, with every group of operations.
 *
 * @module
 */

import { quoted, type CallOptions, type ContextWriter, type Operation } from './call.js';
import { encode, isBare } from './encode.js';
import type { Locale } from './generated/agencies.js';
import { Groups } from './generated/session.js';
import { read } from './native.js';
import type { Runner } from './runner.js';

/** Who speaks. */
export type Actor =
  | { as: 'operator' }
  | { as: 'member'; id: string }
  | { as: 'user'; id: string }
  | { as: 'impersonated'; user: string; by: string; session: string }
  | { as: 'preview'; user: string; by: string }
  | { as: 'holder'; link: string }
  | { as: 'guest' };

/** What a session can say beside its actor. */
export interface SessionOptions {
  /** The language of messages; without it, the actor's own. */
  readonly locale?: Locale | undefined;
}

/** Who a session is for. */
export interface Identity {
  readonly agency: string;
  readonly actor: Actor;
  readonly options: SessionOptions | undefined;
}

/** Cheap to make: one per request is the way to use it. */
export class Session extends Groups {
  constructor(runner: Runner, context: ContextWriter, identity: Identity) {
    const french = identity.options?.locale === 'fr';
    let headOf: HeadOf | undefined;
    super(async (operation: Operation, input: unknown, options?: CallOptions) => {
      headOf ??= headsOf(context, prefixOf(identity, french), french);
      const tail = isBare(input) ? operation.bare : `${operation.text}${encode(input, french)}}`;
      const told = runner(headOf(operation, options), tail, operation.costly, true);
      return read(typeof told === 'string' ? told : await told);
    });
  }
}

type HeadOf = (operation: Operation, options: CallOptions | undefined) => string;

/** The context of each call as text. Queries of one millisecond share theirs, and then the very same text. */
function headsOf(context: ContextWriter, prefix: string, french: boolean): HeadOf {
  let text = '';
  let head = '';
  return (operation, options) => {
    const next = context.text(operation, options, french);
    if (operation.effect === 'command') return prefix + next;
    if (next !== text) {
      text = next;
      head = prefix + next;
    }
    return head;
  };
}

/** The part of the request that all calls of a session share. */
function prefixOf({ agency, actor, options }: Identity, french: boolean): string {
  const { as, ...people } = actor;
  const who = Object.entries(people).map(([name, id]) => `,"${name}":${quoted(id, `context.actor.${name}`, french)}`).join('');
  const locale = options?.locale === undefined ? '' : `,"locale":${quoted(options.locale, 'context.locale', french)}`;
  const speaks = `{"as":"${as}"${who}}`;
  return `{"context":{"agency":${quoted(agency, 'context.agency', french)},"actor":${speaks}${locale}`;
}
