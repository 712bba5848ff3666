//! Everything that this notebook holds about one person, for that person to read.
//!
//! What is read here is taken apart field by field and without `..`: whoever adds a field to a household, a
//! resident, a visit or an activity must come here and say what of it is told, or it does not compile.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use serde::Serialize;
use ts_rs::TS;
use tungnha_protocol::chunk::device_of;
use uuid::Uuid;

use super::file::FileReceiver;
use super::resident::ResidentId as Args;
use super::{Api, id};
use crate::doc::household::{self as keys, Key, ResidentField};
use crate::domain::activity::ActivityKind;
use crate::domain::visit::Assessment;
use crate::domain::{
    Activity, Consent, ConsentState, HouseholdId, HouseholdStatus, Outcome, PlaceId, ResidentId, ResidentStatus,
    SameKind, Sex, SkillKey, SpaceId, Task, TeamId, Visit,
};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::{HouseholdFacts, ResidentFacts, merged, places, same, space, teams};
use crate::store::{documents, files, relays, stations};

/// Everything that is held about one person.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Holdings {
    /// Their name, as they are shown.
    pub name: String,
    /// Where they are written: in their household, and in those in which they lived or were written twice.
    pub entries: Vec<HeldEntry>,
    /// What they answered about consent, each answer with its proof, newest first.
    pub consents: Vec<HeldConsent>,
    /// Visits that name them, and visits to their household with something written in words, newest first.
    pub visits: Vec<HeldVisit>,
    /// Activities to which they came, newest first.
    pub activities: Vec<HeldActivity>,
    /// Earlier values of their fields, which stay in the history.
    pub earlier: u32,
    /// How often somebody has said of them that they are, or are not, the same as another entry.
    pub verdicts: u32,
    /// Unfinished forms on this device that name them.
    pub drafts: u32,
    /// Facts of a later version that stand in these households and cannot be read here.
    pub unreadable: u32,
    /// Where copies are.
    pub copies: HeldCopies,
}

/// One entry of a person, with the household in which it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HeldEntry {
    /// The household.
    pub household: String,
    /// Its head's name.
    pub head: String,
    /// Its place's name.
    pub place_name: String,
    /// The names of the places in which it was before, oldest first.
    pub former_places: Vec<String>,
    /// The team that looks after it, where that is another than its place's.
    pub team_name: String,
    /// Its number in the list.
    pub code: String,
    /// How to find its door.
    pub door: String,
    /// Whether it is noted where on the map it lies.
    pub has_position: bool,
    /// Its phone.
    pub household_phone: String,
    /// The note about it.
    pub note: String,
    /// How many people the list counts.
    pub people_count: Option<u32>,
    /// A business household.
    pub business: bool,
    /// Has somebody elderly.
    pub elderly: bool,
    /// Whether it lives here.
    pub household_status: HouseholdStatus,
    /// It was taken off the list.
    pub household_removed: bool,
    /// The lists that brought it.
    pub lists: Vec<String>,
    /// What is to be done there.
    pub tasks: Vec<HeldTask>,
    /// Fields of it that two people have written differently; both values are kept.
    pub crossed: u32,
    /// The person's name.
    pub name: String,
    /// Relation to the head.
    pub relation: String,
    /// They are the head.
    pub is_head: bool,
    /// Birth.
    pub birth: String,
    /// Sex.
    pub sex: Option<Sex>,
    /// Their own phone.
    pub phone: String,
    /// Whether they live there.
    pub status: ResidentStatus,
    /// They were taken off the household.
    pub removed: bool,
    /// They came from another household.
    pub moved_here: bool,
}

/// Something to do at a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HeldTask {
    /// What; empty means to visit.
    pub what: String,
    /// Who is to do it.
    pub who_name: String,
    /// Until when.
    pub due: Option<String>,
}

