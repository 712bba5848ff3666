//! People who may be written in two notebooks. Whoever moved from one hamlet to the next is counted in both, and neither
//! notebook knows of the other: an office that has both finds them when it asks.
//!
//! It takes more than inside of one notebook ([`super::duplicates`]). People of many hamlets share a name and a year
//! of birth, so it is the name with the whole birthday, or with the phone.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::alike::{Births, Names, Reason};
use super::{places, same, space as space_rows};
use crate::domain::{ConsentState, HouseholdId, HouseholdStatus, ResidentId, SpaceId};
use crate::error::Result;

/// More entries than this under one name and one birthday or phone stand for nobody in particular.
const SHARED_BY: usize = 32;
/// As much of a phone's end is shown: it tells two apart, and calls nobody.
const PHONE_END: usize = 3;

/// People of two notebooks who may be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfficeAlike {
    /// The surest of them.
    pub pairs: Vec<AlikePair>,
    /// How many there are in all.
    pub total: u32,
}

/// Two people of two notebooks who may be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AlikePair {
    /// One of them.
    pub a: AlikeSide,
    /// The other.
    pub b: AlikeSide,
    /// Why they may be one.
    pub why: Vec<Reason>,
}

/// One of two people who may be one, with what tells them apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AlikeSide {
    /// The notebook.
    pub notebook: String,
    /// Its name.
    pub notebook_name: String,
    /// The household.
    pub household: String,
    /// Who may be one with the other.
    pub name: String,
    /// The place's name.
    pub place_name: String,
    /// Birth: `1984`, `1984-07` or `1984-07-24`, or empty.
    pub birth: String,
    /// The last digits of the phone, or empty.
    pub phone_end: String,
}

/// What is compared of a person.
struct Person {
    /// The notebook.
    space: SpaceId,
    /// Which of those that were asked about it is.
    nth: usize,
    household: HouseholdId,
    /// The one id of whoever has several entries there.
    one: ResidentId,
    name: String,
    plain: String,
    birth: String,
    phone: String,
    sex: Option<String>,
}

impl Person {
    /// The birthday, where it is a day that somebody knew: lists have the first of January for one that nobody did.
    fn birthday(&self) -> Option<&str> {
        Some(self.birth.as_str()).filter(|birth| birth.len() == 10 && !birth.ends_with("-01-01"))
    }

    fn phone(&self) -> Option<&str> {
        Some(self.phone.as_str()).filter(|phone| !phone.is_empty())
    }

    /// Why this may be somebody of another notebook with whom it has a birthday or a phone in common.
    fn why(&self, other: &Self) -> Option<Vec<Reason>> {
        let (names, births) = (Names::of(&self.name, &other.name), Births::of(&self.birth, &other.birth));
        let phone = self.phone().is_some() && self.phone() == other.phone();
        let one_sex = self.sex.is_none() || other.sex.is_none() || self.sex == other.sex;
        let named = matches!(names, Names::Equal | Names::Unmarked);
        let why = [(true, names.reason()), (births == Births::Equal, Reason::SameBirth), (phone, Reason::SamePhone)];
        let is = self.nth != other.nth && named && one_sex && births != Births::Differ;
        is.then(|| why.into_iter().filter_map(|(holds, why)| holds.then_some(why)).collect())
    }
}

/// Who of these notebooks may be written in two of them, the surest first, and how many there are in all. Whoever
/// lives there no longer is not looked at, and neither is who has refused.
pub fn alike(db: &Connection, spaces: &[SpaceId], at_most: usize) -> Result<OfficeAlike> {
    let mut people = Vec::new();
    for (nth, space) in spaces.iter().enumerate() {
        read(db, *space, nth, &mut people)?;
    }
    let mut found: Vec<Found<'_>> = pairs(&people).into_values().collect();
    // Those of two notebooks together, in the order in which they were found.
    found.sort_by_key(|(a, b, why)| (Reverse(why.len()), a.nth, b.nth));
    let shown = found
        .iter()
        .take(at_most)
        .map(|(a, b, why)| Ok(AlikePair { a: side(db, a)?, b: side(db, b)?, why: why.clone() }));
    Ok(OfficeAlike { pairs: shown.collect::<Result<_>>()?, total: found.len() as u32 })
}

fn read(db: &Connection, space: SpaceId, nth: usize, people: &mut Vec<Person>) -> Result<()> {
    let one = same::people(db, space)?;
    let mut query = db.prepare_cached(
        "SELECT r.household, r.id, r.name, r.plain, r.birth, iif(r.phone = '' AND r.head = 1, h.phone, r.phone), r.sex
         FROM standing h CROSS JOIN residents r ON r.household = h.id
         WHERE h.space = ?1 AND h.hidden = 0 AND h.status = ?2
           AND r.gone = 0 AND r.plain <> '' AND r.consent NOT IN (?3, ?4)
         ORDER BY h.id, r.id",
    )?;
    let (refused, withdrawn) = (ConsentState::Refused.as_str(), ConsentState::Withdrawn.as_str());
    let mut rows = query.query(params![space.bytes(), HouseholdStatus::Living.as_str(), refused, withdrawn])?;
    while let Some(row) = rows.next()? {
        let id = ResidentId(Uuid::from_bytes(row.get(1)?));
        people.push(Person {
            space,
            nth,
            household: HouseholdId(Uuid::from_bytes(row.get(0)?)),
            one: one.get(&id).copied().unwrap_or(id),
            name: row.get(2)?,
            plain: row.get(3)?,
            birth: row.get(4)?,
            phone: row.get(5)?,
            sex: row.get(6)?,
        });
    }
    Ok(())
}

/// Two who may be one, and why.
type Found<'a> = (&'a Person, &'a Person, Vec<Reason>);

/// One of the notebooks, and somebody in it.
type Who = (usize, ResidentId);

/// The pairs of those who have a name in common, and a birthday or a phone. Each pair of people once, in whichever
/// households they are written.
fn pairs(people: &[Person]) -> BTreeMap<(Who, Who), Found<'_>> {
    let mut groups: BTreeMap<(&str, &str), Vec<&Person>> = BTreeMap::new();
    for person in people {
        for told in [person.birthday(), person.phone()].into_iter().flatten() {
            groups.entry((&person.plain, told)).or_default().push(person);
        }
    }
    let mut pairs = BTreeMap::new();
    for group in groups.into_values().filter(|group| group.len() <= SHARED_BY) {
        for (n, a) in group.iter().enumerate() {
            for b in group.iter().skip(n + 1) {
                if let Some(why) = a.why(b) {
                    pairs.entry(((a.nth, a.one), (b.nth, b.one))).or_insert((*a, *b, why));
                }
            }
        }
    }
    pairs
}

fn side(db: &Connection, person: &Person) -> Result<AlikeSide> {
    let sql =
        format!("SELECT coalesce(d.name, '') FROM households h {} WHERE h.id = ?1", places::joins(places::AT_LAST));
    let place_name = db.prepare_cached(&sql)?.query_row([person.household.bytes()], |row| row.get(0))?;
    let hidden = person.phone.chars().count().saturating_sub(PHONE_END);
    Ok(AlikeSide {
        notebook: person.space.to_string(),
        notebook_name: space_rows::name(db, person.space)?,
        household: person.household.to_string(),
        name: person.name.clone(),
        place_name,
        birth: person.birth.clone(),
        phone_end: person.phone.chars().skip(hidden).collect(),
    })
}
