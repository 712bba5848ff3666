//! One spelling for one text.
//!
//! Vietnamese letters have a composed and a decomposed form, and what is pasted from chats and spreadsheets carries
//! no-break spaces, byte-order marks and direction marks. Two such names look equal and are not; here they become so.

use unicode_normalization::UnicodeNormalization;

/// Composed (NFC), trimmed text on one line: runs of any whitespace become one space, control and invisible
/// characters are gone.
pub fn nfc(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(char::is_whitespace) {
        let start = out.len();
        if start > 0 {
            out.push(' ');
        }
        out.extend(word.chars().filter(|&c| !is_unseen(c)).nfc());
        if out.len() == start + usize::from(start > 0) {
            out.truncate(start);
        }
    }
    out
}

/// Like [`nfc`], for notes of several lines: line breaks stay, at most one empty line in a row, none at the ends.
pub fn nfc_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for line in text.replace("\r\n", "\n").split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let line = nfc(line);
        if line.is_empty() {
            gap = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if gap { "\n\n" } else { "\n" });
        }
        gap = false;
        out.push_str(&line);
    }
    out
}

/// A character that a person cannot see and did not mean: control, zero-width, direction and tag characters.
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The tone that a combining mark stands for, in the order of the dictionary:
/// 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng (0 is ngang, which has no mark).
pub fn tone_of_mark(mark: char) -> Option<u8> {
    match mark {
        '\u{300}' => Some(1),
        '\u{309}' => Some(2),
        '\u{303}' => Some(3),
        '\u{301}' => Some(4),
        '\u{323}' => Some(5),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decomposed_name_with_a_no_break_space_is_the_same_name() {
        let pasted = "\u{feff} Đoa\u{300}n\u{a0}\u{a0}Thi\u{323}\tThanh\u{200b} Hoa\u{300}\n";
        assert_eq!(nfc(pasted), "Đoàn Thị Thanh Hoà");
        assert_eq!(nfc("  LƯỜNG   THỊ THOA  "), "LƯỜNG THỊ THOA");
        assert_eq!(nfc("a \u{200b} b"), "a b", "a word of nothing leaves no second space");
        assert_eq!(nfc("\u{202e}\u{0}\u{7}"), "");
    }

    #[test]
    fn a_letter_split_by_an_invisible_mark_is_joined() {
        assert_eq!(nfc("Hoa\u{200d}\u{300}"), "Hoà");
    }

    #[test]
    fn a_note_keeps_its_lines() {
        assert_eq!(nfc_lines("\n\nQua cầu \r\n rẽ  trái\r\n\r\n\n\nHỏi cô Mỷ\n "), "Qua cầu\nrẽ trái\n\nHỏi cô Mỷ");
    }
}
