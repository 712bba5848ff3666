//! Where households and activities stand as of a day: in which place, and in which team.
//!
//! All counting asks here. A household is by then in the place that was written in it for that day, and that place may
//! have become another ([`places`]); the team follows from both.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::view::FigureRow;
use crate::domain::{HouseholdStatus, MemberId, PlaceId, PlaceKind, SpaceId, TeamId, team};
use crate::error::{Error, Result};
use crate::projection::places;

/// What a report is limited to; nothing is the whole notebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Within {
    /// One team only.
    pub team: Option<TeamId>,
    /// One place only.
    pub place: Option<PlaceId>,
}

/// In which place and which team something stands, as numbers of the ground's spots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stand {
    /// The place.
    pub place: usize,
    /// The team.
    pub team: usize,
}

/// One place or one team, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// A place.
    Place(usize),
    /// A team.
    Team(usize),
}

impl Stand {
    /// Both spots that it is.
    pub fn spots(self) -> [Spot; 2] {
        [Spot::Place(self.place), Spot::Team(self.team)]
    }

    /// Whether it is in this spot.
    pub fn is_in(self, spot: Spot) -> bool {
        self.spots().contains(&spot)
    }
}

/// A place or a team that a figure has a row for.
#[derive(Debug, Clone)]
pub struct Row {
    /// Which.
    pub at: Spot,
    /// Its id; nothing for what belongs to none.
    pub id: Option<Uuid>,
    /// Its name.
    pub name: String,
}

impl Row {
    /// The place's id, as text.
    pub fn place(&self) -> Option<String> {
        self.id.filter(|_| matches!(self.at, Spot::Place(_))).map(|id| PlaceId(id).to_string())
    }

    /// The team's id, as text.
    pub fn team(&self) -> Option<String> {
        self.id.filter(|_| matches!(self.at, Spot::Team(_))).map(|id| TeamId(id).to_string())
    }

    /// What names the row for whoever asks for its records.
    pub fn key(&self) -> String {
        let id = self.place().or(self.team()).unwrap_or_default();
        match self.at {
            Spot::Place(_) => format!("place:{id}"),
            Spot::Team(_) => format!("team:{id}"),
        }
    }

    /// The row of a figure.
    pub fn figure(&self, value: Option<u64>, of: Option<u64>) -> FigureRow {
        let (place, team) = (self.place(), self.team());
        FigureRow { row: self.key(), place, team, name: self.name.clone(), value, of }
    }
}

/// A household that stands.
#[derive(Debug, Clone, Copy)]
pub struct Household {
    /// Where.
    pub stand: Stand,
    /// Whether it lives here, and has not moved away.
    pub lives: bool,
    /// Facts in it that this version cannot read.
    unreadable: u32,
}

/// A place or a team, as it is called on a day.
struct Named {
    id: Option<Uuid>,
    name: String,
    /// Has a row even with nothing in it.
    always: bool,
}

/// What belongs to none.
fn nobody() -> Named {
    Named { id: None, name: String::new(), always: false }
}

/// In which place and which team a household and an activity stand on a day. The only one who decides it.
struct Standing {
    places: HashMap<Uuid, usize>,
    teams: HashMap<Uuid, usize>,
    /// What became of each place, and which team looks after it.
    steps: HashMap<Uuid, (Uuid, Option<Uuid>)>,
    /// The team of each member.
    members: HashMap<Uuid, Uuid>,
    /// The team of whatever no other has.
    founding: Uuid,
}

impl Standing {
    fn read(db: &Connection, space: SpaceId, day: &str, places: &[Named], teams: &[Named]) -> Result<Self> {
        let numbers =
            |named: &[Named]| named.iter().enumerate().filter_map(|(n, named)| Some((named.id?, n))).collect();
        let id = |bytes: [u8; 16]| Uuid::from_bytes(bytes);
        let mut query = db.prepare_cached(
            "SELECT place, now, nullif(team, x'') FROM place_steps WHERE space = ?1 AND since <= ?2 AND until > ?2",
        )?;
        let steps = query.query_map(params![space.bytes(), day], |row| {
            Ok((id(row.get(0)?), (id(row.get(1)?), row.get::<_, Option<[u8; 16]>>(2)?.map(id))))
        })?;
        let mut query = db.prepare_cached("SELECT id, team FROM members WHERE space = ?1")?;
        let members = query.query_map([space.bytes()], |row| Ok((id(row.get(0)?), id(row.get(1)?))))?;
        Ok(Self {
            places: numbers(places),
            teams: numbers(teams),
            steps: steps.collect::<rusqlite::Result<_>>()?,
            members: members.collect::<rusqlite::Result<_>>()?,
            founding: team::founding(space).0,
        })
    }

