//! What a change of places would move, before anybody writes it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;
use ts_rs::TS;

use super::{PlaceChangeDraft, drafted};
use crate::api::{Api, id};
use crate::domain::{ChangeState, PlaceChange, PlaceId, Succession, TeamId, visit};
use crate::error::Result;
use crate::notebook::Notebook;
use crate::projection::places::{self, Load};
use crate::projection::teams as team_rows;

/// What a change of places would move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlaceChangePreview {
    /// The places as they are before.
    pub before: Vec<PlaceSum>,
    /// The places as they are after.
    pub after: Vec<PlaceSum>,
    /// Months with records that ended before: their reports stay under the old names.
    pub months_kept: Vec<String>,
    /// Months with records from then on: their reports have the new ones.
    pub months_new: Vec<String>,
}

/// What stands under a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlaceSum {
    /// The place.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Households.
    pub households: u32,
    /// Residents.
    pub residents: u32,
    /// Visits.
    pub visits: u32,
    /// Tasks that are not done.
    pub tasks: u32,
    /// The teams of these households by name; who goes there stays the same.
    pub teams: Vec<String>,
    /// Members of those teams.
    pub members: u32,
}

/// What a change of places would move.
pub(crate) fn preview(api: &Api, draft: PlaceChangeDraft) -> Result<PlaceChangePreview> {
    let notebook = api.notebook();
    let drafted = drafted(&notebook, &draft)?;
    let (db, space, today) = (notebook.db(), notebook.space()?.id, notebook.clock().today());
    let day = drafted.change.day().unwrap_or(today);
    let (mut changes, mut going) = places::told(db, space)?;
    changes.remove(&drafted.id);
    let before = Succession::of(&changes, going.clone());
    let decided =
        PlaceChange { state: ChangeState::Decided, day_number: Some(visit::day_number(day)), ..drafted.change.clone() };
    going.insert(drafted.id, drafted.going.clone());
    changes.insert(drafted.id, decided);
    let after = Succession::of(&changes, going);
    let mut titles = places::titles(db, space, day)?;
    let loads = places::loads(db, space, day)?;
    let touched: BTreeSet<PlaceId> = drafted.change.from.iter().chain(&drafted.change.into).copied().collect();
    let counted = Counted::of(&notebook, &loads)?;
    let sums_before = counted.sums(&before, day, &touched, &titles);
    titles.extend(drafted.new.iter().cloned());
    titles.extend(drafted.change.names.iter().map(|name| (name.place, name.name.clone())));
    let stay: BTreeSet<PlaceId> = touched.iter().copied().filter(|place| !after.is_gone(*place, Some(day))).collect();
    let sums_after = counted.sums(&after, day, &stay, &titles);
    let known: Vec<PlaceSum> =
        sums_before.into_iter().filter(|sum| !drafted.new.iter().any(|(new, _)| new.to_string() == sum.id)).collect();
    let (months_kept, months_new) = months(&notebook, &loads, &before, day, &touched)?;
    Ok(PlaceChangePreview { before: known, after: sums_after, months_kept, months_new })
}

/// Households with their teams' members, to be summed up by place.
struct Counted<'a> {
    loads: &'a [Load],
    names: BTreeMap<TeamId, String>,
    members: BTreeMap<TeamId, u32>,
}

impl<'a> Counted<'a> {
    fn of(notebook: &Notebook, loads: &'a [Load]) -> Result<Self> {
        let (db, space, today) = (notebook.db(), notebook.space()?.id, notebook.clock().today());
        let mut members: BTreeMap<TeamId, u32> = BTreeMap::new();
        for member in team_rows::members(db, space, None)?.iter().filter(|member| member.is_here(today)) {
            *members.entry(id("team", &member.team)?).or_default() += 1;
        }
        Ok(Self { loads, names: team_rows::names(db, space)?, members })
    }

    fn sums(
        &self,
        succession: &Succession,
        day: Date,
        wanted: &BTreeSet<PlaceId>,
        titles: &BTreeMap<PlaceId, String>,
    ) -> Vec<PlaceSum> {
        let mut by_place: BTreeMap<PlaceId, Vec<&Load>> = wanted.iter().map(|place| (*place, Vec::new())).collect();
        for load in self.loads {
            if let Some(sum) = by_place.get_mut(&succession.stands(load.written, Some(load.household), day)) {
                sum.push(load);
            }
        }
        by_place.into_iter().map(|(place, loads)| self.sum(place, &loads, titles)).collect()
    }

    fn sum(&self, place: PlaceId, loads: &[&Load], titles: &BTreeMap<PlaceId, String>) -> PlaceSum {
        let teams: BTreeSet<TeamId> = loads.iter().filter_map(|load| load.team).collect();
        PlaceSum {
            id: place.to_string(),
            name: titles.get(&place).cloned().unwrap_or_default(),
            households: loads.len() as u32,
            residents: loads.iter().map(|load| load.residents).sum(),
            visits: loads.iter().map(|load| load.visits).sum(),
            tasks: loads.iter().map(|load| load.tasks).sum(),
            teams: teams.iter().filter_map(|team| self.names.get(team).cloned()).collect(),
            members: teams.iter().filter_map(|team| self.members.get(team)).sum(),
        }
    }
}

/// The months with records of these places: those that ended before a day, and the others.
fn months(
    notebook: &Notebook,
    loads: &[Load],
    before: &Succession,
    day: Date,
    touched: &BTreeSet<PlaceId>,
) -> Result<(Vec<String>, Vec<String>)> {
    let all = places::months(notebook.db(), notebook.space()?.id)?;
    let concerned =
        loads.iter().filter(|load| touched.contains(&before.stands(load.written, Some(load.household), day)));
    let months: BTreeSet<&String> = concerned.filter_map(|load| all.get(&load.household)).flatten().collect();
    let first_new = day.to_string();
    let first_new = first_new.get(..7).unwrap_or_default();
    Ok(months.into_iter().cloned().partition(|month| month.as_str() < first_new))
}
