/**
 * Reads packed replies: a table of texts, the shapes of objects, and a row of numbers that says what stands where.
 * `reply.rs` and `engine/packed` on the native side say how they are written.
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

export const NO_WORDS: readonly string[] = [];

// One reply is read at a time, from its beginning to its end, so these are its state.
let numbers: Uint8Array;
let at = 0;
let texts: string[] = [];
/** Texts that were here before the reply; their places come before those of `texts`. */
let words: readonly string[] = NO_WORDS;
/** The place in `texts` of the first that is no word, less that of it in the row. */
let first = 0;
/** By number: those of the catalog, then those that only this reply has. */
const shapes: Maker[] = [];

const ofCatalog = makers(value);
for (const [, make] of ofCatalog) shapes.push(make);

/** The shapes that are known here, as the native side wants them. */
export const KNOWN_SHAPES = JSON.stringify(ofCatalog.map(([fields]) => fields));

/** The rows of most replies fit here; longer ones get room of their own, which is given back. */
const desk = Buffer.allocUnsafeSlow(1 << 18);
/** Before the row: `=`, three counts of four characters, and the places of texts that are escaped. */
const COUNTS = 13;
/** So much is copied before it is known how long the row is: all of a short reply. */
const BEGINNING = 1 << 11;

/** The value that a packed reply holds, of which some texts are known. */
export function unpacked(told: string, known: readonly string[]): unknown {
  let room = desk;
  room.write(told, 0, BEGINNING, 'latin1');
  numbers = room;
  at = 1;
  const length = long();
  const unknown = long();
  const places = long();
  const end = COUNTS + 4 * places + 2 * length;
  if (end > BEGINNING) {
    if (end > room.length) room = Buffer.allocUnsafeSlow(end);
    room.write(told, 0, end, 'latin1');
    numbers = room;
  }
  const escaped: number[] = [];
  for (let left = places; left > 0; left -= 1) escaped.push(long());
  texts = textsFrom(told, end);
  words = known;
  first = unknown - known.length;
  for (let place = 0; place < unknown; place += 1) shapes.push(maker(texts[place] ?? ''));
  for (const place of escaped) {
    texts[unknown + place] = JSON.parse(`"${texts[unknown + place] ?? ''}"`) as string;
  }
  try {
    return value();
  } finally {
    texts = [];
    words = NO_WORDS;
    // Giving an array a length is a call, even if it has that one.
    if (unknown > 0) shapes.length = ofCatalog.length;
  }
}

/** What stands there, each with the character 0 behind it. */
function textsFrom(told: string, start: number): string[] {
  const found: string[] = [];
  let from = start;
  let count = 0;
  for (let end = told.indexOf('\0', from); end >= 0; end = told.indexOf('\0', from)) {
    found[count++] = told.substring(from, end);
    from = end + 1;
  }
  return found;
}

/** Makes objects of a shape that no type has. */
function maker(fields: string): Maker {
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
  const number = (numbers[at] ?? 0) | ((numbers[at + 1] ?? 0) << 7);
  at += 2;
  return number;
}

function long(): number {
  return next() | (next() << 14);
}

function text(place: number): string | undefined {
  return place < words.length ? words[place] : texts[first + place];
}

function value(): unknown {
  const code = next();
  if (code >= FIRST_TEXT) return text(code - FIRST_TEXT);
  if (code >= FIRST_NUMBER) return code - FIRST_NUMBER;
  switch (code) {
    case NULL:
      return null;
    case OBJECT:
      return shapes[next()]?.();
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
      return text(long());
    case MAP:
      return map(long());
    default:
      throw new Error(`a packed reply cannot hold ${String(code)}; the two halves of the package are of different versions`);
  }
}

function list(length: number): unknown[] {
  const items: unknown[] = [];
  for (let item = 0; item < length; item += 1) items[item] = value();
  return items;
}

function map(size: number): object {
  const entries = {};
  for (let entry = 0; entry < size; entry += 1) put(entries, value() as string, value());
  return entries;
}
