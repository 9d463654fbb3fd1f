//! Pure decisions over change requests: their life, what a change makes of a shift, what of it is charged.

mod charging;
mod life;
mod planning;

pub use charging::{Charged, charged, deadlines, difference};
pub use life::{ChangeAction, next, pinned};
pub use planning::{Planned, accepts_fee, before, plan};
