//! What a paper is worth on a day, and which papers a client is shown. No Tx.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::Certificate;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::ClientId;

/// A paper that ends within so many days expires soon.
pub const SOON_DAYS: i64 = 30;

/// What a paper is worth on a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// It begins later.
    NotYetValid,
    Valid,
    /// It is valid, and its last day is within 30 days.
    ExpiresSoon,
    Expired,
}

/// Both days that a paper names are days on which it is valid.
pub fn validity(certificate: &Certificate, today: NaiveDate) -> Validity {
    if certificate.valid_from.is_some_and(|from| today < from.date()) {
        return Validity::NotYetValid;
    }
    match certificate.valid_to.map(|to| (to.date() - today).num_days()) {
        Some(left) if left < 0 => Validity::Expired,
        Some(left) if left <= SOON_DAYS => Validity::ExpiresSoon,
        Some(_) | None => Validity::Valid,
    }
}

/// A client is shown what is marked for clients and holds everywhere or at this client.
pub fn is_for(certificate: &Certificate, client: ClientId) -> bool {
    certificate.visible_to_clients && certificate.client.is_none_or(|of| of == client)
}

/// The last day is not before the first.
pub fn check_days(certificate: &Certificate) -> Result<(), Refusal> {
    match (certificate.valid_from, certificate.valid_to) {
        (Some(from), Some(to)) if to < from => Err(Refusal::new(Code::EndBeforeStart).at("valid_to")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::attendance::model::CertificateKind;
    use crate::values::{CertificateId, Day, Text};

    fn paper(from: Option<&str>, to: Option<&str>) -> Certificate {
        Certificate {
            id: CertificateId::new(Uuid::nil()),
            kind: CertificateKind::Certificate,
            name: Text::parse("First aid").unwrap(),
            valid_from: from.map(|day| Day::parse(day).unwrap()),
            valid_to: to.map(|day| Day::parse(day).unwrap()),
            reference: None,
            visible_to_clients: true,
            client: None,
        }
    }

    #[test]
    fn d7_a_paper_is_valid_on_both_of_its_days_and_expires_soon_for_thirty() {
        let paper = paper(Some("2026-02-01"), Some("2026-10-31"));
        for (day, expected) in [
            ("2026-01-31", Validity::NotYetValid),
            ("2026-02-01", Validity::Valid),
            ("2026-09-30", Validity::Valid),
            ("2026-10-01", Validity::ExpiresSoon),
            ("2026-10-31", Validity::ExpiresSoon),
            ("2026-11-01", Validity::Expired),
        ] {
            assert_eq!(validity(&paper, Day::parse(day).unwrap().date()), expected, "{day}");
        }
    }

    #[test]
    fn d7_a_client_is_shown_what_is_marked_and_holds_there() {
        let [here, elsewhere] = [1, 2].map(|id| ClientId::new(Uuid::from_u128(id)));
        let open = paper(None, None);
        assert!(is_for(&open, here));
        assert_eq!(validity(&open, Day::parse("2026-09-01").unwrap().date()), Validity::Valid);
        assert!(!is_for(&Certificate { visible_to_clients: false, ..open.clone() }, here));
        let induction = Certificate { client: Some(elsewhere), ..open };
        assert!(!is_for(&induction, here) && is_for(&induction, elsewhere));
        assert!(check_days(&paper(Some("2026-02-02"), Some("2026-02-01"))).is_err());
        assert!(check_days(&paper(Some("2026-02-01"), Some("2026-02-01"))).is_ok());
    }
}
