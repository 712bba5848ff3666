//! Places: which there are, what they are called on a day, and where what was written under one stands.
//!
//! Succession depends on the day that is asked about, so it is laid out here for all days: a row for each stretch of
//! time in which a place stands under one other. Whoever asks joins [`located`] as of a day; no household's document
//! is touched when hamlets merge, and an old report still gets the old hamlets.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::same::Said;
use super::space::{Fields, Things, of_kind, text_of};
use super::teams::Teams;
use super::views::{FormerName, PlaceView};
use crate::doc::space::{self as keys, Thing};
use crate::domain::succession::Going;
use crate::domain::{
    HouseholdId, PlaceChange, PlaceChangeId, PlaceId, PlaceKind, SameKind, SpaceId, Succession, TeamId, Verdict, same,
};
use crate::error::Result;
use crate::text::name;

/// The day after all others.
pub const NEVER: &str = "9999-12-31";
/// For [`joins`]: as everything stands once all that is decided holds.
pub const AT_LAST: &str = "'9999-12-30'";

/// The tables that tell where the households of a space stand on a day: `h` a table of households, `day` an SQL
/// expression of it such as `?2`. With it, [`PLACE`] is the place's id and [`TEAM`] the team's; `d.name` is what the place
/// is called on that day.
pub fn joins(day: &str) -> String {
    format!(
        "LEFT JOIN place_steps ps ON ps.space = h.space AND ps.place = h.place AND ps.since <= {day} AND ps.until > {day}
         LEFT JOIN household_steps hs
           ON hs.household = h.id AND hs.place = h.place AND hs.since <= {day} AND hs.until > {day}
         LEFT JOIN place_names d ON d.space = h.space AND d.place = {PLACE} AND d.since <= {day} AND d.until > {day}"
    )
}

/// The place of a household, where [`joins`] is.
pub const PLACE: &str = "coalesce(hs.now, ps.now, h.place)";

/// The team of a household, where [`joins`] is; null where several cover its place and it names none.
pub const TEAM: &str = "coalesce(
  (SELECT t.id FROM teams t WHERE t.space = h.space AND t.id = h.team AND t.removed = 0),
  nullif(coalesce(hs.team, ps.team, (SELECT t.id FROM teams t WHERE t.space = h.space AND t.founding = 1)), x''))";

/// All households of a space that are not hidden, each with its place, the place's name and its team as of a day. `space`
/// and `day` are SQL expressions such as `?1`. Columns: `household`, `place`, `place_name`, `team` (may be null).
///
/// ```sql
/// WITH located AS (…) SELECT l.place, count(*) FROM located l JOIN visits v ON v.household = l.household …
/// ```
pub fn located(space: &str, day: &str) -> String {
    format!(
        "SELECT h.id AS household, {PLACE} AS place, coalesce(d.name, '') AS place_name, {TEAM} AS team
         FROM standing h {} WHERE h.space = {space} AND h.hidden = 0",
        joins(day)
    )
}

/// What the space's document says of changes of places.
pub(super) struct Told {
    pub(super) changes: BTreeMap<PlaceChangeId, PlaceChange>,
    pub(super) going: Going,
}

impl Told {
    fn of(things: &Things<'_>) -> Self {
        let (mut changes, mut going) = (BTreeMap::new(), Going::new());
        for (id, fields) in of_kind::<PlaceChangeId>(things, Thing::PlaceChange) {
            changes.extend(value(fields).map(|change| (id, change)));
            let goes =
                fields.iter().filter_map(|(field, e)| Some((keys::going(field)?, e.value.text()?.parse().ok()?)));
            going.insert(id, goes.collect());
        }
        Self { changes, going }
    }

