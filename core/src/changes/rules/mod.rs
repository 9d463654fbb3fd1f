//! Pure decisions over change requests: their life, what a change makes of a shift, what of it is charged,
//! what it takes of a purchase order.

mod charging;
mod life;
mod ordering;
mod planning;

pub use charging::{Charged, charged, deadlines, difference};
pub use life::{ChangeAction, next, pinned};
pub use ordering::{Ended, ended, ordered, rise, taken};
pub use planning::{Planned, accepts_fee, before, plan};
