//! Typed reading and writing over Automerge.
//!
//! A document is flat: one root map, path keys, scalar values. So there is no skeleton
//! for two devices to disagree on, and two devices may create the same household
//! independently. Counts are derived, removal is a mark, and unknown keys stay.

pub mod flat;
pub mod household;
pub mod space;
pub mod task;

pub use flat::{Change, Doc, Edit, Entry, Scalar, Version, Write};
