//! Which lines of an estimate are there because the order comes late.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::pricing::estimate::{Estimate, PricedEstimate};
use crate::pricing::list::{PriceList, Rule};
use crate::values::{Amount, Instant};

/// That the order comes so late that it costs more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LateBooking {
    /// Names of the components that depend on the notice.
    pub components: Vec<String>,
    /// What their lines come to; the part that a later order would not save is among it.
    pub amount: Amount,
    /// The first start, from which the notice counts.
    pub starts_at: Instant,
    /// Minutes from the order to that start.
    pub notice_minutes: i64,
}

/// The lines whose rule asks for a short notice, if there are any.
pub fn late_booking(
    estimate: &Estimate,
    lists: &[PriceList],
    ordered_at: Instant,
    starts_at: Option<Instant>,
) -> Option<LateBooking> {
    let priced: &PricedEstimate = match estimate {
        Estimate::Priced(priced) => priced,
        Estimate::Range { highest, .. } => highest,
        Estimate::Unpriced { .. } => return None,
    };
    let starts_at = starts_at?;
    let mut late = BTreeSet::new();
    for list in lists {
        for rule in &list.rules {
            short_notice(list.id.as_str(), rule, false, &mut late);
        }
    }
    let (mut components, mut amount) = (Vec::new(), Amount::ZERO);
    for line in &priced.lines {
        if !late.contains(&(line.list.as_str(), line.rule.as_str())) {
            continue;
        }
        amount = amount.checked_add(line.amount)?;
        let name = line.name.to_string();
        if !components.contains(&name) {
            components.push(name);
        }
    }
    let notice_minutes = starts_at.minutes_since(ordered_at);
    (!components.is_empty()).then_some(LateBooking { components, amount, starts_at, notice_minutes })
}

/// A rule that holds only up to some notice, or stands under one.
fn short_notice<'a>(list: &'a str, rule: &'a Rule, is_under: bool, late: &mut BTreeSet<(&'a str, &'a str)>) {
    let is_late = is_under || rule.when.lead_time_minutes.is_some_and(|notice| notice.up_to.is_some());
    if is_late {
        late.insert((list, rule.id.as_str()));
    }
    for below in &rule.rules {
        short_notice(list, below, is_late, late);
    }
    for other in &rule.otherwise {
        short_notice(list, other, is_under, late);
    }
}