    /// A household that was merged goes where any of those goes that it was merged from.
    fn with_same(&self, said: &[Said]) -> Going {
        let edges = said.iter().filter(|s| s.kind == SameKind::Household && s.verdict == Verdict::Same);
        let sets = same::sets(edges.map(|s| s.pair));
        let mut going = self.going.clone();
        for goes in going.values_mut() {
            let mut of_sets: BTreeMap<Uuid, PlaceId> = BTreeMap::new();
            for (household, place) in goes.iter() {
                sets.get(&household.0).map(|set| of_sets.entry(*set).or_insert(*place));
            }
            for (id, set) in &sets {
                of_sets.get(set).map(|place| *goes.entry(HouseholdId(*id)).or_insert(*place));
            }
        }
        going
    }
}

fn value(fields: &Fields<'_>) -> Option<PlaceChange> {
    let entry = fields.get("")?;
    let crossed = entry.crossed.iter().map(|version| &version.value);
    PlaceChange::newest(std::iter::once(&entry.value).chain(crossed).filter_map(|v| v.bytes().map(<[u8]>::to_vec)))
}

/// Writes places, their names, what became of them and who looks after them.
pub(super) fn project(
    db: &Connection,
    space: SpaceId,
    things: &Things<'_>,
    teams: &Teams,
    said: &[Said],
) -> Result<()> {
    let told = Told::of(things);
    let succession = Succession::of(&told.changes, told.with_same(said));
    write_changes(db, space, &told, &succession)?;
    let mut parents: BTreeMap<PlaceId, PlaceId> = BTreeMap::new();
    let mut places: BTreeSet<PlaceId> =
        told.changes.values().flat_map(|c| c.from.iter().chain(&c.into)).copied().collect();
    for (id, fields) in of_kind::<PlaceId>(things, Thing::Place) {
        places.insert(id);
        parents.extend(text_of(fields, "parent").parse().map(|parent| (id, parent)));
        let names = names(&succession, id, text_of(fields, "name"));
        write_place(db, space, id, fields, &names, &born(fields, id, &told, &succession))?;
        write_names(db, space, id, &names)?;
        for (field, entry) in fields.iter().filter(|(field, _)| field.starts_with("was:")) {
            let Some(name) = entry.value.text().filter(|name| !name.is_empty()) else { continue };
            db.prepare_cached("INSERT INTO place_was (space, place, n, name) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![space.bytes(), id.bytes(), field, name])?;
        }
    }
    let layout = Layout { db, space, succession: &succession, teams, parents: &parents };
    layout.steps(&places.into_iter().collect::<Vec<_>>())
}

fn write_changes(db: &Connection, space: SpaceId, told: &Told, succession: &Succession) -> Result<()> {
    for (id, change) in &told.changes {
        db.prepare_cached(
            "INSERT INTO place_changes (space, id, kind, state, since, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            space.bytes(),
            id.bytes(),
            change.kind.as_str(),
            change.state.as_str(),
            succession.since(*id).map(|day| day.to_string()),
            change.encode()
        ])?;
    }
    for (change, goes) in &told.going {
        for (household, place) in goes {
            db.prepare_cached("INSERT INTO place_goes (space, change, household, place) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![space.bytes(), change.bytes(), household.bytes(), place.bytes()])?;
        }
    }
    for (change, place) in succession.ignored() {
        db.prepare_cached("INSERT INTO place_ignored (space, change, place) VALUES (?1, ?2, ?3)")?.execute(params![
            space.bytes(),
            change.bytes(),
            place.bytes()
        ])?;
    }
    Ok(())
}

/// Since which day a place is there that came into being by a change.
fn born(fields: &Fields<'_>, id: PlaceId, told: &Told, succession: &Succession) -> String {
    if !fields.get("born").is_some_and(|e| e.value.is_true()) {
        return String::new();
    }
    let into = told.changes.iter().filter(|(_, change)| change.into.contains(&id) && !change.from.contains(&id));
    let first = into.filter_map(|(change, _)| succession.since(*change)).min();
    first.map_or_else(|| NEVER.to_owned(), |day| day.to_string())
}

/// The names of a place, each with the day from which on it holds; the first from the beginning.
fn names(succession: &Succession, id: PlaceId, first: &str) -> Vec<(String, String)> {
    let mut names: BTreeMap<String, String> = [(String::new(), first.to_owned())].into();
    names.extend(succession.names(id).iter().map(|(day, name)| (day.to_string(), name.clone())));
    names.into_iter().collect()
}

fn write_names(db: &Connection, space: SpaceId, id: PlaceId, names: &[(String, String)]) -> Result<()> {
    let ends = names.iter().skip(1).map(|(day, _)| day.as_str()).chain([NEVER]);
    for ((since, name), until) in names.iter().zip(ends) {
        db.prepare_cached(
            "INSERT INTO place_names (space, place, since, until, name, name_key) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![space.bytes(), id.bytes(), since, until, name, name::plain_sort_key(name)])?;
    }
    Ok(())
}

fn write_place(
    db: &Connection,
    space: SpaceId,
    id: PlaceId,
    fields: &Fields<'_>,
    names: &[(String, String)],
    born: &str,
) -> Result<()> {
    let name = names.last().map(|(_, name)| name.as_str()).unwrap_or_default();
    db.prepare_cached(
        "INSERT INTO places (space, id, name, kind, word, official_code, parent, valid_from, valid_to, born_day, name_key)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        space.bytes(),
        id.bytes(),
        name,
        PlaceKind::from_stored(text_of(fields, "kind")).as_str(),
        text_of(fields, "word"),
        text_of(fields, "code"),
        text_of(fields, "parent").parse::<PlaceId>().ok().as_ref().map(PlaceId::bytes),
        text_of(fields, "from"),
        text_of(fields, "to"),
        born,
        name::plain_sort_key(name)
    ])?;
    Ok(())
}

/// Where something stands from a day on, and its team; no bytes where it has none.
type Step = (String, PlaceId, Option<TeamId>);

struct Layout<'a> {
    db: &'a Connection,
    space: SpaceId,
    succession: &'a Succession,
    teams: &'a Teams,
    parents: &'a BTreeMap<PlaceId, PlaceId>,
}

