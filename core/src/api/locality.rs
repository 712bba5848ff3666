//! How the locality works: its words, the shapes of its teams, its report. A notebook is set up by choosing one that
//! the app brings along, and changed by changing it: all of it is data in the space's document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{Api, Nothing};
use crate::doc::space::{self as keys, Thing};
use crate::doc::{Edit, Scalar};
use crate::domain::locality::{LocalService, Locality, SHIPPED, TeamShape};
use crate::domain::skill::DEFAULT_SERVICES;
use crate::domain::team::GROUPS_FROM;
use crate::domain::{Level, Period, Role, TeamKind};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::locality::{self, Words};
use crate::projection::{rules, space};

/// Arguments of `locality_set`. Either a locality that the app brings along, or one of the team's own.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LocalitySet {
    /// One that the app brings along, see `locality_list`.
    #[serde(default)]
    #[ts(optional)]
    pub shipped: Option<String>,
    /// One of the team's own.
    #[serde(default)]
    #[ts(optional)]
    pub locality: Option<Locality>,
    /// From which period on its report is in force (`2026-11`); the current one when left out.
    #[serde(default)]
    #[ts(optional)]
    pub from_period: Option<String>,
}

/// How the locality works, and who may change it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LocalityView {
    /// As it is in force today.
    pub locality: Locality,
    /// Whether the signed-in member may change it.
    pub may_set: bool,
}

/// The localities that the app brings along.
pub(super) fn list(_: &Api, _: Nothing) -> Result<Vec<Locality>> {
    SHIPPED.into_iter().map(|shipped| shipped.read()).collect()
}

/// How the locality works today.
pub(super) fn get(api: &Api, _: Nothing) -> Result<LocalityView> {
    let notebook = api.notebook();
    Ok(LocalityView { locality: standing(&notebook)?, may_set: may_set(&notebook)? })
}

/// Sets the notebook up as a locality works.
pub(super) fn set(api: &Api, args: LocalitySet) -> Result<LocalityView> {
    let (locality, from, before) = {
        let notebook = api.notebook();
        if !may_set(&notebook)? {
            return Err(Error::new(
                "not_allowed",
                "only a leader, a deputy or an officer changes how the locality works",
            ));
        }
        let locality = wanted(args.shipped.as_deref(), args.locality)?;
        let calendar = rules::calendar(notebook.db(), notebook.space()?.id)?;
        let current = calendar.period_of(notebook.clock().today());
        let from = match args.from_period.as_deref() {
            Some(text) => Period::parse(text).ok_or_else(|| Error::invalid("bad_period", "from_period"))?,
            None => current,
        };
        if from < current && calendar.is_written() {
            return Err(Error::invalid("period_over", "from_period").with("first", current));
        }
        (locality, from, locality::words(notebook.db(), notebook.space()?.id)?)
    };
    api.write(|batch| batch.edit_space(|edit| write(edit, &locality, from, &before)))?;
    get(api, Nothing {})
}

fn wanted(shipped: Option<&str>, own: Option<Locality>) -> Result<Locality> {
    match (shipped, own) {
        (Some(key), None) => {
            let found = SHIPPED.into_iter().find(|one| one.key == key);
            found.ok_or_else(|| Error::not_found("locality"))?.read()
        }
        (None, Some(own)) => own.check(),
        _ => Err(Error::new("bad_arguments", "either one that the app brings along, or one of the team's own")),
    }
}

fn may_set(notebook: &Notebook) -> Result<bool> {
    let members = space::members(notebook.db(), notebook.space()?.id, Some(notebook.me()?))?;
    Ok(members.iter().any(|member| member.me && Role::sets_rules(member.role)))
}

/// The key of a field of the locality.
fn key(of: &str, field: &str) -> String {
    keys::field(Thing::Locality, of, field)
}

