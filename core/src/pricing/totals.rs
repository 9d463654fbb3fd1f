//! From rounded lines to what is payable, by the arithmetic of EN 16931. Knows no rule, no list and no shift.
//!
//! Lines are rounded first and their sum is exact; VAT is rounded once per category and rate; cash rounding is an
//! amount of its own. So an estimate equals the invoice of the same hours.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::exact;
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::{Amount, Currency, Percent};

/// The VAT category of a line, by the codes of UNCL 5305 that EN 16931 allows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub enum VatCategory {
    /// A rate above zero, or reduced.
    #[default]
    #[serde(rename = "S")]
    Standard,
    #[serde(rename = "Z")]
    ZeroRated,
    #[serde(rename = "E")]
    Exempt,
    /// The client owes the tax.
    #[serde(rename = "AE")]
    ReverseCharge,
    /// Supply within the European Union.
    #[serde(rename = "K")]
    IntraCommunity,
    #[serde(rename = "G")]
    Export,
    /// Not subject to VAT.
    #[serde(rename = "O")]
    OutsideScope,
}

impl VatCategory {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Standard => "S",
            Self::ZeroRated => "Z",
            Self::Exempt => "E",
            Self::ReverseCharge => "AE",
            Self::IntraCommunity => "K",
            Self::Export => "G",
            Self::OutsideScope => "O",
        }
    }
}

/// What taxes a line: one VAT amount is made per category and percentage.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vat {
    #[serde(default)]
    pub category: VatCategory,
    pub percent: Percent,
}

impl Vat {
    /// Only the standard category has a percentage above zero.
    pub fn check(self) -> Result<(), Refusal> {
        if self.category == VatCategory::Standard || self.percent == Percent::default() {
            return Ok(());
        }
        let expected = format!("0 in the VAT category {}", self.category.code());
        Err(Refusal::new(Code::OutOfRange).with("expected", expected).at("percent"))
    }
}

/// Whether a sum on the whole document is taken off or put on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Adjust {
    Allowance,
    Charge,
}

/// A discount or surcharge on the whole document, rounded by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Adjustment {
    pub adjust: Adjust,
    pub amount: Decimal,
    pub vat: Vat,
}

/// How the total becomes what is payable.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Settlement {
    pub prepaid: Amount,
    /// What is payable becomes a multiple of this, half up: 0.05 where the smallest coin is 5.
    pub step: Option<Amount>,
}

/// The taxable sum of one category and rate, and its tax.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct VatTotal {
    pub vat: Vat,
    pub taxable: Amount,
    pub amount: Amount,
}

/// The sums of a document; the numbers are the business terms of EN 16931.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Totals {
    /// BT-106: the exact sum of the rounded lines.
    pub lines: Amount,
    /// BT-107.
    pub allowances: Amount,
    /// BT-108.
    pub charges: Amount,
    /// BT-109.
    pub net: Amount,
    /// By category and rate, in that order.
    pub vat: Vec<VatTotal>,
    /// BT-110.
    pub vat_total: Amount,
    /// BT-112.
    pub total: Amount,
    /// BT-113.
    pub prepaid: Amount,
    /// BT-114.
    pub rounding: Amount,
    /// BT-115.
    pub payable: Amount,
}

/// No sum goes beyond this, either way: far enough below the end of the decimals that every sum is exact.
const LARGEST: i64 = 1_000_000_000_000;

/// The sums of a document. Lines come as rounded amounts with their VAT; the only allocation is the list of VAT.
///
/// Added up in whole numbers of the currency's smallest unit.
pub fn totals(
    currency: Currency,
    lines: impl IntoIterator<Item = (Amount, Vat)>,
    adjustments: &[Adjustment],
    settlement: Settlement,
) -> Result<Totals, Refusal> {
    let sums = Adding::of(currency)?;
    let mut taxed: Taxed = SmallVec::new();
    let mut sum = 0;
    for (index, (amount, rate)) in lines.into_iter().enumerate() {
        if amount.decimal().scale() > currency.exponent() {
            return Err(unrounded(currency).at(format!("lines[{index}].amount")));
        }
        let amount = sums.units(amount)?;
        sum = sums.plus(sum, amount)?;
        sums.tax(&mut taxed, rate, amount)
            .map_err(|refusal| refusal.under(&format!("lines[{index}].vat")))?;
    }
    let (mut allowances, mut charges) = (0, 0);
    for (index, adjustment) in adjustments.iter().enumerate() {
        let amount = sums.units(Amount::rounded(adjustment.amount, currency))?;
        let signed = match adjustment.adjust {
            Adjust::Allowance => {
                allowances = sums.plus(allowances, amount)?;
                -amount
            }
            Adjust::Charge => {
                charges = sums.plus(charges, amount)?;
                amount
            }
        };
        sums.tax(&mut taxed, adjustment.vat, signed)
            .map_err(|refusal| refusal.under(&format!("adjustments[{index}].vat")))?;
    }
    taxed.sort_unstable_by_key(|(rate, _)| *rate);
    let mut vat = Vec::with_capacity(taxed.len());
    let mut vat_total = 0;
    for (rate, taxable) in taxed {
        let amount = per_cent(taxable, rate.percent)?;
        vat_total = sums.plus(vat_total, amount)?;
        vat.push(VatTotal { vat: rate, taxable: sums.amount(taxable), amount: sums.amount(amount) });
    }
    let net = sums.plus(sums.plus(sum, -allowances)?, charges)?;
    let total = sums.plus(net, vat_total)?;
    let prepaid = match settlement.prepaid.decimal() {
        nothing if nothing.is_zero() => 0,
        prepaid => sums.units(Amount::rounded(prepaid, currency))?,
    };
    let owed = sums.plus(total, -prepaid)?;
    let rounding = match settlement.step {
        None => 0,
        Some(step) => sums.units(cash_rounding(sums.amount(owed), step, currency)?)?,
    };
    let payable = sums.plus(owed, rounding)?;
    Ok(Totals {
        lines: sums.amount(sum),
        allowances: sums.amount(allowances),
        charges: sums.amount(charges),
        net: sums.amount(net),
        vat,
        vat_total: sums.amount(vat_total),
        total: sums.amount(total),
        prepaid: sums.amount(prepaid),
        rounding: sums.amount(rounding),
        payable: sums.amount(payable),
    })
}

