//! When each team and each of its devices was last heard from. That is what this device knows, so it stands apart from
//! reports, which are the same everywhere.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::device::{self, DeviceView};
use super::{Api, Nothing};
use crate::domain::{MemberId, SpaceId, TeamId};
use crate::error::Result;
use crate::notebook::Notebook;

/// A team, and when it was last heard from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TeamFreshness {
    /// The team; nothing for devices of which nobody knows whose they are.
    pub team: Option<String>,
    /// Its name.
    pub name: String,
    /// When the newest that any of its devices wrote came here; nothing when none of it has.
    #[ts(type = "number | null")]
    pub heard_at_ms: Option<i64>,
    /// When its members last wrote anything that is here, in milliseconds since 1970, by their clocks.
    #[ts(type = "number | null")]
    pub wrote_at_ms: Option<i64>,
    /// This device is one of its.
    pub here: bool,
    /// Its devices, by the member who used each first.
    pub devices: Vec<DeviceView>,
}

/// The teams, those first of which least is known: who was never heard from, then who was not for longest.
pub(super) fn get(api: &Api, _: Nothing) -> Result<Vec<TeamFreshness>> {
    let notebook = api.notebook();
    of(&notebook, notebook.space()?.id)
}

/// The same of any notebook of this device.
pub(super) fn of(notebook: &Notebook, space: SpaceId) -> Result<Vec<TeamFreshness>> {
    let devices = device::with_members(notebook, space)?;
    let db = notebook.db();
    let teams_of = teams_of_members(db, space)?;
    let wrote = wrote(db, space)?;
    let mut query =
        db.prepare_cached("SELECT id, name FROM teams WHERE space = ?1 AND removed = 0 ORDER BY name_key, id")?;
    let rows = query.query_map([space.bytes()], |row| Ok((TeamId(Uuid::from_bytes(row.get(0)?)), row.get(1)?)))?;
    let mut teams: Vec<(Option<TeamId>, TeamFreshness)> = Vec::new();
    for row in rows {
        let (id, name): (TeamId, String) = row?;
        teams.push((Some(id), team(Some(id), name, wrote.get(&id).copied())));
    }
    for (member, device) in devices {
        let of = member.and_then(|member| teams_of.get(&member).copied());
        let known = teams.iter().position(|(id, _)| *id == of);
        let at = known.unwrap_or_else(|| {
            teams.push((of, team(of, String::new(), None)));
            teams.len() - 1
        });
        if let Some((_, team)) = teams.get_mut(at) {
            team.here |= device.here;
            team.heard_at_ms = team.heard_at_ms.max(device.heard_at_ms);
            team.devices.push(device);
        }
    }
    let mut teams: Vec<TeamFreshness> = teams.into_iter().map(|(_, team)| team).collect();
    teams.sort_by_key(|team| (team.here, team.heard_at_ms));
    Ok(teams)
}

fn team(id: Option<TeamId>, name: String, wrote_at_ms: Option<i64>) -> TeamFreshness {
    let team = id.map(|id| id.to_string());
    TeamFreshness { team, name, heard_at_ms: None, wrote_at_ms, here: false, devices: Vec::new() }
}

fn teams_of_members(db: &rusqlite::Connection, space: SpaceId) -> Result<BTreeMap<MemberId, TeamId>> {
    let mut query = db.prepare_cached("SELECT id, team FROM members WHERE space = ?1")?;
    let rows = query.query_map([space.bytes()], |row| {
        Ok((MemberId(Uuid::from_bytes(row.get(0)?)), TeamId(Uuid::from_bytes(row.get(1)?))))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn wrote(db: &rusqlite::Connection, space: SpaceId) -> Result<BTreeMap<TeamId, i64>> {
    let mut query = db.prepare_cached(
        "SELECT m.team, max(c.at_ms) FROM changes c JOIN members m ON m.space = c.space AND m.id = c.author
         WHERE c.space = ?1 GROUP BY m.team",
    )?;
    let rows = query.query_map([space.bytes()], |row| Ok((TeamId(Uuid::from_bytes(row.get(0)?)), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
