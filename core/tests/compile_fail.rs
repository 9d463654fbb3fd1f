//! D4: what must not compile. Pay reaches no client because it has no form in which it could.

use std::fmt::Display;
use std::process::Command;

use schemars::JsonSchema;
use serde::Serialize;
use staffgate::shifts::model::{Booking, Shift};
use staffgate::values::{Amount, ChargeRate, Pay};

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
never!(Booking: JsonSchema);
never!(Shift: JsonSchema);

/// The compiler whose words stand in the `.stderr` files. After a change of it, `TRYBUILD=overwrite` writes them anew.
const COMPILER: &str = "rustc 1.95.";

/// The same as a person would try it, with what the compiler says to them.
#[test]
fn d4_pay_cannot_be_put_where_a_client_could_see_it() {
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(compiler).arg("--version").output().unwrap().stdout;
    // Another compiler would fail for its wording alone; the assertions above hold with any.
    if version.starts_with(COMPILER.as_bytes()) {
        let cases = trybuild::TestCases::new();
        cases.compile_fail("tests/compile_fail/*.rs");
    }
}
