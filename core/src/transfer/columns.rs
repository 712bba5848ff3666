//! What a column holds, guessed from its title and from its values.
//!
//! Titles differ from commune to commune ("Họ và tên", "Họ tên chủ hộ", "SĐT", "Điện thoại LH"), so phrases are looked
//! for among their words, without marks, the more telling ones first. Values decide where the title says nothing, and
//! overrule it in one direction only: a column of identity-card numbers or of ethnic origins is never read, whatever
//! stands above it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::phrases::{PEOPLES, PHRASES};
use super::workbook::{Cell, Row};
use crate::search::fold::fold_plain;
use crate::text::{birth, id_number, normal::nfc, phone};

/// What a column holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The number of the row in the list.
    Number,
    /// The list's own code of the household.
    HouseholdCode,
    /// The name of the head of household. Several such columns are one name in parts.
    HeadName,
    /// The name of a person. Several such columns are one name in parts.
    FullName,
    /// What the person is to the head: "Vợ", "Con".
    Relation,
    /// Day or year of birth.
    Birth,
    /// "Nam" or "Nữ".
    Sex,
    /// A cross for men, or their year of birth.
    SexMale,
    /// A cross for women, or their year of birth.
    SexFemale,
    /// Phone.
    Phone,
    /// How to find the door.
    Address,
    /// The hamlet.
    Hamlet,
    /// How many people live there.
    PeopleCount,
    /// A note.
    Note,
    /// Identity-card number: never stored.
    IdNumber,
    /// Ethnic origin: never stored.
    Ethnicity,
    /// Not used.
    #[default]
    Ignore,
}

impl Column {
    /// Whether the law forbids to keep it.
    pub fn is_forbidden(self) -> bool {
        matches!(self, Column::IdNumber | Column::Ethnicity)
    }

    /// Whether what it holds gets into the notebook.
    pub fn is_stored(self) -> bool {
        !self.is_forbidden() && !matches!(self, Column::Number | Column::Ignore)
    }

    /// Whether it names a person.
    pub fn is_name(self) -> bool {
        matches!(self, Column::HeadName | Column::FullName)
    }
}

/// A title is a few words; a sentence above the list is none.
const MOST_TITLE_WORDS: usize = 10;

/// What a title says.
pub fn from_title(title: &str) -> Option<Column> {
    let title = nfc(title);
    // Năm is a year, Nam is a man; without marks they are one.
    if title.to_lowercase() == "năm" {
        return Some(Column::Birth);
    }
    let folded = fold_plain(&title);
    if folded.is_empty() || folded.split(' ').count() > MOST_TITLE_WORDS {
        return None;
    }
    let says = |phrase: &&str| match phrase.strip_prefix('=') {
        Some(whole) => folded == whole,
        None => holds(&folded, phrase),
    };
    PHRASES.iter().find(|(_, phrases)| phrases.iter().any(&says)).map(|&(column, _)| column)
}

/// Whether a phrase stands among the words of a text.
fn holds(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + phrase.len()..]);
        (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
    })
}

/// How many values are looked at.
const MOST_VALUES: usize = 400;

/// What a column holds, from its title and the rows below.
pub fn guess(title: &str, index: usize, rows: &[Row]) -> Column {
    let titled = from_title(title);
    let values: Vec<&Cell> =
        rows.iter().map(|row| row.cell(index)).filter(|cell| !cell.is_empty()).take(MOST_VALUES).collect();
    if let Some(forbidden) = titled.filter(|c| c.is_forbidden()).or_else(|| forbidden(&values)) {
        return forbidden;
    }
    match titled {
        // "Chủ hộ" above crosses marks the head among people.
        Some(Column::HeadName) if share(&values, |v| is_cross(&v.text())) > 0.8 => Column::Relation,
        Some(column) => column,
        None if share(&values, is_phone) > 0.7 => Column::Phone,
        None if nfc(title).is_empty() => untitled(&values),
        None => Column::Ignore,
    }
}

/// A column without a title says what it is only by its values.
fn untitled(values: &[&Cell]) -> Column {
    if values.len() < 3 {
        Column::Ignore
    } else if share(values, |v| looks_like_name(&v.text())) > 0.8 {
        Column::FullName
    } else if share(values, is_birth) > 0.8 {
        Column::Birth
    } else {
        Column::Ignore
    }
}

