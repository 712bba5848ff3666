//! How alike two names, two birthdays, two households are.
//!
//! Many people of one hamlet share a full name, so a name alone is never enough: it takes the year, the
//! phone or the door as well. One list that names two households says that they are two. A tone or a mark
//! that was left out makes no difference ("Pao" may be Páo), another mark does (Hoà is not Hoá).

use std::collections::BTreeSet;

use serde::Serialize;
use ts_rs::TS;

use crate::domain::HouseholdId;
use crate::error::Result;
use crate::search::fold::{Fit, Word, fold_plain, words};

/// Why two may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// In one household.
    SameHousehold,
    /// In one place.
    SamePlace,
    /// The name is the same.
    SameName,
    /// The name is the same but for marks, or a part of it.
    AlikeName,
    /// Born in the same year, or on the same day.
    SameBirth,
    /// The phone is the same.
    SamePhone,
    /// The door is the same.
    SameDoor,
    /// One person was moved to both, by two people at once.
    MovedApart,
}

/// How two birthdays go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Births {
    Equal,
    OneMissing,
    BothMissing,
    Differ,
}

impl Births {
    /// The first of January stands in lists for a day that nobody knows.
    pub(super) fn of(a: &str, b: &str) -> Self {
        let vague = |birth: &str| birth.len() < 10 || birth.ends_with("-01-01");
        match (a.get(..4), b.get(..4)) {
            (None, None) => Self::BothMissing,
            (None, _) | (_, None) => Self::OneMissing,
            (Some(year), Some(other)) if year == other && (a == b || vague(a) || vague(b)) => Self::Equal,
            _ => Self::Differ,
        }
    }
}

/// How two names go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    Equal,
    /// But for marks that one of them leaves out.
    Unmarked,
    /// Surname and given name, or the given name alone.
    Parts,
    Differ,
}

impl Names {
    pub(super) fn of(a: &str, b: &str) -> Self {
        let (a, b) = (words(a), words(b));
        let alike = |a: &Word, b: &Word| a.fit(b) >= Fit::Whole || b.fit(a) >= Fit::Whole;
        let Some(((first, last), (others_first, others_last))) = ends(&a).zip(ends(&b)) else { return Self::Differ };
        if a == b {
            Self::Equal
        } else if a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| alike(a, b)) {
            Self::Unmarked
        } else if alike(last, others_last) && (alike(first, others_first) || a.len() == 1 || b.len() == 1) {
            Self::Parts
        } else {
            Self::Differ
        }
    }

    pub(super) fn reason(self) -> Reason {
        if self == Self::Equal { Reason::SameName } else { Reason::AlikeName }
    }
}

fn ends(words: &[Word]) -> Option<(&Word, &Word)> {
    words.first().zip(words.last())
}

/// What is compared of a household.
pub(super) struct Known {
    pub(super) id: HouseholdId,
    pub(super) place: [u8; 16],
    pub(super) plain: String,
    pub(super) head: String,
    pub(super) birth: String,
    pub(super) phones: BTreeSet<String>,
    pub(super) door: String,
}

/// Why two households may be one; nothing when they need not be. `one_list` says whether one list names
/// them both.
pub(super) fn households_alike(
    a: &Known,
    b: &Known,
    one_list: impl FnOnce() -> Result<bool>,
) -> Result<Option<Vec<Reason>>> {
    let (names, births) = (Names::of(&a.head, &b.head), Births::of(&a.birth, &b.birth));
    let phone = a.phones.intersection(&b.phones).next().is_some();
    let door = !a.door.is_empty() && fold_plain(&a.door) == fold_plain(&b.door);
    let place = a.place == b.place;
    let two_phones = !phone && !a.phones.is_empty() && !b.phones.is_empty();
    let enough = match (names, births) {
        (Names::Differ, _) | (_, Births::Differ) => false,
        _ if phone => true,
        (Names::Parts, _) => false,
        (_, Births::Equal) => place && (door || !one_list()?),
        (_, Births::OneMissing) => place && !two_phones && (door || !one_list()?),
        (_, Births::BothMissing) => place && door,
    };
    let why = [
        (place, Reason::SamePlace),
        (true, names.reason()),
        (births == Births::Equal, Reason::SameBirth),
        (phone, Reason::SamePhone),
        (door, Reason::SameDoor),
    ];
    Ok(enough.then(|| why.into_iter().filter_map(|(holds, reason)| holds.then_some(reason)).collect()))
}

