//! Sentences on totals, taxes and stamps, on ranges, and on what has no price.

use super::Teller;
use super::line::semicolon;
use super::words::{and, date, money, percent, pick, time};
use crate::pricing::estimate::{PricedEstimate, UnpricedReason};
use crate::pricing::list::Key;
use crate::pricing::totals::{VatCategory, VatTotal};
use crate::shifts::model::Role;
use crate::values::{Currency, Locale};

/// Which end of a range.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Lowest,
    Highest,
}

impl Teller<'_> {
    pub(super) fn vat(&self, currency: Currency, vat: &VatTotal) -> String {
        let locale = self.locale;
        let (taxable, amount) =
            (money(vat.taxable.decimal(), currency, locale), money(vat.amount.decimal(), currency, locale));
        let none = match vat.vat.category {
            VatCategory::Standard => {
                let rate = percent(vat.vat.percent.decimal(), locale);
                return match locale {
                    Locale::En => format!("VAT of {rate} on {taxable} is {amount}."),
                    Locale::Fr => format!("La TVA de {rate} sur {taxable} est de {amount}."),
                };
            }
            VatCategory::ZeroRated => pick(locale, "it is zero-rated", "le taux est nul"),
            VatCategory::Exempt => pick(locale, "it is exempt", "l'opération est exonérée"),
            VatCategory::ReverseCharge => {
                pick(locale, "the client owes the tax", "le client est redevable de la taxe")
            }
            VatCategory::IntraCommunity => pick(
                locale,
                "it is a supply within the European Union",
                "c'est une opération intracommunautaire",
            ),
            VatCategory::Export => pick(locale, "it is an export", "c'est une exportation"),
            VatCategory::OutsideScope => {
                pick(locale, "it is not subject to VAT", "l'opération n'est pas soumise à la TVA")
            }
        };
        match locale {
            Locale::En => format!("No VAT is charged on {taxable}, because {none}."),
            Locale::Fr => format!("Aucune TVA n'est facturée sur {taxable}, car {none}."),
        }
    }

    pub(super) fn totals(&self, priced: &PricedEstimate) -> String {
        let sum = |amount: crate::values::Amount| money(amount.decimal(), priced.currency, self.locale);
        let (net, total) = (sum(priced.net), sum(priced.total));
        match self.locale {
            Locale::En => format!("The lines come to {net} before VAT and {total} with VAT."),
            Locale::Fr => format!("Les lignes s'élèvent à {net} hors TVA et à {total} TVA comprise."),
        }
    }

    pub(super) fn stamps(&self, priced: &PricedEstimate) -> String {
        let names: Vec<&str> = priced.lists.iter().map(|stamp| stamp.list.as_str()).collect();
        let lists = and(&names, self.locale);
        let start = match names.len() {
            1 => pick(self.locale, "Prices are those of the list", "Les prix sont ceux de la liste"),
            _ => pick(self.locale, "Prices are those of the lists", "Les prix sont ceux des listes"),
        };
        let (calculation, zone, data) = (&priced.calculation, self.zone, &priced.zone_data);
        let semicolon = semicolon(self.locale);
        match self.locale {
            Locale::En => format!(
                "{start} {lists} (calculation {calculation}){semicolon} times are those of {zone} (time zone data {data})."
            ),
            Locale::Fr => format!(
                "{start} {lists} (calcul {calculation}){semicolon} les heures sont celles de {zone} (données de fuseaux {data})."
            ),
        }
    }

    pub(super) fn range(
        &self,
        currency: Currency,
        lowest: &PricedEstimate,
        highest: &PricedEstimate,
        why: &[Key],
    ) -> String {
        let sum = |priced: &PricedEstimate| money(priced.total.decimal(), currency, self.locale);
        let (least, most) = (sum(lowest), sum(highest));
        let rules: Vec<&str> = why.iter().map(Key::as_str).collect();
        let named = and(&rules, self.locale);
        let asks = match (self.locale, rules.len()) {
            (_, 0) => String::new(),
            (Locale::En, 1) => format!(": rule {named} asks for what is not known of the worker yet"),
            (Locale::En, _) => format!(": rules {named} ask for what is not known of the worker yet"),
            (Locale::Fr, 1) => {
                format!("\u{a0}: la règle {named} demande ce que l'on ne sait pas encore du travailleur")
            }
            (Locale::Fr, _) => {
                format!("\u{a0}: les règles {named} demandent ce que l'on ne sait pas encore du travailleur")
            }
        };
        match self.locale {
            Locale::En => {
                format!("The price lies between {least} and {most} with VAT and depends on who comes{asks}.")
            }
            Locale::Fr => {
                format!("Le prix se situe entre {least} et {most} TVA comprise et dépend de qui vient{asks}.")
            }
        }
    }

    pub(super) fn case(&self, currency: Currency, priced: &PricedEstimate, case: Case) -> String {
        let total = money(priced.total.decimal(), currency, self.locale);
        match (self.locale, case) {
            (Locale::En, Case::Lowest) => format!("The cheapest case comes to {total} with VAT."),
            (Locale::En, Case::Highest) => format!("The dearest case comes to {total} with VAT."),
            (Locale::Fr, Case::Lowest) => format!("Le cas le moins cher s'élève à {total} TVA comprise."),
            (Locale::Fr, Case::Highest) => format!("Le cas le plus cher s'élève à {total} TVA comprise."),
        }
    }

    pub(super) fn unpriced(&self, reason: &UnpricedReason) -> String {
        let locale = self.locale;
        let position = self.position(Some(reason.position), reason.label.as_ref());
        let from = self.local(reason.from).map_or_else(
            || reason.from.to_string(),
            |local| {
                let at = time(local.minute().rem_euclid(1440), locale);
                match locale {
                    Locale::En => format!("{} {at}", date(local.date(), locale)),
                    Locale::Fr => format!("{} à {at}", date(local.date(), locale)),
                }
            },
        );
        let role = match (reason.role, locale) {
            (Role::Staff, _) => pick(locale, "for staff", "pour le personnel"),
            (Role::Lead, _) => pick(locale, "for leads", "pour les chefs d'équipe"),
        };
        let skill = reason.skill.as_ref().map_or_else(String::new, |skill| match locale {
            Locale::En => format!(" with the skill {skill}"),
            Locale::Fr => format!(" ayant la compétence {skill}"),
        });
        match locale {
            Locale::En => format!(
                "{position} has no price from {from} on, because no list in force then has a rate {role}{skill}."
            ),
            Locale::Fr => format!(
                "{position} n'a pas de prix à partir du {from}, car aucune liste en vigueur à ce moment n'a de tarif {role}{skill}."
            ),
        }
    }
}
