//! What the library knows of itself, as JSON: codes, operations, kinds of records, contract cases.

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use serde_json::{Value, json};
use staffgate::catalog;
use staffgate::codes::Code;
use staffgate::store::contract;
use staffgate::values::Locale;

fn bytes<'py>(py: Python<'py>, value: &Value) -> Bound<'py, PyBytes> {
    PyBytes::new(py, value.to_string().as_bytes())
}

/// Every error code with its class and its sentences.
#[pyfunction]
pub(crate) fn codes(py: Python<'_>) -> Bound<'_, PyBytes> {
    let codes = Code::ALL.iter().map(|code| {
        let sentence = |locale| code.template(locale);
        json!({ "code": code.text(), "class": code.class(), "en": sentence(Locale::En), "fr": sentence(Locale::Fr) })
    });
    bytes(py, &codes.collect())
}

/// The name of every operation.
#[pyfunction]
pub(crate) fn operations(py: Python<'_>) -> Bound<'_, PyBytes> {
    bytes(py, &catalog::operations().iter().map(|entry| entry.name).collect())
}

/// Every kind of record with its columns and indexes; with `contract`, those of the contract cases too.
#[pyfunction]
#[pyo3(signature = (*, contract = false))]
pub(crate) fn kinds(py: Python<'_>, contract: bool) -> Bound<'_, PyBytes> {
    bytes(py, &known_kinds(contract).iter().map(|kind| json!(kind)).collect())
}

/// The cases that every store must pass.
#[pyfunction]
pub(crate) fn contract_cases(py: Python<'_>) -> Bound<'_, PyBytes> {
    bytes(py, &json!(contract::cases()))
}

pub(crate) fn known_kinds(with_contract: bool) -> Vec<&'static staffgate::store::Kind> {
    let more: &[_] = if with_contract { contract::kinds() } else { &[] };
    catalog::kinds().iter().chain(more).copied().collect()
}
