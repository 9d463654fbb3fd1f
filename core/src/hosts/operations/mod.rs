//! Reading and writing the host's ids, one by one and in bulk.

mod ids;
mod items;
mod upsert;

pub use ids::{FindByHostId, SetHostId};
pub use items::{ClientItem, MemberItem, SkillItem, WorkerItem};
pub use upsert::UpsertRecords;
