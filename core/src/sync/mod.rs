//! Bringing copies together: changes are sealed into chunks once, chunks travel, and what
//! comes in is checked, opened and applied.
//!
//! [`machine`] decides what to say and what an answer means; it sees bytes and stored
//! rows and no network. [`http`] is the thin shell that carries the bytes to a relay, and [`visit`]
//! the one to a device that serves the room.

pub mod apply;
pub mod fold;
pub mod http;
pub mod machine;
pub mod seal;
pub mod visit;