/// An answer about consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HeldConsent {
    /// What was answered.
    pub state: ConsentState,
    /// Which version of the text was shown or read aloud.
    pub text_version: u32,
    /// When, in milliseconds since 1970.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// Who asked.
    pub asked_by: String,
    /// How: `spoken` or `paper`.
    pub how: String,
    /// The parent or guardian who answered for a child.
    pub parent: String,
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HeldVisit {
    /// The visit.
    pub id: String,
    /// The household that was visited.
    pub household: String,
    /// The day.
    pub day: String,
    /// Who wrote it.
    pub by: String,
    /// Who came along.
    pub with: Vec<String>,
    /// What happened.
    pub outcome: Outcome,
    /// The person was met.
    pub met: bool,
    /// Levels that were seen of the person.
    pub levels: Vec<Assessment>,
    /// What they were seen to do, in words.
    pub items: Vec<String>,
    /// How many services were given at the visit.
    pub services: u32,
    /// What the household needs.
    pub need: String,
    /// A note.
    pub note: String,
    /// An obstacle.
    pub obstacle: String,
    /// How many photos go with that.
    pub photos: u32,
    /// The day to come back.
    pub follow_up: Option<String>,
    /// The skills whose lesson cards were shown.
    pub shown: Vec<SkillKey>,
    /// Taken back; it is kept all the same.
    pub removed: bool,
}

/// An activity to which they came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HeldActivity {
    /// The day.
    pub day: String,
    /// What it was.
    pub kind: ActivityKind,
    /// What it was called.
    pub title: String,
    /// The place's name.
    pub place_name: String,
    /// Who wrote it down.
    pub by: String,
}

/// Where copies of the notebook are, as far as this device knows.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HeldCopies {
    /// Devices of the team that have written in this notebook, this one among them.
    pub devices: u32,
    /// Addresses of the relays that keep it, sealed.
    pub relays: Vec<String>,
    /// Who was handed files of it.
    pub files: Vec<FileReceiver>,
    /// Whose devices served it in a room.
    pub rooms: Vec<String>,
}

/// Everything that is held about one person.
pub(super) fn of_resident(api: &Api, args: Args) -> Result<Holdings> {
    let (household, resident): (HouseholdId, ResidentId) =
        (id("household", &args.household)?, id("resident", &args.resident)?);
    let notebook = api.notebook();
    let reader = Reader::of(&notebook)?;
    let shown = merged::entries_of(notebook.db(), reader.space, household, resident)?.first().map(|entry| entry.shown);
    let person = shown.unwrap_or(resident);
    let ids: BTreeSet<ResidentId> = same::set(notebook.db(), reader.space, SameKind::Resident, person.0)?
        .into_iter()
        .map(ResidentId)
        .chain([person, resident])
        .collect();
    reader.holdings(&ids, person)
}

/// The notebook, with the names that stand for ids.
struct Reader<'a> {
    db: &'a Connection,
    space: SpaceId,
    /// Members and lists.
    names: BTreeMap<String, String>,
    places: BTreeMap<PlaceId, String>,
    teams: BTreeMap<TeamId, String>,
    items: BTreeMap<String, String>,
}

impl<'a> Reader<'a> {
    fn of(notebook: &'a Notebook) -> Result<Self> {
        let (db, space) = (notebook.db(), notebook.space()?.id);
        let skills = space::checklist(db, space)?.skills;
        Ok(Self {
            db,
            space,
            names: space::author_names(db, space)?,
            places: places::titles(db, space, notebook.clock().today())?,
            teams: teams::names(db, space)?,
            items: skills.into_iter().flat_map(|skill| skill.items).map(|item| (item.id, item.text)).collect(),
        })
    }

    fn holdings(&self, ids: &BTreeSet<ResidentId>, shown: ResidentId) -> Result<Holdings> {
        let mut held = Holdings {
            name: String::new(),
            entries: Vec::new(),
            consents: Vec::new(),
            visits: Vec::new(),
            activities: self.activities(ids)?,
            earlier: 0,
            verdicts: self.verdicts(ids)?,
            drafts: self.drafts(ids)?,
            unreadable: 0,
            copies: self.copies()?,
        };
        let mut docs = BTreeSet::new();
        for who in ids {
            docs.extend(same::doc_of(self.db, *who)?);
        }
        for doc in docs {
            if !same::is_household(self.db, self.space, &doc)? {
                continue;
            }
            let (household, content) =
                (HouseholdId(Uuid::from_bytes(doc)), documents::load(self.db, self.space, &doc)?);
            let facts = HouseholdFacts::of(&content)?;
            for person in facts.residents.iter().filter(|person| ids.contains(&person.id)) {
                if person.id == shown || held.name.is_empty() {
                    held.name.clone_from(&person.name);
                }
                held.entries.push(self.entry(household, &facts, person));
            }
            let visits = facts.visits.iter().map(|row| (row.id.to_string(), &row.visit));
            held.visits.extend(visits.filter_map(|(id, visit)| self.visit(household, id, visit, ids)));
            let mut written: BTreeSet<String> = BTreeSet::new();
            for write in content.writes() {
                let Key::Resident(who, field) = keys::parse(&write.key) else { continue };
                if !ids.contains(&who) {
                    continue;
                }
                held.earlier += u32::from(!written.insert(write.key.clone()));
                if field == ResidentField::Consent
                    && let Some(consent) = write.version.value.text().and_then(Consent::decode)
                {
                    held.consents.push(self.consent(consent));
                }
            }
            held.unreadable += facts.unreadable;
        }
        held.visits.sort_by(|a, b| (&b.day, &b.id).cmp(&(&a.day, &a.id)));
        held.consents.sort_by_key(|consent| std::cmp::Reverse(consent.at_ms));
        // Whoever moved took the answer along: it is one answer.
        held.consents.dedup();
        Ok(held)
    }

