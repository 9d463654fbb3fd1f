//! How long one small query takes over the memory store, against a JSON round trip of the same texts.
#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used)]

use std::time::Instant;

use staffgate::store::MemoryStore;
use staffgate::wire;

fn main() {
    let store = MemoryStore::default();
    let request = |command: &str, operation: &str, input: &str| {
        format!(
            r#"{{"context":{{"agency":"0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11","actor":{{"as":"operator"}},"now":"2026-09-01T08:00:00Z","command_id":"{command}","entropy":"{}"}},"operation":"{operation}","input":{input}}}"#,
            "07".repeat(32)
        )
    };
    let create = request("c", "agencies.create", r#"{"name":"Northlight Staffing","currency":"EUR"}"#);
    wire::execute(&store, create.as_bytes()).unwrap();
    let get = request("g", "agencies.get", "{}");
    let reply = wire::execute(&store, get.as_bytes()).unwrap();
    println!("reply: {} bytes, {} rounds", reply.json.len(), reply.rounds);
    let rounds = std::env::var("ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let start = Instant::now();
    for _ in 0..rounds {
        std::hint::black_box(wire::execute(&store, get.as_bytes()).unwrap());
    }
    println!("agencies.get: {} ns", start.elapsed().as_nanos() / rounds);
    let start = Instant::now();
    for _ in 0..rounds {
        let value: serde_json::Value = serde_json::from_str(&get).unwrap();
        let text = value.to_string();
        let other: serde_json::Value = serde_json::from_str(&reply.json).unwrap();
        std::hint::black_box((text, other.to_string()));
    }
    println!("JSON round trip of input and reply: {} ns", start.elapsed().as_nanos() / rounds);
}
