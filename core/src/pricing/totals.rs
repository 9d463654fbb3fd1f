//! From rounded lines to what is payable, by the arithmetic of EN 16931. Knows no rule, no list and no shift.
//!
//! Lines are rounded first and their sum is exact; VAT is rounded once per category and rate; cash rounding is an
//! amount of its own. So an estimate equals the invoice of the same hours.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
const LARGEST: u128 = 1_000_000_000_000;

/// The sums of a document. Lines come as rounded amounts with their VAT; the only allocation is the list of VAT.
pub fn totals(
    currency: Currency,
    lines: impl IntoIterator<Item = (Amount, Vat)>,
    adjustments: &[Adjustment],
    settlement: Settlement,
) -> Result<Totals, Refusal> {
    let zero = Amount::rounded(Decimal::ZERO, currency);
    let mut vat: Vec<VatTotal> = Vec::with_capacity(1);
    let mut sum = zero;
    for (index, (amount, rate)) in lines.into_iter().enumerate() {
        if amount.decimal().scale() > currency.exponent() {
            return Err(unrounded(currency).at(format!("lines[{index}].amount")));
        }
        sum = plus(sum, amount)?;
        tax(&mut vat, rate, plus(zero, amount)?)
            .map_err(|refusal| refusal.under(&format!("lines[{index}].vat")))?;
    }
    let (mut allowances, mut charges) = (zero, zero);
    for (index, adjustment) in adjustments.iter().enumerate() {
        let amount = Amount::rounded(adjustment.amount, currency);
        let signed = match adjustment.adjust {
            Adjust::Allowance => {
                allowances = plus(allowances, amount)?;
                Amount::rounded(-amount.decimal(), currency)
            }
            Adjust::Charge => {
                charges = plus(charges, amount)?;
                amount
            }
        };
        tax(&mut vat, adjustment.vat, signed)
            .map_err(|refusal| refusal.under(&format!("adjustments[{index}].vat")))?;
    }
    vat.sort_unstable_by_key(|of| of.vat);
    let mut vat_total = zero;
    for of in &mut vat {
        of.amount = Amount::rounded(of.vat.percent.of(of.taxable.decimal()).ok_or_else(too_large)?, currency);
        vat_total = plus(vat_total, of.amount)?;
    }
    let net = plus(minus(sum, allowances, currency)?, charges)?;
    let total = plus(net, vat_total)?;
    let prepaid = Amount::rounded(settlement.prepaid.decimal(), currency);
    let owed = minus(total, prepaid, currency)?;
    let rounding = match settlement.step {
        None => zero,
        Some(step) => cash_rounding(owed, step, currency)?,
    };
    let payable = plus(owed, rounding)?;
    Ok(Totals { lines: sum, allowances, charges, net, vat, vat_total, total, prepaid, rounding, payable })
}

/// Adds to the taxable sum of this VAT. There are one or two of them, so a list is searched quickest.
fn tax(vat: &mut Vec<VatTotal>, rate: Vat, amount: Amount) -> Result<(), Refusal> {
    if let Some(known) = vat.iter_mut().find(|known| known.vat == rate) {
        known.taxable = plus(known.taxable, amount)?;
        return Ok(());
    }
    rate.check()?;
    vat.push(VatTotal { vat: rate, taxable: within(amount)?, amount: Amount::ZERO });
    Ok(())
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
    exact(minutes.into(), per_hour.mantissa(), per_hour.scale(), 60, currency)
}

/// A decimal quantity times a price, rounded once.
pub fn amount_of_quantity(quantity: Decimal, price: Decimal, currency: Currency) -> Result<Amount, Refusal> {
    let scale = quantity.scale().saturating_add(price.scale());
    exact(quantity.mantissa(), price.mantissa(), scale, 1, currency)
}

/// The part of an amount that so many of all are, rounded once; nothing of nothing.
pub fn share(amount: Amount, some: u64, all: u64, currency: Currency) -> Result<Amount, Refusal> {
    let decimal = amount.decimal();
    exact(some.into(), decimal.mantissa(), decimal.scale(), i128::from(all.max(1)), currency)
}

/// `left * right / 10^scale / per`, half up to the currency's exponent: one division of whole numbers, so that no
/// digit is lost before the one rounding.
fn exact(left: i128, right: i128, scale: u32, per: i128, currency: Currency) -> Result<Amount, Refusal> {
    let digits = currency.exponent();
    let power = |of: u32| 10_i128.checked_pow(of).ok_or_else(too_large);
    let product = left.checked_mul(right).ok_or_else(too_large)?;
    let numerator = product.checked_mul(power(digits.saturating_sub(scale))?).ok_or_else(too_large)?;
    let denominator = per.checked_mul(power(scale.saturating_sub(digits))?).ok_or_else(too_large)?;
    let units = half_up(numerator, denominator).ok_or_else(too_large)?;
    let value = Decimal::try_from_i128_with_scale(units, digits).map_err(|_| too_large())?;
    within(Amount::rounded(value, currency))
}

/// A product rounded half up to some digits, as a whole number divided once; `None` on overflow.
pub(super) fn rounded_product(left: Decimal, right: Decimal, digits: u32) -> Option<Decimal> {
    let scale = left.scale().saturating_add(right.scale());
    let product = left.mantissa().checked_mul(right.mantissa())?;
    if scale <= digits {
        return Decimal::try_from_i128_with_scale(product, scale).ok();
    }
    let units = half_up(product, 10_i128.checked_pow(scale - digits)?)?;
    Decimal::try_from_i128_with_scale(units, digits).ok()
}

/// Division rounded half away from zero. Nearly all amounts fit 64 bits, where division is several times quicker.
fn half_up(numerator: i128, denominator: i128) -> Option<i128> {
    if let (Ok(small), Ok(by)) = (i64::try_from(numerator), i64::try_from(denominator)) {
        let (whole, rest) = (small.checked_div(by)?, small.checked_rem(by)?);
        let up = rest.unsigned_abs().checked_mul(2)? >= by.unsigned_abs();
        return Some((whole + if up { small.signum() } else { 0 }).into());
    }
    let (whole, rest) = (numerator.checked_div(denominator)?, numerator.checked_rem(denominator)?);
    let up = rest.unsigned_abs().checked_mul(2)? >= denominator.unsigned_abs();
    whole.checked_add(if up { numerator.signum() } else { 0 })
}

fn plus(left: Amount, right: Amount) -> Result<Amount, Refusal> {
    within(left.checked_add(right).ok_or_else(too_large)?)
}

fn minus(left: Amount, right: Amount, currency: Currency) -> Result<Amount, Refusal> {
    let difference = left.decimal().checked_sub(right.decimal()).ok_or_else(too_large)?;
    within(Amount::rounded(difference, currency))
}

fn within(amount: Amount) -> Result<Amount, Refusal> {
    // Compared as whole numbers: decimals of different scales would be brought to one first.
    let value = amount.decimal();
    let most = 10_u128.checked_pow(value.scale()).and_then(|one| one.checked_mul(LARGEST));
    if most.is_some_and(|most| value.mantissa().unsigned_abs() <= most) {
        Ok(amount)
    } else {
        Err(too_large())
    }
}

fn unrounded(currency: Currency) -> Refusal {
    let expected = format!("an amount with at most {} decimals", currency.exponent());
    Refusal::new(Code::OutOfRange).with("expected", expected)
}

fn too_large() -> Refusal {
    Refusal::new(Code::AmountTooLarge)
}

#[cfg(test)]
#[path = "totals_vectors.rs"]
mod vectors;
