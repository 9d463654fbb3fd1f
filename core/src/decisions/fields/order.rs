//! The laws over a client's mandate and over its project, decided for one person.

use super::FieldRule;
use crate::access::{Permission, Permissions};
use crate::visibility::Law;

/// `shared`: whether the project is shown. Of one that is not shared the same is said as of none.
pub(super) const fn rule(law: Law, shared: bool, held: Permissions) -> FieldRule {
    match law {
        Law::Listed => FieldRule::Listed,
        Law::Prices if held.holds(Permission::SeePrices) => FieldRule::RoleSeesPrices,
        Law::Prices => FieldRule::RoleLacksPrices,
        Law::SharedProject if shared => FieldRule::ProjectShared,
        Law::SharedProject => FieldRule::NoSharedProject,
        // Nothing of them is under another law.
        _ => FieldRule::NotVisible,
    }
}
