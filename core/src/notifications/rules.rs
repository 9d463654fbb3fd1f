//! Who is told of what, and in which words.

use super::model::{Audience, Notice, Notification};
use crate::engine::Actor;
use crate::values::Locale;

/// The agency hears of everything that happens; the client hears how the agency decided.
pub fn audiences(notice: &Notice) -> Vec<Audience> {
    let client = Audience::Client(notice.client().0);
    match notice {
        Notice::MandateSubmitted(_)
        | Notice::MandateEdited(_)
        | Notice::MandateWithdrawn(_)
        | Notice::MandateTakenBack(_)
        | Notice::CompanyChanged(_)
        | Notice::IdentityAsked(_)
        | Notice::ChangeAsked(_)
        | Notice::ChangeWithdrawn(_)
        | Notice::SelectionSubmitted(_)
        | Notice::ClientWrote(_)
        | Notice::CandidateFeedbackGiven(_) => vec![Audience::Agency],
        // What is inside the client stays there.
        Notice::MandateAwaitsApproval { .. }
        | Notice::MandateApproved(_)
        | Notice::MandateRejected(_)
        | Notice::PurchaseOrderLow(_)
        | Notice::PurchaseOrderEnding(_)
        | Notice::SelectionOffered(_)
        | Notice::SelectionWithdrawn(_)
        | Notice::AgencyWrote(_)
        | Notice::CandidateAdded(_)
        | Notice::CandidateSummaryAdded(_)
        | Notice::CandidateDocumentAdded(_)
        | Notice::CandidateActivityAdded(_) => vec![client],
        Notice::MandateExpiring(about) | Notice::MandateExpired(about) if about.in_house => vec![client],
        Notice::MandateExpiring(_)
        | Notice::MandateExpired(_)
        | Notice::MandateAccepted(_)
        | Notice::MandateDeclined(_)
        | Notice::IdentityApproved(_)
        | Notice::IdentityRefused(_)
        | Notice::ChangeApproved(_)
        | Notice::ChangeDeclined(_)
        | Notice::ChangeSuperseded(_)
        | Notice::ChangeFeeWaived(_)
        | Notice::SelectionApplied(_) => vec![Audience::Agency, client],
    }
}

/// Nobody is told of what they did themselves, nor of what is for another person alone.
pub fn is_for(notification: &Notification, reader: Actor) -> bool {
    let is_asked = notification.notice.person().is_none_or(|person| reader == Actor::User { id: person });
    // In a client's person's place the agency hears no more than as itself.
    let is_told = !notification.notice.is_in_house() || matches!(reader, Actor::User { .. });
    is_asked && is_told && notification.actor != reader.audience()
}

