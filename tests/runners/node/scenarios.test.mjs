// Plays every story of `tests/scenarios` through the npm package; `tests/scenarios/README.md` says how to read one.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

import { parse } from 'yaml';

import { MemoryStore, Portal, pricing, SqliteStore, StaffgateError } from '../../../bindings-node/dist/index.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(root, 'tests/scenarios');
const output = join(root, 'target/scenario-digests');
const NOBODY = '00000000-0000-0000-0000-000000000000';
const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 };
const digests = {};

const sha256 = (text) => createHash('sha256').update(text, 'utf8');
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const show = (value) => JSON.stringify(value);

const read = (file) => parse(readFileSync(join(folder, file), 'utf8'));

/** JSON with sorted keys, in which refusals are compared between languages. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
}

function resolve(value, names) {
  if (typeof value === 'string' && value.startsWith('$') && value !== '$any') {
    assert.ok(names.has(value.slice(1)), `no step saved \`${value.slice(1)}\``);
    return names.get(value.slice(1));
  }
  if (Array.isArray(value)) return value.map((item) => resolve(item, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolve(item, names)]));
}

function atPath(value, path) {
  return path.split('.').filter(Boolean).reduce((inner, part) => inner?.[part], value);
}

function* differences(expected, got, exactly, path) {
  if (expected === '$any') return;
  if (isObject(expected) && Object.keys(expected).some((name) => name.startsWith('$'))) {
    for (const [rule, operand] of Object.entries(expected)) yield* special(rule, operand, got, exactly, path);
  } else if (isObject(expected) && isObject(got)) {
    for (const [name, item] of Object.entries(expected)) {
      if (Object.hasOwn(got, name)) yield* differences(item, got[name], exactly, `${path}.${name}`);
      else yield `${path}.${name}: expected ${show(item)}, is not there`;
    }
    const more = Object.keys(got).filter((name) => exactly && !Object.hasOwn(expected, name));
    for (const name of more) yield `${path}.${name}: expected nothing, is there`;
  } else if (Array.isArray(expected) && Array.isArray(got)) {
    if (expected.length !== got.length) yield `${path}: expected ${expected.length} items, got ${got.length}`;
    for (const [index, item] of expected.slice(0, got.length).entries()) {
      yield* differences(item, got[index], exactly, `${path}[${index}]`);
    }
  } else if (!isDeepStrictEqual(expected, got)) {
    yield `${path}: expected ${show(expected)}, got ${show(got)}`;
  }
}

function* special(rule, operand, got, exactly, path) {
  const like = (one) => got.some((item) => differences(one, item, exactly, path).next().done);
  let fits = false;
  if (rule === '$length' && Array.isArray(got)) fits = got.length === operand;
  else if (rule === '$contains' && Array.isArray(got)) fits = operand.every(like);
  else if (rule === '$includes' && typeof got === 'string') fits = got.includes(operand);
  else if (rule === '$not') fits = !isDeepStrictEqual(operand, got);
  if (!fits) yield `${path}: expected ${rule} ${show(operand)}, got ${show(got)}`;
}

class Story {
  constructor(file, portal) {
    this.key = basename(file, '.yaml');
    const story = read(file);
    this.steps = [...(story.given === undefined ? [] : read(join('given', `${story.given}.yaml`))), ...story.steps];
    this.portal = portal;
    this.now = Date.parse(story.start);
    this.lines = new Map();
    this.names = new Map([['agency', this.agency('main')]]);
    for (const { agency } of this.steps) {
      if (agency !== undefined) this.names.set(`agency_${agency}`, this.agency(agency));
    }
  }

  agency(name) {
    const digits = sha256(`agency/${this.key}/${name}`).digest('hex').slice(0, 32);
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  call(step, number) {
    const input = step.raw ?? JSON.stringify(resolve(step.with ?? {}, this.names));
    if (step.compute !== undefined) return pricing.computeJson(step.compute, input);
    const [side, ...rest] = step.as.split(' ');
    const who = rest.join(' ');
    const actor = { as: side === 'directory' ? 'guest' : side };
    if (who !== '') actor[side === 'holder' ? 'link' : 'id'] = who.includes('-') ? who : this.names.get(who);
    const context = {
      agency: side === 'directory' ? NOBODY : this.agency(step.agency ?? 'main'),
      actor,
      now: new Date(this.now).toISOString().replace('.000Z', 'Z'),
      command_id: `${this.key}/${step.command ?? step.id ?? number}`,
      entropy: sha256(`entropy/${this.key}/${number}`).digest('hex'),
      locale: step.locale ?? null,
    };
    return this.portal.runJson(JSON.stringify(context), step.do, input);
  }

  async answer(step, number) {
    try {
      const line = await this.call(step, number);
      return { refused: false, value: JSON.parse(line), line };
    } catch (error) {
      if (!(error instanceof StaffgateError)) throw error;
      const { code, message, path, details, retryable } = error;
      const kind = error.constructor.name.replace(/(?<!^)(?=[A-Z])/g, '_').toLowerCase();
      const value = sorted({ code, class: kind, message, path, details: { ...details }, retryable });
      return { refused: true, value, line: `refused ${JSON.stringify(value)}` };
    }
  }

  *faults(expect, { refused, value, line }) {
    const kind = refused ? 'refused' : 'reply';
    if (refused && !('refused' in expect) && !('same_as' in expect)) yield 'expected a reply, got a refusal';
    if (!refused && 'refused' in expect) yield `expected the refusal ${show(expect.refused)}, got a reply`;
    if (kind in expect) yield* differences(resolve(expect[kind], this.names), value, expect.exactly ?? false, kind);
    for (const text of resolve(expect.absent ?? [], this.names)) {
      if (line.includes(text)) yield `expected \`${text}\` nowhere in the answer`;
    }
    if ('same_as' in expect && this.lines.get(String(expect.same_as)) !== line) {
      yield `expected the same bytes as\n    ${this.lines.get(String(expect.same_as))}`;
    }
  }

  async play() {
    for (const [index, step] of this.steps.entries()) {
      const at = step.at ?? '+0s';
      if (at.startsWith('+')) this.now += Number(at.slice(1, -1)) * SECONDS[at.at(-1)] * 1000;
      else this.now = Date.parse(at);
      const answer = await this.answer(step, index + 1);
      const found = [...this.faults(step.expect ?? {}, answer)];
      if (found.length > 0) {
        const where = `${this.key}, step ${step.id ?? index + 1} (${step.compute ?? `${step.do} as ${step.as}`})`;
        const came = JSON.stringify(answer.value, null, 2);
        assert.fail(`${where}:\n  ${found.join('\n  ')}\nwhat came:\n${came}`);
      }
      for (const [name, path] of Object.entries(step.save ?? {})) {
        const saved = atPath(answer.value, path);
        assert.notEqual(saved, undefined, `${this.key}: nothing at \`${path}\` to save`);
        this.names.set(name, saved);
      }
      this.lines.set(String(step.id ?? index + 1), answer.line);
    }
    return [...this.lines.values()].map((line) => `${line}\n`).join('');
  }
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort()) {
  test(basename(file, '.yaml'), async () => {
    const transcript = await new Story(file, new Portal(new MemoryStore())).play();
    const work = mkdtempSync(join(tmpdir(), 'staffgate-'));
    const sqlite = await SqliteStore.open(join(work, 'portal.db'));
    try {
      const again = await new Story(file, new Portal(sqlite)).play();
      assert.equal(again, transcript, 'other bytes over SQLite than over memory');
    } finally {
      await sqlite.close();
      rmSync(work, { recursive: true });
    }
    mkdirSync(join(output, 'node'), { recursive: true });
    writeFileSync(join(output, 'node', `${basename(file, '.yaml')}.txt`), transcript);
    digests[basename(file, '.yaml')] = sha256(transcript).digest('hex');
  });
}

after(() => {
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, 'node.json'), `${JSON.stringify(sorted(digests), null, 2)}\n`);
});
