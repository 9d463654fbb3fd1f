//! The answer to one question: permission, scope, state, time and field, over records at hand. No Tx.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::subject::Subject;
use super::things::{Thing, Things};
use crate::access::{Access, ClientAccess, Permission, Place, Principal, PrincipalSide, Rights, Rule, Side};
use crate::codes::Code;
use crate::mandates::model::MandateState;
use crate::mandates::rules::{MandateAction, next};
use crate::shifts::model::Shift;
use crate::shifts::rules::{ChangeKind, may_ask};
use crate::values::{ClientId, Instant, Locale};
use crate::visibility::{self, Audience, ShiftState, TeamSharing};

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $name:ident $code:expr, $en:literal $fr:literal;)+) => {
        /// Which rule decided.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum DecidingRule { $($(#[doc = $doc])+ $name,)+ }

        impl DecidingRule {
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The code that an operation is refused with; none if the rule allows.
            pub const fn code(self) -> Option<Code> {
                match self { $(Self::$name => $code,)+ }
            }

            /// What a person is told, and what they can do about it.
            pub const fn sentence(self, locale: Locale) -> &'static str {
                match locale {
                    Locale::En => match self { $(Self::$name => $en,)+ },
                    Locale::Fr => match self { $(Self::$name => $fr,)+ },
                }
            }
        }
    };
}

rules! {
    /// The operator may do everything that the agency may.
    Operator None,
        "the platform's own code may do this" "le code de la plateforme peut le faire";
    /// The role holds the permission, it is within reach, and nothing of state or time speaks against it.
    RoleHolds None,
        "the role allows this here" "le rôle le permet ici";
    /// The role does not hold the permission.
    RoleLacks Some(Code::NotPermitted),
        "the role does not hold this permission; ask an administrator for it"
        "le rôle ne comporte pas ce droit ; demandez-le à un administrateur";
    /// The permission is the other side's.
    OtherSide Some(Code::WrongSide),
        "this is for people on the other side: the agency's or the client's"
        "ceci est réservé aux personnes de l'autre côté : l'agence ou le client";
    /// It does not exist, or it is not theirs to see: the answer does not tell which.
    NotThere Some(Code::NotFound),
        "there is nothing here with this id; check it, or ask for access"
        "il n'y a rien ici avec cet identifiant ; vérifiez-le ou demandez l'accès";
    /// For the agency only: it is there, and the person does not belong to its client.
    NotTheirClient Some(Code::NotFound),
        "the person does not belong to this client; give them access to it first"
        "la personne n'appartient pas à ce client ; donnez-lui d'abord accès";
    /// For the agency only: it is there, outside the projects and sites that the person is limited to.
    OutOfReach Some(Code::NotFound),
        "this is outside the projects and sites that the person is limited to; widen them"
        "ceci est hors des projets et sites auxquels la personne est limitée ; élargissez-les";
    /// For the agency only: it is there, and its project is not shared with a client.
    NotShared Some(Code::NotFound),
        "this project is not shared with its client; share it first"
        "ce projet n'est pas partagé avec son client ; partagez-le d'abord";
    /// The client cannot order staff through the portal.
    OrderingClosed Some(Code::OrderingClosed),
        "this client cannot order staff through the portal; contact the agency"
        "ce client ne peut pas commander de personnel par le portail ; contactez l'agence";
    /// The mandate was accepted, so that it is not edited any more.
    MandateAccepted Some(Code::SubmitAdditionalRequest),
        "this order has been accepted; submit an additional request for its project"
        "cette commande a été acceptée ; soumettez une demande complémentaire pour son projet";
    /// The mandate is open, and not where this can be done with it.
    MandateNotNow Some(Code::MandateState),
        "this order is not at the point for this; look where it stands"
        "cette commande n'en est pas là ; regardez où elle en est";
    /// The mandate was decided or withdrawn.
    MandateClosed Some(Code::MandateClosed),
        "this order is closed; place a new one" "cette commande est close ; passez-en une nouvelle";
    /// The team is not shared with the client yet.
    TeamNotShared Some(Code::TeamNotShared),
        "the agency has not shared the team yet; ask it" "l'agence n'a pas encore partagé l'équipe ; demandez-la-lui";
    /// The shift is cancelled.
    ShiftCancelled Some(Code::ShiftCancelled),
        "this shift is cancelled" "ce service est annulé";
    /// The shift is over, and with it the time for this.
    ShiftFinished Some(Code::ShiftFinished),
        "this shift is finished; ask the agency" "ce service est terminé ; adressez-vous à l'agence";
    /// A change request waits for the shift already.
    ChangeOpen Some(Code::ChangeOpen),
        "a change request waits for this shift already; withdraw it or ask in its place"
        "une demande de modification attend déjà pour ce service ; retirez-la ou remplacez-la";
    /// The agency has split the shift, and its policy allows no changes of such.
    ShiftSplit Some(Code::ShiftSplitContactAgency),
        "the agency has split this shift; ask it directly"
        "l'agence a divisé ce service ; adressez-vous directement à elle";
    /// A member in the person's place may only look.
    ReadsOnly Some(Code::ImpersonationReadsOnly),
        "in this person's place you may only look; start again for more"
        "à la place de cette personne vous pouvez seulement regarder ; recommencez pour davantage";
    /// The person has not joined yet.
    NotJoined Some(Code::NotJoined),
        "this person has not joined yet; send them an invitation"
        "cette personne n'a pas encore rejoint le portail ; envoyez-lui une invitation";
    /// The person's access was deactivated.
    AccessEnded Some(Code::AccessEnded),
        "this person's access is deactivated; reactivate it first"
        "l'accès de cette personne est désactivé ; réactivez-le d'abord";
    /// The person must change a given password before anything else.
    PasswordMustChange Some(Code::PasswordMustChange),
        "this person must change the password that they were given first"
        "cette personne doit d'abord changer le mot de passe qui lui a été donné";
    /// The agency's portal is switched off.
    PortalOff Some(Code::PortalOff),
        "the client portal is switched off; ask the platform to switch it on"
        "le portail client est désactivé ; demandez à la plateforme de l'activer";
}

