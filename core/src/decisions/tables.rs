//! Every view for people outside the agency, with the operations that answer with it. To add one: write its table in
//! its own folder (`table!`), and a line here.

use crate::access::Permission;
use crate::visibility::{Audience, Table};
use crate::{branding, links, mandates, pages, projects, shifts};

/// A view, for whom it is, and what it takes to see it at all.
#[derive(Debug)]
pub struct View {
    pub operations: &'static [&'static str],
    pub audience: Audience,
    /// What the role must hold at the thing's place; none for those who need no role.
    pub permission: Option<Permission>,
    pub table: &'static Table,
}

const fn client(permission: Permission, table: &'static Table, operations: &'static [&'static str]) -> View {
    View { operations, audience: Audience::Client, permission: Some(permission), table }
}

const fn public(table: &'static Table, operations: &'static [&'static str]) -> View {
    View { operations, audience: Audience::Public, permission: None, table }
}

pub static VIEWS: &[View] = &[
    client(
        Permission::ViewShifts,
        &shifts::views::fields::CLIENT_SHIFT,
        &["my_shifts.get", "my_shifts.list"],
    ),
    client(
        Permission::ViewShifts,
        &projects::fields::CLIENT_PROJECT,
        &["my_projects.get", "my_projects.list"],
    ),
    client(Permission::ViewShifts, &projects::fields::PROJECT_PROGRESS, &["my_projects.progress"]),
    client(
        Permission::ViewOrders,
        &mandates::fields::CLIENT_MANDATE,
        &[
            "my_mandates.get",
            "my_mandates.list",
            "my_mandates.to_approve",
            "mandates.approve",
            "mandates.reject",
            "mandates.resubmit",
            "mandates.reorder",
            "mandates.save_draft",
            "mandates.submit_draft",
            "mandates.discard_draft",
            "mandates.submit",
            "mandates.edit",
            "mandates.withdraw",
        ],
    ),
    client(Permission::SeePrices, &mandates::fields::EXPLANATION, &["my_mandates.explain"]),
    client(Permission::ViewShifts, &branding::fields::MY_BRAND, &["my_branding.get"]),
    View {
        operations: &["my_pages.get", "my_pages.list"],
        audience: Audience::Client,
        permission: None,
        table: &pages::fields::READ_PAGE,
    },
    public(&links::fields::SHARED_PROJECT, &["shared_project.get"]),
    public(&links::fields::PUBLIC_PAGE, &["public_page.get"]),
];

#[cfg(test)]
mod tests;
