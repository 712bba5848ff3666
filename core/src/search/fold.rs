//! When two written words are one word.
//!
//! A tone belongs to the syllable, not to a letter: *hoà* and *hòa* differ only in where a printer put the mark. So a
//! word is its letters, each with a base and a shape (ă â ê ô ơ ư đ), and **one** tone. No table of tone placements is
//! needed, composed and decomposed text are the same, and "typed marks narrow, marks left out match any" is a
//! comparison letter by letter.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::text::normal::tone_of_mark;

/// The mark that makes a letter another letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// a d e o u and all others
    None,
    /// ă
    Breve,
    /// â ê ô
    Circumflex,
    /// ơ ư
    Horn,
    /// đ
    Stroke,
}

/// A letter without case and tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Letter {
    /// Its base in small: `d` of Đ.
    pub base: char,
    /// Its shape.
    pub shape: Shape,
}

/// A word as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word {
    /// Its letters and digits.
    pub letters: Vec<Letter>,
    /// 0 ngang, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng.
    pub tone: u8,
}

/// How well a typed word fits a written one; a higher one is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Fit {
    /// Not at all.
    No,
    /// It is the beginning.
    Prefix,
    /// It is the word, apart from marks that were not typed.
    Whole,
    /// It is the word, marks and all.
    Exact,
}

impl Word {
    /// How well this typed word fits a written one.
    pub fn fit(&self, written: &Word) -> Fit {
        let (typed, letters) = (&self.letters, &written.letters);
        let fits = typed.len() <= letters.len()
            && (self.tone == 0 || self.tone == written.tone)
            && typed
                .iter()
                .zip(letters)
                .all(|(t, w)| t.base == w.base && (t.shape == Shape::None || t.shape == w.shape));
        match fits {
            false => Fit::No,
            true if self == written => Fit::Exact,
            true if typed.len() == letters.len() => Fit::Whole,
            true => Fit::Prefix,
        }
    }

    /// Whether it is digits only, and which.
    pub fn digits(&self) -> Option<String> {
        self.letters.iter().map(|l| l.base.is_ascii_digit().then_some(l.base)).collect()
    }
}

/// A word and where it stands in its text.
#[derive(Clone, Debug)]
pub(super) struct PlacedWord {
    pub word: Word,
    pub start: usize,
    /// Where each letter ends, its marks included.
    ends: Vec<usize>,
}

impl PlacedWord {
    /// The bytes of the first letters.
    pub fn beginning(&self, letters: usize) -> Range<usize> {
        let end = letters.checked_sub(1).and_then(|last| self.ends.get(last));
        self.start..end.copied().unwrap_or(self.start)
    }
}

/// The words of a text; whatever is neither letter nor digit divides them.
pub fn words(text: &str) -> Vec<Word> {
    placed_words(text).into_iter().map(|placed| placed.word).collect()
}