impl Layout<'_> {
    fn steps(&self, places: &[PlaceId]) -> Result<()> {
        for place in places {
            self.write("place_steps", None, *place, &self.of(*place, None))?;
        }
        for household in self.succession.named() {
            for place in self.succession.origins(household, places) {
                let steps = self.of(place, Some(household));
                if steps != self.of(place, None) {
                    self.write("household_steps", Some(household), place, &steps)?;
                }
            }
        }
        Ok(())
    }

    fn of(&self, place: PlaceId, household: Option<HouseholdId>) -> Vec<Step> {
        let first = std::iter::once((String::new(), Date::MIN));
        let days = first.chain(self.succession.days().map(|day| (day.to_string(), day)));
        let mut steps: Vec<Step> = Vec::new();
        for (since, day) in days {
            let now = self.succession.stands(place, household, day);
            if steps.last().is_none_or(|(_, last, _)| *last != now) {
                steps.push((since, now, self.team(place, now)));
            }
        }
        steps
    }

    /// The place that was written has the first word, so that a merger of hamlets takes nothing from any team.
    fn team(&self, place: PlaceId, now: PlaceId) -> Option<TeamId> {
        /// A hamlet, a commune, a province: a hostile ring of parents ends here.
        const LEVELS: usize = 4;
        let above = std::iter::successors(self.parents.get(&now), |place| self.parents.get(place)).take(LEVELS);
        self.teams.of([place, now].into_iter().chain(above.copied()))
    }

    fn write(&self, table: &str, household: Option<HouseholdId>, place: PlaceId, steps: &[Step]) -> Result<()> {
        let (column, value) = if household.is_some() { ("household, ", "?7, ") } else { ("", "") };
        let sql = format!(
            "INSERT INTO {table} ({column}space, place, since, until, now, team) VALUES ({value}?1, ?2, ?3, ?4, ?5, ?6)"
        );
        let ends = steps.iter().skip(1).map(|(day, ..)| day.as_str()).chain([NEVER]);
        for ((since, now, team), until) in steps.iter().zip(ends) {
            let team: &[u8] = team.as_ref().map(|team| team.bytes().as_slice()).unwrap_or_default();
            let mut query = self.db.prepare_cached(&sql)?;
            let (space, place, now) = (self.space.bytes(), place.bytes(), now.bytes());
            match household {
                Some(household) => query.execute(params![space, place, since, until, now, team, household.bytes()])?,
                None => query.execute(params![space, place, since, until, now, team])?,
            };
        }
        Ok(())
    }
}

