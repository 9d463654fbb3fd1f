/**
 * The front door: a portal over a store, and the sessions of those who use it.
 *
 * @module
 */

import { ContextWriter, type Sources } from './call.js';
import { encode, invalid } from './encode.js';
import { OPERATIONS } from './generated/operations.js';
import { reply } from './native.js';
import { runnerOf, watched, type Runner, type Watch } from './runner.js';
import { Session, type Actor, type SessionOptions } from './session.js';
import { BuiltInStore, SqliteStore, type Store } from './store.js';

/** The agency id of calls that belong to no agency. */
const NO_AGENCY = '00000000-0000-0000-0000-000000000000';

/** What can be replaced in a portal, or added to it. */
export interface PortalOptions extends Sources {
  /**
   * Sees the JSON of every answer as it goes out, be it a reply or a refusal. For tests and demonstrations: replies
   * hold personal data and, once, secrets.
   */
  readonly watch?: Watch | undefined;
}

/** Everything that the host says about a call, in the form in which it crosses to the native side. */
export interface CallContext {
  agency: string;
  actor: Actor;
  /** RFC 3339 in UTC. */
  now: string;
  /** Commands need one. */
  command_id?: string | null | undefined;
  /** Commands need it: 32 bytes as 64 hexadecimal digits. */
  entropy?: string | null | undefined;
  locale?: string | null | undefined;
}

/** The client portal over one store. */
export class Portal {
  readonly #store: Store;
  readonly #run: Runner;
  readonly #context: ContextWriter;

  /** A portal over a store of the host, or over one that comes with the library. */
  constructor(store: Store, options: PortalOptions = {}) {
    // Hosts without types pass all kinds of things.
    const given = store as Partial<Store> | null | undefined;
    if (typeof given?.load !== 'function' || typeof given.commit !== 'function') {
      throw new TypeError('a portal needs a store: an object with the methods load and commit');
    }
    this.#store = store;
    const run = runnerOf(store);
    this.#run = options.watch === undefined ? run : watched(run, options.watch);
    this.#context = new ContextWriter(options);
  }

  /** A portal over a SQLite file, which is made if it is not there. */
  static async open(path: string, options: PortalOptions = {}): Promise<Portal> {
    if (typeof path !== 'string') throw invalid('wrong_type', 'path', 'a text', false);
    return new Portal(await SqliteStore.open(path), options);
  }

  /** The embedding platform's own code. */
  asOperator(agency: string, options?: SessionOptions): Session {
    return this.#session(agency, { as: 'operator' }, options);
  }

  /** A person at the agency. */
  asMember(agency: string, member: string, options?: SessionOptions): Session {
    return this.#session(agency, { as: 'member', id: member }, options);
  }

  /** A person at a client. */
  asUser(agency: string, user: string, options?: SessionOptions): Session {
    return this.#session(agency, { as: 'user', id: user }, options);
  }

  /** A member in the place of a person at a client, in what `impersonations.start` gave. */
  asImpersonated(agency: string, user: string, by: string, session: string, options?: SessionOptions): Session {
    return this.#session(agency, { as: 'impersonated', user, by, session }, options);
  }

  /** A member who sees what a person at a client would see, and changes nothing. */
  asPreview(agency: string, user: string, by: string, options?: SessionOptions): Session {
    return this.#session(agency, { as: 'preview', user, by }, options);
  }

  /** Somebody who holds a link that shows a project, after opening it. */
  asHolder(agency: string, link: string, options?: SessionOptions): Session {
    return this.#session(agency, { as: 'holder', link }, options);
  }

  /** Somebody who has shown nothing yet: opens a link, signs in. */
  asGuest(agency: string, options?: SessionOptions): Session {
    return this.#session(agency, { as: 'guest' }, options);
  }

  /** What belongs to no agency, such as finding one by its subdomain. */
  directory(options?: SessionOptions): Session {
    return this.#session(NO_AGENCY, { as: 'guest' }, options);
  }

  /** The door without types: context, operation and input as they cross, and the reply as it comes. */
  async runJson(context: CallContext | string, operation: string, inputJson: string): Promise<string> {
    const who = typeof context === 'string' ? context : encode(context, false);
    for (const [path, text] of [['context', who], ['operation', operation], ['input', inputJson]] as const) {
      if (typeof text !== 'string') throw invalid('wrong_type', path, 'a text', false);
      if (!text.isWellFormed()) throw invalid('malformed', path, 'text without halves of characters', false);
    }
    const known = Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation as keyof typeof OPERATIONS] : undefined;
    return reply(await this.#run(`{"context":${who},"operation":${JSON.stringify(operation)},"input":`, `${inputJson}}`, known?.costly ?? false, false));
  }

  /** Gives memory and files back, if the store is one that comes with the library. Later calls are refused. */
  async close(): Promise<void> {
    if (this.#store instanceof BuiltInStore) await this.#store.close();
  }

  #session(agency: string, actor: Actor, options: SessionOptions | undefined): Session {
    return new Session(this.#run, this.#context, { agency, actor, options });
  }
}
