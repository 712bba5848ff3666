//! Where households and activities stand as of a day: in which place, and in which team.
//!
//! [`Land`] reads what there is once; [`Land::as_of`] says how it stands on a day. All counting asks here, so
//! places that merge and teams that divide them have one home.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::view::FigureRow;
use crate::domain::{HouseholdStatus, MemberId, PlaceId, PlaceKind, SpaceId, TeamId, team};
use crate::error::{Error, Result};

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

struct Named {
    id: Option<Uuid>,
    name: String,
    /// Has a row even with nothing in it.
    always: bool,
}

/// The households of a notebook. Where they stand on a day follows from what its own document says of places and teams.
pub struct Land<'a> {
    db: &'a Connection,
    space: SpaceId,
    households: Vec<(Uuid, Written)>,
    /// Of those that have moved: until which day each was in which place, in order.
    before: HashMap<Uuid, Vec<(String, Uuid)>>,
}

/// What a household's rows say of where it is.
struct Written {
    place: Uuid,
    /// Its own team, where it names one.
    team: Option<Uuid>,
    lives: bool,
    unreadable: u32,
}

impl<'a> Land<'a> {
    /// Reads what there is. Households that are hidden, removed or merged into another do not stand.
    pub fn read(db: &'a Connection, space: SpaceId) -> Result<Self> {
        let mut query = db.prepare_cached(
            "SELECT h.id, h.place, h.team, h.status, h.unreadable FROM standing h WHERE h.space = ?1 AND h.hidden = 0",
        )?;
        let rows = query.query_map([space.bytes()], |row| {
            let lives = HouseholdStatus::from_stored(row.get_ref(3)?.as_str()?) == HouseholdStatus::Living;
            let team: Option<[u8; 16]> = row.get(2)?;
            let place = Uuid::from_bytes(row.get(1)?);
            let written = Written { place, team: team.map(Uuid::from_bytes), lives, unreadable: row.get(4)? };
            Ok((Uuid::from_bytes(row.get(0)?), written))
        })?;
        let households: Vec<(Uuid, Written)> = rows.collect::<rusqlite::Result<_>>()?;
        Ok(Self { db, space, households, before: places_before(db)? })
    }