#[allow(clippy::too_many_lines, reason = "one line of text per notice and language")]
const fn template(notice: &Notice, locale: Locale) -> &'static str {
    match (notice, locale) {
        (Notice::MandateSubmitted(_), Locale::En) => "{client} has submitted the mandate “{mandate}”",
        (Notice::MandateSubmitted(_), Locale::Fr) => "{client} a soumis le mandat « {mandate} »",
        (Notice::MandateEdited(_), Locale::En) => "{client} has changed the mandate “{mandate}”",
        (Notice::MandateEdited(_), Locale::Fr) => "{client} a modifié le mandat « {mandate} »",
        (Notice::MandateWithdrawn(_), Locale::En) => "{client} has withdrawn the mandate “{mandate}”",
        (Notice::MandateWithdrawn(_), Locale::Fr) => "{client} a retiré le mandat « {mandate} »",
        (Notice::MandateAccepted(_), Locale::En) => "the mandate “{mandate}” of {client} is accepted",
        (Notice::MandateAccepted(_), Locale::Fr) => "le mandat « {mandate} » ({client}) est accepté",
        (Notice::MandateDeclined(_), Locale::En) => "the mandate “{mandate}” of {client} is declined",
        (Notice::MandateAwaitsApproval { .. }, Locale::En) => {
            "you are asked to approve the mandate “{mandate}” of {client}"
        }
        (Notice::MandateAwaitsApproval { .. }, Locale::Fr) => {
            "on vous demande d'approuver le mandat « {mandate} » ({client})"
        }
        (Notice::MandateApproved(_), Locale::En) => "the mandate “{mandate}” was approved inside {client}",
        (Notice::MandateApproved(_), Locale::Fr) => "le mandat « {mandate} » a été approuvé chez {client}",
        (Notice::MandateRejected(_), Locale::En) => "the mandate “{mandate}” was rejected inside {client}",
        (Notice::MandateRejected(_), Locale::Fr) => "le mandat « {mandate} » a été rejeté chez {client}",
        (Notice::MandateTakenBack(_), Locale::En) => {
            "{client} has taken the mandate “{mandate}” back to approve it inside the company"
        }
        (Notice::MandateTakenBack(_), Locale::Fr) => {
            "{client} a repris le mandat « {mandate} » pour l'approuver en interne"
        }
        (Notice::MandateExpiring(_), Locale::En) => "the mandate “{mandate}” of {client} will soon expire",
        (Notice::MandateExpiring(_), Locale::Fr) => "le mandat « {mandate} » ({client}) expire bientôt",
        (Notice::MandateExpired(_), Locale::En) => "the mandate “{mandate}” of {client} has expired",
        (Notice::MandateExpired(_), Locale::Fr) => "le mandat « {mandate} » ({client}) a expiré",
        (Notice::PurchaseOrderLow(_), Locale::En) => {
            "three quarters of the purchase order {order} of {client} are used"
        }
        (Notice::PurchaseOrderLow(_), Locale::Fr) => {
            "le bon de commande {order} de {client} est utilisé aux trois quarts"
        }
        (Notice::PurchaseOrderEnding(_), Locale::En) => {
            "the purchase order {order} of {client} ends within ten days"
        }
        (Notice::PurchaseOrderEnding(_), Locale::Fr) => {
            "le bon de commande {order} de {client} prend fin dans les dix jours"
        }
        (Notice::CompanyChanged(_), Locale::En) => "{client} has changed its company details",
        (Notice::CompanyChanged(_), Locale::Fr) => "{client} a modifié ses coordonnées",
        (Notice::IdentityAsked(_), Locale::En) => "{client} asks for another billing identity",
        (Notice::IdentityAsked(_), Locale::Fr) => "{client} demande une autre identité de facturation",
        (Notice::IdentityApproved(_), Locale::En) => "the new billing identity of {client} is approved",
        (Notice::IdentityApproved(_), Locale::Fr) => {
            "la nouvelle identité de facturation de {client} est approuvée"
        }
        (Notice::IdentityRefused(_), Locale::En) => "the new billing identity of {client} is refused",
        (Notice::IdentityRefused(_), Locale::Fr) => {
            "la nouvelle identité de facturation de {client} est refusée"
        }
        (Notice::ChangeAsked(_), Locale::En) => "{client} asks for a change of the shift on {shift}",
        (Notice::ChangeAsked(_), Locale::Fr) => "{client} demande une modification du service du {shift}",
        (Notice::ChangeWithdrawn(_), Locale::En) => {
            "{client} has withdrawn the change that it asked for on {shift}"
        }
        (Notice::ChangeWithdrawn(_), Locale::Fr) => {
            "{client} a retiré sa demande de modification du service du {shift}"
        }
        (Notice::ChangeApproved(_), Locale::En) => {
            "the change of the shift on {shift} for {client} is approved"
        }
        (Notice::ChangeApproved(_), Locale::Fr) => {
            "la modification du service du {shift} pour {client} est approuvée"
        }
        (Notice::ChangeDeclined(_), Locale::En) => {
            "the change of the shift on {shift} for {client} is declined"
        }
        (Notice::ChangeDeclined(_), Locale::Fr) => {
            "la modification du service du {shift} pour {client} est refusée"
        }
        (Notice::ChangeSuperseded(_), Locale::En) => {
            "the change of the shift on {shift} for {client} is overtaken: the shift is called off"
        }
        (Notice::ChangeSuperseded(_), Locale::Fr) => {
            "la modification du service du {shift} pour {client} est sans objet : le service est annulé"
        }
        (Notice::ChangeFeeWaived(_), Locale::En) => {
            "the fee for the change of the shift on {shift} for {client} is waived"
        }
        (Notice::ChangeFeeWaived(_), Locale::Fr) => {
            "les frais de modification du service du {shift} pour {client} sont abandonnés"
        }
        (Notice::SelectionOffered(_), Locale::En) => {
            "workers are proposed for “{project}” of {client}: choose among them"
        }
        (Notice::SelectionOffered(_), Locale::Fr) => {
            "des travailleurs sont proposés pour « {project} » ({client}) : choisissez"
        }
        (Notice::SelectionSubmitted(_), Locale::En) => "{client} has chosen workers for “{project}”",
        (Notice::SelectionSubmitted(_), Locale::Fr) => {
            "{client} a choisi des travailleurs pour « {project} »"
        }
        (Notice::SelectionApplied(_), Locale::En) => {
            "the workers chosen for “{project}” of {client} are booked"
        }
        (Notice::SelectionApplied(_), Locale::Fr) => {
            "les travailleurs choisis pour « {project} » ({client}) sont réservés"
        }
        (Notice::SelectionWithdrawn(_), Locale::En) => {
            "the proposal of workers for “{project}” of {client} is withdrawn"
        }
        (Notice::SelectionWithdrawn(_), Locale::Fr) => {
            "la proposition de travailleurs pour « {project} » ({client}) est retirée"
        }
        (Notice::AgencyWrote(_), Locale::En) => "there is a new message on “{project}” of {client}",
        (Notice::AgencyWrote(_), Locale::Fr) => "il y a un nouveau message sur « {project} » ({client})",
        (Notice::ClientWrote(_), Locale::En) => "{client} has written a message on “{project}”",
        (Notice::ClientWrote(_), Locale::Fr) => "{client} a écrit un message sur « {project} »",
        (Notice::CandidateAdded(_), Locale::En) => "there is a new candidate for “{job}” of {client}",
        (Notice::CandidateAdded(_), Locale::Fr) => "il y a un nouveau candidat pour « {job} » ({client})",
        (Notice::CandidateSummaryAdded(_), Locale::En) => {
            "there is a new summary of a candidate for “{job}” of {client}"
        }
        (Notice::CandidateSummaryAdded(_), Locale::Fr) => {
            "il y a un nouveau résumé d'un candidat pour « {job} » ({client})"
        }
        (Notice::CandidateDocumentAdded(_), Locale::En) => {
            "there is a new document of a candidate for “{job}” of {client}"
        }
        (Notice::CandidateDocumentAdded(_), Locale::Fr) => {
            "il y a un nouveau document d'un candidat pour « {job} » ({client})"
        }
        (Notice::CandidateActivityAdded(_), Locale::En) => {
            "there is a new activity about a candidate for “{job}” of {client}"
        }
        (Notice::CandidateActivityAdded(_), Locale::Fr) => {
            "il y a une nouvelle activité sur un candidat pour « {job} » ({client})"
        }
        (Notice::CandidateFeedbackGiven(_), Locale::En) => {
            "{client} has given feedback on a candidate for “{job}”"
        }
        (Notice::CandidateFeedbackGiven(_), Locale::Fr) => {
            "{client} a donné un avis sur un candidat pour « {job} »"
        }
        (Notice::MandateDeclined(_), Locale::Fr) => "le mandat « {mandate} » ({client}) est refusé",
    }
}

