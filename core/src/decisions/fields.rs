//! Why each field of a client's shift is shown or hidden: the rules of `visibility`, said per field.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Permission, Permissions};
use crate::branding::model::{Exposure, OptionalField};
use crate::shifts::model::{BookingState, Shift};
use crate::shifts::views::fields::CLIENT_SHIFT;
use crate::values::{Instant, Locale, ShiftId};
use crate::visibility::{self, Audience, Law};

macro_rules! field_rules {
    ($($(#[doc = $doc:literal])+ $name:ident $shown:literal, $en:literal $fr:literal;)+) => {
        /// Which rule shows or hides a field.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum FieldRule { $($(#[doc = $doc])+ $name,)+ }

        impl FieldRule {
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            pub const fn is_shown(self) -> bool {
                match self { $(Self::$name => $shown,)+ }
            }

            pub const fn sentence(self, locale: Locale) -> &'static str {
                match locale {
                    Locale::En => match self { $(Self::$name => $en,)+ },
                    Locale::Fr => match self { $(Self::$name => $fr,)+ },
                }
            }
        }
    };
}

field_rules! {
    /// On the list of what everybody who sees the shift is shown.
    Listed true,
        "everybody at the client who sees the shift is shown this"
        "toute personne du client qui voit le service voit ceci";
    /// Tags that are marked for the client; the others stay with the agency.
    MarkedForClient true,
        "tags are shown that the agency marked for the client"
        "les étiquettes que l'agence a destinées au client sont montrées";
    /// The reason of a cancellation, if it is marked for the client.
    ReasonMarkedForClient true,
        "the reason is shown if the agency marked it for the client"
        "le motif est montré si l'agence l'a destiné au client";
    /// The team is shared, and the role may see it.
    TeamShared true,
        "the agency has shared the team, and the role may see it"
        "l'agence a partagé l'équipe, et le rôle peut la voir";
    /// The shift stands and is not over, the team is shared, and the role may see phones.
    UntilTheEnd true,
        "the phone is shown until the end of the shift" "le téléphone est montré jusqu'à la fin du service";
    /// The team is shared, and pictures with it.
    PicturesShared true,
        "the agency has shared the team with pictures" "l'agence a partagé l'équipe avec les photos";
    /// The team is shared without pictures.
    PicturesNotShared false,
        "the agency has shared the team without pictures" "l'agence a partagé l'équipe sans les photos";
    /// The agency leaves this fact out.
    LeftOut false,
        "the agency does not show this here; ask it" "l'agence ne montre pas ceci ici ; demandez-le-lui";
    /// The person does not see this shift at all.
    ShiftNotVisible false,
        "the person does not see this shift" "la personne ne voit pas ce service";
    /// The role does not see the team.
    RoleLacksTeam false,
        "the role may not see the team; ask an administrator"
        "le rôle ne peut pas voir l'équipe ; adressez-vous à un administrateur";
    /// The agency has not shared the team.
    TeamNotShared false,
        "the agency has not shared the team yet; ask it" "l'agence n'a pas encore partagé l'équipe ; demandez-la-lui";
    /// Nobody who has confirmed leads the shift.
    NoLead false,
        "nobody who has confirmed leads the shift yet" "personne de confirmé ne dirige encore le service";
    /// The role does not see phones.
    RoleLacksPhones false,
        "the role may not see phones; ask an administrator"
        "le rôle ne peut pas voir les téléphones ; adressez-vous à un administrateur";
    /// The shift is cancelled.
    ShiftCancelled false,
        "the shift is cancelled, so nobody is to be phoned for it"
        "le service est annulé, personne n'est donc à appeler";
    /// The shift is over.
    ShiftFinished false,
        "the shift is over; ask the agency" "le service est terminé ; adressez-vous à l'agence";
    /// The lead has given no phone.
    NoPhone false,
        "no phone is known of the lead" "aucun téléphone du responsable n'est connu";
}

/// One field of the shift as the client sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FieldExplanation {
    /// Such as `lead.phone` or `team[].name`.
    pub field: Cow<'static, str>,
    pub shown: bool,
    /// The rule that shows or hides it.
    pub rule: FieldRule,
    /// One sentence for a person.
    pub sentence: Cow<'static, str>,
}

/// Every field of a client's shift with the rule that shows or hides it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ShiftExplanation {
    pub shift: ShiftId,
    pub fields: Vec<FieldExplanation>,
}

