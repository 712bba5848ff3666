//! The relay: keeps a team's sealed chunks in order and hands them on. It cannot read them.
//!
//! It is an append-and-fetch service over one log a space. A request goes `router` → [`handlers`] →
//! [`exchange`] → [`storage`], and nothing is kept between two requests but what storage keeps and who is
//! listening (`hub`), so that several processes can serve one memory. What it holds: who may push where
//! (devices, hashed tokens, invites,
//! passes) and sealed bytes under gap-free numbers. What it never holds: a key, a token, a name.
//!
//! It is a library first: [`router()`] is all of it, and [`station_router`] what an app serves in its own
//! room, where whoever comes proves first that they are of the team. The program
//! `tungnha-relay` is the same router on a socket. The bytes are specified in `docs/protocol.md`.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod auth;
#[cfg(feature = "server")]
pub mod config;
mod error;
pub mod exchange;
pub mod handlers;
mod hub;
#[cfg(feature = "server")]
pub mod migrate;
mod router;
mod station;
pub mod storage;

pub use hub::{GrownHere, Hub};
pub use router::{Clock, Relay, router, serve, system_clock};
pub use station::{Heard, Room, station_router};
