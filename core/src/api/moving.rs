//! Residents who move from one household to another: a split (tách hộ), a marriage (nhập hộ).
//!
//! A resident belongs to one document and cannot leave it. So whoever moves is written anew in the other
//! household's document, and an edge says that the two are one person: levels, consent and history are one, and
//! they count once. In the old household they stay with a status that says where they went. The edge stays when
//! a move is taken back: it is still the same person, and a visit that somebody logs late is still theirs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::household::{nine_digits, place_or_only};
use super::{Api, id};
use crate::doc::household::{self as keys, ResidentField as Field};
use crate::doc::{Edit, space as space_keys};
use crate::domain::text;
use crate::domain::{HouseholdId, HouseholdStatus, MovedFrom, ResidentId, ResidentStatus, SameKind, Verdict, same};
use crate::error::{Error, Result};
use crate::notebook::Batch;
use crate::projection::merged::{self, Written};
use crate::projection::{self, HouseholdFacts, ResidentFacts};
use crate::store::documents;

/// More people than any household has.
const AT_MOST: usize = 200;

/// Arguments of `resident_move`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ResidentMove {
    /// The household that they leave.
    pub household: String,
    /// Who moves.
    pub residents: Vec<String>,
    /// The household to which they move; a new one when left out.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub to: Option<String>,
    /// The head of the new household, one of those who move; the first of them when left out.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub head: Option<String>,
    /// Where the new household is; the old one's place when left out.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub place: Option<String>,
    /// How to find the new household's door; the old one's when left out.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub door: Option<String>,
    /// The person has said that nine digits in a text are no ID card.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub nine_digits_ok: bool,
}

/// Where residents have moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ResidentMoved {
    /// The household in which they are now.
    pub household: String,
    /// Their ids there, for taking it back.
    pub residents: Vec<String>,
    /// Nobody is left in the old household.
    pub left_empty: bool,
}

/// Arguments of `resident_move_undo`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ResidentMoveUndo {
    /// The household to which they moved.
    pub household: String,
    /// Their ids in it.
    pub residents: Vec<String>,
}

/// What taking a move back has come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ResidentMoveUndone {
    /// The household in which they are again.
    pub household: String,
    /// The household that came into being by the move stays: somebody else lives there, or visits were logged.
    pub stays: bool,
}

/// Where the people go.
struct Target {
    doc: HouseholdId,
    /// What a new household begins with.
    new: Option<NewHousehold>,
}

struct NewHousehold {
    place: String,
    door: String,
    head: ResidentId,
    from: HouseholdId,
}

/// Somebody who moves.
struct Mover {
    /// Where they are written in the old household.
    entries: Vec<Written>,
    /// What those say together.
    facts: ResidentFacts,
    /// Where they are written in the other household: a fresh entry, unless they were there before.
    arrives: Vec<Written>,
    /// They were there before.
    returns: bool,
}

/// Moves residents to another household.
pub(super) fn go(api: &Api, args: ResidentMove) -> Result<ResidentMoved> {
    let from: HouseholdId = id("household", &args.household)?;
    let who = ids(&args.residents)?;
    let nine = nine_digits(args.nine_digits_ok);
    let door = args.door.as_deref().map(|door| text::line("door", door, nine)).transpose()?;
    let head = args.head.as_deref().map(|head| id::<ResidentId>("resident", head)).transpose()?;
    let place = {
        let notebook = api.notebook();
        let named = args.place.as_deref();
        named.map(|place| place_or_only(&notebook, notebook.space()?.id, Some(place))).transpose()?
    };
    api.write(|batch| {
        let from = merged::shown(batch.db(), batch.space(), from)?;
        let old = Household::read(batch, from)?;
        let mut movers = who.iter().map(|who| old.mover(*who)).collect::<Result<Vec<Mover>>>()?;
        let target = match &args.to {
            Some(to) => existing(batch, from, id("household", to)?)?,
            None => {
                let first = movers.first().map(|mover| mover.facts.id);
                let head = head.or(first).ok_or_else(|| Error::not_found("resident"))?;
                Target {
                    doc: HouseholdId::fresh(),
                    new: Some(NewHousehold {
                        place: place.or(old.place).map(|place| place.to_string()).unwrap_or_default(),
                        door: door.unwrap_or_else(|| old.door.clone()),
                        head,
                        from,
                    }),
                }
            }
        };
        if target.new.as_ref().is_some_and(|new| movers.iter().all(|mover| !mover.is(new.head))) {
            return Err(Error::invalid("required", "head"));
        }
        for mover in &mut movers {
            (mover.arrives, mover.returns) = arriving(batch, &target, mover)?;
        }
        write(batch, &target, &movers)?;
        let residents = movers.iter().filter_map(|mover| mover.arrives.first()).map(|w| w.shown.to_string());
        Ok(ResidentMoved {
            household: target.doc.to_string(),
            residents: residents.collect(),
            left_empty: Household::read(batch, from)?.is_empty(),
        })
    })
}

