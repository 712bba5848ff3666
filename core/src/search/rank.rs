//! Which answer is better.
//!
//! The person who typed a whole name wants that person first; who typed a letter wants heads of household in the order
//! of the list. So an answer has a tier, and within a tier heads come before the others, then the order of names.

use super::fold::Fit;

/// How an answer was found; a lower one is shown first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Tier {
    /// The whole name as it is written, marks and all.
    FullNameExact,
    /// Whole words in their order, marks and all.
    WordsExact,
    /// The whole name, typed without some marks.
    FullName,
    /// Whole words in their order.
    Words,
    /// Whole words in another order.
    WordsAnyOrder,
    /// Beginnings of words in their order.
    Prefixes,
    /// Beginnings of words in another order.
    PrefixesAnyOrder,
    /// Partly the name, partly phone, door, place or number.
    NameAndMore,
    /// Phone, door, place or number alone.
    OtherField,
}

/// Names longer than this are compared by their first words.
const MOST_NAME_WORDS: usize = 16;

/// The tier of one person for a query, or nothing if a word is found nowhere.
///
/// `fit(q, w)` says how the query's word `q` fits the name's word `w`; `elsewhere(q)` whether `q` is found in another
/// field of the person or household.
pub(super) fn tier(
    query_words: usize,
    name_words: usize,
    fit: impl Fn(usize, usize) -> Fit,
    elsewhere: impl Fn(usize) -> bool,
) -> Option<Tier> {
    let name_words = name_words.min(MOST_NAME_WORDS);
    let in_order = |least: Fit| {
        let mut next = 0;
        (0..query_words).all(|q| {
            let found = (next..name_words).find(|&w| fit(q, w) >= least);
            next = found.map_or(next, |w| w + 1);
            found.is_some()
        })
    };
    let any_order =
        |least: Fit| assign(0, query_words, name_words, 0, &|q, w| fit(q, w) >= least, &|_| false).is_some();

    // Nearly all people fit no word at all: leave early.
    if !(0..query_words).all(|q| (0..name_words).any(|w| fit(q, w) > Fit::No) || elsewhere(q)) {
        return None;
    }
    let full = query_words == name_words;
    if query_words <= name_words {
        if in_order(Fit::Whole) {
            return Some(match (in_order(Fit::Exact), full) {
                (true, true) => Tier::FullNameExact,
                (true, false) => Tier::WordsExact,
                (false, true) => Tier::FullName,
                (false, false) => Tier::Words,
            });
        }
        if query_words > 1 && any_order(Fit::Whole) {
            return Some(Tier::WordsAnyOrder);
        }
        if in_order(Fit::Prefix) {
            return Some(Tier::Prefixes);
        }
        if query_words > 1 && any_order(Fit::Prefix) {
            return Some(Tier::PrefixesAnyOrder);
        }
    }
    let in_name = assign(0, query_words, name_words, 0, &|q, w| fit(q, w) > Fit::No, &elsewhere)?;
    Some(if in_name > 0 { Tier::NameAndMore } else { Tier::OtherField })
}

/// Gives each query word a name word of its own, or a place elsewhere; the number of name words used.
fn assign(
    q: usize,
    query_words: usize,
    name_words: usize,
    used: u32,
    fits: &impl Fn(usize, usize) -> bool,
    elsewhere: &impl Fn(usize) -> bool,
) -> Option<u32> {
    if q == query_words {
        return Some(used.count_ones());
    }
    let free = (0..name_words).filter(|&w| used & (1 << w) == 0 && fits(q, w));
    free.map(|w| assign(q + 1, query_words, name_words, used | 1 << w, fits, elsewhere))
        .find(Option::is_some)
        .unwrap_or_else(
            || {
                if elsewhere(q) { assign(q + 1, query_words, name_words, used, fits, elsewhere) } else { None }
            },
        )
}
