//! The closed list of permissions: a sentence for each in both languages, and sets of them.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::values::Locale;

/// Whose roles can hold a permission.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PermissionSide")]
pub enum Side {
    /// People at the agency.
    Agency,
    /// People at a client.
    Client,
}

macro_rules! permissions {
    ($($side:ident { $($(#[doc = $doc:literal])* $name:ident $text:literal $french:literal)+ })+) => {
        /// One thing that a role may allow.
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum Permission { $($($(#[doc = $doc])* $name,)+)+ }

        impl Permission {
            /// Every permission, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$($(Self::$name,)+)+];

            pub const fn text(self) -> &'static str {
                match self { $($(Self::$name => $text,)+)+ }
            }

            pub const fn side(self) -> Side {
                match self { $($(Self::$name => Side::$side,)+)+ }
            }

            /// What it allows, in a person's words.
            pub const fn sentence(self, locale: Locale) -> &'static str {
                match locale {
                    Locale::En => match self { $($(Self::$name => concat!($($doc),*),)+)+ },
                    Locale::Fr => match self { $($(Self::$name => $french,)+)+ },
                }
            }

            const fn bit(self) -> u64 {
                match self { $($(Self::$name => 1 << (Self::$name as u32),)+)+ }
            }
        }
    };
}

permissions! {
    Agency {
        /// Agency: name, subdomain, ordering, terms, mail templates.
        ManageAgency "manage_agency" "Agence : nom, sous-domaine, commandes, conditions, modèles d'e-mails."
        /// Agency: its members and what they may do.
        ManageMembers "manage_members" "Agence : ses membres et leurs droits."
        /// Agency: roles of both sides, as sets of permissions.
        ManageRoles "manage_roles" "Agence : les rôles des deux côtés, comme ensembles de droits."
        /// Agency: clients, their sites and settings.
        ManageClients "manage_clients" "Agence : les clients, leurs sites et leurs réglages."
        /// Agency: portal users, their invitations, passwords and sessions.
        ManageUsers "manage_users" "Agence : les utilisateurs du portail, invitations, mots de passe et sessions."
        /// Agency: what people at clients may do and where.
        GrantAccess "grant_access" "Agence : les droits des personnes chez les clients, et leur étendue."
        /// Agency: price lists.
        ManagePrices "manage_prices" "Agence : les listes de prix."
        /// Agency: skills and workers, projects, shifts, bookings with their pay.
        PlanShifts "plan_shifts" "Agence : compétences, travailleurs, projets, services, réservations et leur paie."
        /// Agency: accept, decline and edit mandates.
        ReviewMandates "review_mandates" "Agence : accepter, refuser et modifier les commandes."
        /// Agency: links that show a project to whoever holds them.
        ShareLinks "share_links" "Agence : les liens qui montrent un projet à qui les détient."
        /// Agency: see the portal as a given person at a client sees it.
        PreviewPortal "preview_portal" "Agence : voir le portail comme le voit une personne chez un client."
        /// Agency: act in the place of a person at a client, for a stated reason and a short time.
        Impersonate "impersonate" "Agence : agir à la place d'une personne chez un client, avec motif et durée limitée."
        /// Agency: approve what a client wants changed in its billing identity.
        ApproveCompanyChanges "approve_company_changes"
            "Agence : approuver les changements d'identité de facturation d'un client."
        /// Agency: the event history of the whole agency.
        ReadHistory "read_history" "Agence : l'historique de toute l'agence."
        /// Agency: jobs and candidates on clients' portals, their documents, the review before clients see them.
        ManageCandidates "manage_candidates"
            "Agence : les postes et les candidats sur les portails, leurs documents, leur examen préalable."
        /// Agency: which personal data went to whom; export and erasure of a person's data.
        ManagePersonalData "manage_personal_data"
            "Agence : quelles données personnelles sont allées à qui ; export et effacement."
        /// Agency: read what the agency's people work with.
        ViewAgency "view_agency" "Agence : lire ce avec quoi travaillent les membres de l'agence."
    }
    Client {
        /// Client: place mandates and further requests.
        PlaceOrders "place_orders" "Client : passer des commandes et des demandes complémentaires."
        /// Client: edit a mandate that is still to review.
        EditOrders "edit_orders" "Client : modifier une commande encore à examiner."
        /// Client: withdraw a mandate that is still to review.
        WithdrawOrders "withdraw_orders" "Client : retirer une commande encore à examiner."
        /// Client: see estimates and prices.
        SeePrices "see_prices" "Client : voir les estimations et les prix."
        /// Client: see mandates.
        ViewOrders "view_orders" "Client : voir les commandes."
        /// Client: see projects, shifts and their progress.
        ViewShifts "view_shifts" "Client : voir les projets, les services et leur avancement."
        /// Client: see the team's names as far as they are shared.
        ViewTeam "view_team" "Client : voir les noms de l'équipe dans la mesure où elle est partagée."
        /// Client: see the lead's phone while the shift is upcoming or running.
        SeePhones "see_phones" "Client : voir le téléphone du responsable tant que le service n'est pas terminé."
        /// Client: ask for a change or the cancellation of an accepted shift.
        RequestChanges "request_changes" "Client : demander la modification ou l'annulation d'un service accepté."
        /// Client: approve a mandate inside the company, within one's limit, before the agency sees it.
        ApproveOrders "approve_orders" "Client : approuver une commande en interne, dans sa limite."
        /// Client: purchase orders, and who approves mandates up to which amount.
        ManagePurchaseOrders "manage_purchase_orders"
            "Client : les bons de commande, et qui approuve jusqu'à quel montant."
        /// Client: choose among the workers whom the agency proposes; preferred and refused workers.
        SelectStaff "select_staff" "Client : choisir parmi les travailleurs proposés ; préférés et refusés."
        /// Client: read the messages of a project.
        ReadMessages "read_messages" "Client : lire les messages d'un projet."
        /// Client: write messages in a project.
        WriteMessages "write_messages" "Client : écrire des messages dans un projet."
        /// Client: who is on site now, with certificates and inductions.
        ViewAttendance "view_attendance" "Client : qui est sur place, avec certificats et accueils sécurité."
        /// Client: see the candidates of the company's jobs.
        ViewCandidates "view_candidates" "Client : voir les candidats des postes de l'entreprise."
        /// Client: leave feedback on candidates.
        GiveFeedback "give_feedback" "Client : donner un avis sur les candidats."
        /// Client: the client's own people, what they may do and where.
        ManagePeople "manage_people" "Client : les personnes du client, leurs droits et leur étendue."
        /// Client: roles of the client's own.
        ManageOwnRoles "manage_own_roles" "Client : les rôles propres au client."
        /// Client: change the company's details.
        EditCompany "edit_company" "Client : modifier les coordonnées de l'entreprise."
        /// Client: who did what in the client's name, impersonations too.
        ReadOwnHistory "read_own_history" "Client : qui a fait quoi au nom du client, y compris à sa place."
    }
}

/// A set of permissions. Its JSON form is the list of their names, in the order of the documentation.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Permissions(u64);

impl Permissions {
    pub const NONE: Self = Self(0);

    pub const fn of(list: &[Permission]) -> Self {
        let mut bits = 0;
        let mut rest = list;
        while let [first, others @ ..] = rest {
            bits |= first.bit();
            rest = others;
        }
        Self(bits)
    }

    /// Everything that one side can hold.
    pub const fn all_of(side: Side) -> Self {
        const AGENCY: Permissions = Permissions::on(Side::Agency);
        const CLIENT: Permissions = Permissions::on(Side::Client);
        match side {
            Side::Agency => AGENCY,
            Side::Client => CLIENT,
        }
    }

    const fn on(side: Side) -> Self {
        let mut bits = 0;
        let mut rest = Permission::ALL;
        while let [first, others @ ..] = rest {
            if first.side() as u8 == side as u8 {
                bits |= first.bit();
            }
            rest = others;
        }
        Self(bits)
    }

    pub const fn holds(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// Whether all of `other` is in this set.
    pub const fn covers(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is here and not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |one| self.holds(*one))
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(list: I) -> Self {
        Self(list.into_iter().fold(0, |bits, one| bits | one.bit()))
    }
}

impl Serialize for Permissions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Permissions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list =
            crate::values::Bounded::<Permission, { Permission::ALL.len() }>::deserialize(deserializer)?;
        Ok(list.iter().copied().collect())
    }
}

impl JsonSchema for Permissions {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Permissions".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<Permission>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Permission, Permissions, Side};
    use crate::values::Locale;

    #[test]
    fn b11_every_permission_has_a_name_a_bit_and_a_sentence_in_each_language() {
        let names: BTreeSet<_> = Permission::ALL.iter().map(|one| one.text()).collect();
        let bits: BTreeSet<_> = Permission::ALL.iter().map(|one| one.bit()).collect();
        assert_eq!((names.len(), bits.len()), (Permission::ALL.len(), Permission::ALL.len()));
        assert!(Permission::ALL.len() <= 64);
        for one in Permission::ALL {
            assert_eq!(serde_json::to_string(one).unwrap(), format!("\"{}\"", one.text()));
            let [english, french] = Locale::ALL.map(|locale| one.sentence(locale).trim());
            assert!(english.ends_with('.') && french.ends_with('.') && english != french, "{one:?}");
        }
    }

    #[test]
    fn b11_a_set_is_read_and_written_as_names_and_refuses_others() {
        let set: Permissions = serde_json::from_str(r#"["see_prices","place_orders","see_prices"]"#).unwrap();
        assert_eq!(set, Permissions::of(&[Permission::PlaceOrders, Permission::SeePrices]));
        assert_eq!(serde_json::to_string(&set).unwrap(), r#"["place_orders","see_prices"]"#);
        assert!(serde_json::from_str::<Permissions>(r#"["everything"]"#).is_err());
    }

    #[test]
    fn a8_a_set_covers_what_it_holds_and_nothing_else() {
        let all = Permissions::all_of(Side::Client);
        let some = Permissions::of(&[Permission::ViewShifts, Permission::SeePrices]);
        assert!(all.covers(some) && !some.covers(all) && some.covers(some) && some.covers(Permissions::NONE));
        assert!(!all.covers(Permissions::of(&[Permission::ManageAgency])));
        let left: Vec<_> = some.without(Permissions::of(&[Permission::SeePrices])).iter().collect();
        assert_eq!(left, [Permission::ViewShifts]);
    }

    #[test]
    fn a8_what_two_sets_share_is_in_both_of_them_together() {
        let one = Permissions::of(&[Permission::ViewShifts, Permission::SeePrices]);
        let other = Permissions::of(&[Permission::SeePrices, Permission::ViewTeam]);
        let both = [Permission::ViewShifts, Permission::SeePrices, Permission::ViewTeam];
        assert_eq!(one.with(other), Permissions::of(&both));
        assert_eq!(one.with(one), one);
    }
}
