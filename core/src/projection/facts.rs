//! What one household's document says, read and derived in memory.

use std::collections::BTreeMap;

use automerge::ChangeHash;
use jiff::civil::Date;

use crate::doc::flat::{Doc, Entry, Scalar, Version};
use crate::doc::household::{self as keys, Key, ResidentField};
use crate::domain::skill::{self, Levels};
use crate::domain::{
    Consent, ConsentState, HouseholdId, HouseholdStatus, ImportId, Level, MemberId, MovedFrom, Outcome, PlaceId,
    Position, ResidentId, ResidentStatus, Sex, Task, TaskId, TeamId, Visit, VisitId,
};
use crate::error::Result;

/// A resident with the current levels.
#[derive(Debug, Clone, PartialEq)]
pub struct ResidentFacts {
    /// Who.
    pub id: ResidentId,
    /// Full name.
    pub name: String,
    /// Relation to the head.
    pub relation: String,
    /// Birth, ISO.
    pub birth: String,
    /// Sex.
    pub sex: Option<Sex>,
    /// Phone, national form.
    pub phone: String,
    /// Whether they live here.
    pub status: ResidentStatus,
    /// The last answer about consent, with its proof.
    pub consent: Option<Consent>,
    /// Removed.
    pub removed: bool,
    /// The household that they came from.
    pub moved_from: Option<MovedFrom>,
    /// The newest level in each skill.
    pub levels: Levels,
}

/// A visit and the change that wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct VisitFacts {
    /// Which.
    pub id: VisitId,
    /// What it says.
    pub visit: Visit,
    /// The change that wrote it last.
    pub change: ChangeHash,
}

/// A field with several values that stand.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossedField {
    /// The key.
    pub key: String,
    /// Whom it is about: a name.
    pub about: String,
    /// The field's name in the catalogues.
    pub field: String,
    /// The values, the one in force first.
    pub versions: Vec<Version>,
}

/// Everything that one household's document says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HouseholdFacts {
    /// Where.
    pub place: Option<PlaceId>,
    /// Where it was before: until which day it was in which place.
    pub places_before: BTreeMap<Date, PlaceId>,
    /// Its own team, where that is another than its place's.
    pub team: Option<TeamId>,
    /// The number in the list.
    pub code: String,
    /// How to find the door.
    pub door: String,
    /// Where the door is, as it was measured.
    pub position: Option<Position>,
    /// Phone, national form.
    pub phone: String,
    /// A note.
    pub note: String,
    /// How many people the list counts.
    pub people_count: Option<i64>,
    /// A business household.
    pub business: bool,
    /// Has somebody elderly.
    pub elderly: bool,
    /// Whether it lives here.
    pub status: HouseholdStatus,
    /// Removed.
    pub removed: bool,
    /// The household from which it was split.
    pub split_from: Option<HouseholdId>,
    /// Written by a person, and not only by a list.
    pub edited: bool,
    /// The head, or who stands in for it.
    pub head: Option<ResidentId>,
    /// Who was named as the head, known here or not.
    pub named_head: Option<ResidentId>,
    /// The people: head first, then by age, who is gone last.
    pub residents: Vec<ResidentFacts>,
    /// The best resident, by [`skill::rank`].
    pub best: Option<ResidentId>,
    /// The visits, oldest first.
    pub visits: Vec<VisitFacts>,
    /// What is to be done here, with what the visits did of it.
    pub tasks: Vec<Task>,
    /// The imports that brought it.
    pub imports: Vec<ImportId>,
    /// What crossed.
    pub crossed: Vec<CrossedField>,
    /// Facts that this version keeps but cannot read.
    pub unreadable: u32,
}

impl HouseholdFacts {
    /// Reads a household's document.
    pub fn of(doc: &Doc) -> Result<Self> {
        let entries = doc.entries()?;
        let mut facts = Self { edited: doc.edited_by_hand(), ..Self::default() };
        let mut people: BTreeMap<ResidentId, ResidentFacts> = BTreeMap::new();
        let mut tasks: BTreeMap<TaskId, Task> = BTreeMap::new();
        let mut head = None;
        for entry in &entries {
            match keys::parse(&entry.key) {
                Key::Own(keys::HEAD) => head = entry.value.text().and_then(|t| t.parse().ok()),
                Key::Own(key) => facts.read_own(key, &entry.value),
                Key::PlaceUntil(day) => {
                    facts.places_before.extend(entry.value.text().and_then(|t| Some((day, t.parse().ok()?))));
                }
                Key::Resident(id, field) => {
                    let value = if field == ResidentField::Consent { careful(entry) } else { &entry.value };
                    read_resident(people.entry(id).or_insert_with(|| ResidentFacts::unknown(id)), field, value);
                }
                Key::Visit(id) => facts.read_visit(id, entry),
                Key::Import(id) => facts.imports.push(id),
                Key::Task(id, field) => {
                    tasks.entry(id).or_insert_with(|| Task::unknown(id)).read(field, &entry.value);
                }
                Key::Unknown => facts.unreadable += 1,
            }
        }
        facts.visits.sort_by_key(|v| (v.visit.day, v.visit.clock, v.id));
        derive_levels(&mut people, &facts.visits);
        facts.tasks = tasks.into_values().map(|task| Task { goal: 1, ..task }).collect();
        facts.settle_people(people.into_values().collect(), head);
        facts.crossed = facts.name_crossed(&entries);
        Ok(facts)
    }

