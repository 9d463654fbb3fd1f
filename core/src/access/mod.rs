//! Who may do what: actors, permissions, roles, and the grant that every write and every view needs.

mod actors;
mod administrators;
mod authorize;
mod delegation;
mod grant;
mod keyed;
mod model;
mod page;
mod permission;
mod reach;
mod rights;
mod role;
mod token;
mod union;

pub use actors::{BASE, base_reads, forget_replies};
pub use administrators::{
    ADMINISTRATORS, Administrators, administrators_want, nobody_leads, put_principal, replace_principal,
};
pub use authorize::{
    authorize, authorize_at, founding, guest, operator, operator_while_open, present, rights_of, shared,
    signed_in, standing, still_may,
};
pub use delegation::{giving, giving_at_agency, held, managing, may_change, permissions_of, role_wants};
pub use grant::{Grant, Scope};
pub use keyed::keyed_hash;
pub use model::{
    Access, ClientAccess, GATE, Gate, IMPERSONATION, Impersonation, PRINCIPAL, Principal, PrincipalSide,
    SHARE, Share,
};
pub use page::{Page, PageRequest, page, page_of, prefetch_page};
pub use permission::{Permission, Permissions, Side};
pub use reach::{MOST_SELECTED, Place, Reach, Selection};
pub use rights::{Decision, Rights, Rule, StandingRights};
pub use role::{ClientRole, MOST_ROLES, MemberRole, ROLE_BOOK, Role, RoleBook};
pub use token::{LinkToken, PersonToken, Purpose};
pub use union::{InUnion, page_of_union};
