//! The fields of a mandate and of its estimate as the client sees them, each with the law over it.

use crate::visibility::table;

table! {
    CONTACT "Contact" {
        Listed: name, phone;
    }
    PURCHASE_ORDER_REF "PurchaseOrderRef" {
        Listed: id, number;
    }
    /// Of people at the client, for people at the client.
    APPROVAL "ApprovalView" {
        Listed: state, asked, asked_at, decided_by, decided_at, reason;
    }
    REQUESTED_POSITION "RequestedPositionView" {
        Listed: skill, skill_name, role, headcount;
    }
    REQUESTED_SHIFT "RequestedShiftView" {
        Listed: local_start, local_end, starts_at, ends_at, break_minutes, positions many REQUESTED_POSITION;
    }
    /// What the client wrote itself, or the agency in its place: no narrower than that.
    REQUEST "RequestView" {
        Listed: name, site, site_name, zone, shifts many REQUESTED_SHIFT, note, buyer_reference,
            contact one CONTACT, purchase_order one PURCHASE_ORDER_REF;
    }
    DIFFERENCE "Difference" {
        Listed: path, before, after;
    }
    TERMS_ACCEPTANCE "TermsAcceptanceView" {
        Listed: terms, user, at;
    }
    VAT "Vat" {
        Prices: category, percent;
    }
    VAT_TOTAL "VatTotal" {
        Prices: vat one VAT, taxable, amount;
    }
    ESTIMATE_LINE "EstimateLine" {
        Prices: position, label, role, code, name, rule, list, unit, headcount, minutes, quantity, unit_price,
            amount, vat one VAT, from, to;
    }
    LIST_STAMP "ListStamp" {
        Prices: list, hash;
    }
    UNPRICED_REASON "UnpricedReason" {
        Prices: code, position, label, skill, role, from;
    }
    PRICED "PricedEstimate" {
        Prices: currency, lines many ESTIMATE_LINE, net, vat many VAT_TOTAL, vat_total, total,
            lists many LIST_STAMP, calculation, zone_data, hash;
    }
    /// All outcomes of an estimate together.
    ESTIMATE "Estimate" {
        Prices: outcome, currency, lines many ESTIMATE_LINE, net, vat many VAT_TOTAL, vat_total, total,
            lists many LIST_STAMP, calculation, zone_data, hash, lowest one PRICED, highest one PRICED, why,
            reasons many UNPRICED_REASON;
    }
    CLIENT_MANDATE "ClientMandateView" {
        Listed: id, client, state, revision, request one REQUEST, changes many DIFFERENCE, submitted_at,
            terms one TERMS_ACCEPTANCE, decline_reason, decided_at, approval one APPROVAL, expires_at, in_review,
            previous, resubmitted_as;
        Prices: estimate one ESTIMATE;
        SharedProject: project;
    }
    EXPLANATION "Explanation" {
        Prices: sentences;
    }
}