    fn read_own(&mut self, key: &str, value: &Scalar) {
        let text = || value.text().unwrap_or_default().to_owned();
        match key {
            keys::PLACE => self.place = value.text().and_then(|t| t.parse().ok()),
            keys::TEAM => self.team = value.text().and_then(|t| t.parse().ok()),
            keys::CODE => self.code = text(),
            keys::DOOR => self.door = text(),
            keys::POSITION => {
                self.position = value.text().and_then(Position::decode);
                self.unreadable += u32::from(self.position.is_none() && !text().is_empty());
            }
            keys::PHONE => self.phone = text(),
            keys::NOTE => self.note = text(),
            keys::PEOPLE => self.people_count = value.int(),
            keys::BUSINESS => self.business = value.is_true(),
            keys::ELDERLY => self.elderly = value.is_true(),
            keys::STATUS => self.status = HouseholdStatus::from_stored(value.text().unwrap_or_default()),
            keys::REMOVED => self.removed = value.is_true(),
            keys::SPLIT_FROM => self.split_from = value.text().and_then(|t| t.parse().ok()),
            "schema" => {}
            _ => self.unreadable += 1,
        }
    }

    fn read_visit(&mut self, id: VisitId, entry: &Entry) {
        match entry.value.bytes().map(Visit::decode) {
            Some(Ok(visit)) => self.visits.push(VisitFacts { id, visit, change: entry.change }),
            _ => self.unreadable += 1,
        }
    }

    pub(super) fn settle_people(&mut self, mut people: Vec<ResidentFacts>, head: Option<ResidentId>) {
        self.named_head = head;
        let lives_here = |id: &ResidentId| people.iter().any(|p| p.id == *id && !p.is_gone());
        self.head = head.filter(lives_here).or_else(|| people.iter().find(|p| !p.is_gone()).map(|p| p.id));
        people.sort_by(|a, b| {
            let place = |p: &ResidentFacts| (p.is_gone(), Some(p.id) != self.head, p.birth.is_empty());
            place(a).cmp(&place(b)).then_with(|| a.birth.cmp(&b.birth)).then_with(|| a.id.cmp(&b.id))
        });
        // The first of the best: head before the others, as sorted.
        let living = people.iter().filter(|p| !p.is_gone());
        self.best = living.rev().max_by_key(|p| skill::rank(&p.levels)).map(|p| p.id);
        self.residents = people;
    }

    fn name_crossed(&self, entries: &[Entry]) -> Vec<CrossedField> {
        let crossed = entries.iter().filter(|e| !e.crossed.is_empty() && !says_the_same(e));
        crossed
            .map(|entry| {
                let (about, field) = match keys::parse(&entry.key) {
                    Key::Resident(id, field) => (self.name_of(id), field.as_str()),
                    Key::Own(own) => (self.head_name(), own),
                    Key::PlaceUntil(_) => (self.head_name(), keys::PLACE),
                    Key::Visit(_) => (self.head_name(), "visit"),
                    Key::Task(_, field) => (self.head_name(), field.as_str()),
                    Key::Import(_) | Key::Unknown => (self.head_name(), "unknown"),
                };
                CrossedField { key: entry.key.clone(), about, field: field.to_owned(), versions: entry.crossed.clone() }
            })
            .collect()
    }

    /// The head's name; empty when nobody is recorded.
    pub fn head_name(&self) -> String {
        self.head.map(|id| self.name_of(id)).unwrap_or_default()
    }

    /// A resident's name; empty when unknown.
    pub fn name_of(&self, id: ResidentId) -> String {
        self.residents.iter().find(|p| p.id == id).map(|p| p.name.clone()).unwrap_or_default()
    }

    /// The levels of the best resident.
    pub fn best_levels(&self) -> Levels {
        self.residents.iter().find(|p| Some(p.id) == self.best).map(|p| p.levels).unwrap_or_default()
    }

    /// Visits that were not taken back, oldest first.
    pub fn standing_visits(&self) -> impl DoubleEndedIterator<Item = &VisitFacts> {
        self.visits.iter().filter(|v| !v.visit.removed)
    }

