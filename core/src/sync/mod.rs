//! Bringing copies together: changes are sealed into chunks once, chunks travel, and what
//! comes in is checked, opened and applied.
//!
//! [`machine`] decides what to say and what an answer means; it sees bytes and [`rows`] and no
//! network. [`checkpoint`] spares a new device most of the chunks. [`http`] is the thin shell that
//! carries the bytes to a relay; [`file`] is the way where no wire goes: the same chunks, on a stick or
//! in a chat.

pub mod apply;
pub mod checkpoint;
pub mod file;
pub mod fill;
pub mod fold;
pub mod http;
pub mod machine;
pub mod rows;
pub mod seal;
pub mod start;
mod stored;
