//! The list of links and ending one, sharing a project, and the holder's side of that.

mod holder;
mod list;
mod public;
mod share;

pub use holder::{GetSharedProject, OpenLink, PreviewSharedLink};
pub use list::{ExpireLink, ListLinks};
pub use public::{GetPublicPage, PublishLink};
pub use share::ShareProject;
