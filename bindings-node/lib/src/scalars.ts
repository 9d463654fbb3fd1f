/**
 * Texts with a meaning. They are plain strings at run time; the names say what a field holds.
 *
 * @module
 */

/** A UUID in lower case with hyphens. */
export type Uuid = string;

/** A moment in UTC, such as `2026-10-24T20:00:00Z`. `new Date(text)` reads it. */
export type Instant = string;

/** Wall time at a site, such as `2026-10-25T02:30:00`, with an offset where the clock shows it twice. */
export type LocalDateTime = string;

/** A day, such as `2026-10-25`. */
export type CalendarDate = string;

/** An exact number, such as `1234.50`. A JavaScript number would round it. */
export type Decimal = string;

/** ISO 4217, such as `EUR`. */
export type Currency = string;

/** A time zone's IANA name, such as `Europe/Berlin`. */
export type Zone = string;

/** An e-mail address. */
export type Email = string;

/** A phone number. */
export type Phone = string;

/** The host's own id of a record: 1 to 200 bytes, kept and compared exactly as given. */
export type HostId = string;

/** A DNS label in lower case. */
export type Subdomain = string;

/** A password as a person typed it. */
export type Password = string;

/** A secret that somebody shows, such as the token of a link. */
export type Token = string;

/** A secret that is handed out once; a repeated command does not hand it out again. */
export type OneTimeSecret = string;

/** An absolute address, such as where a link leads. */
export type Uri = string;

/** SHA-256 as 64 lower-case hexadecimal digits. */
export type Sha256 = string;