fn write(edit: &mut Edit<'_, '_>, locality: &Locality, from: Period, before: &Words) {
    edit.text(&key("place", "key"), &locality.key);
    edit.text(&key("place", "name"), &locality.name);
    edit.text(&key("place", "words"), &locality.hamlet_words.join(", "));
    edit.set(&key("groups", "from"), &Scalar::Int(locality.groups_from.into()));
    for team in &locality.teams {
        let of = team.kind.as_str();
        edit.set(&key(of, "smallest"), &Scalar::Int(team.smallest.into()));
        edit.set(&key(of, "largest"), &Scalar::Int(team.largest.into()));
        edit.text(&key(of, "led_by"), &team.led_by);
    }
    let mut words: BTreeMap<String, &str> = BTreeMap::new();
    words.extend(
        before.keys().filter(|(kind, ..)| kind != Thing::Locality.as_str()).map(|(k, id, _)| (format!("{k}/{id}"), "")),
    );
    words.extend(locality.levels.iter().map(|(level, word)| (keys::value(Thing::Level, stored(level)), word.as_str())));
    words.extend(locality.roles.iter().map(|(role, word)| (keys::value(Thing::Role, role.as_str()), word.as_str())));
    words.into_iter().for_each(|(key, word)| edit.text(&key, word));
    for service in &locality.services {
        edit.text(&keys::value(Thing::Service, &service.key), &service.name);
    }
    edit.set(&keys::value(Thing::Rules, from), &Scalar::Bytes(locality.report.encode()));
}

/// A level's or a role's name in keys: the one that it has in commands.
fn stored<T: Serialize>(of: &T) -> String {
    serde_json::to_value(of).ok().as_ref().and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn read<T: for<'a> Deserialize<'a>>(name: &str) -> Option<T> {
    serde_json::from_value(Value::String(name.to_owned())).ok()
}

/// The locality as it stands in the notebook.
fn standing(notebook: &Notebook) -> Result<Locality> {
    let (db, space) = (notebook.db(), notebook.space()?.id);
    let words = locality::words(db, space)?;
    let word = |kind: Thing, id: &str, field: &str| {
        words.get(&(kind.as_str().to_owned(), id.to_owned(), field.to_owned())).cloned().unwrap_or_default()
    };
    let of = |id: &str, field: &str| word(Thing::Locality, id, field);
    let shape = |kind: TeamKind| {
        let number = |field: &str| of(kind.as_str(), field).parse().ok();
        let (smallest, largest) = (number("smallest")?, number("largest")?);
        Some(TeamShape { kind, smallest, largest, led_by: of(kind.as_str(), "led_by") })
    };
    let calendar = rules::calendar(db, space)?;
    let own = |key: &str| DEFAULT_SERVICES.iter().all(|(known, _)| *known != key);
    let services = space::checklist(db, space)?.services.into_iter().filter(|service| own(&service.key));
    let split = |text: String| text.split(", ").filter(|word| !word.is_empty()).map(str::to_owned).collect();
    Ok(Locality {
        key: of("place", "key"),
        name: of("place", "name"),
        hamlet_words: split(of("place", "words")),
        levels: named::<Level>(&words, Thing::Level),
        roles: named::<Role>(&words, Thing::Role),
        groups_from: of("groups", "from").parse().unwrap_or(GROUPS_FROM),
        teams: [TeamKind::Commune, TeamKind::Hamlet].into_iter().filter_map(shape).collect(),
        services: services.map(|service| LocalService { key: service.key, name: service.name }).collect(),
        report: calendar.rules(calendar.period_of(notebook.clock().today())).clone(),
    })
}

fn named<T: for<'a> Deserialize<'a> + Ord>(words: &Words, kind: Thing) -> BTreeMap<T, String> {
    let own = words.iter().filter(|((of, _, field), word)| of == kind.as_str() && field.is_empty() && !word.is_empty());
    own.filter_map(|((_, id, _), word)| Some((read(id)?, word.clone()))).collect()
}
