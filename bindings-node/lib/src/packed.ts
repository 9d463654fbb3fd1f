/**
 * Reads packed replies: a table of texts, the shapes of objects, and a row of numbers that says what stands where.
 * What is written here is written by the native side, which says in `reply.rs` and `engine/packed` how.
 *
 * @module
 */

import { makers, type Maker } from './generated/makers.js';

/** `=`: the text after it is a packed reply. */
export const PACKED = 61;

const NULL = 0;
const TRUE = 1;
const FALSE = 2;
const NUMBER = 3;
const LIST = 4;
const OBJECT = 5;
const MAP = 6;
const FAR = 7;
const WIDE = 8;
const FIRST_NUMBER = 16;
const FIRST_TEXT = 4096;

// One reply is read at a time, from its beginning to its end, so these are its state.
let row: Uint8Array = Buffer.alloc(0);
let at = 0;
let texts: string[] = [];
/** The place in `texts` of the text that is said by 0. */
let first = 0;
const shapes: Shape[] = [];

interface Shape {
  readonly fields: string;
  readonly make: Maker;
}

const known = makers(value);

/** The value that a packed reply holds. */
export function unpacked(told: string): unknown {
  let from = 1;
  const count = (): number => {
    const end = told.indexOf(';', from);
    const text = told.slice(from, end);
    from = end + 1;
    return Number(text);
  };
  const [ofShapes, ofRow, ofEscaped] = [count(), count(), count()];
  const escaped = Array.from({ length: ofEscaped }, count);
  const end = told.length - 2 * ofRow;
  texts = told.slice(from, end).split('\0');
  first = ofShapes;
  for (let place = 0; place < first; place += 1) remember(place, texts[place] ?? '');
  for (const place of escaped) {
    texts[first + place] = JSON.parse(`"${texts[first + place] ?? ''}"`) as string;
  }
  row = Buffer.from(told.slice(end), 'latin1');
  at = 0;
  try {
    return value();
  } finally {
    texts = [];
  }
}

/** Replies of one kind have the same shapes, mostly at the same places. */
function remember(place: number, fields: string): void {
  if (shapes[place]?.fields === fields) return;
  shapes[place] = { fields, make: known.get(fields) ?? others(fields) };
}

/** Makes objects of a shape that no type has. */
function others(fields: string): Maker {
  const names = fields === '' ? [] : fields.split(',');
  return () => {
    const object = {};
    for (const name of names) put(object, name, value());
    return object;
  };
}

function put(object: object, name: string, held: unknown): void {
  // A field of this name would be taken for the object's prototype.
  if (name === '__proto__') Object.defineProperty(object, name, { value: held, enumerable: true, configurable: true, writable: true });
  else (object as Record<string, unknown>)[name] = held;
}

function next(): number {
  const number = (row[at] ?? 0) | ((row[at + 1] ?? 0) << 7);
  at += 2;
  return number;
}

function long(): number {
  return next() | (next() << 14);
}

function value(): unknown {
  const code = next();
  if (code >= FIRST_TEXT) return texts[first + code - FIRST_TEXT];
  if (code >= FIRST_NUMBER) return code - FIRST_NUMBER;
  switch (code) {
    case NULL:
      return null;
    case OBJECT:
      return shapes[next()]?.make();
    case LIST:
      return list(long());
    case TRUE:
      return true;
    case FALSE:
      return false;
    case NUMBER:
      return Number(value());
    case WIDE:
      return long();
    case FAR:
      return texts[first + long()];
    case MAP:
      return map(long());
    default:
      throw new Error(`a packed reply cannot hold ${String(code)}; the two halves of the package are of different versions`);
  }
}

function list(length: number): unknown[] {
  const items: unknown[] = [];
  for (let item = 0; item < length; item += 1) items.push(value());
  return items;
}

function map(size: number): object {
  const entries = {};
  for (let entry = 0; entry < size; entry += 1) put(entries, value() as string, value());
  return entries;
}
