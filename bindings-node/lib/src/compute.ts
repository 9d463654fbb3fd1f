/**
 * Pure functions: encode, cross, decode, or throw. Nothing here knows a store or an actor.
 *
 * @module
 */

import { encode, invalid } from './encode.js';
import { native, reply } from './native.js';

/** Runs one function. The generated functions are the typed way to this. */
export function compute(name: string, input: unknown): unknown {
  return JSON.parse(reply(native.compute(name, encode(input, false)))) as unknown;
}

/** Runs a function by its name, JSON in and JSON out, for those who only pass JSON on. */
export function computeJson(name: string, input: string | Uint8Array): string {
  if (typeof name !== 'string') throw invalid('wrong_type', 'name', 'a text', false);
  return reply(native.compute(name.toWellFormed(), input));
}
