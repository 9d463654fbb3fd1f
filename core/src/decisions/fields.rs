//! Why each field that a client's person may be shown is shown or hidden: the rules of `visibility`, said per field.

mod candidate;
mod order;
mod shift;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Permission, Permissions, Place};
use crate::branding::model::Exposure;
use crate::candidates::fields::CLIENT_CANDIDATE;
use crate::candidates::model::{Candidate, StageBook};
use crate::mandates::fields::CLIENT_MANDATE;
use crate::mandates::model::Mandate;
use crate::projects::fields::CLIENT_PROJECT;
use crate::projects::model::Project;
use crate::shifts::model::Shift;
use crate::shifts::views::fields::CLIENT_SHIFT;
use crate::values::{Instant, Locale, RecordId, closed_list};
use crate::visibility::{Law, Table};

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
    /// On the list of what everybody who sees the thing is shown.
    Listed true,
        "everybody at the client who sees this at all is shown it"
        "toute personne du client qui voit l'objet voit ceci";
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
    /// The person does not see the thing at all.
    NotVisible false,
        "the person does not see this at all" "la personne ne voit pas du tout ceci";
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
    /// The role may see prices.
    RoleSeesPrices true,
        "the role may see prices" "le rôle peut voir les prix";
    /// The role does not see prices.
    RoleLacksPrices false,
        "the role may not see prices; ask an administrator"
        "le rôle ne peut pas voir les prix ; adressez-vous à un administrateur";
    /// What came of the order is shared with the client.
    ProjectShared true,
        "the project is shared with the client" "le projet est partagé avec le client";
    /// Nothing that came of the order is shared with the client, whether there is something or not.
    NoSharedProject false,
        "no project of it is shared with the client" "aucun projet n'en est partagé avec le client";
    /// The candidate is not anonymised.
    CandidateNamed true,
        "the candidate is shown by name" "le candidat est montré nommément";
    /// The candidate is anonymised.
    CandidateAnonymised false,
        "the candidate is anonymised; ask the agency"
        "le candidat est anonymisé ; adressez-vous à l'agence";
    /// Clients may reach the candidate.
    ContactShared true,
        "the agency lets clients reach the candidate" "l'agence laisse les clients joindre le candidat";
    /// Clients may not reach the candidate.
    ContactNotShared false,
        "the agency does not let clients reach the candidate; ask it"
        "l'agence ne laisse pas les clients joindre le candidat ; adressez-vous à elle";
    /// The text that was written for the time while the candidate is anonymised.
    AnonymisedText true,
        "the text is shown that was written of the candidate without a name"
        "le texte rédigé sur le candidat sans son nom est montré";
    /// No such text was written.
    NoAnonymisedText false,
        "nothing was written of the candidate that does without a name; ask the agency"
        "rien n'a été rédigé sur le candidat sans son nom ; adressez-vous à l'agence";
    /// A stage of which clients are told.
    StageTold true,
        "the last stage of which clients are told is shown"
        "la dernière étape dont les clients sont informés est montrée";
    /// No stage of which clients are told.
    NoStageTold false,
        "the candidate has been in no stage of which clients are told"
        "le candidat n'a été dans aucune étape dont les clients sont informés";
    /// Documents and activities that the agency marked for clients.
    MarkedForClients true,
        "what the agency marked for clients is shown" "ce que l'agence a destiné aux clients est montré";
}

/// One field as the client sees it.
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

closed_list! {
    /// What can be explained.
    ExplainedKind {
        Shift "shift",
        Mandate "mandate",
        Project "project",
        Candidate "candidate",
    }
}

/// Every field of a thing as its client sees it, with the rule that shows or hides it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct VisibilityExplanation {
    pub of: ExplainedKind,
    pub id: RecordId,
    pub fields: Vec<FieldExplanation>,
}

/// A thing whose fields are explained, with what else they hang on.
#[derive(Debug)]
pub enum Explained {
    Shift(Box<Shift>),
    Mandate(Box<Mandate>),
    Project(Box<Project>),
    Candidate(Box<Candidate>, Box<StageBook>),
}

impl ExplainedKind {
    /// What it takes to see such a thing at all.
    pub const fn permission(self) -> Permission {
        match self {
            Self::Shift | Self::Project => Permission::ViewShifts,
            Self::Mandate => Permission::ViewOrders,
            Self::Candidate => Permission::ViewCandidates,
        }
    }

    /// The view whose fields are explained.
    const fn table(self) -> &'static Table {
        match self {
            Self::Shift => &CLIENT_SHIFT,
            Self::Mandate => &CLIENT_MANDATE,
            Self::Project => &CLIENT_PROJECT,
            Self::Candidate => &CLIENT_CANDIDATE,
        }
    }
}

impl Explained {
    /// What is asked about its place for the client's people, if it is there for them at all.
    pub fn at_place<T>(&self, ask: impl FnOnce(Option<Place>) -> T) -> T {
        match self {
            Self::Shift(shift) => ask(shift.place()),
            Self::Mandate(mandate) => ask(Some(mandate.place())),
            Self::Project(project) => {
                let sites = project.sites();
                ask(project.place(&sites))
            }
            Self::Candidate(candidate, _) => ask(candidate.place()),
        }
    }

    fn rule(&self, field: &str, law: Law, held: Permissions, about: &Circumstances) -> FieldRule {
        match self {
            Self::Shift(shift) => shift::rule(field, law, shift, held, about),
            Self::Mandate(mandate) => order::rule(law, mandate.seen_project().is_some(), held),
            Self::Project(_) => order::rule(law, true, held),
            Self::Candidate(candidate, book) => candidate::rule(field, law, candidate, book),
        }
    }
}

/// Who asks, and what else decides over the fields beside the thing.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// What they hold at its place; none if they do not see it at all.
    pub held: Option<Permissions>,
    /// Which optional facts are shown; none for all of them.
    pub exposure: Option<&'a Exposure>,
    pub now: Instant,
    pub locale: Locale,
}

/// Every field of the thing's table, with the rule that shows or hides it.
pub fn explain(
    _: &Grant,
    of: ExplainedKind,
    id: RecordId,
    thing: &Explained,
    about: &Circumstances,
) -> VisibilityExplanation {
    let one = |(field, law): (String, Law)| {
        let rule = about.held.map_or(FieldRule::NotVisible, |held| thing.rule(&field, law, held, about));
        FieldExplanation {
            field: Cow::Owned(field),
            shown: rule.is_shown(),
            rule,
            sentence: Cow::Borrowed(rule.sentence(about.locale)),
        }
    };
    VisibilityExplanation { of, id, fields: of.table().paths().into_iter().map(one).collect() }
}
