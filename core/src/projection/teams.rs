//! The teams of a notebook, who is in them, and which of them looks after what.
//!
//! A household belongs to its own team, if it names one; else to the only team that covers its place; else to none,
//! where several do; and where none does, to the founding one.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::space::{Things, of_kind, text_of};
use super::views::MemberView;
use crate::doc::space::{self as keys, Thing};
use crate::domain::{GroupId, MemberId, PlaceId, Role, SpaceId, TeamId, TeamKind, team};
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
