//! The teams of a notebook, who is in them, and which of them looks after what.
//!
//! A household belongs to its own team, if it names one; else to the only team that covers its place; else to none,
//! where several do; and where none does, to the founding one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::{Connection, params};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::locality::{self, Words};
use super::places::{self, TEAM};
use super::space::{Things, of_kind, text_of};
use super::views::MemberView;
use crate::doc::space::{self as keys, Thing};
use crate::domain::training::COURSES;
use crate::domain::{GroupId, HouseholdId, MemberId, PlaceId, Role, SpaceId, TeamId, TeamKind, team};
use crate::error::Result;
use crate::text::name;

/// Which teams there are, and what they cover.
pub(super) struct Teams {
    founding: Option<TeamId>,
    cover: BTreeMap<PlaceId, Vec<TeamId>>,
}

impl Teams {
    /// The team of a household by its place: the one that was written, then the one it stands under, then those above.
    pub(super) fn of(&self, places: impl IntoIterator<Item = PlaceId>) -> Option<TeamId> {
        let covering = places.into_iter().find_map(|place| self.cover.get(&place));
        match covering.map(Vec::as_slice) {
            Some([only]) => Some(*only),
            Some(_) => None,
            None => self.founding,
        }
    }
}

/// Writes teams, groups and members.
pub(super) fn project(db: &Connection, space: SpaceId, things: &Things<'_>) -> Result<Teams> {
    let founding = team::founding(space);
    let mut rows: BTreeMap<TeamId, Row<'_>> = [(founding, Row::default())].into();
    let mut cover: BTreeMap<PlaceId, Vec<TeamId>> = BTreeMap::new();
    for (id, fields) in of_kind::<TeamId>(things, Thing::Team) {
        let number = |field: &str| fields.get(field).and_then(|e| e.value.int()).filter(|n| (1..=9_999).contains(n));
        let removed = fields.get("removed").is_some_and(|e| e.value.is_true());
        let row = Row {
            name: text_of(fields, "name"),
            kind: TeamKind::from_stored(text_of(fields, "kind")),
            smallest: number("smallest"),
            largest: number("largest"),
            removed,
        };
        rows.insert(id, row);
        for place in fields.iter().filter(|(_, e)| e.value.is_true()).filter_map(|(field, _)| keys::covered(field)) {
            db.prepare_cached("INSERT INTO team_places (space, team, place) VALUES (?1, ?2, ?3)")?.execute(params![
                space.bytes(),
                id.bytes(),
                place.bytes()
            ])?;
            if !removed {
                cover.entry(place).or_default().push(id);
            }
        }
    }
    for (id, row) in &rows {
        write_team(db, space, *id, row)?;
    }
    groups(db, space, things)?;
    write_members(db, space, things, &|id| rows.get(id).is_some_and(|row| !row.removed))?;
    let founding = rows.get(&founding).is_some_and(|row| !row.removed).then_some(founding);
    Ok(Teams { founding, cover })
}

#[derive(Default)]
struct Row<'a> {
    name: &'a str,
    kind: TeamKind,
    smallest: Option<i64>,
    largest: Option<i64>,
    removed: bool,
}

fn write_team(db: &Connection, space: SpaceId, id: TeamId, row: &Row<'_>) -> Result<()> {
    let founding = id == team::founding(space);
    let name = if row.name.is_empty() && founding { super::space::name(db, space)? } else { row.name.to_owned() };
    db.prepare_cached(
        "INSERT INTO teams (space, id, name, kind, smallest, largest, removed, founding, name_key)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        space.bytes(),
        id.bytes(),
        name,
        row.kind.as_str(),
        row.smallest,
        row.largest,
        row.removed,
        founding,
        name::plain_sort_key(&name)
    ])?;
    Ok(())
}

fn groups(db: &Connection, space: SpaceId, things: &Things<'_>) -> Result<()> {
    for (id, fields) in of_kind::<GroupId>(things, Thing::Group) {
        let name = text_of(fields, "name");
        db.prepare_cached(
            "INSERT INTO member_groups (space, id, name, team, removed, name_key) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            space.bytes(),
            id.bytes(),
            name,
            text_of(fields, "team").parse::<TeamId>().ok().as_ref().map(TeamId::bytes),
            fields.get("removed").is_some_and(|e| e.value.is_true()),
            name::plain_sort_key(name)
        ])?;
    }
    Ok(())
}

