/**
 * Prices alone: what a demand costs under price lists, without a store and without a portal.
 *
 * Everything here answers at once: one estimate takes microseconds. A batch holds the event loop for as long as it
 * takes, so split what is large; a second thread helps with the lines of a long one, and is gone when it returns.
 *
 * @module
 */

import { encode, encoded, invalid, tried } from './encode.js';
import type { Estimate } from './generated/mandates.js';
import type { Demand, EstimateResult, EstimateTotals, PriceList } from './generated/pricing.js';
import { native, read, reply, type NativeBatch, type NativeEstimate, type NativePriceBook } from './native.js';
import type { Currency } from './scalars.js';
import { MOST_BYTES } from './writer.js';

export { computeJson } from './compute.js';
export * from './generated/pricing.js';

/** Time zone data of the host, for a release that is newer than the library. */
export interface ZoneData {
  /** The release, such as `2026a`; it is reported with each estimate. */
  readonly version: string;
  /** Compiled zone files by the name of their zone, such as `Europe/Berlin`. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

export interface PriceBookOptions {
  /** Without it, the time zone data of the library counts. */
  readonly zones?: ZoneData | undefined;
}

/** Price lists of one currency, made ready once. It never changes. */
export class PriceBook {
  readonly #book: NativePriceBook;
  readonly #estimate: NativeEstimate;
  /** Texts that stand in its answers again and again, which cross once. */
  readonly #words: readonly string[];

  /** Lists of any levels and versions, in any order. */
  constructor(currency: Currency, lists: readonly PriceList[], options: PriceBookOptions = {}) {
    const { version, files } = zoneFiles(options.zones);
    this.#book = new native.NativePriceBook();
    this.#words = read(this.#book.open(encode({ currency, lists }, false), version, files)) as string[];
    this.#estimate = this.#book.estimate();
  }

  /** The release of the time zone data, such as `2026a`. */
  get zoneData(): string {
    return reply(this.#book.zoneData());
  }

  /** What one demand costs. A missing rate makes it `unpriced`; bad input throws, with the field's path. */
  estimate(demand: Demand): Estimate {
    const { bytes, length } = encoded(demand);
    return read(this.#estimate(bytes, length), this.#words) as Estimate;
  }

  /**
   * What each of up to 10,000 demands costs, in their order. One that is refused leaves the others as they are.
   */
  estimateMany(demands: readonly Demand[]): EstimateResult[] {
    const results: EstimateResult[] = [];
    const batch = inParts(demands, this.#book) ?? inOne(demands, this.#book);
    for (let told = batch.next(); told !== ''; told = batch.next()) {
      for (const result of read(told, this.#words) as EstimateResult[]) results.push(result);
    }
    return results;
  }

  /** The same without lines: net, VAT and total of each demand. */
  totals(demands: readonly Demand[]): EstimateTotals[] {
    const { bytes, length } = encoded({ demands });
    return read(this.#book.totals(bytes, length), this.#words) as EstimateTotals[];
  }
}

/** So many demands of a long batch cross at once, so that they are priced while the next are written. */
const PART = 50;
/** The native side takes no more. */
const MOST_DEMANDS = 10_000;

/** The batch on its way, part by part; nothing if it is short, or if something is wrong with it as a whole. */
function inParts(demands: readonly Demand[], book: NativePriceBook): NativeBatch | undefined {
  const given: unknown = demands;
  if (!Array.isArray(given) || demands.length < 2 * PART || demands.length > MOST_DEMANDS) return undefined;
  const batch = book.estimates();
  let total = 0;
  for (let at = 0; at < demands.length; at += PART) {
    const part = tried({ demands: demands.slice(at, at + PART) });
    total += part?.length ?? Infinity;
    if (part === undefined || total > MOST_BYTES) return undefined;
    batch.push(part.bytes, part.length, at === 0);
  }
  return batch;
}

/** The same in one piece, or what is wrong with it. */
function inOne(demands: readonly Demand[], book: NativePriceBook): NativeBatch {
  const { bytes, length } = encoded({ demands });
  const batch = book.estimates();
  batch.push(bytes, length, false);
  return batch;
}

interface ZoneFiles {
  version: string | undefined;
  files: { name: string; data: Uint8Array }[];
}

/** What the native side takes without looking is looked at here. */
function zoneFiles(zones: ZoneData | undefined): ZoneFiles {
  if (zones === undefined) return { version: undefined, files: [] };
  const given: unknown = zones;
  if (typeof given !== 'object' || given === null) throw invalid('wrong_type', 'zones', 'a version and files', false);
  const { version, files } = zones;
  if (typeof version !== 'string') throw invalid('wrong_type', 'zones.version', 'a text', false);
  if (typeof files !== 'object' || files === null) {
    throw invalid('wrong_type', 'zones.files', 'files by the name of their zone', false);
  }
  const listed = Object.entries(files).map(([name, data]) => ({ name, data }));
  for (const { name, data } of listed) {
    if (!(data instanceof Uint8Array)) throw invalid('wrong_type', `zones.files.${name}`, 'bytes', false);
  }
  return { version: version.toWellFormed(), files: listed };
}
