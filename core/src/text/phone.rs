//! The many ways to write a Vietnamese phone number become one: "0912345678".
//!
//! Lists hold "+84 912.345.678", a number whose first zero a spreadsheet took (815338795), and the old 11-digit
//! mobile numbers that became 10-digit between 15 September and 14 November 2018.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::id_number::digit;

/// A Vietnamese phone number in national form: "0912345678", "02123855123".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Phone(String);

/// Why a text is no phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Nothing there.
    #[error("no phone number")]
    Empty,
    /// Letters or other signs among the digits.
    #[error("not a phone number")]
    NotANumber,
    /// Digits, but no Vietnamese number has this length or beginning.
    #[error("no Vietnamese phone number looks like this")]
    Invalid,
}

/// The mobile prefixes of 2018, old and new, as the Ministry of Information and Communications published them
/// (decision 798/QĐ-BTTTT): Viettel, MobiFone, VinaPhone, Vietnamobile, Gmobile.
const MOVED_PREFIXES: [(&str, &str); 21] = [
    ("0162", "032"),
    ("0163", "033"),
    ("0164", "034"),
    ("0165", "035"),
    ("0166", "036"),
    ("0167", "037"),
    ("0168", "038"),
    ("0169", "039"),
    ("0120", "070"),
    ("0121", "079"),
    ("0122", "077"),
    ("0126", "076"),
    ("0128", "078"),
    ("0123", "083"),
    ("0124", "084"),
    ("0125", "085"),
    ("0127", "081"),
    ("0129", "082"),
    ("0186", "056"),
    ("0188", "058"),
    ("0199", "059"),
];

/// Reads one phone number.
///
/// A mobile number is accepted by its shape, 03, 05, 07, 08 or 09 and eight digits, because ranges are handed out
/// year by year and refusing a number that rings is worse than keeping one that does not. Landlines must be valid.
pub fn parse(text: &str) -> Result<Phone, PhoneError> {
    let digits = national_digits(text)?;
    let moved = MOVED_PREFIXES.iter().find_map(|(old, new)| {
        let rest = digits.strip_prefix(old)?;
        (digits.len() == 11).then(|| format!("{new}{rest}"))
    });
    let digits = moved.unwrap_or(digits);
    if is_mobile(&digits) || is_landline(&digits) { Ok(Phone(digits)) } else { Err(PhoneError::Invalid) }
}

/// Every phone number of a cell that may hold several, or words beside them: "0912345678 (con), 0987 654 321".
pub fn find_all(text: &str) -> Vec<Phone> {
    let mut phones = Vec::new();
    for piece in text.split(|c: char| digit(c).is_none() && !is_filler(c)) {
        // "0912345678 - 0987654321" and "0912345678 0987654321" are two numbers, "0912 - 345 - 678" is one.
        let found = parse(piece).map(|phone| vec![phone]);
        phones.extend(found.unwrap_or_else(|_| piece.split_whitespace().filter_map(|p| parse(p).ok()).collect()));
    }
    phones.dedup();
    phones
}

fn national_digits(text: &str) -> Result<String, PhoneError> {
    let text = text.trim();
    let text = match text.strip_suffix(".0") {
        Some(whole) if whole.bytes().all(|b| b.is_ascii_digit()) => whole,
        _ => text,
    };
    let mut digits = String::with_capacity(text.len());
    for c in text.chars().filter(|&c| !super::normal::is_unseen(c)) {
        match digit(c) {
            Some(d) => digits.push(char::from(b'0' + d)),
            None if is_filler(c) => {}
            None => return Err(PhoneError::NotANumber),
        }
    }
    if digits.is_empty() {
        return Err(if text.is_empty() { PhoneError::Empty } else { PhoneError::NotANumber });
    }
    let abroad = digits.strip_prefix("00").unwrap_or(&digits);
    let rest = match abroad.strip_prefix("84") {
        // 84x xxx xxx of nine digits is a mobile number that lost its zero, not a country code.
        Some(rest) if rest.len() >= 9 => rest,
        _ => &digits,
    };
    Ok(if rest.starts_with('0') { rest.to_owned() } else { format!("0{rest}") })
}

