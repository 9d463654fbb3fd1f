// A store in plain JavaScript, as a host would write it: maps, one version per record, rows sorted by bytes.
import { createHash } from 'node:crypto';

import { kinds, StoreError } from 'staffgate';

const KINDS = new Map(kinds().map((kind) => [kind.name, kind]));

/** JavaScript compares texts by UTF-16 units; the contract wants UTF-8 bytes. */
const compareBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const compareValues = (a, b) => (typeof a === 'number' ? a - b : compareBytes(a, b));

function compareLists(a, b) {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const order = compareValues(a[at], b[at]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

const keyOf = (...parts) => JSON.stringify(parts);

export class PlainStore {
  records = new Map();
  claims = new Map();
  commands = new Map();
  history = new Map();

  load(reads) {
    return reads.map((read) => this[read.read](read));
  }

  point({ tenant, kind, id }) {
    find(kind);
    const record = this.records.get(keyOf(tenant, kind, id));
    return record === undefined ? [] : [rowOf(record)];
  }

  range({ tenant, kind, index, equals, bound, descending, limit, after }) {
    const columns = indexColumns(kind, index);
    checkRange(columns, { equals, bound, after });
    const place = (record) => [...columns.map(({ name }) => record.columns.get(name)), record.id];
    const start = after === null ? undefined : [...after.values, after.id];
    const rows = [...this.records.values()]
      .filter((record) => record.tenant === tenant && record.kind === kind)
      .filter((record) => columns.every(({ name }) => record.columns.has(name)))
      .filter((record) => compareLists(place(record).slice(0, equals.length), equals) === 0)
      .filter((record) => {
        const value = place(record)[equals.length];
        return (
          (bound.from === null || compareValues(value, bound.from) >= 0) &&
          (bound.to === null || compareValues(value, bound.to) < 0)
        );
      })
      .sort((a, b) => compareLists(place(a), place(b)));
    if (descending) rows.reverse();
    const behind = (record) => {
      const order = compareLists(place(record), start);
      return descending ? order < 0 : order > 0;
    };
    return (start === undefined ? rows : rows.filter(behind)).slice(0, limit).map(rowOf);
  }

  claim({ tenant, space, name }) {
    const owner = this.claims.get(keyOf(tenant, space, name));
    return owner === undefined ? [] : [{ id: name, version: 1, body: owner }];
  }

  command({ tenant, id }) {
    const done = this.commands.get(keyOf(tenant, id));
    return done === undefined ? [] : [{ id, version: 1, body: JSON.stringify(done) }];
  }

  events({ tenant, subject, after, limit }) {
    return (this.history.get(tenant) ?? [])
      .filter((event) => event.version > after && (subject === null || event.subject === subject))
      .slice(0, limit)
      .map((event) => ({ ...rowOf(event), link: event.link }));
  }

  commit(changes) {
    for (const { kind } of [...changes.expect, ...changes.deletes]) find(kind);
    for (const put of changes.puts) checkPut(put);
    const command = keyOf(changes.tenant, changes.command_id);
    const done = this.commands.get(command);
    if (done !== undefined) return { outcome: 'already_done', ...done };
    const claims = this.claimsAfter(changes.claims);
    const holds = changes.expect.every(
      ({ tenant, kind, id, version }) => (this.records.get(keyOf(tenant, kind, id))?.version ?? 0) === version,
    );
    if (!holds || claims === undefined) return { outcome: 'conflict' };
    for (const { tenant, kind, id } of changes.deletes) this.records.delete(keyOf(tenant, kind, id));
    for (const { tenant, kind, id, columns, body } of changes.puts) {
      const version = (this.records.get(keyOf(tenant, kind, id))?.version ?? 0) + 1;
      this.records.set(keyOf(tenant, kind, id), { tenant, kind, id, version, body, columns: new Map(columns) });
    }
    this.claims = claims;
    for (const event of changes.events) this.append(event);
    this.commands.set(command, changes.command);
    return { outcome: 'committed' };
  }

  /** All releases come before all takes; undefined if a name has another owner. */
  claimsAfter(claims) {
    const after = new Map(this.claims);
    for (const { tenant, space, name, owner } of claims.filter(({ action }) => action === 'release')) {
      const key = keyOf(tenant, space, name);
      if (after.get(key) === owner) after.delete(key);
    }
    for (const { tenant, space, name, owner } of claims.filter(({ action }) => action === 'take')) {
      const key = keyOf(tenant, space, name);
      if ((after.get(key) ?? owner) !== owner) return undefined;
      after.set(key, owner);
    }
    return after;
  }

  append({ tenant, id, subject, body, digest }) {
    const events = this.history.get(tenant) ?? [];
    this.history.set(tenant, events);
    const version = events.length + 1;
    const link = createHash('sha256').update(`${events.at(-1)?.link ?? ''}:${version}:${digest}`).digest('hex');
    events.push({ id, version, subject, body, link });
  }
}

function rowOf({ id, version, body }) {
  return { id, version, body };
}

function find(name) {
  const kind = KINDS.get(name);
  if (kind === undefined) throw new StoreError('unknown_kind', `there is no kind ${name}`);
  return kind;
}

function columnOf(kind, name) {
  const column = kind.columns.find((known) => known.name === name);
  if (column === undefined) throw new StoreError('unknown_kind', `there is no column ${name}`);
  return column;
}

function indexColumns(kindName, indexName) {
  const kind = find(kindName);
  const index = kind.indexes.find(({ name }) => name === indexName);
  if (index === undefined) throw new StoreError('unknown_kind', `there is no index ${indexName}`);
  return index.columns.map((name) => columnOf(kind, name));
}

function checkValue(column, value) {
  const fits = column === undefined ? false : typeof value === (column.type === 'text' ? 'string' : 'number');
  if (!fits) throw new StoreError('internal', `${String(value)} does not fit the column`);
}

function checkRange(columns, { equals, bound, after }) {
  for (const [at, value] of equals.entries()) checkValue(columns[at], value);
  for (const limit of [bound.from, bound.to]) if (limit !== null) checkValue(columns[equals.length], limit);
  if (after === null) return;
  if (after.values.length !== columns.length) throw new StoreError('internal', 'the cursor does not fit the index');
  for (const [at, value] of after.values.entries()) checkValue(columns[at], value);
}

function checkPut({ kind, columns }) {
  const known = find(kind);
  for (const [name, value] of columns) checkValue(columnOf(known, name), value);
}