    fn name(&self, id: &str) -> String {
        self.names.get(id).cloned().unwrap_or_default()
    }

    fn entry(&self, household: HouseholdId, facts: &HouseholdFacts, person: &ResidentFacts) -> HeldEntry {
        let HouseholdFacts {
            place,
            places_before,
            team,
            code,
            door,
            position,
            phone: household_phone,
            note,
            people_count,
            business,
            elderly,
            status: household_status,
            removed: household_removed,
            head,
            tasks,
            imports,
            crossed,
            // Told elsewhere on the page, or of other people.
            residents: _,
            visits: _,
            unreadable: _,
            // Derived from the rest.
            best: _,
            edited: _,
            // Whom the household was named after, and from which it was split: told by `head` and `moved_here`.
            named_head: _,
            split_from: _,
        } = facts;
        let ResidentFacts {
            id,
            name,
            relation,
            birth,
            sex,
            phone,
            status,
            removed,
            moved_from,
            // Each answer and each level is told with its day.
            consent: _,
            levels: _,
        } = person;
        HeldEntry {
            household: household.to_string(),
            head: facts.head_name(),
            place_name: place.and_then(|place| self.places.get(&place).cloned()).unwrap_or_default(),
            former_places: places_before.values().filter_map(|place| self.places.get(place).cloned()).collect(),
            team_name: team.and_then(|team| self.teams.get(&team).cloned()).unwrap_or_default(),
            code: code.clone(),
            door: door.clone(),
            has_position: position.is_some(),
            household_phone: household_phone.clone(),
            note: note.clone(),
            people_count: people_count.and_then(|n| u32::try_from(n).ok()),
            business: *business,
            elderly: *elderly,
            household_status: *household_status,
            household_removed: *household_removed,
            lists: imports.iter().map(|import| self.name(&format!("list:{import}"))).collect(),
            tasks: tasks.iter().map(|task| self.task(task)).collect(),
            crossed: crossed.len() as u32,
            name: name.clone(),
            relation: relation.clone(),
            is_head: *head == Some(*id),
            birth: birth.clone(),
            sex: *sex,
            phone: phone.clone(),
            status: *status,
            removed: *removed,
            moved_here: moved_from.is_some(),
        }
    }

    fn task(&self, task: &Task) -> HeldTask {
        // Who gave it when, and how far it is, is of the members and not of the household.
        let Task { id: _, what, who, from_who: _, from: _, due, goal: _, done: _, removed: _ } = task;
        HeldTask {
            what: what.clone(),
            who_name: who.map(|who| self.name(&who.to_string())).unwrap_or_default(),
            due: due.map(|day| day.to_string()),
        }
    }

    fn consent(&self, consent: Consent) -> HeldConsent {
        let Consent { state, text_version, at_ms, member, how, parent } = consent;
        HeldConsent { state, text_version, at_ms, asked_by: self.name(&member), how, parent }
    }

