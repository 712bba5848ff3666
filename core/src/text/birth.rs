//! A birthday that may be only a year.
//!
//! Lists hold "24/07/1984", "7/1984", "1984" and, for a day that nobody knows, "00/00/1984". The day always comes
//! before the month here. A year of two digits is refused: "5/6/24" may be a child or a grandmother.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{id_number::digit, normal::nfc};

/// The earliest year of birth that is believed.
pub const EARLIEST_YEAR: u16 = 1900;

/// A day of birth as far as it is known. Its text is the known beginning of the ISO date: "1984", "1984-07",
/// "1984-07-24"; so is its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Birth {
    /// Year of birth.
    pub year: u16,
    /// Month, 1 to 12, if known.
    pub month: Option<u8>,
    /// Day of the month, if known; never without a month.
    pub day: Option<u8>,
}

/// Why a text is no birthday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BirthError {
    /// Nothing there.
    #[error("no date")]
    Empty,
    /// Neither a year nor a date.
    #[error("not a date")]
    NotADate,
    /// A year of two digits.
    #[error("the year needs four digits")]
    ShortYear,
    /// No calendar has this day, such as 30/02.
    #[error("this day does not exist")]
    Impossible,
    /// Before 1900 or after today.
    #[error("no living person was born then")]
    OutOfRange,
}

/// Reads a birthday written by a person, day before month; `today` bounds it.
pub fn parse(text: &str, today: Date) -> Result<Birth, BirthError> {
    let text = nfc(text).to_lowercase();
    if text.is_empty() {
        return Err(BirthError::Empty);
    }
    // A spreadsheet's year that was made text.
    let text = text.strip_suffix(".0").filter(|year| year.len() == 4).unwrap_or(&text);
    let numbers = numbers(text)?;
    let birth = match numbers.as_slice() {
        [year] => of(year, None, None)?,
        [month, year] => of(year, Some(month), None)?,
        [year, month, day] if year.len() == 4 => of(year, Some(month), Some(day))?,
        [day, month, year] => of(year, Some(month), Some(day))?,
        _ => return Err(BirthError::NotADate),
    };
    within(birth, today)
}

/// A birthday from a calendar date, such as a spreadsheet's date cell.
pub fn from_date(date: Date, today: Date) -> Result<Birth, BirthError> {
    let year = u16::try_from(date.year()).map_err(|_| BirthError::OutOfRange)?;
    within(Birth { year, month: Some(date.month() as u8), day: Some(date.day() as u8) }, today)
}

fn within(birth: Birth, today: Date) -> Result<Birth, BirthError> {
    let earliest = (birth.year as i16, birth.month.unwrap_or(1) as i8, birth.day.unwrap_or(1) as i8);
    let believable = birth.year >= EARLIEST_YEAR && earliest <= (today.year(), today.month(), today.day());
    if believable { Ok(birth) } else { Err(BirthError::OutOfRange) }
}

/// The numbers of a date, and nothing else but separators and the words of a date.
fn numbers(text: &str) -> Result<Vec<String>, BirthError> {
    const WORDS: [&str; 6] = ["ngày", "tháng", "năm", "sinh", "sn", "ns"];
    let mut numbers: Vec<String> = Vec::new();
    for part in text.split([' ', '/', '-', '.', ',', '–', ':']).filter(|part| !part.is_empty()) {
        let digits: Option<String> = part.chars().map(|c| digit(c).map(|d| char::from(b'0' + d))).collect();
        match digits {
            Some(number) if number.len() <= 4 => numbers.push(number),
            None if WORDS.contains(&part) => {}
            _ => return Err(BirthError::NotADate),
        }
    }
    Ok(numbers)
}

fn of(year: &str, month: Option<&String>, day: Option<&String>) -> Result<Birth, BirthError> {
    if year.len() != 4 {
        return Err(if year.len() == 2 && month.is_some() { BirthError::ShortYear } else { BirthError::NotADate });
    }
    let year = year.parse::<u16>().map_err(|_| BirthError::NotADate)?;
    let small = |text: Option<&String>| match text.map(|t| t.parse::<u8>()) {
        None | Some(Ok(0)) => Ok(None),
        Some(Ok(n)) => Ok(Some(n)),
        Some(Err(_)) => Err(BirthError::Impossible),
    };
    checked(year, small(month)?, small(day)?)
}

