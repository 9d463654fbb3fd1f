//! `codes.py`: every error code and its class.

use std::fmt::Write as _;

use super::terms;
use crate::model::{Api, Class, pascal};

pub(super) fn module(api: &Api) -> String {
    let mut text = terms::head(
        "Every error code, and the class of error that carries it.\n\nThe texts are stable: store and compare them.",
    );
    text.push_str("from typing import Final, Literal, TypeAlias\n\nCode: TypeAlias = Literal[\n");
    for code in &api.codes {
        let _ = writeln!(text, "    {},", terms::quoted(&code.text));
    }
    text.push_str("]\n\nCLASSES: Final[dict[Code, str]] = {\n");
    for code in &api.codes {
        let _ =
            writeln!(text, "    {}: {},", terms::quoted(&code.text), terms::quoted(&class_name(code.class)));
    }
    text.push_str("}\n\"\"\"The name of the error class for each code.\"\"\"\n\n");
    text.push_str("CODES: Final[tuple[Code, ...]] = tuple(CLASSES)\n\"\"\"All codes in the order of the documentation.\"\"\"\n");
    text
}

fn class_name(class: Class) -> String {
    pascal(&format!("{class:?}"))
}
