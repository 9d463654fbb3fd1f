//! Why an estimate says what it says: one sentence a line, for the people who pay it.

mod conditions;
mod line;
mod origin;
mod sums;
pub(in crate::pricing) mod words;

use super::estimate::{Estimate, PricedEstimate};
use super::list::PriceList;
use crate::values::{Locale, Zone};

/// An estimate in sentences. `lists` are those that it was priced with; times are shown as the clock at the place of
/// work shows them.
///
/// A rule that is in none of the lists is named without its conditions.
pub fn explain(estimate: &Estimate, lists: &[PriceList], zone: &Zone, locale: Locale) -> Vec<String> {
    let teller = Teller { lists, zone, locale };
    let mut sentences = Vec::new();
    match estimate {
        Estimate::Priced(priced) => teller.priced(priced, &mut sentences),
        Estimate::Range { currency, lowest, highest, why } => {
            sentences.push(teller.range(*currency, lowest, highest, why));
            sentences.push(teller.case(*currency, lowest, sums::Case::Lowest));
            teller.priced(lowest, &mut sentences);
            sentences.push(teller.case(*currency, highest, sums::Case::Highest));
            teller.priced(highest, &mut sentences);
        }
        Estimate::Unpriced { reasons, .. } => {
            sentences.extend(reasons.iter().map(|reason| teller.unpriced(reason)));
        }
    }
    sentences
}

/// What every sentence needs.
struct Teller<'e> {
    lists: &'e [PriceList],
    zone: &'e Zone,
    locale: Locale,
}

impl Teller<'_> {
    fn priced(&self, priced: &PricedEstimate, sentences: &mut Vec<String>) {
        sentences.extend(priced.lines.iter().map(|line| self.line(priced, line)));
        sentences.extend(priced.vat.iter().map(|vat| self.vat(priced.currency, vat)));
        sentences.push(self.totals(priced));
        sentences.push(self.stamps(priced));
    }
}