fn checked(year: u16, month: Option<u8>, day: Option<u8>) -> Result<Birth, BirthError> {
    let exists = match (month, day) {
        (None, Some(_)) => false,
        (month, day) => Date::new(year as i16, month.unwrap_or(1) as i8, day.unwrap_or(1) as i8).is_ok(),
    };
    if exists { Ok(Birth { year, month, day }) } else { Err(BirthError::Impossible) }
}

impl fmt::Display for Birth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl FromStr for Birth {
    type Err = BirthError;

    /// Reads the stored form only: "1984", "1984-07", "1984-07-24".
    fn from_str(text: &str) -> Result<Self, BirthError> {
        let parts: Vec<&str> = text.split('-').collect();
        let lengths: Vec<usize> = parts.iter().map(|p| p.len()).collect();
        let digits = text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        if !digits || !matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2]) {
            return Err(BirthError::NotADate);
        }
        let year = parts[0].parse().map_err(|_| BirthError::NotADate)?;
        let small = |i: usize| parts.get(i).and_then(|p| p.parse().ok());
        checked(year, small(1), small(2))
    }
}

impl TryFrom<String> for Birth {
    type Error = BirthError;
    fn try_from(text: String) -> Result<Self, BirthError> {
        text.parse()
    }
}

impl From<Birth> for String {
    fn from(birth: Birth) -> String {
        birth.to_string()
    }
}

/// Age from which consent is one's own: a child is who is under sixteen (Law on Children, article 1).
const ADULT: i16 = 16;

/// Whether somebody with this stored birth (`1984`, `1984-07`, `1984-07-24`) is a child on that day, as far as it
/// is known: who turns sixteen in a year of which no day is known is none.
pub fn is_child(birth: &str, today: Date) -> bool {
    let mut parts = birth.split('-').map(|part| part.parse::<i16>().ok());
    let (year, month, day) = (parts.next().flatten(), parts.next().flatten(), parts.next().flatten());
    let Some(year) = year else { return false };
    let age = today.year() - year;
    let before_birthday =
        month.zip(day).is_some_and(|(m, d)| (i16::from(today.month()), i16::from(today.day())) < (m, d));
    age < ADULT || (age == ADULT && before_birthday)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, BirthError> {
        parse(text, jiff::civil::date(2026, 11, 20)).map(String::from)
    }

    #[test]
    fn a_day_a_month_or_a_year() {
        assert_eq!(read("24/07/1984"), Ok("1984-07-24".into()));
        assert_eq!(read("4-7-1984"), Ok("1984-07-04".into()));
        assert_eq!(read("24.07.1984"), Ok("1984-07-24".into()));
        assert_eq!(read("1984-07-24"), Ok("1984-07-24".into()));
        assert_eq!(read("ngày 24 tháng 7 năm 1984"), Ok("1984-07-24".into()));
        assert_eq!(read("07/1984"), Ok("1984-07".into()));
        assert_eq!(read(" 1984 "), Ok("1984".into()));
        assert_eq!(read("1984.0"), Ok("1984".into()));
        assert_eq!(read("00/00/1984"), Ok("1984".into()), "a day that nobody knows");
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert_eq!(read("30/02/1990"), Err(BirthError::Impossible));
        assert_eq!(read("07/24/1984"), Err(BirthError::Impossible), "the day comes first");
        assert_eq!(read("5/6/24"), Err(BirthError::ShortYear));
        assert_eq!(read("84"), Err(BirthError::NotADate));
        assert_eq!(read("01/01/1880"), Err(BirthError::OutOfRange));
        assert_eq!(read("21/11/2026"), Err(BirthError::OutOfRange));
        assert_eq!(read("2027"), Err(BirthError::OutOfRange));
        assert_eq!(read("20/11/2026"), Ok("2026-11-20".into()));
        assert_eq!(read("khoảng 1984"), Err(BirthError::NotADate));
        assert_eq!(read(""), Err(BirthError::Empty));
    }

    #[test]
    fn the_stored_form_comes_back() {
        for text in ["1984", "1984-07", "1984-07-24"] {
            assert_eq!(text.parse::<Birth>().unwrap().to_string(), text);
        }
        assert!("1984-7".parse::<Birth>().is_err());
        assert!("1984-02-30".parse::<Birth>().is_err());
        assert!("1984-07-24-01".parse::<Birth>().is_err());
    }
}