pub(super) fn placed_words(text: &str) -> Vec<PlacedWord> {
    let mut words: Vec<PlacedWord> = Vec::new();
    let mut inside = false;
    for (at, written) in text.char_indices() {
        let end = at + written.len_utf8();
        for c in std::iter::once(written).nfkd() {
            match words.last_mut() {
                Some(current) if inside && is_mark(c) => current.mark(c, end),
                Some(current) if inside && c.is_alphanumeric() => current.push(c, end),
                _ if c.is_alphanumeric() => {
                    let mut first = PlacedWord { word: Word::default(), start: at, ends: Vec::new() };
                    first.push(c, end);
                    words.push(first);
                    inside = true;
                }
                _ => inside = inside && crate::text::normal::is_unseen(c),
            }
        }
    }
    words
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

impl PlacedWord {
    fn push(&mut self, c: char, end: usize) {
        // ð and ɖ look like đ in capitals, and old files hold them for it.
        let letter = match c {
            'đ' | 'Đ' | 'ð' | 'Ð' | 'ɖ' | 'Ɖ' => Letter { base: 'd', shape: Shape::Stroke },
            _ => Letter { base: c.to_lowercase().next().unwrap_or(c), shape: Shape::None },
        };
        self.word.letters.push(letter);
        self.ends.push(end);
    }

    fn mark(&mut self, mark: char, end: usize) {
        if let Some(last) = self.ends.last_mut() {
            *last = end;
        }
        let shape = match mark {
            '\u{306}' => Shape::Breve,
            '\u{302}' => Shape::Circumflex,
            '\u{31b}' => Shape::Horn,
            _ => {
                if let Some(tone) = tone_of_mark(mark) {
                    self.word.tone = tone;
                }
                return;
            }
        };
        if let Some(letter) = self.word.letters.last_mut() {
            letter.shape = shape;
        }
    }
}

/// One spelling of a name for keys that are derived from it: case, tone placement, spaces and the form of Unicode make
/// no difference, marks do. "LƯỜNG  THỊ THOA" and "Lường Thị Thoa" are one; Hoa and Hoà are two people.
pub fn fold_name(name: &str) -> String {
    joined(name, |word, out| {
        for letter in &word.letters {
            match letter.shape {
                Shape::Stroke => out.push('đ'),
                _ => out.push(letter.base),
            }
            match letter.shape {
                Shape::Breve => out.push('\u{306}'),
                Shape::Circumflex => out.push('\u{302}'),
                Shape::Horn => out.push('\u{31b}'),
                Shape::None | Shape::Stroke => {}
            }
        }
        const TONES: [&str; 6] = ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"];
        out.push_str(TONES[usize::from(word.tone)]);
    })
}

/// The words without any mark, for comparing titles and set phrases: "Họ và tên" → "ho va ten".
pub fn fold_plain(text: &str) -> String {
    joined(text, |word, out| out.extend(word.letters.iter().map(|l| l.base)))
}

fn joined(text: &str, write: impl Fn(&Word, &mut String)) -> String {
    let mut out = String::with_capacity(text.len());
    for word in words(text) {
        if !out.is_empty() {
            out.push(' ');
        }
        write(&word, &mut out);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(typed: &str, written: &str) -> Fit {
        words(typed)[0].fit(&words(written)[0])
    }

    #[test]
    fn a_tone_belongs_to_the_syllable() {
        assert_eq!(words("hoà"), words("hòa"));
        assert_eq!(words("HOÀ"), words("hoa\u{300}"));
        assert_eq!(words("Thuỷ"), words("Thủy"));
        assert_ne!(words("hoa"), words("hoà"));
    }

    #[test]
    fn marks_left_out_match_any_and_typed_marks_narrow() {
        assert_eq!(fit("dat", "Đạt"), Fit::Whole);
        assert_eq!(fit("dat", "Đát"), Fit::Whole);
        assert_eq!(fit("đạt", "Đát"), Fit::No);
        assert_eq!(fit("đat", "Đát"), Fit::Whole);
        assert_eq!(fit("đat", "Dát"), Fit::No);
        assert_eq!(fit("đạt", "ĐẠT"), Fit::Exact);
        assert_eq!(fit("đ", "Đạt"), Fit::Prefix);
        assert_eq!(fit("đạt", "Đạ"), Fit::No);
        assert_eq!(fit("u", "Ưng"), Fit::Prefix);
        assert_eq!(fit("ư", "Ún"), Fit::No);
    }

    #[test]
    fn a_derived_key_does_not_depend_on_spelling() {
        assert_eq!(fold_name("  LƯỜNG  THỊ THOA "), fold_name("Lường Thị Thoa"));
        assert_eq!(fold_name("Đoàn Hoà"), fold_name("Đoàn Hoa\u{300}"));
        assert_ne!(fold_name("Đoàn Hoa"), fold_name("Đoàn Hoà"));
        assert_eq!(fold_plain("Ngày, tháng, năm sinh"), "ngay thang nam sinh");
        assert_eq!(fold_plain("SĐT"), "sdt");
    }
}
