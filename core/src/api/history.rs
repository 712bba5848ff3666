//! What was ever written about a household: who, what, when, on which device. Nothing is overwritten for good:
//! an earlier value can be brought back.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use automerge::ChangeHash;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use tungnha_protocol::ids::DeviceId;

use super::household::detail_of;
use super::{Api, consent, household, id};
use crate::doc::household::{self as keys, Key, ResidentField};
use crate::doc::{Scalar, Write};
use crate::domain::{HouseholdId, Outcome, Visit};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::views::HouseholdDetail;
use crate::projection::{HouseholdFacts, ResidentFacts, merged, places, space, teams};
use crate::store::changes::Origin;
use crate::store::{changes, documents};

/// Arguments of `history_restore`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HistoryRestore {
    /// The household.
    pub household: String,
    /// The field's key.
    pub key: String,
    /// The change that wrote the value to bring back.
    pub change: String,
}

/// One change to a household, newest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HistoryEntry {
    /// The household in which it was written; another one where two were merged.
    pub household: String,
    /// The change.
    pub change: String,
    /// When, by the writer's clock; nothing when a list brought it.
    #[ts(type = "number | null")]
    pub at_ms: Option<i64>,
    /// Who: a member's name, or a list's file; empty when unknown.
    pub author: String,
    /// It came from a list.
    pub by_list: bool,
    /// On which device.
    pub device: HistoryDevice,
    /// What that device calls itself; empty when unknown.
    pub device_name: String,
    /// What it wrote.
    pub writes: Vec<HistoryWrite>,
}

/// On which device something was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HistoryDevice {
    /// On this one.
    This,
    /// On another one.
    Other,
    /// Not known here: it came in a checkpoint, and the chunk in which it travelled is not here yet.
    Unknown,
}

/// One field that a change wrote.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HistoryWrite {
    /// The field's key.
    pub key: String,
    /// The field's name in the catalogues (`phone`, `visit`, …).
    pub field: String,
    /// Whom it is about: a resident's name, or empty for the household itself.
    pub about: String,
    /// The visit as it was written, where it is one.
    pub visit: Option<HistoryVisit>,
    /// Any other value, as a person reads it.
    pub value: String,
    /// The value before, as far as this change knew.
    pub before: Option<String>,
    /// It is what stands now.
    pub stands: bool,
    /// It can be brought back: a field that people edit, and not a visit, an answer or an import.
    pub can_return: bool,
}

/// A visit as a change wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HistoryVisit {
    /// Its day.
    pub day: String,
    /// What happened.
    pub outcome: Outcome,
    /// It was taken back.
    pub removed: bool,
}

/// The whole history of one household.
pub(super) fn get(api: &Api, args: household::HouseholdId) -> Result<Vec<HistoryEntry>> {
    let household: HouseholdId = id("household", &args.household)?;
    let notebook = api.notebook();
    let mut entries = Vec::new();
    for part in merged::parts(notebook.db(), notebook.space()?.id, household)? {
        entries.extend(of_document(&notebook, part)?);
    }
    // What a list brought has no time: it was first.
    entries.sort_by_key(|entry: &HistoryEntry| Reverse(entry.at_ms));
    Ok(entries)
}

fn of_document(notebook: &Notebook, household: HouseholdId) -> Result<Vec<HistoryEntry>> {
    let reader = Reader::of(notebook, household)?;
    let mut entries: Vec<HistoryEntry> = Vec::new();
    let mut before: BTreeMap<String, String> = BTreeMap::new();
    for write in &reader.writes {
        let Some(line) = reader.line(write, &mut before) else { continue };
        let change = write.version.change.to_string();
        match entries.last_mut() {
            Some(entry) if entry.change == change => entry.writes.push(line),
            _ => entries.push(HistoryEntry { writes: vec![line], ..reader.entry(notebook, write)? }),
        }
    }
    entries.reverse();
    Ok(entries)
}

/// Writes an earlier value again.
pub(super) fn restore(api: &Api, args: HistoryRestore) -> Result<HouseholdDetail> {
    let household: HouseholdId = id("household", &args.household)?;
    let change: ChangeHash = args.change.parse().map_err(|_| Error::not_found("version"))?;
    let writes = Reader::of(&api.notebook(), household)?.writes;
    let wanted = writes.into_iter().find(|write| write.version.change == change && write.key == args.key);
    let value = wanted.filter(|write| can_return(&write.key)).ok_or_else(|| Error::not_found("version"))?.version.value;
    if let Key::Resident(who, field) = keys::parse(&args.key) {
        let says_something = value.text().is_some_and(|text| !text.is_empty());
        if says_something && consent::is_personal(field) && consent::forbids(&api.notebook(), household, who)? {
            return Err(Error::invalid("consent_refused", field.as_str()));
        }
    }
    api.write(|batch| batch.edit_household(household, |edit| edit.set(&args.key, &value)))?;
    detail_of(&api.notebook(), household)
}