/// Ids from outside, each once and not too many.
fn ids(texts: &[String]) -> Result<Vec<ResidentId>> {
    if texts.is_empty() || texts.len() > AT_MOST {
        return Err(Error::invalid("required", "residents"));
    }
    let mut ids: Vec<ResidentId> = Vec::new();
    for text in texts {
        let one = id("resident", text)?;
        if !ids.contains(&one) {
            ids.push(one);
        }
    }
    Ok(ids)
}

/// A shown household with all its documents.
struct Household {
    place: Option<crate::domain::PlaceId>,
    door: String,
    people: Vec<Written>,
    docs: BTreeMap<HouseholdId, HouseholdFacts>,
}

impl Household {
    fn read(batch: &Batch<'_>, shown: HouseholdId) -> Result<Self> {
        let (db, space) = (batch.db(), batch.space());
        let mut docs = BTreeMap::new();
        for part in merged::parts(db, space, shown)? {
            docs.insert(part, HouseholdFacts::of(&documents::load(db, space, part.bytes())?)?);
        }
        let first = docs.values().find_map(|facts| facts.place);
        let door = docs.values().map(|facts| &facts.door).find(|door| !door.is_empty()).cloned();
        Ok(Self { place: first, door: door.unwrap_or_default(), people: merged::people(db, space, shown)?, docs })
    }

    fn entry(&self, of: &Written) -> Option<&ResidentFacts> {
        self.docs.get(&of.doc)?.residents.iter().find(|person| person.id == of.resident)
    }

    /// What all entries of a person say together.
    fn person(&self, entries: &[Written]) -> Option<ResidentFacts> {
        let mut facts = entries.iter().filter_map(|entry| self.entry(entry)).cloned();
        let first = facts.next()?;
        Some(facts.fold(first, |mut all, one| {
            all.absorb(&one);
            all
        }))
    }

    fn entries(&self, who: ResidentId) -> Vec<Written> {
        let shown = self.people.iter().find(|entry| entry.resident == who).map(|entry| entry.shown);
        self.people.iter().filter(|entry| Some(entry.shown) == shown).copied().collect()
    }

    fn mover(&self, who: ResidentId) -> Result<Mover> {
        let entries = self.entries(who);
        let facts = self.person(&entries).filter(|person| !person.is_gone());
        let facts = facts.ok_or_else(|| Error::not_found("resident"))?;
        Ok(Mover { entries, facts, arrives: Vec::new(), returns: false })
    }

    /// Nobody lives here.
    fn is_empty(&self) -> bool {
        let lives = |who: &Written| self.person(&self.entries(who.resident)).is_some_and(|person| !person.is_gone());
        !self.people.iter().any(lives)
    }
}

impl Mover {
    fn is(&self, who: ResidentId) -> bool {
        self.entries.iter().any(|entry| entry.resident == who)
    }

    /// Who they are in the household that they leave.
    fn shown(&self) -> ResidentId {
        self.entries.first().map_or(self.facts.id, |entry| entry.shown)
    }
}

