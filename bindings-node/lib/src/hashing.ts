/**
 * How many passwords are hashed at a time.
 *
 * @module
 */

import { native } from './native.js';

/**
 * Hashes at most so many passwords at a time in this process, 4 unless this is called; further calls are refused as
 * `busy`. Each hash takes tens of megabytes.
 */
export function limitHashing(most: number): void {
  native.limitHashing(most);
}
