//! What a check says: how grave it is, about which rules and where, and a sentence in each language.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::times::{self, WeekSpan};
use crate::engine::Refusal;
use crate::pricing::explain::words;
use crate::pricing::list::Key;
use crate::shifts::model::Role;
use crate::values::{Currency, Locale};

/// Whether a list can be published in spite of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The list is refused.
    Error,
    /// It may be meant.
    Warning,
}

macro_rules! finding_codes {
    ($($severity:ident { $($(#[$doc:meta])* $name:ident $en:literal $fr:literal)+ })+) => {
        /// What was found. Each kind is always an error or always a warning.
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum FindingCode { $($($(#[$doc])* $name,)+)+ }

        impl FindingCode {
            pub const ALL: &'static [Self] = &[$($(Self::$name,)+)+];

            pub const fn severity(self) -> Severity {
                match self { $($(Self::$name => Severity::$severity,)+)+ }
            }

            /// The sentence, with `{name}` where a detail goes.
            pub const fn template(self, locale: Locale) -> &'static str {
                match locale {
                    Locale::En => match self { $($(Self::$name => $en,)+)+ },
                    Locale::Fr => match self { $($(Self::$name => $fr,)+)+ },
                }
            }
        }
    };
}

finding_codes! {
    Error {
        /// The list cannot be read as one; nothing else was looked at.
        Refused
            "the list cannot be used: {reason}"
            "la liste est inutilisable : {reason}"
        RuleNever
            "rule `{rule}` can never apply: its conditions exclude each other; change or remove it"
            "la règle `{rule}` ne peut jamais s'appliquer : ses conditions s'excluent ; modifiez-la ou supprimez-la"
        Ambiguous
            "rules `{rule}` and `{other}` can apply together and neither goes before the other; give one a priority"
            "les règles `{rule}` et `{other}` peuvent s'appliquer ensemble et aucune ne prime ; donnez une priorité à l'une"
        WindowOverlap
            "the windows `{window}` and `{other_window}` overlap ({times}), where rules `{rule}` and `{other}` both set the price; move an edge or give one rule a priority"
            "les plages `{window}` et `{other_window}` se chevauchent ({times}), où les règles `{rule}` et `{other}` fixent toutes deux le prix ; déplacez une limite ou donnez une priorité à une règle"
        CoverageGap
            "{skill} ({role}) has no price at these times: {times}; add a rule for them"
            "{skill} ({role}) n'a pas de prix à ces heures : {times} ; ajoutez une règle"
        BaseMissing
            "no rule prices the first component `{component}`, so that this list would never be used; add one"
            "aucune règle ne chiffre le premier composant `{component}`, la liste ne servirait donc jamais ; ajoutez-en une"
        VersionTwice
            "the list `{list}` of the same level starts on {day} too; choose another day"
            "la liste `{list}` du même niveau commence aussi le {day} ; choisissez un autre jour"
        ListTwice
            "another list has the id `{list}`; choose another one"
            "une autre liste porte l'identifiant `{list}` ; choisissez-en un autre"
        MinimumWithoutBase
            "the minimum call `{rule}` stands where no rule prices the first component; add such a rule"
            "le minimum `{rule}` vaut là où aucune règle ne chiffre le premier composant ; ajoutez une telle règle"
        PercentOfNothing
            "rule `{rule}` is a percentage of `{component}`, which no rule prices; name a component that has a price"
            "la règle `{rule}` est un pourcentage de `{component}`, qu'aucune règle ne chiffre ; nommez un composant qui a un prix"
        PlannedMixed
            "the component `{component}` counts planned time by `{rule}` and other time by `{other}`; use one unit or two components"
            "le composant `{component}` compte le temps prévu par `{rule}` et un autre temps par `{other}` ; utilisez une seule unité ou deux composants"
    }
    Warning {
        CoverageMissing
            "{skill} ({role}) can be ordered but has no price"
            "{skill} ({role}) peut être commandé mais n'a pas de prix"
        LengthUncovered
            "{skill} ({role}) has no price for shifts of these lengths: {lengths}"
            "{skill} ({role}) n'a pas de prix pour des services de ces durées : {lengths}"
        HeadcountUncovered
            "{skill} ({role}) has no price for so many people: {counts}"
            "{skill} ({role}) n'a pas de prix pour ces effectifs : {counts}"
        Shadowed
            "rule `{rule}` never applies, because rules that go before it always do; remove it or change its priority"
            "la règle `{rule}` ne s'applique jamais, car des règles prioritaires s'appliquent toujours ; supprimez-la ou changez sa priorité"
        WindowGap
            "every price asks for a window, and these times are in none of {windows}: {times}"
            "chaque prix demande une plage, et ces heures ne sont dans aucune de {windows} : {times}"
        Cheaper
            "a shift just over {from} costs less by rule `{other}` than one of {from} by rule `{rule}`, which costs {price}: from {from} to {to} it is cheaper to stay longer"
            "un service d'un peu plus de {from} coûte moins par la règle `{other}` qu'un service de {from} par la règle `{rule}`, qui coûte {price} : de {from} à {to}, rester plus longtemps coûte moins"
        CheaperOnwards
            "a shift just over {from} costs less by rule `{other}` than one of {from} by rule `{rule}`, which costs {price}: from {from} on it is cheaper to stay longer"
            "un service d'un peu plus de {from} coûte moins par la règle `{other}` qu'un service de {from} par la règle `{rule}`, qui coûte {price} : au-delà de {from}, rester plus longtemps coûte moins"
        PercentPartlyOfNothing
            "rule `{rule}` is a percentage of `{component}` too, which no rule prices"
            "la règle `{rule}` est aussi un pourcentage de `{component}`, qu'aucune règle ne chiffre"
        WindowUnused
            "no rule asks for the window `{window}`"
            "aucune règle ne demande la plage `{window}`"
        ComponentUnused
            "no rule prices the component `{component}`"
            "aucune règle ne chiffre le composant `{component}`"
        HolidaysOverlap
            "the holidays {holiday} and {other_holiday} overlap"
            "les jours fériés {holiday} et {other_holiday} se chevauchent"
        HolidaysMissing
            "rule `{rule}` asks for holidays, but the calendar has none"
            "la règle `{rule}` demande des jours fériés, mais le calendrier n'en a aucun"
        NotAllCompared
            "so many rules can apply together that not all were compared; split the list by skills"
            "tant de règles peuvent s'appliquer ensemble que toutes n'ont pas été comparées ; séparez la liste par compétences"
        TooManyFindings
            "there are {more} more findings; mend these first"
            "il y a {more} autres constats ; corrigez d'abord ceux-ci"
    }
}

/// A value in a finding's sentence, said in the reader's language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Detail {
    /// A name or number that is the same in every language.
    Text(String),
    /// Names, said as a list.
    Names(Vec<String>),
    Role(Role),
    /// Minutes of work, said as hours and minutes.
    Minutes(i64),
    Times(Vec<WeekSpan>),
    /// Lengths in minutes, from and to inclusive; without an end up to the longest shift.
    Lengths(Vec<(i64, Option<i64>)>),
    /// Numbers of people.
    Counts(Vec<(i64, Option<i64>)>),
    Day(chrono::NaiveDate),
    Money(Decimal, Currency),
    Refused(Refusal),
}

impl Detail {
    pub fn said(&self, locale: Locale) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Names(names) => words::and(names, locale),
            Self::Role(role) => words::role(*role, locale).to_owned(),
            Self::Minutes(minutes) => words::duration(*minutes, locale),
            Self::Times(spans) => times::said(spans, locale),
            Self::Lengths(spans) => spans_said(spans, locale, |minutes| words::duration(minutes, locale)),
            Self::Counts(spans) => spans_said(spans, locale, |count| count.to_string()),
            Self::Day(day) => words::date(*day, locale),
            Self::Money(amount, currency) => words::money(*amount, *currency, locale),
            Self::Refused(refusal) => refusal.message(locale),
        }
    }
}

fn spans_said(spans: &[(i64, Option<i64>)], locale: Locale, one: impl Fn(i64) -> String) -> String {
    let texts = spans.iter().map(|(from, to)| match (to, locale) {
        (Some(to), _) if to == from => one(*from),
        (Some(to), Locale::En) => format!("{} to {}", one(*from), one(*to)),
        (Some(to), Locale::Fr) => format!("de {} à {}", one(*from), one(*to)),
        (None, Locale::En) => format!("{} or more", one(*from)),
        (None, Locale::Fr) => format!("{} ou plus", one(*from)),
    });
    texts.collect::<Vec<String>>().join(", ")
}

/// One thing that is wrong or doubtful.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub severity: Severity,
    pub code: FindingCode,
    pub rules: Vec<Key>,
    /// Where in the list, such as `rules[3].when`.
    pub path: Option<String>,
    /// Named values for the message, in a fixed order.
    pub details: Vec<(&'static str, Detail)>,
}

impl Finding {
    pub(super) fn new(code: FindingCode) -> Self {
        Self { severity: code.severity(), code, rules: Vec::new(), path: None, details: Vec::new() }
    }

    /// The rule that it is about.
    pub(super) fn rule(mut self, id: &Key, path: &str) -> Self {
        self.rules.push(id.clone());
        self.path.get_or_insert_with(|| path.to_owned());
        self.text("rule", id)
    }

    /// The rule that it clashes with.
    pub(super) fn other(mut self, id: &Key) -> Self {
        self.rules.push(id.clone());
        self.text("other", id)
    }

    pub(super) fn at(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    pub(super) fn text(self, name: &'static str, value: impl ToString) -> Self {
        self.with(name, Detail::Text(value.to_string()))
    }

    pub(super) fn with(mut self, name: &'static str, detail: Detail) -> Self {
        self.details.push((name, detail));
        self
    }

    /// One sentence for the person who publishes the list.
    pub fn message(&self, locale: Locale) -> String {
        let mut text = self.code.template(locale).to_owned();
        for (name, detail) in &self.details {
            text = text.replace(&format!("{{{name}}}"), &detail.said(locale));
        }
        text
    }

    /// The shape in which it crosses to other languages and into replies.
    pub fn view(&self, locale: Locale) -> FindingView {
        FindingView {
            severity: self.severity,
            code: self.code,
            rules: self.rules.clone(),
            path: self.path.clone(),
            message: self.message(locale),
            details: self
                .details
                .iter()
                .map(|(name, detail)| ((*name).to_owned(), detail.said(locale)))
                .collect(),
        }
    }
}

/// A finding in one language.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FindingView {
    pub severity: Severity,
    pub code: FindingCode,
    pub rules: Vec<Key>,
    pub path: Option<String>,
    pub message: String,
    pub details: BTreeMap<String, String>,
}
