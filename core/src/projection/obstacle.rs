//! Obstacles: those of visits and those that were raised on their own, with what was said of them.
//!
//! A visit's obstacle has no row of its own beside the visit's text, so a correction of the visit corrects it, and a
//! visit that is taken back takes it along. What was said of it stays, and is there again when the visit is restored.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::list::Asker;
use super::places;
use super::space::{self, Fields};
use super::sync;
use super::views::SyncMark;
use crate::clock::date_of;
use crate::doc::Scalar;
use crate::domain::obstacle::{ANSWER_WITHIN, Raised, Said, SaidKind};
use crate::domain::{HouseholdId, MemberId, ObstacleId, PhotoHash, PlaceId, SaidId, SpaceId, value};
use crate::error::Result;

/// What stands in the way, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ObstacleView {
    /// Its id; the visit's, when it was raised in one.
    pub id: String,
    /// What stands in the way.
    pub text: String,
    /// The day on which it was raised.
    pub day: String,
    /// How many days it has stood: until today, or until it was closed.
    pub age: u32,
    /// Who raised it: a member's id.
    pub author: String,
    /// Their name.
    pub author_name: String,
    /// Where; nothing when it was raised on its own and for no place.
    pub place: Option<String>,
    /// The place's name.
    pub place_name: String,
    /// The household, when it was raised in a visit.
    pub household: Option<String>,
    /// Its head's name.
    pub head: String,
    /// The photos of the visit, by their hashes.
    pub photos: Vec<String>,
    /// What was said of it, oldest first.
    pub words: Vec<ObstacleWord>,
    /// Somebody else than who raised it has answered.
    pub answered: bool,
    /// It is settled.
    pub closed: bool,
    /// Open and without an answer for longer than the rule allows.
    pub stands_out: bool,
    /// Taken back. A visit's is taken back with the visit.
    pub removed: bool,
    /// Where the record is.
    pub sync: SyncMark,
}

/// One word that was said of an obstacle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ObstacleWord {
    /// Its id.
    pub id: String,
    /// An answer, a closing, a reopening.
    pub kind: SaidKind,
    /// The moment.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// Who said it: a member's id.
    pub author: String,
    /// Their name.
    pub author_name: String,
    /// The answer; empty when it was taken back. May be empty when it was closed or reopened.
    pub text: String,
    /// Where the record is.
    pub sync: SyncMark,
}

/// Writes the rows of an obstacle that was raised on its own, and of what was said of one.
pub(super) fn insert(db: &Connection, space: &[u8; 16], id: &str, fields: &Fields<'_>) -> Result<()> {
    let Ok(id) = id.parse::<ObstacleId>() else { return Ok(()) };
    for (field, entry) in fields {
        let (bytes, change) = (entry.value.bytes().unwrap_or_default(), entry.change.0);
        if field.is_empty() {
            let Some(raised) = value::decode::<Raised>(bytes) else { continue };
            db.execute(
                "INSERT INTO obstacles (space, id, day, author, place, text, removed, change, value)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![
                    space,
                    id.bytes(),
                    raised.day().map(|day| day.to_string()).unwrap_or_default(),
                    raised.author.bytes(),
                    raised.place.as_ref().map(PlaceId::bytes),
                    raised.text,
                    raised.removed,
                    change,
                    bytes
                ],
            )?;
        } else if let (Some(word), Some(said)) = (word_id(field), value::decode::<Said>(bytes)) {
            db.execute(
                "INSERT OR IGNORE INTO obstacle_words (space, obstacle, id, kind, at_ms, clock, author, text, change)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![
                    space,
                    id.bytes(),
                    word.bytes(),
                    said.kind.as_str(),
                    said.at_ms,
                    said.clock as i64,
                    said.author.bytes(),
                    said.text,
                    change
                ],
            )?;
        }
    }
    Ok(())
}

/// The last part of the key of a word that was said of an obstacle.
pub fn word_field(kind: SaidKind, id: SaidId) -> String {
    format!("{}:{id}", if kind == SaidKind::Reply { "reply" } else { "state" })
}

fn word_id(field: &str) -> Option<SaidId> {
    let (kind, id) = field.split_once(':')?;
    matches!(kind, "reply" | "state").then(|| id.parse().ok()).flatten()
}

