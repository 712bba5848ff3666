//! How a Vietnamese full name is divided, sorted and written.
//!
//! A name is họ + đệm + tên in one field. Lists sort by tên, then họ, then đệm, in the order of the Vietnamese
//! dictionary: a ă â … d đ …, and within one spelling ngang huyền hỏi ngã sắc nặng.

use std::sync::OnceLock;

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale::locale;
use unicode_normalization::UnicodeNormalization;

use super::normal::{nfc, tone_of_mark};

/// Divides a full name into (họ, đệm, tên). A single word is a tên.
pub fn split(full: &str) -> (String, String, String) {
    let full = nfc(full);
    let words: Vec<&str> = full.split(' ').collect();
    match words.as_slice() {
        [] => Default::default(),
        [ten] => (String::new(), String::new(), (*ten).to_owned()),
        [ho, dem @ .., ten] => ((*ho).to_owned(), dem.join(" "), (*ten).to_owned()),
    }
}

/// Bytes whose order is the order of names in a list. Kept in the database, they sort without a collator.
pub fn sort_key(full: &str) -> Vec<u8> {
    let (ho, dem, ten) = split(full);
    let mut key = Vec::with_capacity(48);
    for (i, part) in [ten, ho, dem].iter().enumerate() {
        if i > 0 {
            // Below every byte that a collation key holds, so that a short part sorts before a longer one.
            key.push(0);
        }
        collation_key(part, &mut key);
    }
    key
}

/// Like [`sort_key`] for what is no person's name: places, lanes.
pub fn plain_sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(32);
    collation_key(&nfc(text), &mut key);
    key
}

fn collation_key(text: &str, key: &mut Vec<u8>) {
    let Ok(()) = vietnamese().write_sort_key_to(&tones_last(text), key);
}

/// Puts each word's tone behind its last letter, because "hoà" and "hòa" are one word and sort as one.
fn tones_last(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut tones = String::new();
    for c in text.nfd().chain([' ']) {
        if tone_of_mark(c).is_some() {
            tones.push(c);
        } else {
            if !c.is_alphanumeric() && !is_shape_mark(c) {
                out.push_str(&tones);
                tones.clear();
            }
            out.push(c);
        }
    }
    out.pop();
    out
}

fn is_shape_mark(c: char) -> bool {
    matches!(c, '\u{302}' | '\u{306}' | '\u{31b}')
}

fn vietnamese() -> &'static CollatorBorrowed<'static> {
    static COLLATOR: OnceLock<CollatorBorrowed<'static>> = OnceLock::new();
    COLLATOR.get_or_init(|| {
        // The data is compiled in; the root order would still be an order if Vietnamese were missing.
        let of = |locale: icu_locale::Locale| {
            let mut order = CollatorPreferences::from(&locale);
            // Bản Số 2 stands before Bản Số 10.
            order.numeric_ordering = Some(CollationNumericOrdering::True);
            Collator::try_new(order, CollatorOptions::default())
        };
        match of(locale!("vi")).or_else(|_| of(locale!("und"))) {
            Ok(collator) => collator,
            Err(missing) => unreachable!("compiled collation data: {missing}"),
        }
    })
}

/// Writes a name that is all in capitals as people write it: "LƯỜNG THỊ THOA" → "Lường Thị Thoa", "K'BRÊU" →
/// "K'Brêu". A name with any small letter is left as it is.
pub fn title_case_vi(name: &str) -> String {
    if name.chars().any(char::is_lowercase) || !name.chars().any(char::is_uppercase) {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut inside = false;
    for c in name.nfc() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
        inside = c.is_alphanumeric();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut names: Vec<&str>) -> Vec<&str> {
        names.sort_by_key(|name| sort_key(name));
        names
    }

    #[test]
    fn a_name_is_surname_middle_and_given_name() {
        assert_eq!(split("Đoàn Thị Thanh Hoà"), ("Đoàn".into(), "Thị Thanh".into(), "Hoà".into()));
        assert_eq!(split("Giàng A Páo"), ("Giàng".into(), "A".into(), "Páo".into()));
        assert_eq!(split("Ún"), (String::new(), String::new(), "Ún".into()));
        assert_eq!(split("  "), Default::default());
    }

    #[test]
    fn lists_go_by_given_name_then_surname_then_middle_name() {
        let list = ["Bùi Văn An", "Lò Thị An", "Lò Văn An", "Đinh Thị Ánh", "Cà Văn Biến", "Lê Dũng", "Lý Đạt"];
        assert_eq!(sorted(vec!["Lý Đạt", list[2], list[4], list[1], "Lê Dũng", list[3], list[0]]), list);
    }

    #[test]
    fn letters_and_tones_stand_as_in_the_dictionary() {
        let tones = ["ma", "mà", "mả", "mã", "má", "mạ", "măn", "mân"];
        assert_eq!(sorted(tones.iter().rev().copied().collect()), tones);
        let letters = ["an", "ăn", "ân", "dan", "đan", "en", "ên", "on", "ôn", "ơn", "un", "ưn"];
        assert_eq!(sorted(letters.iter().rev().copied().collect()), letters);
    }

    #[test]
    fn numbers_in_names_stand_by_how_much_they_are() {
        let places = ["Bản 2", "Bản 10", "Bản Số 2", "Bản Số 2A", "Bản Số 10", "Bản Số 021", "Bản Số 100", "Bản Sơn"];
        let mut found = places.to_vec();
        found.reverse();
        found.sort_by_key(|name| plain_sort_key(name));
        assert_eq!(found, places);
    }

    #[test]
    fn the_two_places_of_a_tone_are_one_word() {
        assert_eq!(sort_key("Bùi Hoà"), sort_key("Bùi Hòa"));
        assert_eq!(sort_key("Bùi Thuỷ"), sort_key("Bùi Thủy"));
        assert_eq!(sort_key("Bùi Thuỷ"), sort_key("Bùi Thu\u{309}y"));
        assert_eq!(sorted(vec!["Lê Hòa", "Đỗ Hoà", "Bùi Hòa"]), ["Bùi Hòa", "Đỗ Hoà", "Lê Hòa"]);
    }

    #[test]
    fn keys_keep_the_order_of_the_collator() {
        let words = ["Hạng", "Hà", "hà", "Hồ", "Lầu", "Lau", "Lâu", "Mùa", "Mua", "Páo", "Phóng", "Sùng", "Ún", "Ưng"];
        for a in words {
            for b in words {
                let want = vietnamese().compare(&tones_last(a), &tones_last(b));
                assert_eq!(plain_sort_key(a).cmp(&plain_sort_key(b)), want, "{a} {b}");
            }
        }
    }

    #[test]
    fn only_a_name_in_capitals_is_rewritten() {
        assert_eq!(title_case_vi("LƯỜNG THỊ THOA"), "Lường Thị Thoa");
        assert_eq!(title_case_vi("K'BRÊU Y-THANH"), "K'Brêu Y-Thanh");
        assert_eq!(title_case_vi("H'Hen Niê"), "H'Hen Niê");
        assert_eq!(title_case_vi("GIÀNG A PÁO"), "Giàng A Páo");
        assert_eq!(title_case_vi("lò văn páo"), "lò văn páo");
    }
}
