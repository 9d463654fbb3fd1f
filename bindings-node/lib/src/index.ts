/**
 * The client-portal core that a staffing platform embeds.
 *
 * Names of fields are the same in all languages (`starts_at`); groups and methods are in camel case (`switchPortal`).
 *
 * @module
 */

export type { CallOptions, Sources } from './call.js';
export * from './errors.js';
export * from './generated/index.js';
export { limitHashing } from './hashing.js';
export * as pricing from './pricing.js';
export { PriceBook, type PriceBookOptions, type ZoneData } from './pricing.js';
export { Portal, type CallContext, type PortalOptions } from './portal.js';
export type { Watch } from './runner.js';
export type * from './scalars.js';
export { type Actor, type Identity, Session, type SessionOptions } from './session.js';
export * from './store.js';
