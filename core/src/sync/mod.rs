//! Bringing copies together: changes are sealed into chunks once, chunks travel, and what
//! comes in is checked, opened and applied.
//!
//! [`machine`] decides what to say and what an answer means; it sees bytes and stored
//! rows and no network. [`http`] is the thin shell that carries the bytes to a relay.
//! [`pace`] decides when an exchange is due that nobody asked for; [`wake`] reads the
//! stream on which a relay says that it has something new.

pub mod apply;
pub mod backoff;
pub mod fold;
pub mod http;
pub mod machine;
pub mod pace;
pub mod seal;
pub mod wake;
