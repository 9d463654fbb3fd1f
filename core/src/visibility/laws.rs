//! The laws that decide over fields, each with what it asks for, as data: tables of views name them, `explain` and the
//! documentation answer from them. A law is carried out by a function of `rules`.

use crate::access::Permission;
use crate::values::Locale;

macro_rules! laws {
    ($($(#[doc = $doc:literal])+ $name:ident {
        permissions: $permissions:expr, option: $option:literal, state: $state:literal, time: $time:literal,
        en: $en:literal, fr: $fr:literal,
    })+) => {
        /// What decides over a field.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum Law { $($(#[doc = $doc])+ $name,)+ }

        impl Law {
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// What the role must hold beside seeing the thing at all.
            pub const fn permissions(self) -> &'static [Permission] {
                match self { $(Self::$name => $permissions,)+ }
            }

            /// The option of sharing that must be on; empty if none.
            pub const fn option(self) -> &'static str {
                match self { $(Self::$name => $option,)+ }
            }

            /// The state that the thing must be in; empty if any.
            pub const fn state(self) -> &'static str {
                match self { $(Self::$name => $state,)+ }
            }

            /// Until when; empty if always.
            pub const fn time(self) -> &'static str {
                match self { $(Self::$name => $time,)+ }
            }

            /// The law in one sentence for a person.
            pub const fn sentence(self, locale: Locale) -> &'static str {
                match locale {
                    Locale::En => match self { $(Self::$name => $en,)+ },
                    Locale::Fr => match self { $(Self::$name => $fr,)+ },
                }
            }
        }
    };
}

