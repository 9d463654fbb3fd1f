//! The Python facade: `types.py`, `codes.py`, and one module of methods per group.

mod codes;
mod functions;
mod groups;
mod terms;
mod types;

use crate::files::File;
use crate::model::Api;

/// Where the package's sources are.
const PACKAGE: &str = "bindings-python/python/staffgate";

pub fn files(api: &Api) -> Vec<File> {
    let mut files = vec![
        File { path: format!("{PACKAGE}/codes.py"), content: codes::module(api) },
        File { path: format!("{PACKAGE}/types.py"), content: types::module(api) },
        File { path: format!("{PACKAGE}/_functions.py"), content: functions::module(api) },
        File { path: format!("{PACKAGE}/_groups/__init__.py"), content: groups::index(api) },
    ];
    for group in groups::names(api) {
        let path = format!("{PACKAGE}/_groups/{group}.py");
        files.push(File { path, content: groups::module(api, &group) });
    }
    files
}
