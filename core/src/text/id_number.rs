//! Identity-card numbers are found so that they are never stored (Law 91/2025, Decree 356/2025).
//!
//! A card number has 12 digits; the card before it had 9. People write them in groups, so digits count together over
//! spaces, dots and dashes, in any script. The rule, in full:
//!
//! - Digits joined by at most three spaces, dots, dashes or underscores are a *run*; unbroken digits are a *group*.
//!   A comma, a slash, a line break or a letter ends a run, so "0912345678, 0987654321" is two runs.
//! - A group that is a complete mobile number ("0912345678", also "+84 912345678") belongs to no run:
//!   "Tổ 12 0912345678" is a lane and a phone.
//! - **Refused**: a group of 12 digits; a run of 12 digits in all; and, in a longer run that is not simply phones and
//!   dates, neighbouring groups of 12 digits in all ("1. 070 578 904 404").
//! - **Not refused**: an unbroken group of 13 or more digits (a bar code, a meter), whatever it contains.
//! - **Asked about**: a run of nine digits, unbroken or with spaces only ("100.000.000" is money).

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::normal::is_unseen;

/// What a text holds that looks like an identity-card number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// Nine digits, perhaps the old card: ask.
    Nine,
    /// Twelve digits: refuse.
    Twelve,
}

/// Where a text holds what looks like identity-card numbers, as byte ranges of the text, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdNumbers {
    /// Twelve digits: refuse.
    pub twelve: Vec<Range<usize>>,
    /// Nine digits: ask.
    pub nine: Vec<Range<usize>>,
}

/// The most serious finding, if any.
pub fn find(text: &str) -> Option<Finding> {
    let found = scan(text);
    if !found.twelve.is_empty() {
        Some(Finding::Twelve)
    } else if !found.nine.is_empty() {
        Some(Finding::Nine)
    } else {
        None
    }
}

/// Every finding with its place, for showing it to the person who typed it.
pub fn scan(text: &str) -> IdNumbers {
    let mut found = IdNumbers::default();
    for run in runs(text) {
        judge(&run, &mut found);
    }
    found
}

/// The value of a decimal digit of any script or width.
pub fn digit(c: char) -> Option<u8> {
    /// The zeros of the decimal scripts that keyboards and fonts in use here offer.
    const ZEROS: [u32; 12] = [0x660, 0x6F0, 0x966, 0x9E6, 0xAE6, 0xBE6, 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0x1810];
    if c.is_ascii() {
        return c.to_digit(10).map(|d| d as u8);
    }
    if let Some(zero) = ZEROS.iter().find(|&&z| (z..z + 10).contains(&(c as u32))) {
        return Some((c as u32 - zero) as u8);
    }
    let mut plain = std::iter::once(c).nfkc();
    match (plain.next(), plain.next()) {
        (Some(d), None) => d.to_digit(10).map(|d| d as u8),
        _ => None,
    }
}

/// Unbroken digits.
struct Group {
    digits: Vec<u8>,
    range: Range<usize>,
    /// Whether only spaces stand between this group and the one before.
    spaced: bool,
    plus: bool,
}

impl Group {
    fn is_mobile(&self) -> bool {
        match self.digits.as_slice() {
            [0, rest @ ..] => is_subscriber(rest),
            [8, 4, rest @ ..] => self.plus && is_subscriber(rest.strip_prefix(&[0]).unwrap_or(rest)),
            _ => false,
        }
    }
}

/// Nine digits of a mobile number after its leading zero.
fn is_subscriber(digits: &[u8]) -> bool {
    digits.len() == 9 && matches!(digits[0], 3 | 5 | 7 | 8 | 9)
}

/// A separator longer than this ends a run.
const LONGEST_GAP: usize = 3;

fn runs(text: &str) -> Vec<Vec<Group>> {
    let mut runs: Vec<Vec<Group>> = Vec::new();
    let mut run: Vec<Group> = Vec::new();
    let mut gap = Some((0, true));
    let (mut in_group, mut plus) = (false, false);
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if let Some(d) = digit(c) {
            match run.last_mut() {
                Some(group) if in_group => {
                    group.digits.push(d);
                    group.range.end = end;
                }
                _ => {
                    let joined = gap.filter(|&(len, _)| len <= LONGEST_GAP && !plus);
                    if joined.is_none() && !run.is_empty() {
                        runs.push(std::mem::take(&mut run));
                    }
                    let spaced = joined.is_some_and(|(_, spaces)| spaces);
                    run.push(Group { digits: vec![d], range: at..end, spaced, plus });
                }
            }
            (in_group, plus, gap) = (true, false, Some((0, true)));
        } else if !is_unseen(c) || c == '\n' || c == '\t' {
            in_group = false;
            plus = c == '+';
            let space = c.is_whitespace() && c != '\n';
            gap = match gap {
                Some((len, spaces)) if space || is_joiner(c) => Some((len + 1, spaces && space)),
                _ if plus => gap,
                _ => None,
            };
        }
    }
    if !run.is_empty() {
        runs.push(run);
    }
    runs.into_iter().flat_map(without_phones).collect()
}