/// Whether two residents may be one, `together` in one household or not.
pub(super) fn residents_alike(names: Names, births: Births, together: bool) -> bool {
    let named = matches!(names, Names::Equal | Names::Unmarked);
    named && if together { births != Births::Differ } else { births == Births::Equal }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_left_out_is_alike_and_another_mark_is_not() {
        assert_eq!(Names::of("Giàng A Páo", "GIÀNG A PÁO"), Names::Equal);
        assert_eq!(Names::of("Đoàn Thị Hoà", "Đoàn Thị Hòa"), Names::Equal);
        assert_eq!(Names::of("Giàng A Páo", "giang a pao"), Names::Unmarked);
        assert_eq!(Names::of("Giàng A Páo", "Giàng Páo"), Names::Parts);
        assert_eq!(Names::of("Giàng A Páo", "Páo"), Names::Parts);
        assert_eq!(Names::of("Đoàn Thị Hoà", "Đoàn Thị Hoá"), Names::Differ);
        assert_eq!(Names::of("", ""), Names::Differ);
    }

    #[test]
    fn a_year_fits_a_day_and_two_days_of_one_year_do_not() {
        assert_eq!(Births::of("1984", "1984-07-24"), Births::Equal);
        assert_eq!(Births::of("1984-01-01", "1984-07-24"), Births::Equal, "a day that nobody knew");
        assert_eq!(Births::of("1984-07-24", "1984-07-25"), Births::Differ);
        assert_eq!(Births::of("1984", "1985"), Births::Differ);
        assert_eq!(Births::of("", "1985"), Births::OneMissing);
    }

    #[test]
    fn a_name_alone_makes_no_two_households_one() {
        let known = |head: &str, birth: &str, phones: &[&str], door: &str, place: u8| Known {
            id: HouseholdId::fresh(),
            place: [place; 16],
            plain: fold_plain(head),
            head: head.to_owned(),
            birth: birth.to_owned(),
            phones: phones.iter().map(|p| (*p).to_owned()).collect(),
            door: door.to_owned(),
        };
        let alike = |a: &Known, b: &Known, one_list| {
            households_alike(a, b, || Ok(one_list)).expect("no database is asked").is_some()
        };
        let páo = known("Giàng A Páo", "1984", &["0912345678"], "Cuối bản", 1);
        assert!(alike(&páo, &known("Giàng A Pao", "1984", &[], "Qua cầu treo", 1), false));
        assert!(!alike(&páo, &known("Giàng A Páo", "1984", &[], "", 1), true), "one list names two");
        assert!(alike(&páo, &known("Giàng A Páo", "1984", &[], "cuối bản", 1), true), "twice in one list");
        assert!(!alike(&páo, &known("Giàng A Páo", "1984", &[], "", 2), false), "another hamlet");
        assert!(!alike(&páo, &known("Giàng A Páo", "1990", &["0912345678"], "Cuối bản", 1), false), "his son");
        assert!(!alike(&páo, &known("Giàng A Páo", "", &["0987654321"], "", 1), false));
        assert!(alike(&páo, &known("Giàng A Páo", "", &[], "", 1), false));
        assert!(alike(&páo, &known("Giàng Páo", "", &["0912345678"], "", 2), false), "one phone, across hamlets");
        assert!(!alike(&páo, &known("Sùng Thị Dua", "1984", &["0912345678"], "Cuối bản", 1), false), "a shared phone");
        let nobody = known("Giàng A Páo", "", &[], "", 1);
        assert!(!alike(&nobody, &known("Giàng A Páo", "", &[], "", 1), false), "only a name");
    }
}