/// The answer: the rule that decided, which says the rest.
pub fn decide(
    subject: &Subject,
    permission: Permission,
    thing: &Thing,
    things: &Things,
    now: Instant,
) -> DecidingRule {
    let rule = by_rights(subject, permission, thing);
    if rule.code().is_some() {
        return rule;
    }
    if subject.reads_only && writes(permission) {
        return DecidingRule::ReadsOnly;
    }
    let state = match thing {
        Thing::Shift(shift) if permission == Permission::RequestChanges => of_changes(shift, things, now),
        Thing::Shift(shift) => of_shift(subject, permission, &shift.state(), now),
        Thing::Project { project, .. } => of_team(subject, permission, project.team()),
        Thing::Mandate(mandate) => of_mandate(permission, mandate.state_at(now)),
        Thing::Person(principal) => of_person(permission, principal.access),
        Thing::Agency | Thing::Client(_) | Thing::Site(..) | Thing::Missing => None,
    };
    match (state, thing.orders_of(permission)) {
        (Some(state), _) => state,
        (None, Some(client)) if things.is_closed(client) => DecidingRule::OrderingClosed,
        (None, _) => rule,
    }
}

/// Permission and scope alone.
///
/// What is not there is judged like something of a client that nobody belongs to, so that "not yours" and "not there"
/// are one answer.
pub fn by_rights(subject: &Subject, permission: Permission, thing: &Thing) -> DecidingRule {
    if let Some(rule) = subject.held_up {
        return rule;
    }
    // Orders bind the client, so a person at the client places and edits them.
    let is_order =
        matches!(permission, Permission::PlaceOrders | Permission::EditOrders | Permission::RequestChanges);
    if is_order && subject.rights == Rights::Operator {
        return DecidingRule::OtherSide;
    }
    match thing {
        Thing::Agency => seen_as(subject, subject.rights.decide_at_agency(permission).rule),
        Thing::Person(principal) => about_person(subject, permission, principal),
        Thing::Missing => missing(subject, permission),
        Thing::Client(client) => at(subject, permission, &Place::client(*client)),
        Thing::Site(client, site) => {
            at(subject, permission, &Place::at(*client, None, std::slice::from_ref(site)))
        }
        Thing::Project { project, sites } => at_shared(subject, permission, project.place(sites)),
        Thing::Shift(shift) => at_shared(subject, permission, shift.place()),
        Thing::Mandate(mandate) => at(subject, permission, &mandate.place()),
    }
}