fn is_filler(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | '-' | '+' | '(' | ')' | '\'' | '_' | '·' | '\u{2010}'..='\u{2015}')
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 10 && matches!(digits.as_bytes()[1], b'3' | b'5' | b'7' | b'8' | b'9')
}

fn is_landline(digits: &str) -> bool {
    digits.starts_with("02")
        && phonenumber::parse(Some(phonenumber::country::Id::VN), digits).is_ok_and(|number| number.is_valid())
}

impl Phone {
    /// The national form that is stored: "0912345678".
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form for people: "0912 345 678", "0212 3855 123", "024 3825 1234".
    pub fn display(&self) -> String {
        let p = &self.0;
        match p.len() {
            10 => format!("{} {} {}", &p[..4], &p[4..7], &p[7..]),
            11 if p.starts_with("024") || p.starts_with("028") => {
                format!("{} {} {}", &p[..3], &p[3..7], &p[7..])
            }
            11 => format!("{} {} {}", &p[..4], &p[4..8], &p[8..]),
            _ => p.clone(),
        }
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Phone {
    type Err = PhoneError;
    fn from_str(text: &str) -> Result<Self, PhoneError> {
        parse(text)
    }
}

impl TryFrom<String> for Phone {
    type Error = PhoneError;
    fn try_from(text: String) -> Result<Self, PhoneError> {
        parse(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> String {
        phone.0
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn one_number_however_it_is_written() {
        for text in [
            "0912345678",
            "0912 345 678",
            "0912.345.678",
            "0912-345-678",
            "+84 912 345 678",
            "+84912345678",
            "84912345678",
            "0084 912 345 678",
            "+84 (0) 912 345 678",
            "912345678",
            "912345678.0",
            "０９１２３４５６７８",
            "\u{202a}0912345678\u{202c}",
        ] {
            assert_eq!(parse(text).map(String::from), Ok("0912345678".into()), "{text:?}");
        }
        assert_eq!(parse("815338795").unwrap().display(), "0815 338 795");
        assert_eq!(parse("845338795").unwrap().as_str(), "0845338795", "084 is a prefix of VinaPhone too");
    }

    #[test]
    fn the_prefixes_of_2018_are_renewed() {
        assert_eq!(parse("01686402555").unwrap().as_str(), "0386402555");
        assert_eq!(parse("1686402555").unwrap().as_str(), "0386402555", "without its zero");
        assert_eq!(parse("+84 168 640 2555").unwrap().as_str(), "0386402555");
        for (old, new) in MOVED_PREFIXES {
            assert_eq!(parse(&format!("{old}1234567")).unwrap().as_str(), format!("{new}1234567"));
        }
        assert_eq!(parse("01101234567"), Err(PhoneError::Invalid));
    }

    #[test]
    fn landlines_are_checked() {
        assert_eq!(parse("0212 3855 123").unwrap().display(), "0212 3855 123");
        assert_eq!(parse("024 3825 1234").unwrap().display(), "024 3825 1234");
        assert_eq!(parse("2123855123").unwrap().as_str(), "02123855123");
        assert_eq!(parse("0201 1"), Err(PhoneError::Invalid));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        assert_eq!(parse(" "), Err(PhoneError::Empty));
        assert_eq!(parse("12345"), Err(PhoneError::Invalid));
        assert_eq!(parse("không có"), Err(PhoneError::NotANumber));
        assert_eq!(parse("067213070765"), Err(PhoneError::Invalid));
        assert_eq!(parse("-"), Err(PhoneError::NotANumber));
    }

    #[test]
    fn a_cell_may_hold_two_numbers_and_a_word() {
        let of = |text| find_all(text).into_iter().map(String::from).collect::<Vec<_>>();
        assert_eq!(of("0912345678 (con trai), 0987 654 321"), ["0912345678", "0987654321"]);
        assert_eq!(of("0912345678 - 0987654321"), ["0912345678", "0987654321"]);
        assert_eq!(of("0912345678/0987654321"), ["0912345678", "0987654321"]);
        assert!(of("hỏi trưởng bản").is_empty());
    }
}
