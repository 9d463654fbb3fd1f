//! Writing pages, and reading them as those for whom they are.

mod reading;
mod writing;

pub use reading::{GetMyPage, GetStaffPage, ListMyPages, ListStaffPages};
pub use writing::{CreatePage, ListPages, NewPageText, PublishPage, UpdatePage};
