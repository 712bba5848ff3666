//! Finding a household from a few keys pressed at its door.
//!
//! People type "giang a pao" for Giàng A Páo, a surname's first letter, the end of a phone number. The whole commune is
//! held in memory, because a keystroke has a few milliseconds and a database that knows nothing of Vietnamese tones
//! would need every spelling stored. [`fold`] says when two words are one, [`query`] what was typed, [`rank`] which
//! answer is better, [`index`] keeps the households.

pub mod fold;
pub mod index;
pub mod query;
pub mod rank;

pub use index::{Entry, Found, Hit, Index, PersonEntry};
pub use query::matches_ranges;