fn can_return(key: &str) -> bool {
    match keys::parse(key) {
        Key::Own(own) => !matches!(own, "schema" | keys::SPLIT_FROM),
        Key::Resident(_, field) => !matches!(field, ResidentField::Consent | ResidentField::MovedFrom),
        Key::Task(..) => true,
        Key::PlaceUntil(_) | Key::Visit(_) | Key::Import(_) | Key::Unknown => false,
    }
}

/// A household's document, and the names that its values stand for.
struct Reader {
    household: HouseholdId,
    writes: Vec<Write>,
    facts: HouseholdFacts,
    stands: BTreeMap<String, ChangeHash>,
    /// Names of members, lists and places by their ids.
    names: BTreeMap<String, String>,
    /// What the team's devices call themselves.
    devices: BTreeMap<DeviceId, (String, String)>,
}

impl Reader {
    fn of(notebook: &Notebook, household: HouseholdId) -> Result<Self> {
        let space = notebook.space()?.id;
        if !documents::exists(notebook.db(), household.bytes())? {
            return Err(Error::not_found("household"));
        }
        let doc = documents::load(notebook.db(), space, household.bytes())?;
        let mut names = space::author_names(notebook.db(), space)?;
        let places = places::titles(notebook.db(), space, notebook.clock().today())?;
        names.extend(places.into_iter().map(|(id, name)| (id.to_string(), name)));
        names.extend(teams::names(notebook.db(), space)?.into_iter().map(|(id, name)| (id.to_string(), name)));
        let stands = doc.entries()?.into_iter().map(|entry| (entry.key, entry.change)).collect();
        Ok(Self {
            household,
            writes: doc.writes(),
            facts: HouseholdFacts::of(&doc)?,
            stands,
            names,
            devices: space::devices(notebook.db(), space)?,
        })
    }

    fn entry(&self, notebook: &Notebook, write: &Write) -> Result<HistoryEntry> {
        let version = &write.version;
        let by_list = version.by.starts_with("list:");
        let origin = changes::origin(notebook.db(), self.household.bytes(), &version.change.0)?;
        let (device, id) = match origin {
            Origin::Here => (HistoryDevice::This, Some(notebook.device().id())),
            Origin::There(id) => (HistoryDevice::Other, Some(id)),
            Origin::Unknown => (HistoryDevice::Unknown, None),
        };
        let called = id.and_then(|id| self.devices.get(&id));
        Ok(HistoryEntry {
            household: self.household.to_string(),
            change: version.change.to_string(),
            at_ms: (version.at_ms > 0).then_some(version.at_ms),
            author: self.names.get(&version.by).cloned().unwrap_or_default(),
            by_list,
            device,
            device_name: called.map(|(name, _)| name.clone()).unwrap_or_default(),
            writes: Vec::new(),
        })
    }

    /// What a write says; nothing when it is none of a person's business.
    fn line(&self, write: &Write, before: &mut BTreeMap<String, String>) -> Option<HistoryWrite> {
        let (about, field) = match keys::parse(&write.key) {
            Key::Own("schema" | keys::SPLIT_FROM) | Key::PlaceUntil(_) | Key::Import(_) | Key::Unknown => return None,
            Key::Resident(_, ResidentField::MovedFrom) => return None,
            Key::Own(own) => (String::new(), own),
            Key::Resident(id, field) => (self.facts.name_of(id), field.as_str()),
            Key::Visit(_) => (String::new(), "visit"),
            Key::Task(_, field) => (String::new(), field.as_str()),
        };
        let value = self.readable(&write.version.value);
        Some(HistoryWrite {
            before: before.insert(write.key.clone(), value.clone()),
            stands: self.stands.get(&write.key) == Some(&write.version.change),
            can_return: can_return(&write.key) && !self.is_closed(&write.key),
            visit: visit_in(&write.version.value),
            key: write.key.clone(),
            field: field.to_owned(),
            about,
            value,
        })
    }

    /// Of who has said no, nothing is written again.
    fn is_closed(&self, key: &str) -> bool {
        let Key::Resident(who, field) = keys::parse(key) else { return false };
        let said_no = |person: &ResidentFacts| person.id == who && person.consent_state().forbids();
        consent::is_personal(field) && self.facts.residents.iter().any(said_no)
    }

    fn readable(&self, value: &Scalar) -> String {
        match value {
            Scalar::Text(text) => {
                let resident = || text.parse().ok().map(|id| self.facts.name_of(id)).filter(|name| !name.is_empty());
                self.names.get(text).cloned().or_else(resident).unwrap_or_else(|| text.clone())
            }
            Scalar::Int(n) => n.to_string(),
            Scalar::Bool(yes) => yes.to_string(),
            Scalar::Bytes(_) | Scalar::Nothing => String::new(),
        }
    }
}

fn visit_in(value: &Scalar) -> Option<HistoryVisit> {
    let visit = Visit::decode(value.bytes()?).ok()?;
    Some(HistoryVisit { day: visit.day.to_string(), outcome: visit.outcome, removed: visit.removed })
}