    /// By the ids that a query has found; a place or a team that nobody knows is none.
    fn of(&self, place: Option<Uuid>, team: Option<Uuid>) -> Stand {
        // The last spot of each sort is that of none.
        let at =
            |all: &HashMap<Uuid, usize>, id: Option<Uuid>| id.and_then(|id| all.get(&id)).copied().unwrap_or(all.len());
        Stand { place: at(&self.places, place), team: at(&self.teams, team) }
    }

    /// An activity stands in its place and in the team that looks after that; without a place, or where several
    /// teams do, in the team of who wrote it down, or in the founding one.
    fn of_activity(&self, place: Option<PlaceId>, author: MemberId) -> Stand {
        let step = place.and_then(|place| self.steps.get(&place.0)).copied();
        let own = self.members.get(&author.0).copied();
        self.of(step.map(|(now, _)| now), step.and_then(|(_, team)| team).or(own).or(Some(self.founding)))
    }
}

/// The places as they are called on a day, by name. Hamlets that stand have a row also when nothing is in them.
fn read_places(db: &Connection, space: SpaceId, day: &str) -> Result<Vec<Named>> {
    let mut query = db.prepare_cached(
        "SELECT p.id, d.name, p.kind = ?3 AND s.now = p.id AND p.born_day <= ?2 FROM places p
         JOIN place_names d ON d.space = p.space AND d.place = p.id AND d.since <= ?2 AND d.until > ?2
         JOIN place_steps s ON s.space = p.space AND s.place = p.id AND s.since <= ?2 AND s.until > ?2
         WHERE p.space = ?1 ORDER BY d.name_key, p.id",
    )?;
    let rows = query.query_map(params![space.bytes(), day, PlaceKind::Hamlet.as_str()], |row| {
        Ok(Named { id: Some(Uuid::from_bytes(row.get(0)?)), name: row.get(1)?, always: row.get(2)? })
    })?;
    rows.chain([Ok(nobody())]).map(|row| Ok(row?)).collect()
}

/// The teams, by name. The founding one has what no other has, and often nothing where there are others.
fn read_teams(db: &Connection, space: SpaceId) -> Result<Vec<Named>> {
    let mut query = db.prepare_cached(
        "SELECT id, name, founding FROM teams WHERE space = ?1 AND removed = 0 ORDER BY name_key, id",
    )?;
    let rows = query.query_map([space.bytes()], |row| {
        let (name, founding): (String, bool) = (row.get(1)?, row.get(2)?);
        Ok(Named { id: Some(Uuid::from_bytes(row.get(0)?)), name, always: !founding })
    })?;
    let mut teams = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    if let [only] = teams.as_mut_slice() {
        only.always = true;
    }
    teams.push(nobody());
    Ok(teams)
}

