//! Bringing copies together: changes are sealed into chunks once, chunks travel, and what
//! comes in is checked, opened and applied.
//!
//! [`machine`] decides what to say and what an answer means; it sees bytes and [`rows`] and no
//! network. [`checkpoint`] spares a new device most of the chunks: [`start`] fetches one, [`fill`] what
//! is older, [`leave`] leaves one for others. [`http`] is the thin shell that carries the bytes to a relay, [`visit`] the one to a device
//! that serves the room, after they [`meet`]; [`file`] is the way where no wire goes: the same chunks, on a stick or in a
//! chat. [`pace`] decides when an exchange is due that
//! nobody asked for; [`wake`] reads the stream on which a relay says that it has something new.

pub mod apply;
pub mod backoff;
pub mod checkpoint;
pub mod file;
pub mod fill;
pub mod fold;
pub mod http;
pub mod leave;
pub mod machine;
pub mod meet;
pub mod pace;
pub mod photos;
pub mod rows;
pub mod seal;
pub mod start;
mod stored;
pub mod visit;
pub mod wake;
