//! Reading projects and their progress, naming them, and sharing their teams.

mod editing;
mod progress;
mod reading;
mod sharing;

pub use editing::RenameProject;
pub use progress::{ClientProgress, GetMyProgress, GetProgress, MyProgress};
pub use reading::{GetMyProject, GetProject, ListMyProjects, ListProjects};
pub use sharing::{PublishTeam, SetSharing};