/// One sentence for the reader. Names are put in as they are, whatever braces they hold.
pub fn message(notice: &Notice, locale: Locale) -> String {
    let client = notice.client().1.as_str();
    let mandate = notice.mandate().map_or("", |about| about.mandate_name.as_str());
    let order = notice.purchase_order().map_or("", |about| about.number.as_str());
    let shift = notice.change().map(|about| about.starts.to_string()).unwrap_or_default();
    let project = notice.project().map_or("", |about| about.project_name.as_str());
    let job = notice.candidate().map_or("", |about| about.job_title.as_str());
    let mut text = String::new();
    for piece in template(notice, locale).split_inclusive('}') {
        match piece.split_once('{') {
            Some((before, "client}")) => text.extend([before, client]),
            Some((before, "mandate}")) => text.extend([before, mandate]),
            Some((before, "order}")) => text.extend([before, order]),
            Some((before, "shift}")) => text.extend([before, shift.as_str()]),
            Some((before, "project}")) => text.extend([before, project]),
            Some((before, "job}")) => text.extend([before, job]),
            _ => text.push_str(piece),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{audiences, is_for, message};
    use crate::engine::Actor;
    use crate::notifications::model::{
        AboutCandidate, AboutMandate, AboutProject, Audience, Notice, Notification,
    };
    use crate::values::{
        CandidateId, ClientId, Instant, JobId, Locale, MandateId, MemberId, NotificationId, ProjectId,
        SiteId, Text, UserId,
    };

    fn about() -> AboutMandate {
        AboutMandate {
            mandate: MandateId::new(Uuid::from_u128(1)),
            client: ClientId::new(Uuid::from_u128(2)),
            site: SiteId::new(Uuid::from_u128(3)),
            project: None,
            submitted_by: UserId::new(Uuid::from_u128(4)),
            mandate_name: Text::parse("{client}").unwrap(),
            client_name: Text::parse("Grand Hotel").unwrap(),
            in_house: false,
        }
    }

    fn all() -> [Notice; 11] {
        [
            Notice::MandateSubmitted(about()),
            Notice::MandateEdited(about()),
            Notice::MandateWithdrawn(about()),
            Notice::MandateAccepted(about()),
            Notice::MandateDeclined(about()),
            Notice::MandateAwaitsApproval { about: about(), asked: UserId::new(Uuid::from_u128(5)) },
            Notice::MandateApproved(about()),
            Notice::MandateRejected(about()),
            Notice::MandateTakenBack(about()),
            Notice::MandateExpiring(about()),
            Notice::MandateExpired(about()),
        ]
    }

    #[test]
    fn a9_every_notice_has_a_sentence_of_its_own_in_each_language() {
        let texts: std::collections::BTreeSet<String> =
            all().iter().flat_map(|notice| Locale::ALL.map(|locale| message(notice, locale))).collect();
        assert_eq!(texts.len(), 22);
        assert!(texts.iter().all(|text| text.contains("Grand Hotel") && text.contains("{client}")));
        assert!(texts.contains("Grand Hotel has submitted the mandate “{client}”"));
    }

    #[test]
    fn c15_every_notice_about_a_project_names_it_and_goes_to_the_other_side() {
        let about = || AboutProject {
            client: about().client,
            client_name: Text::parse("Grand Hotel").unwrap(),
            project: ProjectId::new(Uuid::from_u128(5)),
            project_name: Text::parse("Gala").unwrap(),
            sites: Vec::new(),
            hidden: false,
        };
        let client = Audience::Client(about().client);
        let mut texts = std::collections::BTreeSet::new();
        for (notice, told) in [
            (Notice::SelectionOffered(about()), vec![client]),
            (Notice::SelectionSubmitted(about()), vec![Audience::Agency]),
            (Notice::SelectionApplied(about()), vec![Audience::Agency, client]),
            (Notice::SelectionWithdrawn(about()), vec![client]),
            (Notice::AgencyWrote(about()), vec![client]),
            (Notice::ClientWrote(about()), vec![Audience::Agency]),
        ] {
            assert_eq!(audiences(&notice), told, "{notice:?}");
            texts.extend(Locale::ALL.map(|locale| message(&notice, locale)));
        }
        assert_eq!(texts.len(), 12);
        assert!(texts.iter().all(|text| text.contains("Grand Hotel") && text.contains("Gala")));
    }

    #[test]
    fn e5_every_notice_about_a_candidate_names_the_job_and_goes_to_the_other_side() {
        let about = || AboutCandidate {
            client: about().client,
            client_name: Text::parse("Grand Hotel").unwrap(),
            job: JobId::new(Uuid::from_u128(6)),
            job_title: Text::parse("Head waiter").unwrap(),
            candidate: CandidateId::new(Uuid::from_u128(7)),
            project: None,
            site: None,
        };
        let client = Audience::Client(about().client);
        let mut texts = std::collections::BTreeSet::new();
        for (notice, told) in [
            (Notice::CandidateAdded(about()), client),
            (Notice::CandidateSummaryAdded(about()), client),
            (Notice::CandidateDocumentAdded(about()), client),
            (Notice::CandidateActivityAdded(about()), client),
            (Notice::CandidateFeedbackGiven(about()), Audience::Agency),
        ] {
            assert_eq!(audiences(&notice), [told], "{notice:?}");
            texts.extend(Locale::ALL.map(|locale| message(&notice, locale)));
        }
        assert_eq!(texts.len(), 10);
        assert!(texts.iter().all(|text| text.contains("Grand Hotel") && text.contains("Head waiter")));
    }

    #[test]
    fn c3_the_agency_hears_of_a_new_mandate_and_the_client_of_the_decision() {
        assert_eq!(audiences(&Notice::MandateSubmitted(about())), [Audience::Agency]);
        let client = Audience::Client(about().client);
        assert_eq!(audiences(&Notice::MandateDeclined(about())), [Audience::Agency, client]);
    }

    #[test]
    fn w3_the_actor_is_not_told() {
        let actor = Actor::Member { id: MemberId::new(Uuid::from_u128(7)) };
        let notification = Notification {
            id: NotificationId::new(Uuid::from_u128(3)),
            audience: Audience::Agency,
            notice: Notice::MandateAccepted(about()),
            actor,
            created_at: Instant::parse("2026-09-01T08:00:00Z").unwrap(),
            read_by: Vec::new(),
            waits_for: None,
        };
        assert!(!is_for(&notification, actor));
        assert!(is_for(&notification, Actor::Member { id: MemberId::new(Uuid::from_u128(8)) }));
        assert!(is_for(&notification, Actor::Operator));
    }
}
