//! The rows of *Hộ dân*.

use std::collections::HashMap;

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::places::{self, PLACE, SearchNames};
use super::sync;
use super::views::{HouseholdCounts, HouseholdRow, LastVisit, SyncMark, SyncState};
use crate::domain::skill::Levels;
use crate::domain::{HouseholdId, HouseholdStatus, Level, MemberId, Outcome, PlaceId, SpaceId};
use crate::error::Result;

/// A chip of *Hộ dân*.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    /// Tất cả.
    #[default]
    All,
    /// Đến hẹn, quá hạn.
    Due,
    /// Quá hạn.
    Overdue,
    /// Chưa thăm.
    NotVisited,
    /// Chưa đạt.
    NotAtTarget,
    /// Của tôi: visited by the signed-in member, alone or along with another.
    Mine,
    /// Vắng nhà lần trước.
    AbsentLast,
    /// Hộ kinh doanh.
    Business,
    /// Có người cao tuổi.
    Elderly,
    /// Đã xóa.
    Removed,
}

/// The order of *Hộ dân*.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The visit longest ago first, never visited before all.
    #[default]
    LastVisit,
    /// By tên, họ, đệm of the head.
    Name,
    /// By place, then by the list's number.
    Place,
    /// By place, then lane by lane; without a lane last.
    Lane,
    /// In no order, for counting.
    #[serde(skip)]
    Unsorted,
}

/// Who asks, and on which day: filters and overdue marks depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// The notebook.
    pub space: SpaceId,
    /// The signed-in member.
    pub me: MemberId,
    /// Today.
    pub today: Date,
}

impl Filter {
    const ALL: [Self; 10] = [
        Self::All,
        Self::Due,
        Self::Overdue,
        Self::NotVisited,
        Self::NotAtTarget,
        Self::Mine,
        Self::AbsentLast,
        Self::Business,
        Self::Elderly,
        Self::Removed,
    ];

    /// Whether a row of `standing h` passes; ?1 space, ?2 me, ?3 today.
    fn condition(self) -> &'static str {
        match self {
            Self::All => "h.hidden = 0",
            Self::Due => "h.hidden = 0 AND h.follow_up <= ?3",
            Self::Overdue => "h.hidden = 0 AND h.follow_up < ?3",
            Self::NotVisited => "h.hidden = 0 AND h.visits = 0",
            Self::NotAtTarget => "h.hidden = 0 AND h.at_target = 0",
            Self::Mine => {
                "h.hidden = 0 AND EXISTS (SELECT 1 FROM visits v
                   WHERE v.space = h.space AND v.author = ?2 AND v.household = h.id AND v.removed = 0)
                 OR h.hidden = 0 AND EXISTS (SELECT 1 FROM visit_companions w
                   WHERE w.member = ?2 AND w.household = h.id)"
            }
            Self::AbsentLast => "h.hidden = 0 AND h.last_outcome = 'absent'",
            Self::Business => "h.hidden = 0 AND h.business = 1",
            Self::Elderly => "h.hidden = 0 AND h.elderly = 1",
            Self::Removed => "h.removed = 1 AND h.merged_into IS NULL",
        }
    }
}

fn order(sort: Sort) -> &'static str {
    match sort {
        Sort::LastVisit => "h.last_day NULLS FIRST, h.name_key, h.id",
        Sort::Name => "h.name_key, h.head_birth, h.id",
        Sort::Place => "d.name_key, h.code, h.door, h.name_key, h.id",
        Sort::Lane => "d.name_key, h.lane_key = x'', h.lane_key, h.door, h.name_key, h.id",
        Sort::Unsorted => "1",
    }
}

/// The columns of a row, where [`places::joins`] is.
fn columns() -> String {
    format!(
        "h.id, h.head, h.head_birth, h.code, {PLACE}, coalesce(d.name, ''), h.door, h.phone, h.residents, h.best,
         h.at_target, h.business, h.elderly, h.status, h.last_day, h.last_outcome, h.follow_up, h.conflicts, h.lane"
    )
}

fn bind(asker: &Asker) -> (&[u8; 16], &[u8; 16], String) {
    (asker.space.bytes(), asker.me.bytes(), asker.today.to_string())
}