/// The taxable sum of each VAT. There are one or two of them, so a list is searched quickest.
type Taxed = SmallVec<[(Vat, i64); 2]>;

/// Sums in whole numbers of a currency's smallest unit, none of them beyond what a sum may be.
struct Adding {
    currency: Currency,
    most: i64,
}

impl Adding {
    fn of(currency: Currency) -> Result<Self, Refusal> {
        let one = exact::power(currency.exponent()).and_then(|one| i64::try_from(one).ok());
        Ok(Self { currency, most: one.and_then(|one| one.checked_mul(LARGEST)).ok_or_else(too_large)? })
    }

    #[inline]
    fn units(&self, amount: Amount) -> Result<i64, Refusal> {
        self.within(amount.units(self.currency).ok_or_else(too_large)?)
    }

    #[inline]
    fn amount(&self, units: i64) -> Amount {
        Amount::of_units(units, self.currency)
    }

    #[inline]
    fn within(&self, units: i64) -> Result<i64, Refusal> {
        if (-self.most..=self.most).contains(&units) { Ok(units) } else { Err(too_large()) }
    }

    #[inline]
    fn plus(&self, left: i64, right: i64) -> Result<i64, Refusal> {
        self.within(left.checked_add(right).ok_or_else(too_large)?)
    }

    #[inline]
    fn tax(&self, taxed: &mut Taxed, rate: Vat, amount: i64) -> Result<(), Refusal> {
        if let Some((_, taxable)) = taxed.iter_mut().find(|(known, _)| same(*known, rate)) {
            *taxable = self.plus(*taxable, amount)?;
            return Ok(());
        }
        rate.check()?;
        taxed.push((rate, amount));
        Ok(())
    }
}

/// So many per cent of a sum, rounded once.
fn per_cent(units: i64, percent: Percent) -> Result<i64, Refusal> {
    let percent = percent.decimal();
    let share = exact::rounded(units.into(), percent.mantissa(), percent.scale(), 100, 0);
    share.and_then(|share| i64::try_from(share).ok()).ok_or_else(too_large)
}

/// Nearly always the percentages have the same digits, which is seen quicker than that they are equal.
fn same(one: Vat, other: Vat) -> bool {
    let (left, right) = (one.percent.decimal(), other.percent.decimal());
    let alike = left.scale() == right.scale() && left.mantissa() == right.mantissa();
    one.category == other.category && (alike || left == right)
}

/// What is missing to the nearest multiple of the step, half away from zero.
fn cash_rounding(owed: Amount, step: Amount, currency: Currency) -> Result<Amount, Refusal> {
    let (owed, step) = (owed.decimal(), step.decimal());
    if step <= Decimal::ZERO || step > Decimal::ONE_THOUSAND || step.normalize().scale() > currency.exponent()
    {
        let expected = format!("above 0, at most 1000, with at most {} decimals", currency.exponent());
        return Err(Refusal::new(Code::OutOfRange).with("expected", expected).at("settlement.step"));
    }
    let over = owed.checked_rem(step).ok_or_else(too_large)?;
    let twice = over.abs().checked_mul(Decimal::TWO).ok_or_else(too_large)?;
    let missing = if twice < step {
        -over
    } else if over.is_sign_negative() {
        -step - over
    } else {
        step - over
    };
    Ok(Amount::rounded(missing, currency))
}

/// Minutes times a price per hour, rounded once: 440 minutes are never 7.33 hours.
pub fn amount_of_minutes(minutes: i64, per_hour: Decimal, currency: Currency) -> Result<Amount, Refusal> {
    rounded(minutes.into(), per_hour.mantissa(), per_hour.scale(), 60, currency)
}

/// A decimal quantity times a price, rounded once.
pub fn amount_of_quantity(quantity: Decimal, price: Decimal, currency: Currency) -> Result<Amount, Refusal> {
    let scale = quantity.scale().saturating_add(price.scale());
    rounded(quantity.mantissa(), price.mantissa(), scale, 1, currency)
}

/// The part of an amount that so many of all are, rounded once; nothing of nothing.
pub fn share(amount: Amount, some: u64, all: u64, currency: Currency) -> Result<Amount, Refusal> {
    let decimal = amount.decimal();
    rounded(some.into(), decimal.mantissa(), decimal.scale(), i128::from(all.max(1)), currency)
}

/// `left * right / 10^scale / per` as an amount, half up to the currency's exponent.
fn rounded(left: i128, right: i128, scale: u32, per: i128, currency: Currency) -> Result<Amount, Refusal> {
    let units = exact::rounded(left, right, scale, per, currency.exponent());
    let units = units.and_then(|units| i64::try_from(units).ok()).ok_or_else(too_large)?;
    let sums = Adding::of(currency)?;
    Ok(sums.amount(sums.within(units)?))
}

fn unrounded(currency: Currency) -> Refusal {
    let expected = format!("an amount with at most {} decimals", currency.exponent());
    Refusal::new(Code::OutOfRange).with("expected", expected)
}

#[cold]
fn too_large() -> Refusal {
    Refusal::new(Code::AmountTooLarge)
}

#[cfg(test)]
#[path = "totals_vectors.rs"]
mod vectors;