    /// What a visit says of these people; nothing when it neither names them nor says anything in words.
    fn visit(
        &self,
        household: HouseholdId,
        id: String,
        visit: &Visit,
        ids: &BTreeSet<ResidentId>,
    ) -> Option<HeldVisit> {
        let Visit {
            day,
            clock: _,
            author,
            outcome,
            met,
            assessments,
            items,
            services,
            need,
            note,
            obstacle,
            follow_up,
            removed,
            shown: _,
            photos,
            with,
            extra: _,
        } = visit;
        let levels: Vec<Assessment> = assessments.iter().filter(|seen| ids.contains(&seen.resident)).copied().collect();
        let done = items.iter().filter(|done| ids.contains(&done.resident)).map(|done| done.item.to_string());
        let held = HeldVisit {
            id,
            household: household.to_string(),
            day: day.to_string(),
            by: self.name(&author.to_string()),
            with: with.iter().map(|member| self.name(&member.to_string())).collect(),
            outcome: *outcome,
            met: met.iter().any(|who| ids.contains(who)),
            levels,
            items: done.map(|item| self.items.get(&item).cloned().unwrap_or(item)).collect(),
            services: services.iter().fold(0, |sum, given| sum.saturating_add(given.count)),
            need: need.clone(),
            note: note.clone(),
            obstacle: obstacle.clone(),
            photos: photos.len() as u32,
            follow_up: follow_up.map(|day| day.to_string()),
            shown: visit.shown_skills(),
            removed: *removed,
        };
        let names = held.met || !held.levels.is_empty() || !held.items.is_empty();
        let says = [&held.need, &held.note, &held.obstacle].into_iter().any(|text| !text.is_empty()) || held.photos > 0;
        (names || says).then_some(held)
    }

    fn activities(&self, ids: &BTreeSet<ResidentId>) -> Result<Vec<HeldActivity>> {
        let mut query = self.db.prepare_cached(
            "SELECT a.id, a.value FROM activity_people p JOIN activities a ON a.space = p.space AND a.id = p.activity
             WHERE p.space = ?1 AND p.resident = ?2",
        )?;
        let mut found: BTreeMap<[u8; 16], Vec<u8>> = BTreeMap::new();
        for who in ids {
            let rows =
                query.query_map(params![self.space.bytes(), who.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
            for row in rows {
                let (id, value) = row?;
                found.insert(id, value);
            }
        }
        let read = |value: Vec<u8>| Activity::decode(&value).ok_or_else(|| Error::damaged("activity"));
        let mut held = found.into_values().map(|value| Ok(self.activity(&read(value)?))).collect::<Result<Vec<_>>>()?;
        held.sort_by(|a, b| b.day.cmp(&a.day));
        Ok(held)
    }

    fn activity(&self, activity: &Activity) -> HeldActivity {
        let Activity {
            day_number: _,
            clock: _,
            author,
            kind,
            title,
            place,
            // Counts, and words about the activity: of nobody in particular.
            attendees: _,
            services: _,
            note: _,
            removed: _,
            minute: _,
        } = activity;
        HeldActivity {
            day: activity.day().map(|day| day.to_string()).unwrap_or_default(),
            kind: *kind,
            title: title.clone(),
            place_name: place.and_then(|place| self.places.get(&place).cloned()).unwrap_or_default(),
            by: self.name(&author.to_string()),
        }
    }

    fn verdicts(&self, ids: &BTreeSet<ResidentId>) -> Result<u32> {
        let said = same::verdicts(self.db, self.space)?;
        let of = |pair: (Uuid, Uuid)| ids.contains(&ResidentId(pair.0)) || ids.contains(&ResidentId(pair.1));
        Ok(said.iter().filter(|said| said.kind == SameKind::Resident && of(said.pair)).count() as u32)
    }

    /// Forms are texts to the store; whoever is named in one is named by their id.
    fn drafts(&self, ids: &BTreeSet<ResidentId>) -> Result<u32> {
        let mut query = self.db.prepare_cached("SELECT form FROM drafts WHERE space = ?1")?;
        let forms: Vec<String> =
            query.query_map([self.space.bytes()], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let names = |form: &String| ids.iter().any(|who| form.contains(&who.to_string()));
        Ok(forms.iter().filter(|form| names(form)).count() as u32)
    }

    fn copies(&self) -> Result<HeldCopies> {
        let (db, space) = (self.db, self.space);
        let mut devices = BTreeSet::new();
        let mut query = db.prepare_cached("SELECT bytes FROM chunks WHERE space = ?1 AND own = 0")?;
        let mut rows = query.query([space.bytes()])?;
        while let Some(row) = rows.next()? {
            devices.extend(device_of(row.get_ref(0)?.as_blob().unwrap_or_default()).map(|device| device.0));
        }
        let view = |files::Receiver { name, last_at_ms, new_records }| FileReceiver { name, last_at_ms, new_records };
        Ok(HeldCopies {
            devices: 1 + devices.len() as u32,
            relays: relays::of_space(db, space)?.into_iter().map(|relay| relay.url).collect(),
            files: files::receivers(db, space)?.into_iter().map(view).collect(),
            rooms: stations::visited(db, space)?.into_iter().map(|station| station.name).collect(),
        })
    }
}
