/**
 * Writes a value as JSON, byte by byte, and stops at what JSON would change in silence: NaN becomes null, a function
 * vanishes. Each part of the value is looked at once, so what was checked is what crosses.
 *
 * @module
 */

import type { Code } from './generated/codes.js';

/** The native side takes no input with more bytes, and no text with more characters. */
export const MOST_BYTES = 32 << 20;
const MOST_CHARACTERS = 2 << 20;
/** The deepest input of the catalog needs six. */
export const MOST_LEVELS = 64;
/** Bytes that are there from the beginning, and those that are kept for the next value. */
const ROOM = 1 << 12;
const KEPT_ROOM = 1 << 18;
/** A character takes no more than so many bytes in JSON: `\u0000`. */
const WIDEST = 6;

const QUOTE = 34;
const COMMA = 44;
const ZERO = 48;
const COLON = 58;
const LIST = 91; // `[`
const BACKSLASH = 92;
const LIST_END = 93;
const OBJECT = 123; // `{`
const OBJECT_END = 125;

/** What is wrong and where; the path grows from the inside out. */
export interface Fault {
  code: Code;
  expected: string;
  path: string;
}

function fault(code: Code, expected: string): Fault {
  return { code, expected, path: '' };
}

/** The fault of a part, seen from the whole. */
function within(part: string, { code, expected, path }: Fault): Fault {
  return { code, expected, path: path === '' || path.startsWith('[') ? part + path : `${part}.${path}` };
}

/** JSON: the first `length` of these bytes, until the next value is written. */
export interface Written {
  readonly bytes: Uint8Array;
  readonly length: number;
}

/** Holds one value's JSON at a time. */
export class Writer implements Written {
  bytes = Buffer.allocUnsafeSlow(ROOM);
  length = 0;
  /** Whether one byte is one character. */
  #isAscii = true;

  /** Begins anew with this value. Without a fault, its JSON is there. */
  begin(value: unknown): Fault | undefined {
    if (this.bytes.length > KEPT_ROOM) this.bytes = Buffer.allocUnsafeSlow(ROOM);
    this.length = 0;
    this.#isAscii = true;
    return this.#value(value, 0);
  }

  text(): string {
    return this.bytes.toString(this.#isAscii ? 'latin1' : 'utf8', 0, this.length);
  }

  #value(value: unknown, level: number): Fault | undefined {
    if (this.length > MOST_BYTES) return fault('input_too_large', String(MOST_BYTES));
    // Compared one by one, kinds are told apart without a call; those that come most often are first.
    if (typeof value === 'string') return this.#string(value);
    if (typeof value === 'number') return this.#number(value);
    if (typeof value === 'object' && value !== null) return this.#object(value, level);
    if (typeof value === 'boolean' || value === null) {
      this.#plain(String(value));
      return undefined;
    }
    if (typeof value === 'bigint') return fault('wrong_type', 'a number; a bigint has no JSON form');
    return fault('wrong_type', `a JSON value; this is ${typeof value}`);
  }

  #object(value: object, level: number): Fault | undefined {
    if (level > MOST_LEVELS) return fault('too_many', `${String(MOST_LEVELS)} levels`);
    if (Array.isArray(value)) return this.#list(value, level);
    if (Object.getPrototypeOf(value) !== Object.prototype) {
      const own = value as { toJSON?: unknown };
      if (typeof own.toJSON === 'function') return this.#writesItself(value, own.toJSON as (key: string) => unknown, level);
      // A Map, a Set or a Promise would become an empty object.
      const tag = Object.prototype.toString.call(value);
      if (tag !== '[object Object]') return fault('wrong_type', `a JSON value; this is ${tag.slice(8, -1)}`);
    }
    return this.#fields(value as Record<string, unknown>, level);
  }

  /** A date, or what else knows its JSON. */
  #writesItself(value: object, toJSON: (key: string) => unknown, level: number): Fault | undefined {
    if (value instanceof Date && Number.isNaN(value.getTime())) return fault('malformed', 'a date that exists');
    return this.#value(toJSON.call(value, ''), level + 1);
  }

  #fields(fields: Record<string, unknown>, level: number): Fault | undefined {
    let before = OBJECT;
    for (const key of Object.keys(fields)) {
      const field = fields[key];
      // A field that is undefined is left out, as it is everywhere in JavaScript.
      if (field === undefined) continue;
      this.#byte(before);
      before = COMMA;
      if (this.#string(key) !== undefined) return { ...fault('field_unknown', ''), path: key };
      this.#byte(COLON);
      const found = this.#value(field, level + 1);
      if (found !== undefined) return within(key, found);
    }
    if (before === OBJECT) this.#byte(OBJECT);
    this.#byte(OBJECT_END);
    return undefined;
  }

  #list(list: readonly unknown[], level: number): Fault | undefined {
    this.#byte(LIST);
    for (let index = 0; index < list.length; index += 1) {
      if (index > 0) this.#byte(COMMA);
      const found = this.#value(list[index], level + 1);
      if (found !== undefined) return within(`[${String(index)}]`, found);
    }
    this.#byte(LIST_END);
    return undefined;
  }

  #string(text: string): Fault | undefined {
    if (text.length > MOST_CHARACTERS) return fault('input_too_large', String(MOST_CHARACTERS));
    const bytes = this.#roomFor(text.length + 2);
    let at = this.length;
    bytes[at++] = QUOTE;
    for (let place = 0; place < text.length; place += 1) {
      const character = text.charCodeAt(place);
      if (character < 32 || character > 126 || character === QUOTE || character === BACKSLASH) return this.#unusual(text);
      bytes[at++] = character;
    }
    bytes[at++] = QUOTE;
    this.length = at;
    return undefined;
  }

  /** A text with what is escaped, or beyond ASCII. */
  #unusual(text: string): Fault | undefined {
    if (!text.isWellFormed()) return fault('malformed', 'text without halves of characters');
    this.#isAscii = false;
    const bytes = this.#roomFor(text.length * WIDEST + 2);
    this.length += bytes.write(JSON.stringify(text), this.length);
    return undefined;
  }

  #number(number: number): Fault | undefined {
    if (!Number.isFinite(number)) return fault('wrong_type', 'a finite number');
    // Most are headcounts.
    if (number >= 0 && number < 10 && Number.isInteger(number)) this.#byte(ZERO + number);
    else this.#plain(String(number));
    return undefined;
  }

  /** Characters that need no look. */
  #plain(text: string): void {
    const bytes = this.#roomFor(text.length);
    for (let place = 0; place < text.length; place += 1) bytes[this.length + place] = text.charCodeAt(place);
    this.length += text.length;
  }

  #byte(byte: number): void {
    this.#roomFor(1)[this.length] = byte;
    this.length += 1;
  }

  #roomFor(more: number): Buffer {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return this.bytes;
    const wider = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(wider, 0, 0, this.length);
    this.bytes = wider;
    return wider;
  }
}