/// Writes the rule's row.
pub(super) fn insert_rule(db: &Connection, space: SpaceId, value: &Scalar) -> Result<()> {
    if let Some(days) = value.int().filter(|days| (1..=365).contains(days)) {
        db.execute("INSERT INTO obstacle_rules (space, days) VALUES (?1, ?2)", params![space.bytes(), days])?;
    }
    Ok(())
}

/// Days without an answer after which an obstacle stands out.
pub fn answer_within(db: &Connection, space: SpaceId) -> Result<i64> {
    let sql = "SELECT days FROM obstacle_rules WHERE space = ?1";
    let set = db.prepare_cached(sql)?.query_row([space.bytes()], |row| row.get(0)).optional()?;
    Ok(set.unwrap_or(ANSWER_WITHIN))
}

/// One that was raised on its own, as it is stored.
pub fn stored(db: &Connection, space: SpaceId, id: ObstacleId) -> Result<Option<Raised>> {
    let found: Option<Vec<u8>> = db
        .prepare_cached("SELECT value FROM obstacles WHERE space = ?1 AND id = ?2")?
        .query_row(params![space.bytes(), id.bytes()], |row| row.get(0))
        .optional()?;
    Ok(found.as_deref().and_then(value::decode))
}

/// What somebody answered, as it is stored.
pub fn reply(db: &Connection, space: SpaceId, id: ObstacleId, reply: SaidId) -> Result<Option<Said>> {
    let mut words = words(db, space)?.remove(id.bytes()).unwrap_or_default();
    words.retain(|(word, said, _)| *word == reply && said.kind == SaidKind::Reply);
    Ok(words.pop().map(|(_, said, _)| said))
}

/// The newest clock of what was said of an obstacle.
pub fn newest_clock(db: &Connection, space: SpaceId, id: ObstacleId) -> Result<u64> {
    let newest: Option<i64> = db
        .prepare_cached("SELECT max(clock) FROM obstacle_words WHERE space = ?1 AND obstacle = ?2")?
        .query_row(params![space.bytes(), id.bytes()], |row| row.get(0))?;
    Ok(newest.unwrap_or_default().unsigned_abs())
}

/// Every obstacle of the notebook: what is open first, of that what stands out first, the oldest first; what is
/// settled or taken back comes last, the newest first.
pub fn list(db: &Connection, asker: &Asker) -> Result<Vec<ObstacleView>> {
    let (mut words, photos) = (words(db, asker.space)?, photos(db, asker.space)?);
    let (names, within) = (space::author_names(db, asker.space)?, answer_within(db, asker.space)?);
    let titles = places::titles(db, asker.space, asker.today)?;
    let mut query = db.prepare_cached(&format!(
        "WITH located AS ({})
         SELECT o.id, o.text, o.day, o.author, o.place, '', NULL, '', o.removed, o.change
         FROM obstacles o WHERE o.space = ?1
         UNION ALL
         SELECT v.id, w.text, v.day, v.author, l.place, l.place_name, h.id, h.head, 0, v.change
         FROM visits v JOIN visit_obstacles w ON w.household = v.household AND w.visit = v.id
         JOIN located l ON l.household = v.household JOIN households h ON h.id = v.household
         WHERE v.space = ?1",
        places::located("?1", "?2")
    ))?;
    let rows = query.query_map(params![asker.space.bytes(), asker.today.to_string()], |row| {
        let author = MemberId(Uuid::from_bytes(row.get(3)?)).to_string();
        let place = row.get::<_, Option<[u8; 16]>>(4)?.map(|place| PlaceId(Uuid::from_bytes(place)));
        let household: Option<[u8; 16]> = row.get(6)?;
        let view = ObstacleView {
            id: ObstacleId(Uuid::from_bytes(row.get(0)?)).to_string(),
            text: row.get(1)?,
            day: row.get(2)?,
            age: 0,
            author_name: names.get(&author).cloned().unwrap_or_default(),
            author,
            place: place.map(|place| place.to_string()),
            place_name: place.and_then(|place| titles.get(&place).cloned()).map_or_else(|| row.get(5), Ok)?,
            household: household.map(|id| HouseholdId(Uuid::from_bytes(id)).to_string()),
            head: row.get(7)?,
            photos: Vec::new(),
            words: Vec::new(),
            answered: false,
            closed: false,
            stands_out: false,
            removed: row.get(8)?,
            sync: SyncMark { state: super::views::SyncState::Here, at_ms: None, relay: None },
        };
        Ok((row.get::<_, [u8; 16]>(0)?, view, row.get::<_, [u8; 32]>(9)?))
    })?;
    let mut found = Vec::new();
    for row in rows {
        let (id, mut view, change) = row?;
        view.sync = sync::of_change(db, asker.space, &change)?;
        view.photos = photos.get(&id).cloned().unwrap_or_default();
        settle(&mut view, words.remove(&id).unwrap_or_default(), asker.today, within, &names, |change| {
            sync::of_change(db, asker.space, change)
        })?;
        found.push(view);
    }
    found.sort_by(|a, b| {
        let place = |o: &ObstacleView| (o.removed, o.closed, !o.stands_out);
        let by_day = if a.closed || a.removed { b.day.cmp(&a.day) } else { a.day.cmp(&b.day) };
        place(a).cmp(&place(b)).then(by_day).then_with(|| a.id.cmp(&b.id))
    });
    Ok(found)
}

