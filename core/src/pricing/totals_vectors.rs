//! Vectors E1 to E5, and currencies without and with three decimals.

use rust_decimal::Decimal;

use super::{
    Adjust, Adjustment, Settlement, Totals, Vat, VatCategory, amount_of_minutes, amount_of_quantity, totals,
};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::{Amount, Currency, Percent, plain};

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

fn vat(category: VatCategory, percent: &str) -> Vat {
    Vat { category, percent: Percent::parse(percent).unwrap() }
}

fn standard(percent: &str) -> Vat {
    vat(VatCategory::Standard, percent)
}

fn amount(text: &str, code: &str) -> Amount {
    Amount::rounded(plain(text).unwrap(), currency(code))
}

fn of(code: &str, lines: &[(&str, Vat)]) -> Result<Totals, Refusal> {
    let lines = lines.iter().map(|(text, vat)| (amount(text, code), *vat));
    totals(currency(code), lines, &[], Settlement::default())
}

fn sums(totals: &Totals) -> [String; 3] {
    [totals.net, totals.vat_total, totals.total].map(|amount| amount.to_string())
}

#[test]
fn e1_lines_are_rounded_before_they_are_summed() {
    let line = amount_of_quantity(plain("1").unwrap(), plain("10.005").unwrap(), Currency::EUR).unwrap();
    assert_eq!(line.to_string(), "10.01");
    let sum = totals(Currency::EUR, [(line, standard("0")); 3], &[], Settlement::default()).unwrap();
    assert_eq!(sum.lines.to_string(), "30.03");
}

#[test]
fn e2_vat_is_rounded_once_per_category_and_rate() {
    let one = ("10.01", standard("21"));
    assert_eq!(sums(&of("EUR", &[one, one, one]).unwrap()), ["30.03", "6.31", "36.34"]);
}

#[test]
fn e3_hours_and_travel_with_vat() {
    let hours = |quantity: &str, price: &str| {
        amount_of_quantity(plain(quantity).unwrap(), plain(price).unwrap(), Currency::EUR).unwrap()
    };
    let lines = [hours("21.75", "18.35"), hours("4", "26.50"), amount("45.00", "EUR")];
    assert_eq!(lines.map(|line| line.to_string()), ["399.11", "106.00", "45.00"]);
    let lines = lines.map(|line| (line, standard("21")));
    let sum = totals(Currency::EUR, lines, &[], Settlement::default()).unwrap();
    assert_eq!(sums(&sum), ["550.11", "115.52", "665.63"]);
}

#[test]
fn e4_minutes_are_never_decimal_hours_in_between() {
    let price = plain("18.35").unwrap();
    assert_eq!(amount_of_minutes(440, price, Currency::EUR).unwrap().to_string(), "134.57");
    let decimal_hours = plain("7.33").unwrap();
    assert_eq!(amount_of_quantity(decimal_hours, price, Currency::EUR).unwrap().to_string(), "134.51");
}

#[test]
fn e5_cash_rounding_is_an_amount_of_its_own() {
    let settle = |owed: &str, code: &str, step: &str, prepaid: &str| {
        let settlement = Settlement { prepaid: amount(prepaid, code), step: Some(amount(step, code)) };
        let line = (amount(owed, code), standard("0"));
        let sum = totals(currency(code), [line], &[], settlement).unwrap();
        [sum.rounding, sum.payable].map(|amount| amount.to_string())
    };
    assert_eq!(settle("999.81", "EUR", "1", "0"), ["0.19", "1000.00"]);
    assert_eq!(settle("10.02", "CHF", "0.05", "0"), ["-0.02", "10.00"]);
    assert_eq!(settle("10.03", "CHF", "0.05", "0"), ["0.02", "10.05"]);
    assert_eq!(settle("10.05", "CHF", "0.05", "0"), ["0.00", "10.05"]);
    // Half a step goes away from zero, also where the client has paid too much.
    assert_eq!(settle("0.50", "EUR", "1", "0"), ["0.50", "1.00"]);
    assert_eq!(settle("0.00", "EUR", "1", "0.50"), ["-0.50", "-1.00"]);
    assert_eq!(settle("100.00", "CHF", "0.05", "40.02"), ["0.02", "60.00"]);
}

#[test]
fn iso_4217_yen_have_no_decimals_and_dinars_three() {
    let per_hour = plain("1250.5").unwrap();
    assert_eq!(amount_of_minutes(50, per_hour, currency("JPY")).unwrap().to_string(), "1042");
    let yen = of("JPY", &[("1042", standard("10")), ("3", standard("10"))]).unwrap();
    assert_eq!(sums(&yen), ["1045", "105", "1150"]);

    let per_hour = plain("7.1234").unwrap();
    assert_eq!(amount_of_minutes(50, per_hour, currency("BHD")).unwrap().to_string(), "5.936");
    let dinars = of("BHD", &[("5.936", standard("10")), ("0.009", standard("10"))]).unwrap();
    assert_eq!(sums(&dinars), ["5.945", "0.595", "6.540"]);
}

