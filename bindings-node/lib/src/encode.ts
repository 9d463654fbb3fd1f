/**
 * From a value to JSON, or to the error that says why it has none.
 *
 * @module
 */

import { errorOf, type Refusal, type StaffgateError } from './errors.js';
import type { Code } from './generated/codes.js';
import { native } from './native.js';
import { MOST_LEVELS, Writer, type Fault, type Written } from './writer.js';

/** A refusal in the words of the catalog, for what arises before the native side sees the input. */
export function invalid(code: Code, path: string, expected: string, french: boolean): StaffgateError {
  return errorOf(JSON.parse(native.refusal(code, path.toWellFormed(), expected, french)) as Refusal);
}

/** The value as JSON; throws `Invalid` with the path of what has no JSON form. */
export function encode(input: unknown, french: boolean): string {
  return written(input, french).text();
}

/** The same as bytes, for a native entry that reads them at once. */
export function encoded(input: unknown): Written {
  return written(input, false);
}

/** The same, or nothing if it has no JSON form. */
export function tried(input: unknown): Written | undefined {
  const { writer, fault } = begun(input);
  return fault === undefined ? writer : undefined;
}

function written(input: unknown, french: boolean): Writer {
  const { writer, fault } = begun(input);
  if (fault === undefined) return writer;
  const path = fault.code === 'too_many' ? (cycle(input, []) ?? fault.path) : fault.path;
  throw invalid(fault.code, path, fault.expected, french);
}

let idle: Writer | undefined = new Writer();

function begun(input: unknown): { writer: Writer; fault: Fault | undefined } {
  const writer = idle ?? new Writer();
  // A getter or a `toJSON` of the host can call the library again before this value is written.
  idle = undefined;
  try {
    return { writer, fault: writer.begin(input) };
  } finally {
    idle = writer;
  }
}

/** Whether the input's JSON is `{}`, which many calls are: a plain object without fields. */
export function isBare(input: unknown): boolean {
  if (typeof input !== 'object' || input === null || Object.getPrototypeOf(input) !== Object.prototype) return false;
  for (const _ in input) return false;
  return !('toJSON' in input);
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
