//! What a role may be: permissions of one side, a name of its own, no more than its maker holds.

use crate::access::{Permissions, Role, RoleBook, Side};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::RoleId;

/// Whether these permissions can stand in a role of this side.
pub fn of_side(permissions: Permissions, side: Side) -> Result<(), Refusal> {
    let other = permissions.without(Permissions::all_of(side));
    match other.iter().next() {
        None => Ok(()),
        Some(permission) => Err(Refusal::new(Code::PermissionOfOtherSide)
            .at("permissions")
            .with("permission", permission.text())),
    }
}

/// Two roles of one book differ in their names, as people read them.
pub fn name_free(book: &RoleBook, role: &Role) -> Result<(), Refusal> {
    let folded = |name: &str| name.trim().to_lowercase();
    let taken = book
        .roles
        .iter()
        .any(|other| other.id != role.id && folded(other.name.as_str()) == folded(role.name.as_str()));
    if taken { Err(Refusal::new(Code::NameTaken).at("name")) } else { Ok(()) }
}

/// The role in this book, or that nothing is there.
pub fn in_book(book: &RoleBook, id: RoleId) -> Result<Role, Refusal> {
    book.role(id).cloned().ok_or_else(Refusal::not_found)
}

#[cfg(test)]
mod tests {
    use super::{Code, Permissions, Side, of_side};
    use crate::access::Permission as P;

    #[test]
    fn b11_a_role_holds_permissions_of_one_side() {
        assert_eq!(of_side(Permissions::of(&[P::PlaceOrders]), Side::Client), Ok(()));
        let refusal = of_side(Permissions::of(&[P::PlaceOrders, P::PlanShifts]), Side::Client).unwrap_err();
        assert_eq!(refusal.code, Code::PermissionOfOtherSide);
        assert_eq!(refusal.details, [("permission", "plan_shifts".to_owned())]);
    }
}
