//! Who may do what: actors, permissions, roles, and the grant that every write and every view needs.

mod authorize;
mod grant;
mod keyed;
mod model;
mod page;
mod permission;

pub use authorize::{authorize, base_reads, founding, guest, operator, present, signed_in};
pub use grant::{Grant, Scope};
pub use keyed::keyed_hash;
pub use model::{Access, ClientAccess, GATE, Gate, PRINCIPAL, Principal, PrincipalSide};
pub use page::{Page, PageRequest, page, page_of, prefetch_page};
pub use permission::{ClientRole, MemberRole, Permission};