#[test]
fn allowances_and_charges_are_rounded_each_and_change_what_is_taxed() {
    let adjust = |adjust, text: &str, vat| Adjustment { adjust, amount: plain(text).unwrap(), vat };
    let adjustments = [
        adjust(Adjust::Allowance, "10.005", standard("21")),
        adjust(Adjust::Allowance, "10.005", standard("21")),
        adjust(Adjust::Charge, "4.004", standard("9")),
    ];
    let lines = [(amount("100", "EUR"), standard("21"))];
    let sum = totals(Currency::EUR, lines, &adjustments, Settlement::default()).unwrap();
    assert_eq!([sum.allowances, sum.charges].map(|it| it.to_string()), ["20.02", "4.00"]);
    // 21 % of 79.98 is 16.7958; 9 % of 4.00 is 0.36.
    assert_eq!(sums(&sum), ["83.98", "17.16", "101.14"]);
    let parts: Vec<String> = sum
        .vat
        .iter()
        .map(|of| format!("{} {} {} {}", of.vat.category.code(), of.vat.percent, of.taxable, of.amount))
        .collect();
    assert_eq!(parts, ["S 9 4.00 0.36", "S 21 79.98 16.80"]);
}

#[test]
fn equal_percentages_of_different_categories_are_taxed_apart_and_in_a_fixed_order() {
    let reverse = vat(VatCategory::ReverseCharge, "0");
    let sum = of("EUR", &[("5", reverse), ("7", standard("0.0")), ("1", reverse), ("2", standard("0"))]);
    let parts: Vec<String> = sum
        .unwrap()
        .vat
        .iter()
        .map(|of| format!("{} {} {}", of.vat.category.code(), of.taxable, of.amount))
        .collect();
    assert_eq!(parts, ["S 9.00 0.00", "AE 6.00 0.00"]);
}

#[test]
fn only_the_standard_category_has_a_rate() {
    use VatCategory::{Exempt, Export, IntraCommunity, OutsideScope, ReverseCharge, ZeroRated};
    for category in [ZeroRated, Exempt, ReverseCharge, IntraCommunity, Export, OutsideScope] {
        let refusal = of("EUR", &[("1", standard("21")), ("1", vat(category, "21"))]).unwrap_err();
        assert_eq!(refusal.code, Code::OutOfRange);
        assert_eq!(refusal.path.as_deref(), Some("lines[1].vat.percent"));
        assert_eq!(sums(&of("EUR", &[("1", vat(category, "0"))]).unwrap()), ["1.00", "0.00", "1.00"]);
    }
}

#[test]
fn nothing_is_written_without_a_sign() {
    let back = of("EUR", &[("1.00", standard("21")), ("-1.00", standard("21"))]).unwrap();
    assert_eq!(sums(&back), ["0.00", "0.00", "0.00"]);
    let cent = of("EUR", &[("-0.01", standard("21"))]).unwrap();
    assert_eq!(sums(&cent), ["-0.01", "0.00", "-0.01"]);
    let nothing = Adjustment { adjust: Adjust::Allowance, amount: Decimal::ZERO, vat: standard("21") };
    let sum = totals(Currency::EUR, [], &[nothing], Settlement::default()).unwrap();
    assert_eq!((sum.vat[0].taxable.to_string(), sum.payable.to_string()), ("0.00".into(), "0.00".into()));
}

#[test]
fn lines_that_are_not_rounded_are_refused() {
    let line = (amount("1.234", "BHD"), standard("0"));
    let refusal = totals(Currency::EUR, [line], &[], Settlement::default()).unwrap_err();
    assert_eq!((refusal.code, refusal.path.as_deref()), (Code::OutOfRange, Some("lines[0].amount")));
}

#[test]
fn steps_that_no_coin_has_are_refused() {
    for step in ["0", "-0.05", "1001", "0.005"] {
        let step = Some(amount(step, "BHD"));
        let line = (amount("1.23", "EUR"), standard("0"));
        let settlement = Settlement { prepaid: Amount::ZERO, step };
        let refusal = totals(Currency::EUR, [line], &[], settlement).unwrap_err();
        assert_eq!((refusal.code, refusal.path.as_deref()), (Code::OutOfRange, Some("settlement.step")));
    }
}

#[test]
fn what_is_too_large_is_refused_and_never_wrong() {
    let too_large = |result: Result<Amount, Refusal>| result.unwrap_err().code == Code::AmountTooLarge;
    assert!(too_large(amount_of_minutes(i64::MAX, Decimal::MAX, Currency::EUR)));
    assert!(too_large(amount_of_minutes(i64::MIN, Decimal::MAX, Currency::EUR)));
    assert!(too_large(amount_of_quantity(Decimal::MAX, Decimal::MAX, Currency::EUR)));
    let tiny = Decimal::new(1, 28);
    assert!(too_large(amount_of_quantity(tiny, tiny, Currency::EUR)));

    let largest = Amount::rounded(Decimal::MAX, currency("JPY"));
    for lines in [vec![largest], vec![largest, largest], vec![amount("1000000000000", "JPY"); 2]] {
        let lines = lines.into_iter().map(|line| (line, standard("0")));
        let refusal = totals(currency("JPY"), lines, &[], Settlement::default()).unwrap_err();
        assert_eq!(refusal.code, Code::AmountTooLarge);
    }
    assert_eq!(of("EUR", &[("1000000000000", standard("0"))]).unwrap().net.to_string(), "1000000000000.00");
}
