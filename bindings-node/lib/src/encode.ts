/**
 * From a value to JSON text, refusing what JSON would change in silence: NaN becomes null, a function vanishes.
 *
 * @module
 */

import { errorOf, type Refusal, type StaffgateError } from './errors.js';
import type { Code } from './generated/codes.js';
import { native } from './native.js';

/** The native side takes no input larger than this many bytes. */
const MOST_CHARACTERS = 2 << 20;
/** The deepest input of the catalog needs six. */
const MOST_LEVELS = 64;

/** What is wrong and where; the path grows from the inside out. */
interface Fault {
  code: Code;
  expected: string;
  path: string;
}

/** A refusal in the words of the catalog, for what arises before the native side sees the input. */
export function invalid(code: Code, path: string, expected: string, french: boolean): StaffgateError {
  return errorOf(JSON.parse(native.refusal(code, path.toWellFormed(), expected, french)) as Refusal);
}

/** The value as JSON; throws `Invalid` with the path of what has no JSON form. */
export function encode(input: unknown, french: boolean): string {
  const fault = find(input, 0);
  if (fault === undefined) return JSON.stringify(input);
  const path = fault.code === 'too_many' ? (cycle(input, []) ?? fault.path) : fault.path;
  throw invalid(fault.code, path, fault.expected, french);
}

/** Whether the input's JSON is `{}`, which many calls are: a plain object without fields. */
export function isBare(input: unknown): boolean {
  if (typeof input !== 'object' || input === null || Object.getPrototypeOf(input) !== Object.prototype) return false;
  for (const _ in input) return false;
  return !('toJSON' in input);
}

function fault(code: Code, expected: string): Fault {
  return { code, expected, path: '' };
}

function find(value: unknown, level: number): Fault | undefined {
  switch (typeof value) {
    case 'string':
      if (value.length > MOST_CHARACTERS) return fault('input_too_large', String(MOST_CHARACTERS));
      return value.isWellFormed() ? undefined : fault('malformed', 'text without halves of characters');
    case 'number':
      return Number.isFinite(value) ? undefined : fault('wrong_type', 'a finite number');
    case 'boolean':
      return undefined;
    case 'object':
      return value === null ? undefined : findInObject(value, level);
    case 'bigint':
      return fault('wrong_type', 'a number; a bigint has no JSON form');
    default:
      return fault('wrong_type', `a JSON value; this is ${typeof value}`);
  }
}

function findInObject(value: object, level: number): Fault | undefined {
  if (level > MOST_LEVELS) return fault('too_many', `${String(MOST_LEVELS)} levels`);
  if (Array.isArray(value)) return findInList(value, level);
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    const other = findInOther(value, level);
    if (other !== 'plain') return other;
  }
  const fields = value as Record<string, unknown>;
  for (const key of Object.keys(fields)) {
    const field = fields[key];
    // A field that is undefined is left out, as it is everywhere in JavaScript.
    const found = field === undefined ? undefined : find(field, level + 1);
    if (found !== undefined) {
      const inside = found.path === '' || found.path.startsWith('[') ? found.path : `.${found.path}`;
      return { ...found, path: key + inside };
    }
    if (!key.isWellFormed()) return { ...fault('field_unknown', ''), path: key };
  }
  return undefined;
}

function findInList(list: readonly unknown[], level: number): Fault | undefined {
  for (let index = 0; index < list.length; index += 1) {
    const found = find(list[index], level + 1);
    if (found !== undefined) {
      const inside = found.path === '' || found.path.startsWith('[') ? found.path : `.${found.path}`;
      return { ...found, path: `[${String(index)}]${inside}` };
    }
  }
  return undefined;
}

/** Dates and what else writes itself; a Map, a Set or a Promise would become an empty object in silence. */
function findInOther(value: object, level: number): Fault | 'plain' | undefined {
  if (value instanceof Date && Number.isNaN(value.getTime())) return fault('malformed', 'a date that exists');
  const own = value as { toJSON?: unknown };
  if (typeof own.toJSON === 'function') {
    const written: unknown = (own.toJSON as (key: string) => unknown).call(value, '');
    return find(written, level + 1);
  }
  const tag = Object.prototype.toString.call(value);
  return tag === '[object Object]' ? 'plain' : fault('wrong_type', `a JSON value; this is ${tag.slice(8, -1)}`);
}

/** Where a value holds itself, if it does: the shortest path that says it. */
function cycle(value: unknown, above: readonly unknown[]): string | undefined {
  if (typeof value !== 'object' || value === null || above.length > MOST_LEVELS) return undefined;
  if (above.includes(value)) return '';
  const line = [...above, value];
  for (const [key, inner] of Object.entries(value)) {
    const inside = cycle(inner, line);
    if (inside !== undefined) {
      const here = Array.isArray(value) ? `[${key}]` : key;
      return inside === '' || inside.startsWith('[') ? here + inside : `${here}.${inside}`;
    }
  }
  return undefined;
}
