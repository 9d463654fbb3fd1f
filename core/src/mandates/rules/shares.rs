//! What each shift of a mandate takes of the purchase order that the mandate is on.

use crate::mandates::model::Request;
use crate::pricing::estimate::Estimate;
use crate::purchasing::model::Usage;
use crate::values::Amount;

/// What each shift takes, in their order: together exactly what the mandate costs at most, and all of its minutes.
///
/// A shift takes the lines of its positions; those of the whole order go to the first.
pub fn shares(request: &Request, estimate: &Estimate) -> Vec<Usage> {
    let mut shares: Vec<Usage> =
        request.shifts.iter().map(|shift| Usage { amount: Amount::ZERO, minutes: shift.minutes() }).collect();
    let Some(priced) = estimate.most() else { return shares };
    // The positions of an estimate are those of all shifts, one after the other.
    let of_position: Vec<usize> = (0..)
        .zip(&request.shifts)
        .flat_map(|(index, shift)| shift.positions.iter().map(move |_| index))
        .collect();
    let mut rest = priced.net;
    for line in &priced.lines {
        let position = line.position.and_then(|position| usize::try_from(position).ok());
        let shift = position.and_then(|position| of_position.get(position)).filter(|shift| **shift > 0);
        let Some(share) = shift.and_then(|shift| shares.get_mut(*shift)) else { continue };
        if let (Some(more), Some(less)) =
            (share.amount.checked_add(line.amount), rest.checked_sub(line.amount))
        {
            (share.amount, rest) = (more, less);
        }
    }
    if let Some(first) = shares.first_mut() {
        first.amount = rest;
    }
    shares
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::shares;
    use crate::mandates::model::Request;
    use crate::pricing::estimate::Estimate;
    use crate::purchasing::model::Usage;
    use crate::values::Currency;

    /// Three shifts of eight hours, an hour of break in the last: two waiters, a waiter and two cooks, one cook.
    fn request() -> Request {
        let position = |headcount: u32| {
            json!({
                "skill": "00000000-0000-4000-8000-000000000001", "skill_name": "Waiter", "role": "staff",
                "headcount": headcount,
            })
        };
        let shift = |day: u32, pause: u32, heads: &[u32]| {
            json!({
                "local_start": format!("2026-09-{day}T09:00"), "local_end": format!("2026-09-{day}T17:00"),
                "starts_at": format!("2026-09-{day}T07:00:00Z"), "ends_at": format!("2026-09-{day}T15:00:00Z"),
                "break_minutes": pause,
                "positions": heads.iter().map(|heads| position(*heads)).collect::<Vec<Value>>(),
            })
        };
        serde_json::from_value(json!({
            "name": "Fair", "site": "00000000-0000-4000-8000-000000000002", "site_name": "Hall",
            "zone": "Europe/Berlin", "note": null, "buyer_reference": null, "contact": null,
            "shifts": [shift(21, 0, &[2]), shift(22, 0, &[1, 2]), shift(23, 60, &[1])],
        }))
        .unwrap()
    }

    fn priced(lines: &[(Option<u32>, &str)], net: &str) -> Value {
        let line = |(position, amount): &(Option<u32>, &str)| {
            json!({
                "position": position, "label": null, "role": null, "code": "basic", "name": "Work", "rule": "r",
                "list": "l", "unit": "once", "headcount": 1, "minutes": null, "quantity": "1", "unit_price": amount,
                "amount": amount, "vat": { "category": "S", "percent": "19" }, "from": "2026-09-21T07:00:00Z",
                "to": "2026-09-21T15:00:00Z",
            })
        };
        json!({
            "currency": "EUR", "lines": lines.iter().map(line).collect::<Vec<Value>>(), "net": net, "vat": [],
            "vat_total": "0.00", "total": net, "lists": [], "calculation": "1", "zone_data": "2026a",
            "hash": "0".repeat(64),
        })
    }

    fn figures(shares: &[Usage]) -> Vec<(String, u64)> {
        shares.iter().map(|share| (share.amount.to_string(), share.minutes)).collect()
    }

    #[test]
    fn l18_shifts_take_their_own_lines_and_the_first_one_those_of_the_whole_order() {
        let lines = [
            (Some(0), "400.00"),
            (Some(1), "200.00"),
            (Some(2), "480.00"),
            (Some(3), "210.00"),
            (Some(3), "12.34"),
            (None, "50.00"),
            (None, "-130.23"),
        ];
        let mut estimate = priced(&lines, "1222.11");
        estimate["outcome"] = json!("priced");
        let estimate: Estimate = serde_json::from_value(estimate).unwrap();
        let request = request();
        let found = shares(&request, &estimate);
        // 400.00 + 50.00 - 130.23; 200.00 + 480.00; 210.00 + 12.34: together 1 222.11.
        let expected = [("319.77", 960), ("680.00", 1440), ("222.34", 420)];
        assert_eq!(figures(&found), expected.map(|(amount, minutes)| (amount.to_owned(), minutes)));
        assert_eq!(found.iter().map(|share| share.minutes).sum::<u64>(), request.minutes());
    }

    #[test]
    fn l18_of_a_range_the_upper_end_and_without_a_price_only_hours() {
        let range: Estimate = serde_json::from_value(json!({
            "outcome": "range", "currency": "EUR", "why": [], "lowest": priced(&[(Some(0), "1.00")], "1.00"),
            "highest": priced(&[(Some(0), "5.00"), (Some(3), "2.00")], "7.00"),
        }))
        .unwrap();
        let amounts = |estimate: &Estimate| -> Vec<String> {
            shares(&request(), estimate).iter().map(|share| share.amount.to_string()).collect()
        };
        assert_eq!(amounts(&range), ["5.00", "0", "2.00"]);
        let unpriced = Estimate::Unpriced { currency: Currency::EUR, reasons: Vec::new() };
        assert_eq!(amounts(&unpriced), ["0", "0", "0"]);
        assert_eq!(shares(&request(), &unpriced)[1].minutes, 1440);
    }
}
