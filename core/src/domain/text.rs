//! What may stand in a text field.
//!
//! An ID-card number must never be stored (Decree 356/2025), and people do type it
//! into notes. So every text from a form goes through [`line`] or [`note`]: twelve
//! digits are refused, nine are asked about once.

use crate::error::{Error, Result};
use crate::text::{id_number, normal};

/// The longest one-line text, in characters.
pub const MAX_LINE: usize = 200;
/// The longest note, in characters.
pub const MAX_NOTE: usize = 2_000;

/// Whether the person has already said that nine digits are not an old ID card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NineDigits {
    /// Ask.
    Ask,
    /// The person has looked and said that it is something else.
    Confirmed,
}

/// A one-line text: normalised, short, free of ID-card numbers.
pub fn line(field: &'static str, text: &str, nine: NineDigits) -> Result<String> {
    checked(field, normal::nfc(text), MAX_LINE, nine)
}

/// A one-line text that may not be empty.
pub fn required(field: &'static str, text: &str, nine: NineDigits) -> Result<String> {
    let text = line(field, text, nine)?;
    if text.is_empty() { Err(Error::invalid("required", field)) } else { Ok(text) }
}

/// A note of several lines.
pub fn note(field: &'static str, text: &str, nine: NineDigits) -> Result<String> {
    checked(field, normal::nfc_lines(text), MAX_NOTE, nine)
}

/// A note of several lines that may not be empty.
pub fn note_required(field: &'static str, text: &str, nine: NineDigits) -> Result<String> {
    let text = note(field, text, nine)?;
    if text.is_empty() { Err(Error::invalid("required", field)) } else { Ok(text) }
}

/// A text as it is being typed, with ID-card numbers blotted out: not even an unfinished
/// form may hold one.
pub fn blotted(text: &str) -> String {
    let mut out = text.to_owned();
    for run in id_number::scan(text).twelve.into_iter().rev() {
        out.replace_range(run, "············");
    }
    out
}

fn checked(field: &'static str, text: String, max: usize, nine: NineDigits) -> Result<String> {
    if text.chars().count() > max {
        return Err(Error::invalid("too_long", field).with("max", max));
    }
    match id_number::find(&text) {
        Some(id_number::Finding::Twelve) => Err(Error::invalid("id_number", field)),
        Some(id_number::Finding::Nine) if nine == NineDigits::Ask => Err(Error::invalid("nine_digits", field)),
        _ => Ok(text),
    }
}