    /// How it stands on a day.
    pub fn as_of(&self, day: Date, within: Within) -> Result<Ground> {
        let none = || std::iter::once(Named { id: None, name: String::new(), always: false });
        let places = self.places(day)?.into_iter().chain(none()).collect::<Vec<_>>();
        let teams = self.teams()?.into_iter().chain(none()).collect::<Vec<_>>();
        let standing = Standing::read(self.db, self.space, day, (&places, &teams))?;
        let find = |named: &[Named], what: &'static str, id: Option<Uuid>| match id {
            Some(id) => named.iter().position(|n| n.id == Some(id)).map(Some).ok_or_else(|| Error::not_found(what)),
            None => Ok(None),
        };
        let (only_place, only_team) =
            (find(&places, "place", within.place.map(|id| id.0))?, find(&teams, "team", within.team.map(|id| id.0))?);
        let households = self.households.iter().map(|(id, written)| {
            let stand = standing.of_household(*id, self.place_on(*id, written, day), written.team);
            (*id, Household { stand, lives: written.lives, unreadable: written.unreadable })
        });
        Ok(Ground { households: households.collect(), standing, places, teams, only_place, only_team })
    }

    /// The places by the names that they have on the day. A hamlet that stands then has a row.
    fn places(&self, day: Date) -> Result<Vec<Named>> {
        let mut query = self.db.prepare_cached(
            "SELECT p.id, coalesce(d.name, p.name), p.kind, coalesce(s.now, p.id) = p.id AND p.born_day <= ?2
             FROM places p
             LEFT JOIN place_names d ON d.space = p.space AND d.place = p.id AND d.since <= ?2 AND d.until > ?2
             LEFT JOIN place_steps s ON s.space = p.space AND s.place = p.id AND s.since <= ?2 AND s.until > ?2
             WHERE p.space = ?1 ORDER BY coalesce(d.name_key, p.name_key), p.id",
        )?;
        let rows = query.query_map(params![self.space.bytes(), day.to_string()], |row| {
            let kind = PlaceKind::from_stored(row.get_ref(2)?.as_str()?);
            let stands: bool = row.get(3)?;
            let id = Some(Uuid::from_bytes(row.get(0)?));
            Ok(Named { id, name: row.get(1)?, always: kind == PlaceKind::Hamlet && stands })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn teams(&self) -> Result<Vec<Named>> {
        let mut query = self
            .db
            .prepare_cached("SELECT id, name FROM teams WHERE space = ?1 AND removed = 0 ORDER BY name_key, id")?;
        let rows = query.query_map([self.space.bytes()], |row| {
            Ok(Named { id: Some(Uuid::from_bytes(row.get(0)?)), name: row.get(1)?, always: true })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The place that is written in a household for a day: the one until whose end it still was there.
    fn place_on(&self, household: Uuid, written: &Written, day: Date) -> Uuid {
        let Some(before) = self.before.get(&household) else { return written.place };
        let day = day.to_string();
        before.iter().find(|(until, _)| day < *until).map_or(written.place, |(_, place)| *place)
    }
}

/// Households of other notebooks stand in no land but their own.
fn places_before(db: &Connection) -> Result<HashMap<Uuid, Vec<(String, Uuid)>>> {
    let mut query =
        db.prepare_cached("SELECT household, until, place FROM household_places ORDER BY household, until")?;
    let mut rows = query.query([])?;
    let mut before: HashMap<Uuid, Vec<(String, Uuid)>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let of = before.entry(Uuid::from_bytes(row.get(0)?)).or_default();
        of.push((row.get(1)?, Uuid::from_bytes(row.get(2)?)));
    }
    Ok(before)
}

/// In which place and which team a household and an activity stand on a day. The only one who decides it.
struct Standing {
    places: HashMap<Uuid, usize>,
    teams: HashMap<Uuid, usize>,
    /// Where what is written under a place stands, and who looks after it.
    steps: HashMap<Uuid, (Uuid, Option<Uuid>)>,
    /// The same for households that go another way than their place.
    own_steps: HashMap<(Uuid, Uuid), (Uuid, Option<Uuid>)>,
    /// Everybody's team.
    members: HashMap<Uuid, Uuid>,
    founding: Option<Uuid>,
    nowhere: Stand,
}

impl Standing {
    fn read(db: &Connection, space: SpaceId, day: Date, (places, teams): (&[Named], &[Named])) -> Result<Self> {
        let numbered = |named: &[Named]| -> HashMap<Uuid, usize> {
            named.iter().enumerate().filter_map(|(n, named)| Some((named.id?, n))).collect()
        };
        let step = |now: [u8; 16], team: Vec<u8>| (Uuid::from_bytes(now), Uuid::from_slice(&team).ok());
        let named = params![space.bytes(), day.to_string()];
        let mut query = db.prepare_cached(
            "SELECT place, now, team FROM place_steps WHERE space = ?1 AND since <= ?2 AND until > ?2",
        )?;
        let rows = query.query_map(named, |row| Ok((Uuid::from_bytes(row.get(0)?), step(row.get(1)?, row.get(2)?))))?;
        let steps = rows.collect::<rusqlite::Result<_>>()?;
        let mut query = db.prepare_cached(
            "SELECT household, place, now, team FROM household_steps WHERE space = ?1 AND since <= ?2 AND until > ?2",
        )?;
        let rows = query.query_map(named, |row| {
            let of = (Uuid::from_bytes(row.get(0)?), Uuid::from_bytes(row.get(1)?));
            Ok((of, step(row.get(2)?, row.get(3)?)))
        })?;
        let own_steps = rows.collect::<rusqlite::Result<_>>()?;
        let mut query = db.prepare_cached("SELECT id, team FROM members WHERE space = ?1")?;
        let rows = query
            .query_map([space.bytes()], |row| Ok((Uuid::from_bytes(row.get(0)?), Uuid::from_bytes(row.get(1)?))))?;
        let members = rows.collect::<rusqlite::Result<_>>()?;
        let numbered_teams = numbered(teams);
        let founding = Some(team::founding(space).0).filter(|team| numbered_teams.contains_key(team));
        let nowhere = Stand { place: places.len() - 1, team: teams.len() - 1 };
        Ok(Self { places: numbered(places), teams: numbered_teams, steps, own_steps, members, founding, nowhere })
    }

    fn place(&self, place: Uuid) -> usize {
        self.places.get(&place).copied().unwrap_or(self.nowhere.place)
    }

    fn team(&self, team: Option<Uuid>) -> usize {
        team.and_then(|team| self.teams.get(&team).copied()).unwrap_or(self.nowhere.team)
    }

    /// A household, by the place that is written in it and by its own team.
    fn of_household(&self, household: Uuid, place: Uuid, own: Option<Uuid>) -> Stand {
        let step = self.own_steps.get(&(household, place)).or_else(|| self.steps.get(&place));
        let (now, team) = step.copied().unwrap_or((place, self.founding));
        let own = own.filter(|team| self.teams.contains_key(team));
        Stand { place: self.place(now), team: self.team(own.or(team)) }
    }

    /// An activity, by its place; one that was at none belongs to the team of who wrote it down.
    fn of_activity(&self, place: Option<PlaceId>, author: MemberId) -> Stand {
        match place {
            Some(place) => {
                let (now, team) = self.steps.get(&place.0).copied().unwrap_or((place.0, self.founding));
                let of_author = self.members.get(&author.0).copied();
                Stand { place: self.place(now), team: self.team(team.or(of_author)) }
            }
            None => {
                let team = self.members.get(&author.0).copied().or(self.founding);
                Stand { place: self.nowhere.place, team: self.team(team) }
            }
        }
    }
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