/// Something that a client's people know of only while it is shared with them.
fn at_shared(subject: &Subject, permission: Permission, place: Option<Place>) -> DecidingRule {
    match (place, &subject.rights) {
        (Some(place), _) => at(subject, permission, &place),
        (None, Rights::Operator | Rights::Member(_)) => {
            seen_as(subject, subject.rights.decide_at_agency(permission).rule)
        }
        (None, Rights::User { .. }) if subject.hears_why && permission.side() == Side::Client => {
            DecidingRule::NotShared
        }
        (None, Rights::User { .. }) => missing(subject, permission),
    }
}

fn missing(subject: &Subject, permission: Permission) -> DecidingRule {
    match seen_as(
        subject,
        subject.rights.decide(permission, &Place::client(ClientId::new(uuid::Uuid::nil()))).rule,
    ) {
        rule @ (DecidingRule::RoleLacks | DecidingRule::OtherSide) => rule,
        _ => DecidingRule::NotThere,
    }
}

fn at(subject: &Subject, permission: Permission, place: &Place) -> DecidingRule {
    let is_beyond = |asker: &Rights| !asker.decide(Permission::ManagePeople, place).is_allowed();
    if subject.bounds.as_ref().is_some_and(is_beyond) {
        return missing(subject, permission);
    }
    let rule = subject.rights.decide(permission, place).rule;
    // The phone is shown with the lead's name, so it takes both permissions.
    if rule == Rule::RoleHolds && permission == Permission::SeePhones {
        return seen_as(subject, subject.rights.decide(Permission::ViewTeam, place).rule);
    }
    seen_as(subject, rule)
}

/// A person is at each of their clients: the best answer among them counts.
fn about_person(subject: &Subject, permission: Permission, principal: &Principal) -> DecidingRule {
    let PrincipalSide::User { clients } = &principal.side else { return missing(subject, permission) };
    if permission.side() == Side::Agency || !matches!(subject.rights, Rights::User { .. }) {
        return seen_as(subject, subject.rights.decide_at_agency(permission).rule);
    }
    let rules =
        clients.iter().map(|ClientAccess { client, .. }| at(subject, permission, &Place::client(*client)));
    let rank = |rule: &DecidingRule| match rule {
        DecidingRule::Operator | DecidingRule::RoleHolds => 0,
        DecidingRule::RoleLacks => 1,
        _ => 2,
    };
    rules.min_by_key(rank).unwrap_or_else(|| missing(subject, permission))
}

/// Why something is out of reach is said to the agency alone; for everybody else it is not there.
const fn seen_as(subject: &Subject, rule: Rule) -> DecidingRule {
    match rule {
        Rule::Operator => DecidingRule::Operator,
        Rule::RoleHolds => DecidingRule::RoleHolds,
        Rule::RoleLacks => DecidingRule::RoleLacks,
        Rule::OtherSide => DecidingRule::OtherSide,
        Rule::NotTheirClient if subject.hears_why => DecidingRule::NotTheirClient,
        Rule::OutOfReach if subject.hears_why => DecidingRule::OutOfReach,
        Rule::NotTheirClient | Rule::OutOfReach => DecidingRule::NotThere,
    }
}