fn is_joiner(c: char) -> bool {
    matches!(c, '.' | '-' | '_' | '·' | '•' | '\u{2010}'..='\u{2015}' | '−')
}

/// Divides a run at its complete mobile numbers, "+84 912 345 678" among them.
fn without_phones(run: Vec<Group>) -> Vec<Vec<Group>> {
    if international(&run) {
        return Vec::new();
    }
    let mut parts = vec![Vec::new()];
    for group in run {
        if group.is_mobile() {
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(group);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn international(run: &[Group]) -> bool {
    let digits = all_digits(run);
    let Some(rest) = digits.strip_prefix(&[8, 4]) else {
        return false;
    };
    run[0].plus && is_subscriber(rest.strip_prefix(&[0]).unwrap_or(rest))
}

fn all_digits(groups: &[Group]) -> Vec<u8> {
    groups.iter().flat_map(|g| g.digits.iter().copied()).collect()
}

fn judge(run: &[Group], found: &mut IdNumbers) {
    let total: usize = run.iter().map(|g| g.digits.len()).sum();
    let span = |groups: &[Group]| groups[0].range.start..groups[groups.len() - 1].range.end;
    if total == 9 && run[1..].iter().all(|g| g.spaced) {
        found.nine.push(span(run));
    } else if total == 12 {
        found.twelve.push(span(run));
    } else if total > 12 {
        let explained = is_phones_and_dates(run);
        let mut from = 0;
        while from < run.len() {
            match window_of_twelve(&run[from..]).filter(|&len| len == 1 || !explained) {
                Some(len) => {
                    found.twelve.push(span(&run[from..from + len]));
                    from += len;
                }
                None => from += 1,
            }
        }
    }
}

/// How many groups from the first on make 12 digits.
fn window_of_twelve(groups: &[Group]) -> Option<usize> {
    let mut sum = 0;
    for (i, group) in groups.iter().enumerate() {
        sum += group.digits.len();
        if sum >= 12 {
            return (sum == 12).then_some(i + 1);
        }
    }
    None
}

/// Whether groups can be read, one after the other, as phones ("0912 345 678") and dates ("24.07.1984").
fn is_phones_and_dates(groups: &[Group]) -> bool {
    groups.is_empty()
        || (1..=groups.len().min(5)).any(|n| {
            let digits = all_digits(&groups[..n]);
            let known = match digits.as_slice() {
                [0, 2, ..] => digits.len() == 11,
                [0, rest @ ..] if is_subscriber(rest) => true,
                _ => n == 3 && digits.len() <= 8 && groups[2].digits.len() == 4,
            };
            known && is_phones_and_dates(&groups[n..])
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_number_is_refused_however_it_is_spaced() {
        for text in [
            "CCCD 067213070765",
            "067 213 070 765",
            "067.213.070.765",
            "067-213-070-765",
            "0672\u{a0}1307\u{a0}0765",
            "0 6 7 2 1 3 0 7 0 7 6 5",
            "０６７２１３０７０７６５",
            "٠٦٧٢١٣٠٧٠٧٦٥",
            "06721307\u{200b}0765",
            "sốCCCD:067213070765của chồng",
            "1. 070 578 904 404",
            "070578904404 0912345678",
            "070 578 904 404 - 0912 345 678",
            "123456789012",
        ] {
            assert_eq!(find(text), Some(Finding::Twelve), "{text:?}");
        }
    }

    #[test]
    fn phones_lanes_and_dates_are_let_through() {
        for text in [
            "0912345678, 0987654321",
            "0912345678 0987654321",
            "0912 345 678 - 0987 654 321",
            "09 12 34 56 78 09 87 65 43 21",
            "24.07.1984 0912 345 678",
            "Tổ 12 0912345678",
            "+84 912 345 678",
            "+84 0912 345 678",
            "+840912345678",
            "24/07/1984, nhà số 12",
            "100.000.000 đồng",
            "8934563138165",
            "0212 3855 123",
            "Quốc lộ 6\n0912 345 678",
        ] {
            assert_eq!(find(text), None, "{text:?}");
        }
    }

    #[test]
    fn nine_bare_digits_are_asked_about() {
        assert_eq!(find("CMND 050123456"), Some(Finding::Nine));
        assert_eq!(find("050 123 456"), Some(Finding::Nine));
        assert_eq!(find("050 123 456, 067213070765"), Some(Finding::Twelve));
    }

    #[test]
    fn the_place_is_known_for_showing_it() {
        let text = "Vợ: 067 213 070 765 (mới)";
        let found = scan(text);
        assert_eq!(found.twelve.len(), 1);
        assert_eq!(&text[found.twelve[0].clone()], "067 213 070 765");
    }
}