/// The households that are not hidden, removed or merged into another, each by the place in which it was on a day: it
/// may have moved since.
fn read_households(
    db: &Connection,
    space: SpaceId,
    day: &str,
    standing: &Standing,
) -> Result<HashMap<Uuid, Household>> {
    let sql = format!(
        "SELECT h.id, {}, {}, h.status, h.unreadable FROM (
           SELECT s.id, s.space, s.team, s.status, s.unreadable, coalesce(
             (SELECT b.place FROM household_places b WHERE b.household = s.id AND b.until > ?2 ORDER BY b.until LIMIT 1),
             s.place) AS place
           FROM standing s WHERE s.space = ?1 AND s.hidden = 0) h {}",
        places::PLACE,
        places::TEAM,
        places::joins("?2"),
    );
    let mut query = db.prepare_cached(&sql)?;
    let rows = query.query_map(params![space.bytes(), day], |row| {
        let id = |n| row.get::<_, Option<[u8; 16]>>(n).map(|id| id.map(Uuid::from_bytes));
        let stand = standing.of(id(1)?, id(2)?);
        let lives = HouseholdStatus::from_stored(row.get_ref(3)?.as_str()?) == HouseholdStatus::Living;
        Ok((Uuid::from_bytes(row.get(0)?), Household { stand, lives, unreadable: row.get(4)? }))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How a notebook stands on a day, seen from a scope.
pub struct Ground {
    households: HashMap<Uuid, Household>,
    standing: Standing,
    places: Vec<Named>,
    teams: Vec<Named>,
    only_place: Option<usize>,
    only_team: Option<usize>,
}

impl Ground {
    /// How a notebook stands on a day. A place or a team that it does not have is not found.
    pub fn of(db: &Connection, space: SpaceId, day: Date, within: Within) -> Result<Self> {
        let day = day.to_string();
        let (places, teams) = (read_places(db, space, &day)?, read_teams(db, space)?);
        let standing = Standing::read(db, space, &day, &places, &teams)?;
        let find = |all: &HashMap<Uuid, usize>, what: &'static str, id: Option<Uuid>| match id {
            Some(id) => all.get(&id).copied().map(Some).ok_or_else(|| Error::not_found(what)),
            None => Ok(None),
        };
        let only_place = find(&standing.places, "place", within.place.map(|id| id.0))?;
        let only_team = find(&standing.teams, "team", within.team.map(|id| id.0))?;
        let households = read_households(db, space, &day, &standing)?;
        Ok(Self { households, standing, places, teams, only_place, only_team })
    }

    /// A household that stands, within the scope or outside of it.
    pub fn household(&self, id: Uuid) -> Option<Household> {
        self.households.get(&id).copied()
    }

    /// Where an activity stands.
    pub fn activity(&self, place: Option<PlaceId>, author: MemberId) -> Stand {
        self.standing.of_activity(place, author)
    }

    /// Whether this is within the scope.
    pub fn has(&self, stand: Stand) -> bool {
        self.only_place.is_none_or(|place| place == stand.place) && self.only_team.is_none_or(|team| team == stand.team)
    }

    /// The households within the scope that live here.
    pub fn living(&self) -> impl Iterator<Item = (Uuid, Household)> {
        self.households.iter().filter(|(_, h)| h.lives && self.has(h.stand)).map(|(id, h)| (*id, *h))
    }

    /// Facts in the scope's households that this version cannot read.
    pub fn unreadable(&self) -> u32 {
        self.households.values().filter(|h| self.has(h.stand)).map(|h| h.unreadable).sum()
    }

    /// The name of what the scope is limited to: the place before the team.
    pub fn scope_name(&self) -> Option<&str> {
        let place = self.only_place.and_then(|n| self.places.get(n));
        place.or(self.only_team.and_then(|n| self.teams.get(n))).map(|named| named.name.as_str())
    }

    fn named(&self, spot: Spot) -> Option<&Named> {
        match spot {
            Spot::Place(n) => self.places.get(n),
            Spot::Team(n) => self.teams.get(n),
        }
    }

    /// The name of a spot; empty for what belongs to none.
    pub fn name(&self, spot: Spot) -> &str {
        self.named(spot).map_or("", |named| named.name.as_str())
    }

    /// The id of a spot; nothing for what belongs to none.
    pub fn id(&self, spot: Spot) -> Option<Uuid> {
        self.named(spot).and_then(|named| named.id)
    }

    /// The rows that figures have, places before teams: of every hamlet and team of the notebook, and of what else
    /// has something in it. A limited scope has rows for what is in it alone.
    pub fn rows(&self, filled: &HashSet<Spot>) -> Vec<Row> {
        let limited = self.only_place.is_some() || self.only_team.is_some();
        let chosen = |spot: Spot| match spot {
            Spot::Place(n) => self.only_place == Some(n),
            Spot::Team(n) => self.only_team == Some(n),
        };
        let row = |at: Spot, named: &Named| {
            let shown = filled.contains(&at) || chosen(at) || (named.always && !limited);
            shown.then(|| Row { at, id: named.id, name: named.name.clone() })
        };
        let places = self.places.iter().enumerate().filter_map(|(n, named)| row(Spot::Place(n), named));
        places.chain(self.teams.iter().enumerate().filter_map(|(n, named)| row(Spot::Team(n), named))).collect()
    }
}
