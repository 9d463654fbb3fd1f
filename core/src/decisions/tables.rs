//! Every view for people outside the agency, with the operations that answer with it. To add one: write its table in
//! its own folder (`table!`), and a line here.

use crate::access::Permission;
use crate::visibility::{Audience, Table};
use crate::{branding, candidates, changes, links, mandates, messages, pages, projects, selection, shifts};

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
    client(Permission::ViewShifts, &projects::fields::CLIENT_PROGRESS, &["my_shifts.progress"]),
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
    client(
        Permission::ViewShifts,
        &changes::fields::CLIENT_CHANGE,
        &["my_change_requests.get", "my_change_requests.list"],
    ),
    client(
        Permission::SelectStaff,
        &selection::fields::CLIENT_SELECTION_DETAILS,
        &["my_selections.get", "my_selections.shortlist", "my_selections.submit"],
    ),
    client(Permission::SelectStaff, &selection::fields::CLIENT_SELECTION, &["my_selections.list"]),
    client(
        Permission::ReadMessages,
        &messages::fields::CLIENT_MESSAGE,
        &["my_messages.list", "my_messages.write", "my_messages.withdraw"],
    ),
    client(Permission::ReadMessages, &messages::fields::CLIENT_THREAD, &["my_messages.thread"]),
    client(Permission::ReadMessages, &messages::fields::MESSAGES_READ, &["my_messages.mark_read"]),
    client(Permission::SelectStaff, &shifts::views::fields::MY_STAFF_LIST, &["my_staff.list"]),
    client(Permission::SelectStaff, &shifts::views::fields::MY_STAFF_SET, &["my_staff.set"]),
    client(Permission::SelectStaff, &shifts::views::fields::MY_STAFF_REMOVED, &["my_staff.remove"]),
    client(Permission::ViewCandidates, &candidates::fields::CLIENT_JOB, &["my_jobs.get", "my_jobs.list"]),
    client(
        Permission::ViewCandidates,
        &candidates::fields::CLIENT_CANDIDATE,
        &["my_candidates.get", "my_candidates.list"],
    ),
    client(
        Permission::ViewCandidates,
        &candidates::fields::DOCUMENT_PREVIEW,
        &["my_candidates.preview_document"],
    ),
    client(Permission::ViewCandidates, &candidates::fields::CLIENT_FEEDBACK, &["my_feedback.list"]),
    client(Permission::GiveFeedback, &candidates::fields::CLIENT_FEEDBACK, &["my_feedback.give"]),
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
