//! What people type and what lists hold, made safe and comparable.
//!
//! One Vietnamese name can be written in several ways that look the same on screen: composed or decomposed, with a
//! no-break space, with an invisible character that a chat added. Everything that enters the notebook passes through
//! here once, so that the rest may compare strings byte by byte:
//!
//! - [`normal`]: one spelling for one text;
//! - [`id_number`]: identity-card numbers are found, so that they are never stored;
//! - [`phone`]: the many ways to write a Vietnamese phone number become one;
//! - [`name`]: how a full name is divided and sorted;
//! - [`birth`]: a birthday that may be only a year;
//! - [`lane`]: the lane that an address names.

pub mod birth;
pub mod id_number;
pub mod lane;
pub mod name;
pub mod normal;
pub mod phone;