    /// Who has promised to come back, and when. The last visit decides, and beside it what others promised on the
    /// same day: two who were at one door within hours have each given their word. Finding nobody at home
    /// does not fulfil an appointment, so an absence without a new one leaves the old one due.
    pub fn appointments(&self) -> BTreeMap<MemberId, Date> {
        let decides = |v: &&VisitFacts| v.visit.outcome != Outcome::Absent || v.visit.follow_up.is_some();
        let Some(last) = self.standing_visits().rfind(decides).map(|v| v.visit.day) else { return BTreeMap::new() };
        let said: BTreeMap<_, _> = self
            .standing_visits()
            .filter(|v| v.visit.day == last)
            .filter(decides)
            .map(|v| (v.visit.author, v.visit.follow_up))
            .collect();
        said.into_iter().filter_map(|(member, day)| Some((member, day?))).collect()
    }
}

impl ResidentFacts {
    /// No longer of the household.
    pub fn is_gone(&self) -> bool {
        self.removed || self.status.is_gone()
    }

    fn unknown(id: ResidentId) -> Self {
        Self {
            id,
            name: String::new(),
            relation: String::new(),
            birth: String::new(),
            sex: None,
            phone: String::new(),
            status: ResidentStatus::default(),
            consent: None,
            removed: false,
            moved_from: None,
            levels: [Level::NotAssessed; 5],
        }
    }

    /// Takes over from another entry of the same person what this one lacks, and the newer answer about
    /// consent. The person is there while either entry stands.
    pub(crate) fn absorb(&mut self, other: &Self) {
        let texts = [
            (&mut self.name, &other.name),
            (&mut self.relation, &other.relation),
            (&mut self.birth, &other.birth),
            (&mut self.phone, &other.phone),
        ];
        for (own, others) in texts.into_iter().filter(|(own, _)| own.is_empty()) {
            own.clone_from(others);
        }
        self.sex = self.sex.or(other.sex);
        self.consent = newer(self.consent.take(), other.consent.clone());
        match (self.status, other.status) {
            // Whoever has come back, or whose new household was merged into this one, is here.
            (_, ResidentStatus::MovedHousehold) => {}
            (ResidentStatus::MovedHousehold, _) => {
                (self.status, self.moved_from) = (other.status, other.moved_from.or(self.moved_from));
            }
            (ResidentStatus::Living, _) => self.status = other.status,
            _ => {}
        }
        self.moved_from = self.moved_from.or(other.moved_from);
        self.removed &= other.removed;
    }

    /// What they last answered about consent.
    pub fn consent_state(&self) -> ConsentState {
        self.consent.as_ref().map(|consent| consent.state).unwrap_or_default()
    }
}

/// The newer of two answers.
pub(super) fn newer(one: Option<Consent>, other: Option<Consent>) -> Option<Consent> {
    let at = |consent: &Option<Consent>| consent.as_ref().map(|consent| consent.at_ms);
    if at(&other) > at(&one) { other } else { one }
}

/// The same answer about consent, asked for by two: either tells it.
fn says_the_same(entry: &Entry) -> bool {
    let state = |version: &Version| version.value.text().and_then(Consent::decode).map(|said| said.state);
    let mut states = entry.crossed.iter().map(state);
    let first = states.next().flatten();
    matches!(keys::parse(&entry.key), Key::Resident(_, ResidentField::Consent))
        && first.is_some()
        && states.all(|other| other == first)
}

/// Of answers about consent that crossed, a refusal holds until somebody chooses.
fn careful(entry: &Entry) -> &Scalar {
    let forbids = |value: &&Scalar| value.text().and_then(Consent::decode).is_some_and(|said| said.state.forbids());
    entry.crossed.iter().map(|version| &version.value).find(forbids).unwrap_or(&entry.value)
}

fn read_resident(person: &mut ResidentFacts, field: ResidentField, value: &Scalar) {
    let text = || value.text().unwrap_or_default().to_owned();
    match field {
        ResidentField::Name => person.name = text(),
        ResidentField::Relation => person.relation = text(),
        ResidentField::Birth => person.birth = text(),
        ResidentField::Sex => person.sex = Sex::from_stored(&text()),
        ResidentField::Phone => person.phone = text(),
        ResidentField::Status => person.status = ResidentStatus::from_stored(&text()),
        ResidentField::Consent => person.consent = value.text().and_then(Consent::decode),
        ResidentField::Removed => person.removed = value.is_true(),
        ResidentField::MovedFrom => person.moved_from = value.text().and_then(MovedFrom::decode),
    }
}

/// The newest assessment by (day, hybrid clock, visit id) decides; the visits come in
/// that order, so the last one to write wins.
fn derive_levels(people: &mut BTreeMap<ResidentId, ResidentFacts>, visits: &[VisitFacts]) {
    for facts in visits.iter().filter(|v| !v.visit.removed) {
        for seen in &facts.visit.assessments {
            if let Some(person) = people.get_mut(&seen.resident) {
                person.levels[seen.skill.index()] = seen.level;
            }
        }
    }
}
