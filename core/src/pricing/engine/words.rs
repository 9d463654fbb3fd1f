//! The texts that stand in the answers of a book again and again.

use super::book::Book;
use super::ready::Price;
use crate::values::Amount;

impl Book {
    /// What its lists and rules are called, their stamps, and what one hour or piece costs.
    pub fn words(&self) -> Vec<String> {
        let mut words = vec![self.currency.code().to_owned(), self.zones.version().to_owned()];
        for list in &self.lists {
            words.extend([list.id.as_str().to_owned(), list.hash.as_str().to_owned()]);
            for rule in &list.rules {
                words.extend([rule.id.as_str(), rule.code.as_str(), rule.name.as_str()].map(str::to_owned));
                words.extend([rule.vat.category.code().to_owned(), rule.vat.percent.to_string()]);
                if let Price::PerHour(price) | Price::Each(price) = rule.price {
                    words.push(Amount::price(price, self.currency).to_string());
                }
            }
        }
        words
    }
}
