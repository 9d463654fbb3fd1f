/**
 * What is thrown: one base class, and one class for each thing that the caller can do next.
 *
 * @module
 */

import type { Code } from './generated/codes.js';

/** The classes by their name on the wire. */
export type ErrorClass =
  | 'invalid'
  | 'denied'
  | 'not_found'
  | 'conflict'
  | 'throttled'
  | 'contended'
  | 'unavailable'
  | 'outcome_unknown'
  | 'internal';

/** A refusal as it comes from the native side. */
export interface Refusal {
  readonly code: Code;
  readonly class: ErrorClass;
  readonly message: string;
  readonly path: string | null;
  readonly details: Readonly<Record<string, string>>;
  readonly retryable: boolean;
}

/** Why an operation did nothing. */
export class StaffgateError extends Error {
  /** A stable text to compare, such as `not_found`. */
  readonly code: Code;
  /** The field of the input that it is about, such as `positions[2].headcount`. */
  readonly path: string | null;
  /** Named values of the message. */
  readonly details: Readonly<Record<string, string>>;
  /** Whether the same call can succeed later without a change. */
  readonly retryable: boolean;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.code = refusal.code;
    this.path = refusal.path;
    this.details = refusal.details;
    this.retryable = refusal.retryable;
  }

  static {
    StaffgateError.prototype.name = 'StaffgateError';
  }
}

/** Correct the input. */
export class Invalid extends StaffgateError {
  static {
    Invalid.prototype.name = 'Invalid';
  }
}

/** The actor may not do this; asking again will not help. */
export class Denied extends StaffgateError {
  static {
    Denied.prototype.name = 'Denied';
  }
}

/** There is nothing with this id that the actor may see. */
export class NotFound extends StaffgateError {
  static {
    NotFound.prototype.name = 'NotFound';
  }
}

/** The state does not allow it (any more); read again and decide anew. */
export class Conflict extends StaffgateError {
  static {
    Conflict.prototype.name = 'Conflict';
  }
}

/** Wait, then try again. */
export class Throttled extends StaffgateError {
  static {
    Throttled.prototype.name = 'Throttled';
  }
}

/** Others changed the same records at the same time; try again. */
export class Contended extends StaffgateError {
  static {
    Contended.prototype.name = 'Contended';
  }
}

/** The store cannot do it now; try again later. */
export class Unavailable extends StaffgateError {
  static {
    Unavailable.prototype.name = 'Unavailable';
  }
}

/** The store did not say whether the commit happened; call again with the same command id. */
export class OutcomeUnknown extends StaffgateError {
  static {
    OutcomeUnknown.prototype.name = 'OutcomeUnknown';
  }
}

/** A fault in the library or in a store. */
export class Internal extends StaffgateError {
  static {
    Internal.prototype.name = 'Internal';
  }
}

const CLASSES: Readonly<Record<ErrorClass, new (refusal: Refusal) => StaffgateError>> = {
  invalid: Invalid,
  denied: Denied,
  not_found: NotFound,
  conflict: Conflict,
  throttled: Throttled,
  contended: Contended,
  unavailable: Unavailable,
  outcome_unknown: OutcomeUnknown,
  internal: Internal,
};

/** The error of a refusal. */
export function errorOf(refusal: Refusal): StaffgateError {
  return new CLASSES[refusal.class](refusal);
}

/** What went wrong in a store, sorted by what the caller can do next. */
export type StoreErrorKind =
  /** The store cannot be reached or is busy; nothing was written. */
  | 'unavailable'
  /** The commit may or may not have happened; the command id will tell. */
  | 'outcome_unknown'
  /** The disk is full; nothing was written. */
  | 'full'
  /** The file or database does not accept writes. */
  | 'read_only'
  /** The data does not read back as it was written. */
  | 'damaged'
  /** The data was written by a newer version of the library. */
  | 'newer'
  /** The store does not know this kind of record or index. */
  | 'unknown_kind'
  /** The store was closed. */
  | 'closed'
  /** A fault in the store's own code. */
  | 'internal';

/**
 * What a store throws to tell the library what kind of failure it was; the caller then gets the matching
 * {@link StaffgateError}. Any other exception of a store reaches the caller as it is, the same object.
 */
export class StoreError extends Error {
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }

  static {
    StoreError.prototype.name = 'StoreError';
  }
}
