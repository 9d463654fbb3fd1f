//! Decisions about sessions and failed attempts, over records alone.

mod life;
mod throttle;

pub use life::{
    DEVICE_DAYS, DEVICES_MOST, IDLE_MINUTES, LONGEST_MINUTES, SESSIONS_MOST, TOUCH_SECONDS, default_policy,
    idle_end, last_end, lives, needs_touch, policy_limits, rights_of,
};
pub use throttle::{ACCOUNT, Patience, RESET, RESET_SOURCE, SOURCE};
