//! How long and how often an invitation is good.

use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::Instant;

/// How long an invitation is good unless its maker says otherwise.
pub const LINK_DAYS: u32 = 7;
pub const LINK_DAYS_MOST: u32 = 30;
/// How many people can join through one link.
pub const LINK_USES_MOST: u32 = 100;

/// The end of an invitation that is made now.
pub fn expiry(days: Option<u32>, now: Instant) -> Result<Instant, Refusal> {
    let days = days.unwrap_or(LINK_DAYS);
    if !(1..=LINK_DAYS_MOST).contains(&days) {
        let expected = format!("1 to {LINK_DAYS_MOST}");
        return Err(Refusal::new(Code::OutOfRange).at("delivery.expires_in_days").with("expected", expected));
    }
    Ok(now.plus_minutes(i64::from(days) * 24 * 60)?)
}

/// How many people may join through a client's link: one, unless its maker says otherwise.
pub fn uses(asked: Option<u32>) -> Result<u32, Refusal> {
    let uses = asked.unwrap_or(1);
    if (1..=LINK_USES_MOST).contains(&uses) {
        return Ok(uses);
    }
    let expected = format!("1 to {LINK_USES_MOST}");
    Err(Refusal::new(Code::OutOfRange).at("uses").with("expected", expected))
}
