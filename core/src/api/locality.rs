//! How the locality works: its words, the shapes of its teams, its report. A notebook is set up by choosing one that
//! the app brings along, and changed by changing it: all of it is data in the space's document.

use std::collections::BTreeMap;
use std::iter::once;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{Api, Nothing, teams};
use crate::doc::space::{self as keys, Thing};
use crate::doc::{Edit, Scalar};
use crate::domain::locality::{LocalService, Locality, SHIPPED};
use crate::domain::skill::DEFAULT_SERVICES;
use crate::domain::{Level, Period, Role, TeamKind};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::locality::{self, Words};
use crate::projection::{rules, space};

/// Arguments of `locality_set`. Either a locality that the app brings along, or one of the team's own.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LocalitySet {
    /// One that the app brings along, by its key; an empty one stands for the app's own ways.
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

/// The app's own ways, and those of the localities that it brings along.
pub(super) fn list(_: &Api, _: Nothing) -> Result<Vec<Locality>> {
    once(Ok(Locality::usual())).chain(SHIPPED.into_iter().map(|shipped| shipped.read())).collect()
}

/// How the locality works today.
pub(super) fn get(api: &Api, _: Nothing) -> Result<LocalityView> {
    let notebook = api.notebook();
    Ok(LocalityView { locality: standing(&notebook)?, may_set: teams::in_charge(&notebook, None).is_ok() })
}

/// Sets the notebook up as a locality works.
pub(super) fn set(api: &Api, args: LocalitySet) -> Result<LocalityView> {
    let (locality, before, report_from) = {
        let notebook = api.notebook();
        teams::in_charge(&notebook, None)?;
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
        let report_from = (calendar.rules(from) != &locality.report).then_some(from);
        (locality, locality::words(notebook.db(), notebook.space()?.id)?, report_from)
    };
    api.write(|batch| {
        batch.edit_space(|edit| {
            write_words(edit, &locality, &before);
            if let Some(from) = report_from {
                edit.set(&keys::value(Thing::Rules, from), &Scalar::Bytes(locality.report.encode()));
            }
        })
    })?;
    get(api, Nothing {})
}

fn wanted(shipped: Option<&str>, own: Option<Locality>) -> Result<Locality> {
    match (shipped, own) {
        (Some(""), None) => Ok(Locality::usual()),
        (Some(key), None) => {
            let found = SHIPPED.into_iter().find(|one| one.key == key);
            found.ok_or_else(|| Error::not_found("locality"))?.read()
        }
        (None, Some(own)) => own.check(),
        _ => Err(Error::new("bad_arguments", "either one that the app brings along, or one of the team's own")),
    }
}

/// The key of a field of the locality.
fn key(of: &str, field: &str) -> String {
    keys::field(Thing::Locality, of, field)
}

fn write_words(edit: &mut Edit<'_, '_>, locality: &Locality, before: &Words) {
    edit.text(&key("place", "key"), &locality.key);
    edit.text(&key("place", "name"), &locality.name);
    edit.text(&key("place", "words"), &locality.hamlet_words.join(", "));
    edit.set(&key("groups", "from"), &Scalar::Int(locality.groups_from.into()));
    for kind in TeamKind::ALL {
        let shape = locality.teams.iter().find(|team| team.kind == kind);
        let (smallest, largest) = shape.map_or((0, 0), |shape| (shape.smallest, shape.largest));
        edit.set(&key(kind.as_str(), "smallest"), &Scalar::Int(smallest.into()));
        edit.set(&key(kind.as_str(), "largest"), &Scalar::Int(largest.into()));
        edit.text(&key(kind.as_str(), "led_by"), shape.map_or("", |shape| &shape.led_by));
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
    let of = |id: &str, field: &str| locality::word(&words, id, field).to_owned();
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
        groups_from: locality::groups_from(&words),
        teams: TeamKind::ALL.into_iter().filter_map(|kind| locality::shape(&words, kind)).collect(),
        services: services.map(|service| LocalService { key: service.key, name: service.name }).collect(),
        report: calendar.rules(calendar.period_of(notebook.clock().today())).clone(),
    })
}

fn named<T: for<'a> Deserialize<'a> + Ord>(words: &Words, kind: Thing) -> BTreeMap<T, String> {
    let own = words.iter().filter(|((of, _, field), word)| of == kind.as_str() && field.is_empty() && !word.is_empty());
    own.filter_map(|((_, id, _), word)| Some((read(id)?, word.clone()))).collect()
}
