//! `staffgate-codegen --check | --write`: makes the facades of the other languages from the catalog.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use staffgate_codegen::files::File;

fn main() -> io::Result<ExitCode> {
    let write = match std::env::args().nth(1).as_deref() {
        Some("--write") => true,
        Some("--check") => false,
        _ => {
            writeln!(io::stderr(), "usage: staffgate-codegen --check | --write")?;
            return Ok(ExitCode::from(2));
        }
    };
    match staffgate_codegen::generate() {
        Ok(files) => carry_out(&files, write),
        Err(fault) => {
            writeln!(io::stderr(), "a type of the catalog has no counterpart in the facades: {fault}")?;
            Ok(ExitCode::FAILURE)
        }
    }
}

fn carry_out(files: &[File], write: bool) -> io::Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    if write {
        files.iter().try_for_each(|file| file.write(&root))?;
        return Ok(ExitCode::SUCCESS);
    }
    let drifts: Vec<String> = files.iter().filter_map(|file| file.drift(&root)).collect();
    if drifts.is_empty() {
        writeln!(io::stdout(), "{} generated files match the catalog", files.len())?;
        return Ok(ExitCode::SUCCESS);
    }
    for drift in &drifts {
        writeln!(io::stderr(), "{drift}")?;
    }
    writeln!(io::stderr(), "run `cargo run -p staffgate-codegen -- --write`")?;
    Ok(ExitCode::FAILURE)
}