/// What changes something, which a member who may only look cannot do in a person's place.
const fn writes(permission: Permission) -> bool {
    use Permission as P;
    matches!(
        permission,
        P::PlaceOrders
            | P::EditOrders
            | P::WithdrawOrders
            | P::ApproveOrders
            | P::ManagePurchaseOrders
            | P::RequestChanges
            | P::SelectStaff
            | P::WriteMessages
            | P::ManagePeople
            | P::ManageOwnRoles
            | P::EditCompany
    )
}

const fn audience(subject: &Subject) -> Audience {
    match subject.rights {
        Rights::User { .. } => Audience::Client,
        Rights::Operator | Rights::Member(_) => Audience::Agency,
    }
}

fn of_shift(
    subject: &Subject,
    permission: Permission,
    state: &ShiftState,
    now: Instant,
) -> Option<DecidingRule> {
    let audience = audience(subject);
    match permission {
        // Giving a shift back is asked of one that still stands.
        Permission::PlaceOrders => state.cancelled.then_some(DecidingRule::ShiftCancelled),
        Permission::ViewTeam => of_team(subject, permission, state.team),
        Permission::SeePhones if visibility::lead_phone(audience, state, now) => None,
        Permission::SeePhones => of_team(subject, permission, state.team).or(Some(if state.cancelled {
            DecidingRule::ShiftCancelled
        } else {
            DecidingRule::ShiftFinished
        })),
        _ => None,
    }
}

/// Asking for a change takes a shift of which something can be asked, and of which nothing is asked already.
fn of_changes(shift: &Shift, things: &Things, now: Instant) -> Option<DecidingRule> {
    let terms = shift.client.and_then(|client| things.terms(client));
    let mut refused = None;
    for kind in ChangeKind::ALL {
        match may_ask(shift, kind, terms, now) {
            Ok(()) => return shift.open_change.map(|_| DecidingRule::ChangeOpen),
            Err(refusal) => refused = refused.or(Some(refusal.code)),
        }
    }
    refused.map(|code| match code {
        Code::ShiftCancelled => DecidingRule::ShiftCancelled,
        Code::ShiftFinished => DecidingRule::ShiftFinished,
        // A shift that runs and is split would tell first that it runs.
        _ => DecidingRule::ShiftSplit,
    })
}

fn of_team(subject: &Subject, permission: Permission, team: TeamSharing) -> Option<DecidingRule> {
    let is_of_team = matches!(permission, Permission::ViewTeam | Permission::SeePhones);
    let is_hidden = is_of_team && !visibility::shared(audience(subject), team);
    is_hidden.then_some(DecidingRule::TeamNotShared)
}

fn of_mandate(permission: Permission, state: MandateState) -> Option<DecidingRule> {
    let action = match permission {
        Permission::EditOrders => MandateAction::Edit,
        Permission::WithdrawOrders => MandateAction::Withdraw,
        Permission::ReviewMandates => MandateAction::Accept,
        Permission::ApproveOrders => MandateAction::Approve,
        _ => return None,
    };
    match next(state, action) {
        Ok(_) => None,
        Err(refusal) if refusal.code == Code::SubmitAdditionalRequest => Some(DecidingRule::MandateAccepted),
        Err(refusal) if refusal.code == Code::MandateState => Some(DecidingRule::MandateNotNow),
        Err(_) => Some(DecidingRule::MandateClosed),
    }
}

/// Standing in somebody's place takes somebody who may act.
const fn of_person(permission: Permission, access: Access) -> Option<DecidingRule> {
    match (permission, access) {
        (Permission::PreviewPortal | Permission::Impersonate, Access::Invited) => {
            Some(DecidingRule::NotJoined)
        }
        (Permission::PreviewPortal | Permission::Impersonate, Access::Deactivated) => {
            Some(DecidingRule::AccessEnded)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