/// All places as of a day, by name: also those that have become others, and those that are only to come.
pub fn list(db: &Connection, space: SpaceId, day: Date) -> Result<Vec<PlaceView>> {
    let mut formerly = former_names(db, space, day)?;
    let households = households(db, space, day)?;
    let mut query = db.prepare_cached(
        "SELECT p.id, d.name, p.kind, p.word, p.official_code, p.parent, p.valid_from, p.valid_to, p.born_day, s.now
         FROM places p
         JOIN place_names d ON d.space = p.space AND d.place = p.id AND d.since <= ?2 AND d.until > ?2
         JOIN place_steps s ON s.space = p.space AND s.place = p.id AND s.since <= ?2 AND s.until > ?2
         WHERE p.space = ?1 ORDER BY d.name_key, p.id",
    )?;
    let today = day.to_string();
    let rows = query.query_map(params![space.bytes(), today], |row| {
        let (id, now) = (place_id(row.get(0)?), place_id(row.get(9)?));
        let (from, born): (String, String) = (row.get(6)?, row.get(8)?);
        let households = households.get(&id).copied().unwrap_or_default();
        Ok(PlaceView {
            id: id.to_string(),
            name: row.get(1)?,
            kind: PlaceKind::from_stored(&row.get::<_, String>(2)?),
            word: row.get(3)?,
            official_code: row.get(4)?,
            parent: row.get::<_, Option<[u8; 16]>>(5)?.map(|id| place_id(id).to_string()),
            from: [from, born.clone()].into_iter().find(|day| !day.is_empty() && day != NEVER),
            to: Some(row.get(7)?).filter(|day: &String| !day.is_empty()),
            formerly: formerly.remove(&id).unwrap_or_default(),
            // Households that were written under a place keep it, whatever is taken back.
            standing: now == id && (born <= today || households > 0),
            into: (now != id).then(|| now.to_string()),
            households,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The places that stand on a day, by name.
pub fn standing(db: &Connection, space: SpaceId, day: Date) -> Result<Vec<PlaceView>> {
    Ok(list(db, space, day)?.into_iter().filter(|place| place.standing).collect())
}

/// What all places are called as of a day, by id.
pub fn titles(db: &Connection, space: SpaceId, day: Date) -> Result<BTreeMap<PlaceId, String>> {
    let mut query =
        db.prepare_cached("SELECT place, name FROM place_names WHERE space = ?1 AND since <= ?2 AND until > ?2")?;
    let rows =
        query.query_map(params![space.bytes(), day.to_string()], |row| Ok((place_id(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn place_id(bytes: [u8; 16]) -> PlaceId {
    PlaceId(Uuid::from_bytes(bytes))
}

/// How many households stand under each place.
fn households(db: &Connection, space: SpaceId, day: Date) -> Result<BTreeMap<PlaceId, u32>> {
    let sql = format!("SELECT place, count(*) FROM ({}) GROUP BY place", located("?1", "?2"));
    let mut query = db.prepare_cached(&sql)?;
    let rows =
        query.query_map(params![space.bytes(), day.to_string()], |row| Ok((place_id(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Names that ended before a day, of each place and of those that have become it, and those that were noted down.
fn former_names(db: &Connection, space: SpaceId, day: Date) -> Result<BTreeMap<PlaceId, Vec<FormerName>>> {
    let mut query = db.prepare_cached(
        "SELECT s.now, n.name, min(n.until, CASE WHEN s.now <> n.place THEN s.since ELSE n.until END) AS ended
         FROM place_steps s JOIN place_names n ON n.space = s.space AND n.place = s.place
         WHERE s.space = ?1 AND s.since <= ?2 AND s.until > ?2 AND n.since <= ?2 AND (n.until <= ?2 OR s.now <> n.place)
         UNION
         SELECT s.now, w.name, '' FROM place_steps s JOIN place_was w ON w.space = s.space AND w.place = s.place
         WHERE s.space = ?1 AND s.since <= ?2 AND s.until > ?2
         ORDER BY 3 DESC, 2",
    )?;
    let rows = query.query_map(params![space.bytes(), day.to_string()], |row| {
        let until: String = row.get(2)?;
        Ok((place_id(row.get(0)?), FormerName { name: row.get(1)?, until: (!until.is_empty()).then_some(until) }))
    })?;
    let mut all: BTreeMap<PlaceId, Vec<FormerName>> = BTreeMap::new();
    for row in rows {
        let (place, name) = row?;
        all.entry(place).or_default().push(name);
    }
    Ok(all)
}

/// All names by which what is written under a place may be searched, its own and those of what it has become; and more
/// of households that went another way.
pub struct SearchNames {
    of_places: BTreeMap<PlaceId, String>,
    of_households: BTreeMap<HouseholdId, String>,
}

impl SearchNames {
    /// Reads them.
    pub fn of(db: &Connection, space: SpaceId) -> Result<Self> {
        let of_places = gathered(
            db,
            space,
            "SELECT s.place, n.name FROM place_steps s
             JOIN place_names n ON n.space = s.space AND (n.place = s.place OR n.place = s.now) WHERE s.space = ?1
             UNION SELECT s.place, w.name FROM place_steps s
             JOIN place_was w ON w.space = s.space AND (w.place = s.place OR w.place = s.now) WHERE s.space = ?1",
        )?;
        let of_households = gathered(
            db,
            space,
            "SELECT s.household, n.name FROM household_steps s
             JOIN place_names n ON n.space = s.space AND n.place = s.now WHERE s.space = ?1 GROUP BY 1, 2",
        )?;
        Ok(Self {
            of_places: of_places.into_iter().map(|(id, names)| (PlaceId(id), names)).collect(),
            of_households: of_households.into_iter().map(|(id, names)| (HouseholdId(id), names)).collect(),
        })
    }

    /// Those of a household that is written under a place.
    pub fn of_household(&self, household: HouseholdId, place: PlaceId) -> String {
        let names = [self.of_places.get(&place), self.of_households.get(&household)];
        names.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")
    }
}

fn gathered(db: &Connection, space: SpaceId, sql: &str) -> Result<BTreeMap<Uuid, String>> {
    let mut query = db.prepare_cached(sql)?;
    let rows = query.query_map([space.bytes()], |row| Ok((Uuid::from_bytes(row.get(0)?), row.get::<_, String>(1)?)))?;
    let mut all: BTreeMap<Uuid, String> = BTreeMap::new();
    for row in rows {
        let (id, name) = row?;
        let names = all.entry(id).or_default();
        if !names.is_empty() {
            names.push(' ');
        }
        names.push_str(&name);
    }
    Ok(all)
}

/// What the notebook says of changes of places.
pub fn told(db: &Connection, space: SpaceId) -> Result<(BTreeMap<PlaceChangeId, PlaceChange>, Going)> {
    let mut query = db.prepare_cached("SELECT id, value FROM place_changes WHERE space = ?1")?;
    let rows = query.query_map([space.bytes()], |row| {
        Ok((PlaceChangeId(Uuid::from_bytes(row.get(0)?)), row.get::<_, Vec<u8>>(1)?))
    })?;
    let mut changes = BTreeMap::new();
    for row in rows {
        let (id, bytes) = row?;
        changes.extend(PlaceChange::decode(&bytes).map(|change| (id, change)));
    }
    let mut query = db.prepare_cached("SELECT change, household, place FROM place_goes WHERE space = ?1")?;
    let rows = query.query_map([space.bytes()], |row| {
        Ok((
            PlaceChangeId(Uuid::from_bytes(row.get(0)?)),
            HouseholdId(Uuid::from_bytes(row.get(1)?)),
            place_id(row.get(2)?),
        ))
    })?;
    let mut going = Going::new();
    for row in rows {
        let (change, household, place) = row?;
        going.entry(change).or_default().insert(household, place);
    }
    Ok((changes, going))
}

/// Places of which a change says something that others contradict.
pub fn ignored(db: &Connection, space: SpaceId) -> Result<BTreeMap<PlaceChangeId, Vec<PlaceId>>> {
    let mut query = db.prepare_cached("SELECT change, place FROM place_ignored WHERE space = ?1")?;
    let rows = query
        .query_map([space.bytes()], |row| Ok((PlaceChangeId(Uuid::from_bytes(row.get(0)?)), place_id(row.get(1)?))))?;
    let mut all: BTreeMap<PlaceChangeId, Vec<PlaceId>> = BTreeMap::new();
    for row in rows {
        let (change, place) = row?;
        all.entry(change).or_default().push(place);
    }
    Ok(all)
}

/// A household with what a change of places moves along with it.
#[derive(Debug, Clone)]
pub struct Load {
    /// Which.
    pub household: HouseholdId,
    /// The place under which it is written.
    pub written: PlaceId,
    /// Its team as of the day that was asked about.
    pub team: Option<TeamId>,
    /// Residents who are there.
    pub residents: u32,
    /// Visits that were not taken back.
    pub visits: u32,
    /// Tasks that are not done.
    pub tasks: u32,
}

/// All households that stand, with what each has.
pub fn loads(db: &Connection, space: SpaceId, day: Date) -> Result<Vec<Load>> {
    let sql = format!(
        "SELECT h.id, h.place, {TEAM}, h.residents, h.visits,
           (SELECT count(*) FROM tasks t WHERE t.doc = h.id AND t.removed = 0 AND t.done < t.goal)
         FROM standing h {} WHERE h.space = ?1 AND h.hidden = 0",
        joins("?2")
    );
    let mut query = db.prepare_cached(&sql)?;
    let rows = query.query_map(params![space.bytes(), day.to_string()], |row| {
        Ok(Load {
            household: HouseholdId(Uuid::from_bytes(row.get(0)?)),
            written: place_id(row.get(1)?),
            team: row.get::<_, Option<[u8; 16]>>(2)?.map(|id| TeamId(Uuid::from_bytes(id))),
            residents: row.get(3)?,
            visits: row.get(4)?,
            tasks: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The months (`2026-11`) on which visits were made that stand, of each household.
pub fn months(db: &Connection, space: SpaceId) -> Result<BTreeMap<HouseholdId, BTreeSet<String>>> {
    let mut query =
        db.prepare_cached("SELECT DISTINCT household, substr(day, 1, 7) FROM visits WHERE space = ?1 AND removed = 0")?;
    let rows = query.query_map([space.bytes()], |row| Ok((HouseholdId(Uuid::from_bytes(row.get(0)?)), row.get(1)?)))?;
    let mut all: BTreeMap<HouseholdId, BTreeSet<String>> = BTreeMap::new();
    for row in rows {
        let (household, month) = row?;
        all.entry(household).or_default().insert(month);
    }
    Ok(all)
}

/// Under which fields former names of a place are noted down.
pub fn noted(db: &Connection, space: SpaceId, place: PlaceId) -> Result<BTreeSet<String>> {
    let mut query = db.prepare_cached("SELECT n FROM place_was WHERE space = ?1 AND place = ?2")?;
    let rows = query.query_map(params![space.bytes(), place.bytes()], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
