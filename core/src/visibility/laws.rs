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
