//! The native half of the npm package: a few entries that take JSON text and return it, or packed text where that
//! is read faster (see `reply`).
//!
//! Nothing typed crosses here. The TypeScript facade in `lib/` is generated from the same catalog that these entries
//! run. No entry throws and none panics: what goes wrong comes back as text that says so (see `answer`).

#![deny(unsafe_code)]
// What `#[napi]` exports has to be `pub`, in modules that nobody else sees.
#![allow(unreachable_pub)]

mod answer;
mod batch;
mod describe;
mod guard;
mod hashing;
mod job;
mod machine;
mod prices;
mod reply;
mod store;
mod text;

/// Replies are texts of up to a megabyte. The C library gives each back to the system and asks for it again, page by
/// page; this one keeps what it will need at the next call.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
