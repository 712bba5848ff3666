//! What a person typed, and where it is found in a name.

use std::ops::Range;

use super::fold::{self, Fit, Word};
use crate::text::{id_number::digit, normal::is_unseen};

/// More words than this are ignored: no name and lane together has as many.
const MOST_WORDS: usize = 8;

/// Fewer digits than this are no part of a phone number.
const FEWEST_DIGITS: usize = 3;

/// A query, ready to be compared.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Every one of these must be found.
    pub words: Vec<Word>,
    /// For each word, the digits that a phone number may hold.
    pub fragments: Vec<Vec<String>>,
    /// All digits of a query that is nothing but a phone number or a part of one: "0912 345", "+84 912".
    pub phone: Vec<String>,
}

/// Reads what was typed.
pub fn parse(text: &str) -> Query {
    let mut words = fold::words(text);
    words.truncate(MOST_WORDS);
    let fragments = words.iter().map(|word| word.digits().map_or_else(Vec::new, |digits| fragments(&digits))).collect();
    Query { words, fragments, phone: phone_digits(text).map_or_else(Vec::new, |digits| fragments_of_phone(&digits)) }
}

fn phone_digits(text: &str) -> Option<String> {
    let mut digits = String::new();
    for c in text.chars().filter(|&c| !is_unseen(c)) {
        match digit(c) {
            Some(d) => digits.push(char::from(b'0' + d)),
            None if c.is_whitespace() || matches!(c, '.' | '-' | '+' | '(' | ')') => {}
            None => return None,
        }
    }
    Some(digits)
}

fn fragments_of_phone(digits: &str) -> Vec<String> {
    let digits = digits.strip_prefix("00").filter(|rest| rest.starts_with("84")).unwrap_or(digits);
    fragments(digits)
}

/// The digits themselves, and the national form of a number that begins with the country code.
fn fragments(digits: &str) -> Vec<String> {
    if digits.len() < FEWEST_DIGITS {
        return Vec::new();
    }
    let national = digits.strip_prefix("84").filter(|rest| !rest.is_empty()).map(|rest| match rest.strip_prefix('0') {
        Some(rest) => format!("0{rest}"),
        None => format!("0{rest}"),
    });
    std::iter::once(digits.to_owned()).chain(national).collect()
}

impl Query {
    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// The bytes of `name` that a query matched, for underlining them: the typed beginning of each word.
pub fn matches_ranges(name: &str, query: &str) -> Vec<Range<usize>> {
    let query = parse(query);
    let mut ranges: Vec<Range<usize>> = fold::placed_words(name)
        .iter()
        .filter_map(|placed| {
            let fits = query.words.iter().filter(|typed| typed.fit(&placed.word) != Fit::No);
            let letters = fits.map(|typed| typed.letters.len()).max()?;
            Some(placed.beginning(letters))
        })
        .collect();
    ranges.sort_by_key(|range| range.start);
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn underlined<'a>(name: &'a str, query: &str) -> Vec<&'a str> {
        matches_ranges(name, query).into_iter().map(|range| &name[range]).collect()
    }

    #[test]
    fn the_typed_beginnings_are_underlined() {
        assert_eq!(underlined("Giàng A Páo", "pa gian"), ["Giàn", "Pá"]);
        assert_eq!(underlined("Gia\u{300}ng A Pa\u{301}o", "pao"), ["Pa\u{301}o"]);
        assert_eq!(underlined("Gia\u{300}ng A Pa\u{301}o", "pa"), ["Pa\u{301}"], "a letter is not cut from its mark");
        assert!(underlined("Lò Văn Ún", "pao").is_empty());
    }

    #[test]
    fn a_part_of_a_phone_may_carry_the_country_code() {
        assert_eq!(parse("0912 345").phone, ["0912345"]);
        assert_eq!(parse("+84 912").phone, ["84912", "0912"]);
        assert!(parse("12").phone.is_empty());
        assert!(parse("páo 0912").phone.is_empty());
        assert_eq!(parse("páo 0912").fragments[1], ["0912"]);
    }
}