/// A household that is there and is another one.
fn existing(batch: &Batch<'_>, from: HouseholdId, to: HouseholdId) -> Result<Target> {
    let doc = merged::shown(batch.db(), batch.space(), to)?;
    if doc == from {
        return Err(Error::invalid("same_household", "to"));
    }
    if Household::read(batch, doc)?.docs.values().all(|facts| facts.removed) {
        return Err(Error::not_found("household"));
    }
    Ok(Target { doc, new: None })
}

/// Where somebody is written in the household to which they go.
fn arriving(batch: &Batch<'_>, target: &Target, mover: &Mover) -> Result<(Vec<Written>, bool)> {
    if target.new.is_none() {
        let set = projection::same::set(batch.db(), batch.space(), SameKind::Resident, mover.shown().0)?;
        let people = merged::people(batch.db(), batch.space(), target.doc)?;
        if let Some(known) = people.iter().find(|entry| set.contains(&entry.resident.0)) {
            return Ok((people.iter().filter(|entry| entry.shown == known.shown).copied().collect(), true));
        }
    }
    let fresh = ResidentId::fresh();
    Ok((vec![Written { doc: target.doc, resident: fresh, shown: fresh }], false))
}

fn write(batch: &mut Batch<'_>, target: &Target, movers: &[Mover]) -> Result<()> {
    batch.put_household(target.doc, |edit| {
        if let Some(new) = &target.new {
            edit.text(keys::PLACE, &new.place);
            edit.text(keys::DOOR, &new.door);
            edit.text(keys::SPLIT_FROM, &new.from.to_string());
            let head = movers.iter().find(|mover| mover.is(new.head)).and_then(|mover| mover.arrives.first());
            if let Some(head) = head {
                edit.text(keys::HEAD, &head.resident.to_string());
            }
        }
        for mover in movers {
            arrivals(edit, target.doc, mover);
        }
    })?;
    for mover in movers {
        for entry in mover.arrives.iter().filter(|entry| entry.doc != target.doc) {
            batch.edit_household(entry.doc, |edit| arrivals(edit, entry.doc, mover))?;
        }
    }
    let mut leaving: BTreeMap<HouseholdId, Vec<ResidentId>> = BTreeMap::new();
    for entry in movers.iter().flat_map(|mover| &mover.entries) {
        leaving.entry(entry.doc).or_default().push(entry.resident);
    }
    for (doc, who) in leaving {
        batch.edit_household(doc, |edit| who.iter().for_each(|who| left(edit, *who)))?;
    }
    batch.edit_space(|edit| {
        for mover in movers {
            let pair = mover.arrives.first().and_then(|entry| same::pair(mover.shown().0, entry.resident.0));
            if let Some(pair) = pair {
                edit.text(&space_keys::same(SameKind::Resident, pair), Verdict::Same.as_str());
            }
        }
    })?;
    Ok(())
}

fn left(edit: &mut Edit<'_, '_>, who: ResidentId) {
    edit.text(&keys::resident(who, Field::Status), ResidentStatus::MovedHousehold.as_str());
    edit.text(&keys::resident(who, Field::MovedFrom), "");
}

/// Writes those entries of somebody who arrives that stand in this document.
fn arrivals(edit: &mut Edit<'_, '_>, doc: HouseholdId, mover: &Mover) {
    let ResidentFacts {
        id: _,
        name,
        relation: _,
        birth,
        sex,
        phone,
        status,
        consent,
        removed: _,
        moved_from: _,
        levels: _,
    } = &mover.facts;
    let from =
        mover.entries.first().map(|entry| MovedFrom { household: entry.doc, resident: mover.shown(), status: *status });
    for entry in mover.arrives.iter().filter(|entry| entry.doc == doc) {
        let key = |field| keys::resident(entry.resident, field);
        let texts = [
            (Field::Name, name.clone()),
            (Field::Birth, birth.clone()),
            (Field::Sex, sex.map(|sex| sex.as_str().to_owned()).unwrap_or_default()),
            (Field::Phone, phone.clone()),
            (Field::Consent, consent.as_ref().map(|consent| consent.encode()).unwrap_or_default()),
        ];
        for (field, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
            edit.text(&key(*field), text);
        }
        edit.text(&key(Field::Status), status.as_str());
        if mover.returns {
            edit.flag(&key(Field::Removed), false);
        }
        edit.text(&key(Field::MovedFrom), &from.as_ref().map(MovedFrom::encode).unwrap_or_default());
    }
}

