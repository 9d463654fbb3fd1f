//! Pay cannot be written into a message.

use staffgate::values::Pay;

fn message(pay: Pay) -> String {
    format!("the worker earns {pay}")
}

fn main() {}