/// The ids that pass a filter, in order.
pub fn ids(
    db: &Connection,
    asker: &Asker,
    filter: Filter,
    place: Option<PlaceId>,
    sort: Sort,
) -> Result<Vec<HouseholdId>> {
    let (space, me, today) = bind(asker);
    // ?2 and ?3 are always bound, whether or not the filter uses them.
    let sql = format!(
        "SELECT h.id FROM standing h {} WHERE h.space = ?1 AND (?4 IS NULL OR {PLACE} = ?4) AND (?2 IS ?2)
         AND {} ORDER BY {}",
        places::joins("?3"),
        filter.condition(),
        order(sort)
    );
    let mut query = db.prepare_cached(&sql)?;
    let rows = query.query_map(params![space, me, today, place.as_ref().map(PlaceId::bytes)], |row| {
        Ok(HouseholdId(Uuid::from_bytes(row.get(0)?)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many households each chip would show.
pub fn counts(db: &Connection, asker: &Asker) -> Result<HouseholdCounts> {
    let (space, me, today) = bind(asker);
    let sums: Vec<String> = Filter::ALL.iter().map(|f| format!("coalesce(sum({}), 0)", f.condition())).collect();
    let sql = format!("SELECT {} FROM standing h WHERE h.space = ?1 AND (?2 IS ?2) AND (?3 = ?3)", sums.join(", "));
    Ok(db.prepare_cached(&sql)?.query_row(params![space, me, today], |row| {
        Ok(HouseholdCounts {
            all: row.get(0)?,
            due: row.get(1)?,
            overdue: row.get(2)?,
            not_visited: row.get(3)?,
            not_at_target: row.get(4)?,
            mine: row.get(5)?,
            absent_last: row.get(6)?,
            business: row.get(7)?,
            elderly: row.get(8)?,
            removed: row.get(9)?,
        })
    })?)
}

/// How many households a notebook has.
pub fn how_many(db: &Connection, space: SpaceId) -> Result<u32> {
    let sql = "SELECT count(*) FROM standing h WHERE h.space = ?1 AND h.hidden = 0";
    Ok(db.prepare_cached(sql)?.query_row([space.bytes()], |row| row.get(0))?)
}

/// The rows of these households, in the order asked for.
pub fn rows(db: &Connection, asker: &Asker, wanted: &[HouseholdId]) -> Result<Vec<HouseholdRow>> {
    let sql = format!("SELECT {} FROM standing h {} WHERE h.id = ?1", columns(), places::joins("?2"));
    let mut query = db.prepare_cached(&sql)?;
    let today = asker.today.to_string();
    let connected = sync::connected(db, asker.space)?;
    let mut out = Vec::with_capacity(wanted.len());
    for id in wanted {
        let mut found = query.query_map(params![id.bytes(), today], |row| read(row, &today))?;
        if let Some(row) = found.next().transpose()? {
            out.push(HouseholdRow { sync: sync::of_household(db, connected, *id)?, ..row });
        }
    }
    Ok(out)
}

fn read(row: &Row<'_>, today: &str) -> rusqlite::Result<HouseholdRow> {
    let birth: String = row.get(2)?;
    let outcome: Option<String> = row.get(15)?;
    let last_day: Option<String> = row.get(14)?;
    let follow_up: Option<String> = row.get(16)?;
    Ok(HouseholdRow {
        id: HouseholdId(Uuid::from_bytes(row.get(0)?)).to_string(),
        head: row.get(1)?,
        head_birth_year: birth.get(..4).and_then(|year| year.parse().ok()),
        code: row.get(3)?,
        place: PlaceId(Uuid::from_bytes(row.get(4)?)).to_string(),
        place_name: row.get(5)?,
        door: row.get(6)?,
        lane: row.get(18)?,
        phone: row.get(7)?,
        residents: row.get(8)?,
        best: levels(&row.get::<_, Vec<u8>>(9)?),
        at_target: row.get(10)?,
        business: row.get(11)?,
        elderly: row.get(12)?,
        status: HouseholdStatus::from_stored(&row.get::<_, String>(13)?),
        last_visit: last_day
            .zip(outcome.as_deref().and_then(Outcome::from_stored))
            .map(|(day, outcome)| LastVisit { day, outcome }),
        overdue: follow_up.as_deref().is_some_and(|day| day < today),
        follow_up,
        conflicts: row.get(17)?,
        sync: SyncMark { state: SyncState::Here, at_ms: None, relay: None },
        matched: None,
    })
}

/// Levels from their stored codes.
pub fn levels(stored: &[u8]) -> Levels {
    let mut levels = Levels::default();
    for (level, code) in levels.iter_mut().zip(stored) {
        *level = Level::from_index(usize::from(*code)).unwrap_or_default();
    }
    levels
}

/// The people and words that the search knows of each household, grouped by household.
pub struct Searchable {
    /// The household.
    pub id: HouseholdId,
    /// Its people: name, relation, whether the head, phone.
    pub people: Vec<(String, String, bool, String)>,
    /// Its own phones: more than one when it was merged from several.
    pub phones: Vec<String>,
    /// Its place's names, former ones too.
    pub place_names: String,
    /// How to find the door.
    pub door: String,
    /// Its number in the list.
    pub code: String,
    /// Sorts its head's name.
    pub name_key: Vec<u8>,
}

/// The nth person of a household as the search knows them: name, relation, whether the head.
pub fn searchable_person(
    db: &Connection,
    household: HouseholdId,
    nth: usize,
) -> Result<Option<(String, String, bool)>> {
    Ok(db
        .prepare_cached(
            "SELECT name, relation, head FROM residents WHERE household = ?1 AND gone = 0
             ORDER BY position LIMIT 1 OFFSET ?2",
        )?
        .query_row(params![household.bytes(), nth as i64], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?)
}

/// What the search knows of one household; nothing when it is not of this space.
pub fn searchable_one(db: &Connection, space: SpaceId, household: HouseholdId) -> Result<Option<Searchable>> {
    let own = params![space.bytes(), household.bytes()];
    let names = SearchNames::of(db, space)?;
    let of = ("h.id = ?2 AND h.space = ?1", "household = ?1");
    let found = read_searchable(db, &names, of, own, params![household.bytes()])?;
    Ok(found.into_iter().next())
}

/// What the search knows of all households.
pub fn searchable(db: &Connection, space: SpaceId) -> Result<Vec<Searchable>> {
    read_searchable(db, &SearchNames::of(db, space)?, ("h.space = ?1", "true"), params![space.bytes()], [])
}

/// Two fixed conditions instead of one with a choice in it: SQLite then uses its indexes.
fn read_searchable(
    db: &Connection,
    names: &SearchNames,
    (households, people): (&str, &str),
    of_households: impl rusqlite::Params,
    of_people: impl rusqlite::Params,
) -> Result<Vec<Searchable>> {
    let sql = format!("SELECT h.id, h.phone, h.place, h.door, h.code, h.name_key FROM households h WHERE {households}");
    let mut query = db.prepare_cached(&sql)?;
    let rows = query.query_map(of_households, |row| {
        let id = HouseholdId(Uuid::from_bytes(row.get(0)?));
        Ok(Searchable {
            id,
            people: Vec::new(),
            phones: vec![row.get(1)?],
            place_names: names.of_household(id, PlaceId(Uuid::from_bytes(row.get(2)?))),
            door: row.get(3)?,
            code: row.get(4)?,
            name_key: row.get(5)?,
        })
    })?;
    let mut found: Vec<Searchable> = rows.collect::<rusqlite::Result<_>>()?;
    let at: HashMap<HouseholdId, usize> = found.iter().enumerate().map(|(n, s)| (s.id, n)).collect();
    let sql = format!(
        "SELECT household, name, relation, head, phone FROM residents
         WHERE gone = 0 AND {people} ORDER BY household, position"
    );
    let mut query = db.prepare_cached(&sql)?;
    let people = query.query_map(of_people, |row| {
        Ok((HouseholdId(Uuid::from_bytes(row.get(0)?)), (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
    })?;
    for person in people {
        let (household, person) = person?;
        if let Some(entry) = at.get(&household).and_then(|n| found.get_mut(*n)) {
            entry.people.push(person);
        }
    }
    merged_phones(db, &at, &mut found)?;
    Ok(found)
}

/// A merged household is found by the phones of all that it was merged from.
fn merged_phones(db: &Connection, at: &HashMap<HouseholdId, usize>, found: &mut [Searchable]) -> Result<()> {
    let mut query = db.prepare_cached("SELECT merged_into, phone FROM households WHERE merged_into IS NOT NULL")?;
    for row in query.query_map([], |row| Ok((HouseholdId(Uuid::from_bytes(row.get(0)?)), row.get(1)?)))? {
        let (household, phone) = row?;
        if let Some(entry) = at.get(&household).and_then(|n| found.get_mut(*n)) {
            entry.phones.push(phone);
        }
    }
    Ok(())
}