/// Takes a move back.
pub(super) fn undo(api: &Api, args: ResidentMoveUndo) -> Result<ResidentMoveUndone> {
    let household: HouseholdId = id("household", &args.household)?;
    let who = ids(&args.residents)?;
    api.write(|batch| {
        let household = merged::shown(batch.db(), batch.space(), household)?;
        let mut back = None;
        for who in who {
            back = Some(bring_back(batch, household, who)?);
        }
        let back = back.ok_or_else(|| Error::not_found("resident"))?;
        Ok(ResidentMoveUndone { household: back.to_string(), stays: !close(batch, household)? })
    })
}

/// Brings somebody back to the household from which they came, and returns that.
fn bring_back(batch: &mut Batch<'_>, household: HouseholdId, who: ResidentId) -> Result<HouseholdId> {
    let here = Household::read(batch, household)?;
    let entries = here.entries(who);
    let person = here.person(&entries).filter(|person| !person.is_gone());
    let from = person.and_then(|person| person.moved_from).ok_or_else(|| Error::not_found("resident"))?;
    let home = merged::shown(batch.db(), batch.space(), from.household)?;
    let old = Household::read(batch, home)?;
    for entry in old.entries(from.resident) {
        // What was said of them since (that they died) stays.
        if old.entry(&entry).is_some_and(|person| person.status == ResidentStatus::MovedHousehold) {
            let status = keys::resident(entry.resident, Field::Status);
            batch.edit_household(entry.doc, |edit| edit.text(&status, from.status.as_str()))?;
        }
    }
    for (doc, facts) in &old.docs {
        // It may have been marked as empty.
        batch.edit_household(*doc, |edit| {
            if facts.removed {
                edit.flag(keys::REMOVED, false);
            }
            if facts.status == HouseholdStatus::MovedAway {
                edit.text(keys::STATUS, HouseholdStatus::Living.as_str());
            }
        })?;
    }
    let seen = entries.iter().any(|entry| was_met(&here, entry.resident));
    for entry in entries {
        batch.edit_household(entry.doc, |edit| {
            left(edit, entry.resident);
            // Nothing was written of them here: so they were never here.
            if !seen {
                edit.flag(&keys::resident(entry.resident, Field::Removed), true);
            }
        })?;
    }
    Ok(home)
}

/// Whether a visit to this household says anything of somebody.
fn was_met(household: &Household, who: ResidentId) -> bool {
    let visits = household.docs.values().flat_map(HouseholdFacts::standing_visits);
    let mut visits = visits.map(|facts| &facts.visit);
    visits.any(|visit| visit.met.contains(&who) || visit.assessments.iter().any(|seen| seen.resident == who))
}

/// Closes a household that came into being by a move and has nothing in it any more. Says whether it is closed,
/// or was there before the move anyway.
fn close(batch: &mut Batch<'_>, household: HouseholdId) -> Result<bool> {
    let here = Household::read(batch, household)?;
    if here.docs.values().any(|facts| facts.split_from.is_none()) {
        return Ok(true);
    }
    let used = here
        .docs
        .values()
        .any(|facts| facts.standing_visits().next().is_some() || facts.tasks.iter().any(|task| !task.removed));
    if used || !here.is_empty() {
        return Ok(false);
    }
    batch.edit_whole(household, |edit| edit.flag(keys::REMOVED, true))?;
    Ok(true)
}
