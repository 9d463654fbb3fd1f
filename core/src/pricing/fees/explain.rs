//! A fee in sentences, English and French.

use super::facts::{FeeBasis, FeeLine, FeePreview, FeeWhy, Waived};
use super::policy::{FeeEvent, WaiverReason};
use crate::values::Locale;

macro_rules! sentences {
    ($($name:ident $en:literal $fr:literal)+) => {
        /// What is said, with `{name}` where a figure goes.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        enum Sentence { $($name,)+ }

        impl Sentence {
            #[cfg(test)]
            const ALL: &'static [Self] = &[$(Self::$name,)+];

            const fn template(self, locale: Locale) -> &'static str {
                match locale {
                    Locale::En => match self { $(Self::$name => $en,)+ },
                    Locale::Fr => match self { $(Self::$name => $fr,)+ },
                }
            }
        }
    };
}

sentences! {
    NothingCancelled
        "cancelling now costs nothing" "annuler maintenant ne coûte rien"
    NothingChanged
        "changing this now costs nothing" "modifier ceci maintenant ne coûte rien"
    Grace
        "nothing is charged, because this was posted a moment ago"
        "rien n'est facturé, car la demande vient d'être publiée"
    Unsuitable
        "nothing is charged, because the worker was not suitable"
        "rien n'est facturé, car le travailleur ne convenait pas"
    WorkerFault
        "nothing is charged, because the worker did not come or left"
        "rien n'est facturé, car le travailleur n'est pas venu ou est parti"
    AgencyFault
        "nothing is charged, because the agency caused this"
        "rien n'est facturé, car l'agence en est la cause"
    ForceMajeure
        "nothing is charged, because of force majeure" "rien n'est facturé, pour cause de force majeure"
    Full
        "tier {tier}: the whole estimate of {of} {currency} for {slots} × a slot: {amount} {currency}"
        "palier {tier} : toute l'estimation de {of} {currency} pour {slots} × un poste : {amount} {currency}"
    Percent
        "tier {tier}: {percent} % of the estimate of {of} {currency} for {slots} × a slot: {amount} {currency}"
        "palier {tier} : {percent} % de l'estimation de {of} {currency} pour {slots} × un poste : {amount} {currency}"
    Hours
        "tier {tier}: {hours} h {minutes} min for {slots} × a slot together at {each} {currency} an hour: {amount} {currency}"
        "palier {tier} : {hours} h {minutes} min pour {slots} × un poste ensemble à {each} {currency} l'heure : {amount} {currency}"
    MinimumCall
        "tier {tier}: {percent} % of the minimum call of {of} {currency} for {slots} × a slot: {amount} {currency}"
        "palier {tier} : {percent} % du minimum facturé de {of} {currency} pour {slots} × un poste : {amount} {currency}"
    Fixed
        "tier {tier}: {count} × {each} {currency}: {amount} {currency}"
        "palier {tier} : {count} × {each} {currency} : {amount} {currency}"
    Cap
        "more than {of} {currency} is never charged, which takes off {amount} {currency}"
        "jamais plus de {of} {currency} ne sont facturés, soit une déduction de {amount} {currency}"
    Highest
        "{sentence}, the highest of several" "{sentence}, le plus élevé de plusieurs montants"
    Lowest
        "{sentence}, the lowest of several" "{sentence}, le plus bas de plusieurs montants"
    Withdraw
        "this may be claimed; with proof it is withdrawn until {until}"
        "ce montant peut être réclamé ; il est retiré sur justificatif jusqu'au {until}"
}

/// One sentence a line, or the one that says why there is no line; and how a fee is withdrawn.
pub fn explain(preview: &FeePreview, locale: Locale) -> Vec<String> {
    let mut sentences: Vec<String> =
        preview.lines.iter().map(|line| of_line(line, preview, locale)).collect();
    if sentences.is_empty() {
        sentences.push(nothing(preview).template(locale).to_owned());
    }
    if let Some(until) = preview.withdraw_until {
        sentences.push(fill(Sentence::Withdraw, locale, &[("until", until.to_string())]));
    }
    sentences
}

const fn nothing(preview: &FeePreview) -> Sentence {
    match (preview.waived, preview.on) {
        (Some(Waived::Grace {}), _) => Sentence::Grace,
        (Some(Waived::Reason { reason }), _) => match reason {
            WaiverReason::UnsuitableWorker => Sentence::Unsuitable,
            WaiverReason::WorkerFault => Sentence::WorkerFault,
            WaiverReason::AgencyFault => Sentence::AgencyFault,
            WaiverReason::ForceMajeure => Sentence::ForceMajeure,
        },
        (None, FeeEvent::Cancellation) => Sentence::NothingCancelled,
        (None, FeeEvent::Change) => Sentence::NothingChanged,
    }
}

fn of_line(line: &FeeLine, preview: &FeePreview, locale: Locale) -> String {
    let tier = line.tier.map_or_else(String::new, |index| index.saturating_add(1).to_string());
    let mut amount = line.amount.to_string();
    let (sentence, figures) = match line.basis {
        FeeBasis::Full { of } => (Sentence::Full, vec![("of", of.to_string())]),
        FeeBasis::Percent { percent, of } => {
            (Sentence::Percent, vec![("of", of.to_string()), ("percent", percent.to_string())])
        }
        FeeBasis::Hours { minutes, per_hour } => (
            Sentence::Hours,
            vec![
                ("hours", (minutes / 60).to_string()),
                ("minutes", (minutes % 60).to_string()),
                ("each", per_hour.to_string()),
            ],
        ),
        FeeBasis::MinimumCall { percent, of } => {
            (Sentence::MinimumCall, vec![("of", of.to_string()), ("percent", percent.to_string())])
        }
        FeeBasis::Fixed { count, each } => {
            (Sentence::Fixed, vec![("count", count.to_string()), ("each", each.to_string())])
        }
        FeeBasis::Cap { at } => {
            // The sentence says that it is taken off.
            amount = line.amount.decimal().abs().to_string();
            (Sentence::Cap, vec![("of", at.to_string())])
        }
    };
    let mut figures = figures;
    figures.extend([
        ("tier", tier),
        ("slots", line.slots.to_string()),
        ("amount", amount),
        ("currency", preview.currency.to_string()),
    ]);
    let sentence = fill(sentence, locale, &figures);
    match line.why {
        FeeWhy::Highest => fill(Sentence::Highest, locale, &[("sentence", sentence)]),
        FeeWhy::Lowest => fill(Sentence::Lowest, locale, &[("sentence", sentence)]),
        FeeWhy::Tier | FeeWhy::Cap => sentence,
    }
}

fn fill(sentence: Sentence, locale: Locale, figures: &[(&str, String)]) -> String {
    let text = sentence.template(locale).to_owned();
    figures.iter().fold(text, |text, (name, figure)| text.replace(&format!("{{{name}}}"), figure))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Sentence;
    use crate::values::Locale;

    fn placeholders(template: &str) -> BTreeSet<&str> {
        template.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
    }

    #[test]
    fn every_sentence_has_the_same_figures_in_each_language() {
        for sentence in Sentence::ALL {
            let [english, french] = Locale::ALL.map(|locale| sentence.template(locale));
            assert!(!english.is_empty() && english != french, "{sentence:?}");
            assert_eq!(placeholders(english), placeholders(french), "{sentence:?}");
        }
    }
}
