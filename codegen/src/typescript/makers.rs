//! What makes the objects of packed replies: an object literal for each order of fields, which the engine of the
//! language makes at once in its final form.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::words;
use crate::model::{Api, Field, Shape};

pub(super) fn module(api: &Api) -> String {
    let mut text = String::from(
        "/** Makes one object of the values that come next. */\nexport type Maker = () => object;\n\n\
         /** Each shape of a reply: the names of its fields as they are written, and its maker. */\n\
         export function makers(v: () => unknown): [shape: string, make: Maker][] {\n  return [\n",
    );
    for shape in shapes(api) {
        let fields: Vec<String> = shape.iter().map(|name| format!("{}: v()", words::key(name))).collect();
        let _ =
            writeln!(text, "    [{}, () => ({{ {} }})],", words::text(&shape.join(",")), fields.join(", "));
    }
    text + "  ];\n}\n"
}

fn shapes(api: &Api) -> BTreeSet<Vec<&str>> {
    let mut shapes = BTreeSet::new();
    for named in api.types.values().filter(|named| named.in_reply) {
        match &named.shape {
            Shape::Struct(fields) => {
                shapes.insert(names(fields));
            }
            Shape::Union { tag, variants } => {
                for variant in variants {
                    let mut fields = names(&variant.fields);
                    fields.insert(0, tag);
                    shapes.insert(fields);
                }
            }
            Shape::Choice(_) | Shape::Alias(_) => {}
        }
    }
    // Without fields there is nothing to gain.
    shapes.retain(|shape| !shape.is_empty());
    shapes
}

fn names(fields: &[Field]) -> Vec<&str> {
    fields.iter().map(|field| field.name.as_str()).collect()
}