fn write_members(db: &Connection, space: SpaceId, things: &Things<'_>, stands: &dyn Fn(&TeamId) -> bool) -> Result<()> {
    let day = |text: &str| text.parse::<jiff::civil::Date>().map(|day| day.to_string()).unwrap_or_default();
    for (id, fields) in of_kind::<MemberId>(things, Thing::Member) {
        let name = text_of(fields, "name");
        let team = text_of(fields, "team").parse().ok().filter(|team| stands(team));
        db.prepare_cached(
            "INSERT INTO members (space, id, name, role, title, team, member_group, joined, left_on, name_key)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            space.bytes(),
            id.bytes(),
            name,
            Role::from_stored(text_of(fields, "role")).as_str(),
            text_of(fields, "title"),
            team.unwrap_or_else(|| team::founding(space)).bytes(),
            text_of(fields, "group").parse::<GroupId>().ok().as_ref().map(GroupId::bytes),
            day(text_of(fields, "joined")),
            day(text_of(fields, "left")),
            name::sort_key(name)
        ])?;
    }
    Ok(())
}

/// The members by name, those who have left too.
pub fn members(db: &Connection, space: SpaceId, me: Option<MemberId>) -> Result<Vec<MemberView>> {
    let mut query = db.prepare_cached(
        "SELECT id, name, role, title, team, member_group, joined, left_on FROM members WHERE space = ?1
         ORDER BY name_key, id",
    )?;
    let optional = |text: String| (!text.is_empty()).then_some(text);
    let rows = query.query_map([space.bytes()], |row| {
        let id = MemberId(Uuid::from_bytes(row.get(0)?));
        Ok(MemberView {
            id: id.to_string(),
            name: row.get(1)?,
            role: Role::from_stored(&row.get::<_, String>(2)?),
            title: row.get(3)?,
            team: TeamId(Uuid::from_bytes(row.get(4)?)).to_string(),
            group: row.get::<_, Option<[u8; 16]>>(5)?.map(|id| GroupId(Uuid::from_bytes(id)).to_string()),
            joined: optional(row.get(6)?),
            left: optional(row.get(7)?),
            me: Some(id) == me,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What the teams are called, also those that are removed.
pub fn names(db: &Connection, space: SpaceId) -> Result<BTreeMap<TeamId, String>> {
    let mut query = db.prepare_cached("SELECT id, name FROM teams WHERE space = ?1")?;
    let rows = query.query_map([space.bytes()], |row| Ok((TeamId(Uuid::from_bytes(row.get(0)?)), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TeamView {
    /// The team.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What kind.
    pub kind: TeamKind,
    /// How many members it should have at least; where nobody has set it, the locality's shape holds.
    pub smallest: Option<u32>,
    /// How many members it should have at most, likewise.
    pub largest: Option<u32>,
    /// Taken off; can be brought back.
    pub removed: bool,
    /// The one with which the notebook began: it covers what no other does.
    pub founding: bool,
    /// The places that it says it covers.
    pub places: Vec<String>,
    /// How many households it has.
    pub households: u32,
    /// How many members are there, collaborators too.
    pub members: u32,
    /// Of these: collaborators.
    pub collaborators: u32,
    /// Its groups of collaborators.
    pub groups: Vec<GroupView>,
    /// Something to think about.
    pub hint: Option<TeamHint>,
    /// How many of its members have done which course.
    pub training: Vec<CourseCount>,
    /// Whether the signed-in member may change it.
    pub may_edit: bool,
}

/// A group of collaborators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GroupView {
    /// The group.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many members are in it.
    pub members: u32,
    /// Taken off.
    pub removed: bool,
}

/// Something to think about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct TeamHint {
    /// What.
    pub what: Hint,
    /// The number of members that it is measured by.
    pub than: u32,
}

/// What there is to think about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Hint {
    /// It has fewer members than it should.
    Small,
    /// It has more members than it should.
    Large,
    /// It has so many that collaborators could go in groups.
    Groups,
}

/// How many members have done a course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CourseCount {
    /// The course.
    pub course: String,
    /// How many.
    pub members: u32,
}

impl MemberView {
    /// Whether somebody is in the team on a day.
    pub fn is_here(&self, day: Date) -> bool {
        self.left.as_deref().is_none_or(|left| left > day.to_string().as_str())
    }
}

/// The teams by name; those that were taken off last.
pub fn list(db: &Connection, space: SpaceId, today: Date) -> Result<Vec<TeamView>> {
    let mut here = members(db, space, None)?;
    here.retain(|member| member.is_here(today));
    let households = households(db, space, today)?;
    let mut groups = group_views(db, space, &here)?;
    let training = trained(db, space)?;
    let locality = locality::words(db, space)?;
    let mut query = db.prepare_cached(
        "SELECT id, name, kind, smallest, largest, removed, founding FROM teams WHERE space = ?1
         ORDER BY removed, founding DESC, kind, name_key, id",
    )?;
    let rows = query.query_map([space.bytes()], |row| {
        let id = TeamId(Uuid::from_bytes(row.get(0)?));
        Ok(TeamView {
            id: id.to_string(),
            name: row.get(1)?,
            kind: TeamKind::from_stored(&row.get::<_, String>(2)?),
            smallest: row.get(3)?,
            largest: row.get(4)?,
            removed: row.get(5)?,
            founding: row.get(6)?,
            places: Vec::new(),
            households: households.get(&Some(id)).copied().unwrap_or_default(),
            members: 0,
            collaborators: 0,
            groups: groups.remove(&id).unwrap_or_default(),
            hint: None,
            training: Vec::new(),
            may_edit: false,
        })
    })?;
    let mut teams: Vec<TeamView> = rows.collect::<rusqlite::Result<_>>()?;
    for team in &mut teams {
        let own: Vec<&MemberView> = here.iter().filter(|member| member.team == team.id).collect();
        team.members = own.len() as u32;
        team.collaborators = own.iter().filter(|member| member.role == Role::Collaborator).count() as u32;
        team.training = COURSES
            .iter()
            .map(|course| CourseCount {
                course: course.key.to_owned(),
                members: own.iter().filter(|m| training.contains(&(m.id.clone(), course.key.to_owned()))).count()
                    as u32,
            })
            .collect();
        team.hint = hint(team, &locality);
        team.places = covers(db, space, team.id.parse().unwrap_or_else(|_| team::founding(space)))?
            .iter()
            .map(ToString::to_string)
            .collect();
    }
    Ok(teams)
}

/// Sizes that nobody has set for the team are those of its kind in the locality.
fn hint(team: &TeamView, locality: &Words) -> Option<TeamHint> {
    let shape = locality::shape(locality, team.kind);
    let smallest = team.smallest.or(shape.as_ref().map(|shape| shape.smallest));
    let largest = team.largest.or(shape.as_ref().map(|shape| shape.largest));
    let groups_from = locality::groups_from(locality);
    let hint = |what, than| Some(TeamHint { what, than });
    match (smallest, largest) {
        _ if team.removed => None,
        (Some(smallest), _) if team.members < smallest => hint(Hint::Small, smallest),
        _ if team.members >= groups_from && team.groups.iter().all(|group| group.removed) => {
            hint(Hint::Groups, groups_from)
        }
        (_, Some(largest)) if team.members - team.collaborators > largest => hint(Hint::Large, largest),
        _ => None,
    }
}

/// Which team looks after a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TeamOfHousehold {
    /// The team; none where several cover the household's place and it has none of its own.
    pub id: Option<String>,
    /// What it is called; empty where there is none.
    pub name: String,
    /// Somebody has said so of this household; otherwise it follows from its place.
    pub own: bool,
}

/// The team of a household, where the notebook has several.
pub fn of_household(
    db: &Connection,
    space: SpaceId,
    household: HouseholdId,
    today: Date,
) -> Result<Option<TeamOfHousehold>> {
    let several: bool = db
        .prepare_cached("SELECT count(*) > 1 FROM teams WHERE space = ?1 AND removed = 0")?
        .query_row([space.bytes()], |row| row.get(0))?;
    if !several {
        return Ok(None);
    }
    let sql = format!(
        "WITH own AS (SELECT {TEAM} AS team, h.team AS said FROM households h {} WHERE h.id = ?1)
         SELECT t.id, coalesce(t.name, ''), coalesce(own.said = t.id, 0)
         FROM own LEFT JOIN teams t ON t.space = ?3 AND t.id = own.team",
        places::joins("?2")
    );
    let team = |row: &rusqlite::Row<'_>| {
        let id: Option<[u8; 16]> = row.get(0)?;
        let id = id.map(|id| TeamId(Uuid::from_bytes(id)).to_string());
        Ok(TeamOfHousehold { id, name: row.get(1)?, own: row.get(2)? })
    };
    let found = db.prepare_cached(&sql)?.query_row(params![household.bytes(), today.to_string(), space.bytes()], team);
    Ok(Some(found?))
}

/// The places that a team says it covers.
pub fn covers(db: &Connection, space: SpaceId, team: TeamId) -> Result<Vec<PlaceId>> {
    let mut query = db.prepare_cached("SELECT place FROM team_places WHERE space = ?1 AND team = ?2 ORDER BY place")?;
    let rows =
        query.query_map(params![space.bytes(), team.bytes()], |row| Ok(PlaceId(Uuid::from_bytes(row.get(0)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether who leads this team looks after the whole notebook: it is the founding one, or a commune's.
pub fn is_above(db: &Connection, space: SpaceId, team: TeamId) -> Result<bool> {
    let sql = "SELECT 1 FROM teams WHERE space = ?1 AND id = ?2 AND removed = 0 AND (founding = 1 OR kind = 'commune')";
    Ok(team == team::founding(space) || db.prepare_cached(sql)?.exists(params![space.bytes(), team.bytes()])?)
}

/// How many households no team has, because several cover their place.
pub fn unassigned(db: &Connection, space: SpaceId, today: Date) -> Result<u32> {
    Ok(households(db, space, today)?.get(&None).copied().unwrap_or_default())
}

fn households(db: &Connection, space: SpaceId, today: Date) -> Result<BTreeMap<Option<TeamId>, u32>> {
    let sql = format!("SELECT team, count(*) FROM ({}) GROUP BY team", places::located("?1", "?2"));
    let mut query = db.prepare_cached(&sql)?;
    let rows = query.query_map(params![space.bytes(), today.to_string()], |row| {
        Ok((row.get::<_, Option<[u8; 16]>>(0)?.map(|id| TeamId(Uuid::from_bytes(id))), row.get(1)?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn group_views(db: &Connection, space: SpaceId, here: &[MemberView]) -> Result<BTreeMap<TeamId, Vec<GroupView>>> {
    let mut query = db.prepare_cached(
        "SELECT id, name, team, removed FROM member_groups WHERE space = ?1 ORDER BY removed, name_key, id",
    )?;
    let rows = query.query_map([space.bytes()], |row| {
        let id = GroupId(Uuid::from_bytes(row.get(0)?)).to_string();
        let members = here.iter().filter(|member| member.group.as_deref() == Some(&id)).count() as u32;
        let team = row.get::<_, Option<[u8; 16]>>(2)?.map(|id| TeamId(Uuid::from_bytes(id)));
        Ok((team, GroupView { id, name: row.get(1)?, members, removed: row.get(3)? }))
    })?;
    let mut groups: BTreeMap<TeamId, Vec<GroupView>> = BTreeMap::new();
    for row in rows {
        let (team, group) = row?;
        groups.entry(team.unwrap_or_else(|| team::founding(space))).or_default().push(group);
    }
    Ok(groups)
}

/// Who has done which course.
fn trained(db: &Connection, space: SpaceId) -> Result<BTreeSet<(String, String)>> {
    let mut query = db.prepare_cached("SELECT member, course FROM training WHERE space = ?1")?;
    let rows = query
        .query_map([space.bytes()], |row| Ok((MemberId(Uuid::from_bytes(row.get(0)?)).to_string(), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
