//! D4: what must not compile. Pay reaches no client because it has no form in which it could. That this file compiles
//! is the proof, in every build; what a person would try stands in the documentation of `Pay` and runs with it.

use std::fmt::Display;
use std::ops::{Add, Mul, Sub};

use schemars::JsonSchema;
use serde::Serialize;
use staffgate::shifts::model::{Booking, Shift};
use staffgate::values::{Amount, ChargeRate, InternalNote, Pay, Text};

/// Does not compile once the type has the trait: then two implementations answer and neither is chosen.
macro_rules! never {
    ($type:ty: $($bound:tt)+) => {
        const _: fn() = || {
            trait Answers<Which> {
                fn answer() {}
            }
            impl<T> Answers<()> for T {}
            struct Implemented;
            impl<T: $($bound)+> Answers<Implemented> for T {}
            let _ = <$type as Answers<_>>::answer;
        };
    };
}

never!(Pay: Serialize);
never!(Pay: JsonSchema);
never!(Pay: Display);
never!(Pay: Into<ChargeRate>);
never!(Pay: Into<Amount>);
never!(ChargeRate: Into<Pay>);
never!(Amount: Into<Pay>);
// What the agency keeps is the difference of the two worlds of money: there is none.
never!(ChargeRate: Sub<Pay>);
never!(Amount: Sub<Pay>);
never!(Pay: Sub<Pay>);
never!(Pay: Add<Pay>);
never!(Pay: Mul<Pay>);
never!(InternalNote: Serialize);
never!(InternalNote: JsonSchema);
never!(InternalNote: Display);
never!(InternalNote: Into<Text<2000>>);
never!(InternalNote: AsRef<str>);
never!(Booking: JsonSchema);
never!(Shift: JsonSchema);

#[test]
fn d4_pay_hides_its_figure_where_it_is_printed_for_debugging() {
    let pay = Pay::parse("17.25").unwrap();
    assert_eq!(format!("{pay:?}"), "Pay(hidden)");
}