fn forbidden(values: &[&Cell]) -> Option<Column> {
    if share(values, is_id_number) >= 0.3 {
        return Some(Column::IdNumber);
    }
    // One household of a small list may be called anything; a column of peoples is another matter.
    let many = values.len() >= 5;
    (many && share(values, |v| PEOPLES.contains(&fold_plain(&v.text()).as_str())) > 0.6).then_some(Column::Ethnicity)
}

fn share(values: &[&Cell], is: impl Fn(&Cell) -> bool) -> f64 {
    match values.len() {
        0 => 0.0,
        all => values.iter().filter(|value| is(value)).count() as f64 / all as f64,
    }
}

/// Twelve digits, or eleven in a number that lost its zero and is no phone.
fn is_id_number(cell: &Cell) -> bool {
    let text = cell.text();
    let digits = text.chars().filter(|&c| id_number::digit(c).is_some()).count();
    let others = text.chars().filter(|c| c.is_alphabetic()).count();
    let long = id_number::find(&text) == Some(id_number::Finding::Twelve) && others <= 5;
    long || matches!(cell, Cell::Number(_)) && digits == 11 && phone::parse(&text).is_err()
}

fn is_phone(cell: &Cell) -> bool {
    phone::parse(&cell.text()).is_ok()
}

fn is_birth(cell: &Cell) -> bool {
    matches!(cell, Cell::Date(_)) || birth::parse(&cell.text(), Date::MAX).is_ok_and(|b| b.year <= 2100)
}

/// A cross or tick in a column that marks something.
pub(super) fn is_cross(text: &str) -> bool {
    matches!(nfc(text).to_lowercase().as_str(), "x" | "×" | "✓" | "✔" | "v" | "+" | "1" | "có")
}

/// Two to five words that begin with a capital, without digits.
fn looks_like_name(text: &str) -> bool {
    let text = nfc(text);
    let words: Vec<&str> = text.split(' ').collect();
    (2..=5).contains(&words.len())
        && words.iter().all(|word| {
            word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '-'))
        })
        && from_title(&text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_known_in_many_words() {
        for (title, column) in [
            ("STT", Column::Number),
            ("Mã hộ", Column::HouseholdCode),
            ("Họ và tên", Column::FullName),
            ("HỌ, CHỮ ĐỆM VÀ TÊN CHỦ HỘ", Column::HeadName),
            ("Quan hệ với chủ hộ", Column::Relation),
            ("Ngày, tháng, năm sinh", Column::Birth),
            ("Năm sinh chủ hộ", Column::Birth),
            ("Năm", Column::Birth),
            ("Nam", Column::SexMale),
            ("Nữ", Column::SexFemale),
            ("Giới tính", Column::Sex),
            ("Số CCCD", Column::IdNumber),
            ("CMND/CCCD", Column::IdNumber),
            ("Dân tộc", Column::Ethnicity),
            ("ĐT", Column::Phone),
            ("SĐT chủ hộ", Column::Phone),
            ("Thôn, bản", Column::Hamlet),
            ("Địa chỉ", Column::Address),
            ("Số nhân khẩu trong hộ", Column::PeopleCount),
            ("Ghi chú", Column::Note),
        ] {
            assert_eq!(from_title(title), Some(column), "{title}");
        }
        assert_eq!(from_title("Diện tích"), None);
    }

    #[test]
    fn values_overrule_a_title_that_hides_what_is_forbidden() {
        let rows = |values: &[&str]| -> Vec<Row> {
            let row = |(i, v): (usize, &&str)| Row { number: i as u32 + 2, cells: vec![Cell::Text((*v).into())] };
            values.iter().enumerate().map(row).collect()
        };
        assert_eq!(guess("Ghi chú", 0, &rows(&["070578904404", "035 078 310 241", ""])), Column::IdNumber);
        assert_eq!(guess("Nhóm", 0, &rows(&["Kinh", "H'Mông", "Thái", "Dao", "kinh"])), Column::Ethnicity);
        assert_eq!(guess("Cột 7", 0, &rows(&["0912345678", "0386402555"])), Column::Phone);
        assert_eq!(guess("", 0, &rows(&["Lò Văn Ún", "Giàng A Páo", "Cà Thị Hịa"])), Column::FullName);
        let numbers = [70_578_904_404.0, 35_078_310_241.0].map(|n| Row { number: 2, cells: vec![Cell::Number(n)] });
        assert_eq!(guess("Số", 0, &numbers), Column::IdNumber, "card numbers that lost their zero");
    }
}