/// A word as it is stored, with the change that wrote it.
type Word = (SaidId, Said, [u8; 32]);

/// What follows from what was said: whether it is answered, settled, and for how long it has stood.
fn settle(
    view: &mut ObstacleView,
    mut said: Vec<Word>,
    today: Date,
    within: i64,
    names: &BTreeMap<String, String>,
    sync: impl Fn(&[u8; 32]) -> Result<SyncMark>,
) -> Result<()> {
    said.sort_by_key(|(id, word, _)| (word.clock, *id));
    let state = said.iter().rev().find(|(_, word, _)| word.kind != SaidKind::Reply);
    let closed = state.filter(|(_, word, _)| word.kind == SaidKind::Closed).map(|(_, word, _)| date_of(word.at_ms));
    view.closed = closed.is_some();
    view.answered = said.iter().any(|(_, word, _)| word.answers() && word.author.to_string() != view.author);
    view.age = age(&view.day, closed.unwrap_or(today));
    view.stands_out = !view.closed && !view.removed && !view.answered && i64::from(view.age) > within;
    for (id, word, change) in said {
        let author = word.author.to_string();
        view.words.push(ObstacleWord {
            id: id.to_string(),
            kind: word.kind,
            at_ms: word.at_ms,
            author_name: names.get(&author).cloned().unwrap_or_default(),
            author,
            text: word.text,
            sync: sync(&change)?,
        });
    }
    Ok(())
}

fn age(day: &str, until: Date) -> u32 {
    let days = day.parse::<Date>().map(|day| (until - day).get_days()).unwrap_or_default();
    u32::try_from(days).unwrap_or_default()
}

fn words(db: &Connection, space: SpaceId) -> Result<HashMap<[u8; 16], Vec<Word>>> {
    let mut query = db.prepare_cached(
        "SELECT obstacle, id, kind, at_ms, clock, author, text, change FROM obstacle_words WHERE space = ?1",
    )?;
    let rows = query.query_map([space.bytes()], |row| {
        let said = Said {
            kind: SaidKind::from_stored(&row.get::<_, String>(2)?),
            at_ms: row.get(3)?,
            clock: row.get::<_, i64>(4)?.unsigned_abs(),
            author: MemberId(Uuid::from_bytes(row.get(5)?)),
            text: row.get(6)?,
        };
        Ok((row.get(0)?, (SaidId(Uuid::from_bytes(row.get(1)?)), said, row.get(7)?)))
    })?;
    let mut found: HashMap<[u8; 16], Vec<Word>> = HashMap::new();
    for row in rows {
        let (obstacle, word) = row?;
        found.entry(obstacle).or_default().push(word);
    }
    Ok(found)
}

fn photos(db: &Connection, space: SpaceId) -> Result<HashMap<[u8; 16], Vec<String>>> {
    let mut query = db.prepare_cached(
        "SELECT w.visit, p.photo FROM visit_obstacles w JOIN visit_photos p ON p.household = w.household AND p.visit = w.visit
         JOIN households h ON h.id = w.household WHERE h.space = ?1 ORDER BY p.photo",
    )?;
    let rows = query.query_map([space.bytes()], |row| Ok((row.get(0)?, PhotoHash(row.get(1)?).to_string())))?;
    let mut found: HashMap<[u8; 16], Vec<String>> = HashMap::new();
    for row in rows {
        let (visit, photo) = row?;
        found.entry(visit).or_default().push(photo);
    }
    Ok(found)
}
