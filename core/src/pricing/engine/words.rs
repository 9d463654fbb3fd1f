//! The texts that stand in the answers of a book again and again.

use super::book::Book;
use super::ready::{Price, Ready};
use crate::values::Amount;

impl Book {
    /// What its lists and rules are called, their stamps, and what one hour or piece costs; one by one, because a book
    /// of very many rules has more of them than are worth keeping.
    pub fn words(&self) -> impl Iterator<Item = String> {
        let own = [self.currency.code(), self.zones.version()].map(str::to_owned);
        own.into_iter().chain(self.lists.iter().flat_map(|list| {
            let stamp = [list.id.as_str(), list.hash.as_str()].map(str::to_owned);
            stamp.into_iter().chain(list.rules.iter().flat_map(|rule| self.words_of(rule)))
        }))
    }

    fn words_of(&self, rule: &Ready) -> impl Iterator<Item = String> {
        let names = [rule.id.as_str(), rule.code.as_str(), rule.name.as_str(), rule.vat.category.code()];
        let price = match rule.price {
            Price::PerHour(price) | Price::Each(price) => Some(Amount::price(price, self.currency)),
            Price::Share(..) => None,
        };
        let figures = [Some(rule.vat.percent.to_string()), price.map(|price| price.to_string())];
        names.map(str::to_owned).into_iter().chain(figures.into_iter().flatten())
    }
}