laws! {
    /// Whoever sees the thing sees this.
    Listed {
        permissions: &[], option: "", state: "", time: "",
        en: "whoever sees the thing is shown this",
        fr: "toute personne qui voit l'objet voit ceci",
    }
    /// A fact that the agency may leave out for everybody, for a client or for a project.
    Optional {
        permissions: &[], option: "exposure", state: "", time: "",
        en: "shown unless the agency leaves it out (`branding.set_exposure`)",
        fr: "montré sauf si l'agence l'omet (`branding.set_exposure`)",
    }
    /// Tags that are marked for the client, unless the agency leaves tags out.
    MarkedTags {
        permissions: &[], option: "exposure", state: "marked for the client", time: "",
        en: "tags are shown that the agency marked for the client, unless it leaves tags out",
        fr: "les étiquettes que l'agence a destinées au client sont montrées, sauf si elle les omet",
    }
    /// The reason of a cancellation, if it is marked for the client.
    MarkedReason {
        permissions: &[], option: "", state: "marked for the client", time: "",
        en: "the reason is shown if the agency marked it for the client",
        fr: "le motif est montré si l'agence l'a destiné au client",
    }
    /// The confirmed workers' names.
    Team {
        permissions: &[Permission::ViewTeam], option: "team_immediately, or the team was published",
        state: "confirmed", time: "",
        en: "the names of confirmed workers, once the agency has shared the team",
        fr: "les noms des travailleurs confirmés, une fois l'équipe partagée par l'agence",
    }
    /// Their pictures.
    Picture {
        permissions: &[Permission::ViewTeam], option: "profile_pictures, with the team shared",
        state: "confirmed", time: "",
        en: "pictures of confirmed workers, once the team is shared, if pictures are",
        fr: "les photos des travailleurs confirmés, une fois l'équipe partagée, si les photos le sont",
    }
    /// Who leads the shift.
    Lead {
        permissions: &[Permission::ViewTeam], option: "team_immediately, or the team was published",
        state: "the lead has confirmed", time: "",
        en: "the lead's name, once the team is shared and the lead has confirmed",
        fr: "le nom du responsable, une fois l'équipe partagée et le responsable confirmé",
    }
    /// The lead's phone.
    LeadPhone {
        permissions: &[Permission::ViewTeam, Permission::SeePhones],
        option: "team_immediately, or the team was published",
        state: "the lead has confirmed; the shift is not cancelled", time: "until the end instant, exclusive",
        en: "the lead's phone, with the name, until the end of a shift that is not cancelled",
        fr: "le téléphone du responsable, avec son nom, jusqu'à la fin d'un service non annulé",
    }
    /// Workers who are proposed for choice.
    Proposals {
        permissions: &[Permission::SelectStaff], option: "", state: "the selection is offered", time: "",
        en: "proposed workers are shown to who may choose, once the agency offers them",
        fr: "les travailleurs proposés sont montrés à qui peut choisir, une fois offerts par l'agence",
    }
    /// What the client itself has said of workers whom it was shown.
    OwnWord {
        permissions: &[Permission::SelectStaff], option: "", state: "said by the client", time: "",
        en: "workers of whom the client has said that it prefers or refuses them",
        fr: "les travailleurs dont le client a dit les préférer ou les refuser",
    }
    /// Messages of which the client is the audience.
    Addressed {
        permissions: &[Permission::ReadMessages], option: "", state: "written for the client", time: "",
        en: "messages are shown that are written for the client",
        fr: "les messages écrits pour le client sont montrés",
    }
    /// By what a candidate can be known: name, picture, size and hash of documents.
    NamedCandidate {
        permissions: &[], option: "", state: "the candidate is not anonymised", time: "",
        en: "shown unless the candidate is anonymised",
        fr: "montré sauf si le candidat est anonymisé",
    }
    /// How to reach a candidate.
    CandidateContact {
        permissions: &[], option: "shows_contact", state: "the candidate is not anonymised", time: "",
        en: "shown if the agency lets clients reach the candidate, and the candidate is not anonymised",
        fr: "montré si l'agence laisse les clients joindre le candidat, et si celui-ci n'est pas anonymisé",
    }
    /// What is written of a candidate.
    CandidateText {
        permissions: &[], option: "", state: "as written; of an anonymised candidate, as written for that", time: "",
        en: "the text; of an anonymised candidate the one that was written for that, or none",
        fr: "le texte ; d'un candidat anonymisé celui rédigé à cet effet, ou aucun",
    }
    /// How far a candidate is.
    CandidateStage {
        permissions: &[], option: "", state: "the stage is not hidden; else the last one before it that is not", time: "",
        en: "the last stage that is not hidden, under its name for clients",
        fr: "la dernière étape qui n'est pas masquée, sous son nom pour les clients",
    }
    /// Documents of a candidate.
    CandidateDocument {
        permissions: &[], option: "", state: "for clients; of an anonymised candidate, with an anonymised file", time: "",
        en: "documents for clients; of an anonymised candidate those with an anonymised file, under neutral names",
        fr: "les documents pour les clients ; d'un candidat anonymisé ceux ayant un fichier anonymisé, sous un nom neutre",
    }
    /// What was done about a candidate.
    CandidateActivity {
        permissions: &[], option: "", state: "for clients", time: "",
        en: "activities that the agency marked for clients",
        fr: "les activités que l'agence a destinées aux clients",
    }
    /// What the client's own people say of candidates.
    ClientsFeedback {
        permissions: &[], option: "", state: "said by the same client's people", time: "",
        en: "what people of the same client say of a candidate whom the reader sees",
        fr: "ce que disent les personnes du même client d'un candidat que le lecteur voit",
    }
    /// What a change costs.
    ChangeFee {
        permissions: &[], option: "", state: "the role sees prices or asks for changes", time: "",
        en: "the fee is shown to roles that see prices or ask for changes",
        fr: "les frais sont montrés aux rôles qui voient les prix ou demandent des modifications",
    }
    /// What the client pays.
    Prices {
        permissions: &[Permission::SeePrices], option: "", state: "", time: "",
        en: "for roles that may see prices", fr: "pour les rôles qui peuvent voir les prix",
    }
    /// The project that something belongs to.
    SharedProject {
        permissions: &[], option: "", state: "the project is shared", time: "",
        en: "as long as the project is shared", fr: "tant que le projet est partagé",
    }
    /// Names on a public page.
    PublicNames {
        permissions: &[], option: "public_names, with the team shared", state: "confirmed", time: "",
        en: "names of confirmed workers, as far as the agency sets it for the public; surnames only if it says so",
        fr: "les noms des travailleurs confirmés, dans la mesure fixée par l'agence pour le public ; le nom de famille seulement si elle le dit",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Law;
    use crate::values::Locale;

    #[test]
    fn d6_every_law_has_a_sentence_of_its_own_in_each_language() {
        let sentences: BTreeSet<&str> =
            Law::ALL.iter().flat_map(|law| Locale::ALL.map(|locale| law.sentence(locale))).collect();
        assert_eq!(sentences.len(), Law::ALL.len() * Locale::ALL.len());
    }
}
