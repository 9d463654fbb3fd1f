/**
 * The boundary to a store: two methods, the data that they take and give, and the stores that come with the library.
 *
 * @module
 */

import { native, reply, type NativeStore } from './native.js';

/** The first part of every key: an agency's id, or `directory`, which holds what is unique across agencies. */
export type Tenant = string;

/** A value in an index column. Integers sort by number, texts by their UTF-8 bytes (not as JavaScript compares). */
export type IndexValue = number | string;

/** Where one record lives. Compared byte by byte. */
export interface Key {
  tenant: Tenant;
  kind: string;
  id: string;
}

/** Rows of one kind in the order of one of its indexes, ties broken by id in the same direction. */
export interface RangeRead {
  tenant: Tenant;
  kind: string;
  index: string;
  /** The values of the index's first columns. */
  equals: IndexValue[];
  /** A limit on the column after those: from inclusive, to exclusive. */
  bound: { from: IndexValue | null; to: IndexValue | null };
  descending: boolean;
  limit: number;
  /** The row after which the range goes on: all of its index columns, then its id. */
  after: { values: IndexValue[]; id: string } | null;
}

/** One question to the store; the answer to each is a list of rows. */
export type Read =
  /** The record with this key: one row, or none. */
  | ({ read: 'point' } & Key)
  | ({ read: 'range' } & RangeRead)
  /** Who holds a unique name: one row whose id is the name and whose body is the owner, or none. */
  | { read: 'claim'; tenant: Tenant; space: string; name: string }
  /** A command that was committed before: one row whose body is its `CommandRecord` as JSON, or none. */
  | { read: 'command'; tenant: Tenant; id: string }
  /** Events in the order of their numbers, each row with its number as version and its link. */
  | { read: 'events'; tenant: Tenant; subject: string | null; after: number; limit: number };

/** One row as a store keeps it. The body is opaque text to the store. */
export interface Row {
  id: string;
  /** 1 when first written, one more with every put. */
  version: number;
  body: string;
  /** Only on events: SHA-256 in hexadecimal of `previous link:number:digest`. */
  link?: string | null | undefined;
}

/** The version a record must still have at commit; 0 says that it must not exist. */
export interface Expectation extends Key {
  version: number;
}

/** A record to write. Its version becomes the one found plus one. */
export interface Put extends Key {
  /** The values of the kind's index columns, as pairs; a column that is absent is null. */
  columns: [column: string, value: IndexValue][];
  body: string;
}

/** A unique name to take or to give back. All releases take effect before the takes. */
export interface Claim {
  tenant: Tenant;
  space: string;
  name: string;
  owner: string;
  action: 'take' | 'release';
}

/** An event to append. The store gives it the tenant's next number and its link. */
export interface NewEvent {
  tenant: Tenant;
  id: string;
  subject: string;
  body: string;
  digest: string;
}

/** What is kept of a command, so that a retry gets the first answer. */
export interface CommandRecord {
  fingerprint: string;
  reply: string;
}

/** All that one operation writes. A store applies the whole of it in one transaction, or nothing. */
export interface ChangeSet {
  tenant: Tenant;
  command_id: string;
  command: CommandRecord;
  expect: Expectation[];
  puts: Put[];
  deletes: Key[];
  claims: Claim[];
  events: NewEvent[];
}

/** How a commit ended. A conflict is an outcome, not an error. */
export type Outcome =
  | { outcome: 'committed' }
  /** An expectation failed or a name was taken; nothing was written. */
  | { outcome: 'conflict' }
  /** The command id is known; nothing was written again. */
  | { outcome: 'already_done'; fingerprint: string; reply: string };

/** What a host implements to bring its own database. Answers may come at once or as promises. */
export interface Store {
  /** One list of rows per read, in the order of the reads, all from one consistent moment. */
  load(reads: Read[]): Row[][] | Promise<Row[][]>;
  /** Applies the change set in one transaction, durably, or writes nothing. */
  commit(changes: ChangeSet): Outcome | Promise<Outcome>;
}

/** A column beside the JSON body, and the orders in which records are read: one table per kind in a SQL store. */
export interface Kind {
  name: string;
  columns: { name: string; type: 'text' | 'integer' }[];
  indexes: { name: string; columns: string[] }[];
}

/** Every kind of record that a store has to keep. Those that begin with `contract_` are for `checkStore` alone. */
export function kinds(): Kind[] {
  return JSON.parse(native.kinds()) as Kind[];
}

/** A store on the native side. */
export abstract class BuiltInStore implements Store {
  /** For the library alone. */
  readonly native: NativeStore;
  /** Whether a call can wait for a disk, so that it has to run beside the event loop. */
  abstract readonly waits: boolean;

  constructor(store: NativeStore) {
    this.native = store;
  }

  async load(reads: Read[]): Promise<Row[][]> {
    return JSON.parse(reply(await this.native.loadLater(JSON.stringify(reads)))) as Row[][];
  }

  async commit(changes: ChangeSet): Promise<Outcome> {
    return JSON.parse(reply(await this.native.commitLater(JSON.stringify(changes)))) as Outcome;
  }

  /** Gives memory and files back. Later calls are refused. */
  async close(): Promise<void> {
    reply(await this.native.closeLater());
  }
}

/** Keeps everything in memory: for tests and for trying things out. */
export class MemoryStore extends BuiltInStore {
  readonly waits = false;

  constructor() {
    const store = new native.NativeStore();
    reply(store.openMemory());
    super(store);
  }
}

/** One SQLite file, durable. */
export class SqliteStore extends BuiltInStore {
  readonly waits = true;

  /** Opens the file, or makes it. An older file gets the tables and columns that it lacks. */
  static async open(path: string): Promise<SqliteStore> {
    const store = new native.NativeStore();
    reply(await store.openSqliteLater(path));
    return new SqliteStore(store);
  }
}
