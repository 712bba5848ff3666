//! The lane that an address names: *Số 12, ngõ 5, tổ 3* is in *ngõ 5*, *Cuối bản, sau điểm trường* at *cuối bản*.
//! Households of one lane are walked together.

use unicode_normalization::UnicodeNormalization;

/// Words that begin a lane's name, the narrowest first.
const WORDS: [&[&str]; 4] = [
    &["ngách", "kiệt", "hẻm", "ngõ"],
    &["xóm", "dãy", "cụm", "đội"],
    &["đầu bản", "giữa bản", "cuối bản", "đầu thôn", "giữa thôn", "cuối thôn", "đầu ấp", "cuối ấp"],
    &["tổ", "đường", "phố"],
];

/// The lane in an address; empty when it names none.
pub fn of(door: &str) -> &str {
    let parts = || door.split([',', ';']).map(str::trim);
    WORDS.iter().find_map(|words| parts().find_map(|part| within(part, words))).unwrap_or_default()
}

/// From a lane's word to the end of a part; it must begin a word and have something after it, if only a second word.
fn within<'a>(part: &'a str, words: &[&str]) -> Option<&'a str> {
    let starts = part.char_indices().filter(|(at, _)| *at == 0 || part[..*at].ends_with(' '));
    let starts: Vec<usize> = starts.map(|(at, _)| at).collect();
    starts.into_iter().find_map(|at| {
        let rest = part.get(at..)?;
        let small = rest.to_lowercase();
        // Lists are often without marks; with other marks it is another word.
        let after = |word: &str| small.strip_prefix(word).or_else(|| small.strip_prefix(plain(word).as_str()));
        let named = |word: &&&str| {
            after(word).is_some_and(|after| after.starts_with(' ') || (word.contains(' ') && after.is_empty()))
        };
        words.iter().find(named).map(|_| rest)
    })
}

/// Small letters without marks.
fn plain(text: &str) -> String {
    let bare = text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    bare.flat_map(char::to_lowercase).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn an_address_names_its_lane() {
        for (door, lane) in [
            ("Số 12, ngõ 5, tổ 3", "ngõ 5"),
            ("Số 12 ngõ 5 đường Lê Lợi", "ngõ 5 đường Lê Lợi"),
            ("Xóm Dốc", "Xóm Dốc"),
            ("Cuối bản, nhà thứ hai sau điểm trường", "Cuối bản"),
            ("so 4 hem 12/3", "hem 12/3"),
            ("Tổ 7, khu phố Bình Đức", "Tổ 7"),
            ("Trên dốc, nhà sàn mái đá", ""),
            ("Nhà ngói cạnh xóm", ""),
            ("Ngô Văn Tố", ""),
            ("", ""),
        ] {
            assert_eq!(of(door), lane, "{door}");
        }
    }
}