/// Who asks, and what else decides over the shift's fields beside the shift.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// What they hold at the shift's place; none if they do not see it at all.
    pub held: Option<Permissions>,
    /// Which optional facts are shown; none for all of them.
    pub exposure: Option<&'a Exposure>,
    pub now: Instant,
    pub locale: Locale,
}

/// Every field of the table of a client's shift, with the rule that shows or hides it.
pub fn explain(_: &Grant, shift: &Shift, about: Circumstances) -> ShiftExplanation {
    let one = |(field, law): (String, Law)| {
        let rule =
            about.held.map_or(FieldRule::ShiftNotVisible, |held| rule(&field, law, shift, held, &about));
        FieldExplanation {
            field: Cow::Owned(field),
            shown: rule.is_shown(),
            rule,
            sentence: Cow::Borrowed(rule.sentence(about.locale)),
        }
    };
    ShiftExplanation { shift: shift.id, fields: CLIENT_SHIFT.paths().into_iter().map(one).collect() }
}

fn rule(field: &str, law: Law, shift: &Shift, held: Permissions, about: &Circumstances) -> FieldRule {
    let shown = |optional, rule| match about.exposure {
        Some(exposure) if !exposure.shows(optional) => FieldRule::LeftOut,
        _ => rule,
    };
    match law {
        Law::Listed => FieldRule::Listed,
        Law::Optional if field == "note" => shown(OptionalField::ShiftNote, FieldRule::Listed),
        Law::Optional => shown(OptionalField::SiteAddress, FieldRule::Listed),
        Law::MarkedReason => FieldRule::ReasonMarkedForClient,
        Law::MarkedTags => shown(OptionalField::Tags, FieldRule::MarkedForClient),
        Law::Team => team(shift, held),
        Law::Picture => picture(shift, held),
        Law::Lead => lead(shift, held),
        Law::LeadPhone => phone(shift, held, about.now),
        // Nothing of a shift is under these.
        Law::Prices
        | Law::SharedProject
        | Law::PublicNames
        | Law::Proposals
        | Law::OwnWord
        | Law::Addressed
        | Law::NamedCandidate
        | Law::CandidateContact
        | Law::CandidateText
        | Law::CandidateStage
        | Law::CandidateDocument
        | Law::CandidateActivity
        | Law::ClientsFeedback
        | Law::ChangeFee => FieldRule::ShiftNotVisible,
    }
}

fn picture(shift: &Shift, held: Permissions) -> FieldRule {
    match team(shift, held) {
        FieldRule::TeamShared if visibility::picture(Audience::Client, shift.team) => {
            FieldRule::PicturesShared
        }
        FieldRule::TeamShared => FieldRule::PicturesNotShared,
        rule => rule,
    }
}

fn team(shift: &Shift, held: Permissions) -> FieldRule {
    if !held.holds(Permission::ViewTeam) {
        FieldRule::RoleLacksTeam
    } else if visibility::team(Audience::Client, &shift.state()) {
        FieldRule::TeamShared
    } else {
        FieldRule::TeamNotShared
    }
}

fn lead(shift: &Shift, held: Permissions) -> FieldRule {
    match team(shift, held) {
        FieldRule::TeamShared if leading(shift).is_none() => FieldRule::NoLead,
        rule => rule,
    }
}

fn leading(shift: &Shift) -> Option<&crate::shifts::model::Booking> {
    let is_seen = |state: BookingState| visibility::team_member(Audience::Client, state.is_of_team());
    shift.bookings().find(|booking| Some(booking.id) == shift.lead && is_seen(booking.state))
}

fn phone(shift: &Shift, held: Permissions, now: Instant) -> FieldRule {
    let (team, lead, state) = (team(shift, held), lead(shift, held), shift.state());
    if team != FieldRule::TeamShared {
        team
    } else if !held.holds(Permission::SeePhones) {
        FieldRule::RoleLacksPhones
    } else if state.cancelled {
        FieldRule::ShiftCancelled
    } else if lead != FieldRule::TeamShared {
        lead
    } else if !visibility::lead_phone(Audience::Client, &state, now) {
        FieldRule::ShiftFinished
    } else if leading(shift).is_some_and(|booking| booking.phone.is_none()) {
        FieldRule::NoPhone
    } else {
        FieldRule::UntilTheEnd
    }
}
