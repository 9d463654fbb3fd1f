//! The fields of a change request as its client sees it, each with the law over it.

use crate::visibility::table;

table! {
    CHANGE "Change" {
        Listed: kind, start, end, break_minutes, position, headcount, skill, note;
    }
    DEADLINE "Deadline" {
        ChangeFee: at, included, fee_after;
    }
    RELEASED "Released" {
        Prices: unfilled, booked;
    }
    WAIVED "Waived" {
        Prices: kind, reason;
    }
    BASIS "FeeBasis" {
        Prices: kind, of, percent, minutes, per_hour, count, each, at;
    }
    FEE_LINE "FeeLine" {
        Prices: tier, group, why, slots, basis one BASIS, amount;
    }
    FEE_PREVIEW "FeePreview" {
        Prices: on, currency, fee, lines many FEE_LINE, notice_minutes, waived one WAIVED, per, released many RELEASED,
            withdraw_until, deadlines many DEADLINE;
    }
    FEE "ChangeFeeView" {
        ChangeFee: outcome, currency, amount, deadlines many DEADLINE;
        Prices: parts many FEE_PREVIEW;
    }
    PRICE "PriceDifference" {
        Prices: outcome, currency, net_before, net_after, net_difference, total_before, total_after, total_difference, why;
    }
    EFFECTS "ChangeEffects" {
        Listed: slots_before, slots_after, unfilled_released, bookings_cancelled, asked_again;
    }
    CLIENT_CHANGE "ClientChangeView" {
        Listed: id, client, project, shift, shift_revision, state, before one CHANGE, change one CHANGE, skill_name, reason,
            by, at, decided_at, decline_reason, superseded_by, fee_waived, effects one EFFECTS;
        ChangeFee: fee one FEE;
        Prices: price one PRICE;
    }
}
