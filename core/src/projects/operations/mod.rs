//! Reading projects and their progress, naming them, and sharing their teams.

mod editing;
mod reading;
mod sharing;

pub use editing::RenameProject;
pub use reading::{GetMyProgress, GetMyProject, GetProgress, GetProject, ListMyProjects, ListProjects};
pub use sharing::{PublishTeam, SetSharing};
