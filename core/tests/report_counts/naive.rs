//! A report counted by hand: from the documents alone, with sets and loops, one question after the other. Nothing of
//! the product is used but the words of the documents.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use tungnha_core::doc::Doc;
use tungnha_core::doc::household::{self as keys, Key, ResidentField};
use tungnha_core::doc::space::{self as space_keys, ActivityPart, Thing};
use tungnha_core::domain::activity::Activity;
use tungnha_core::domain::{ImportId, ItemId, Level, Outcome, PlaceId, ResidentId, SameKind, SkillKey, Visit, VisitId};
use uuid::Uuid;

use crate::history::{SPACE, item};

/// What a report says, by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub figures: BTreeMap<String, Figure>,
    pub coverage: [[u32; 7]; 2],
    pub skills: Vec<[u32; 5]>,
}

/// A figure, and its rows by place; what is in no place is under an empty text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figure {
    pub value: Option<u64>,
    pub of: Option<u64>,
    pub rows: BTreeMap<String, (Option<u64>, Option<u64>)>,
}

#[derive(Debug, Clone, Default)]
struct Person {
    birth: String,
    status: String,
    removed: bool,
}

/// One document.
#[derive(Debug, Clone, Default)]
struct Written {
    place: Option<PlaceId>,
    /// Until which day it was where.
    before: BTreeMap<Date, PlaceId>,
    removed: bool,
    away: bool,
    by_hand: bool,
    imports: Vec<ImportId>,
    people: BTreeMap<ResidentId, Person>,
    visits: BTreeMap<VisitId, Visit>,
}

fn read(doc: &Doc) -> Written {
    let mut written =
        Written { by_hand: doc.changes().iter().any(|change| !change.by.starts_with("list:")), ..Written::default() };
    for entry in doc.entries().unwrap() {
        let text = entry.value.text().unwrap_or_default().to_owned();
        match keys::parse(&entry.key) {
            Key::Own(keys::PLACE) => written.place = text.parse().ok(),
            Key::PlaceUntil(day) => {
                written.before.insert(day, text.parse().unwrap());
            }
            Key::Own(keys::REMOVED) => written.removed = entry.value.is_true(),
            Key::Own(keys::STATUS) => written.away = text == "moved_away",
            Key::Import(id) => written.imports.push(id),
            Key::Visit(id) => {
                written.visits.insert(id, Visit::decode(entry.value.bytes().unwrap()).unwrap());
            }
            Key::Resident(id, field) => {
                let person = written.people.entry(id).or_default();
                match field {
                    ResidentField::Birth => person.birth = text,
                    ResidentField::Status => person.status = text,
                    ResidentField::Removed => person.removed = entry.value.is_true(),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    written
}

/// Who is connected with whom: everybody's smallest.
fn components(edges: &[(Uuid, Uuid)], all: &BTreeSet<Uuid>) -> BTreeMap<Uuid, Uuid> {
    let mut of: BTreeMap<Uuid, Uuid> = all.iter().map(|id| (*id, *id)).collect();
    loop {
        let mut still = false;
        for (a, b) in edges {
            let (of_a, of_b) = (*of.entry(*a).or_insert(*a), *of.entry(*b).or_insert(*b));
            let least = of_a.min(of_b);
            still |= of_a != of_b;
            of.insert(*a, least);
            of.insert(*b, least);
        }
        if !still {
            return of;
        }
    }
}

/// Somebody as their household shows them.
struct Lives {
    person: Uuid,
    gone: bool,
    minor: bool,
}

/// A household as it is shown: the documents that are one.
struct House {
    place: String,
    lives: bool,
    people: Vec<Lives>,
    /// Standing visits, with the people by who they are.
    visits: Vec<(VisitId, Visit)>,
}

struct Held {
    id: Uuid,
    place: String,
    activity: Activity,
    services: BTreeMap<String, u64>,
    unnamed: u64,
    came: BTreeMap<Uuid, Uuid>,
}

/// Everything that is known, of any day.
struct All {
    houses: BTreeMap<Uuid, House>,
    /// Every standing visit anywhere, also of households that were taken off.
    everywhere: Vec<(VisitId, Visit)>,
    person: BTreeMap<Uuid, Uuid>,
    held: Vec<Held>,
    places: Vec<String>,
}

fn days(period: &str) -> (Date, Date) {
    match period {
        "2026-10" => (date(2026, 9, 21), date(2026, 10, 20)),
        "2026-11" => (date(2026, 10, 21), date(2026, 11, 20)),
        "2026-12" => (date(2026, 11, 21), date(2026, 12, 20)),
        other => panic!("{other}"),
    }
}

fn gather(docs: &BTreeMap<Uuid, Doc>, last: Date) -> All {
    let space = docs[&SPACE.0].entries().unwrap();
    let written: BTreeMap<Uuid, Written> =
        docs.iter().filter(|(id, _)| **id != SPACE.0).map(|(id, doc)| (*id, read(doc))).collect();
    let (mut houses_same, mut people_same) = (Vec::new(), Vec::new());
    let (mut withdrawn, mut places) = (BTreeSet::new(), Vec::new());
    for entry in &space {
        if let Some((kind, pair)) = space_keys::parse_same(&entry.key)
            && entry.value.text() == Some("same")
        {
            if kind == SameKind::Household { houses_same.push(pair) } else { people_same.push(pair) }
        }
        match space_keys::parse(&entry.key) {
            Some((Thing::Import, id, Some("withdrawn"))) if entry.value.is_true() => {
                withdrawn.insert(id.parse::<ImportId>().unwrap());
            }
            Some((Thing::Place, id, Some("name"))) => places.push(id.to_owned()),
            _ => {}
        }
    }
    let everybody = written.values().flat_map(|w| w.people.keys().map(|id| id.0)).collect();
    let person = components(&people_same, &everybody);
    let one = components(&houses_same, &written.keys().copied().collect());
    let mut sets: BTreeMap<Uuid, Vec<&Written>> = BTreeMap::new();
    let mut shown: BTreeMap<Uuid, Uuid> = BTreeMap::new();
    for (id, w) in &written {
        let set = sets.entry(one[id]).or_default();
        set.push(w);
        let first = written.keys().find(|other| one[*other] == one[id]).unwrap();
        shown.insert(*id, *first);
    }
    let mut houses = BTreeMap::new();
    for (set, parts) in sets {
        let visits: BTreeMap<VisitId, Visit> = parts.iter().flat_map(|w| w.visits.clone()).collect();
        let visits: Vec<_> = visits.into_iter().filter(|(_, visit)| !visit.removed).collect();
        let imports: Vec<_> = parts.iter().flat_map(|w| w.imports.clone()).collect();
        let taken_back = !imports.is_empty() && imports.iter().all(|id| withdrawn.contains(id));
        let by_hand = parts.iter().any(|w| w.by_hand);
        if parts.iter().all(|w| w.removed) || (taken_back && visits.is_empty() && !by_hand) {
            continue;
        }
        let placed = parts.iter().find(|w| w.place.is_some());
        let place = placed.and_then(|w| {
            let before = w.before.iter().find(|(until, _)| **until > last);
            before.map(|(_, place)| *place).or(w.place)
        });
        let place = place.map(|id| id.to_string()).unwrap_or_default();
        let first = written.keys().find(|id| one[*id] == set).unwrap();
        let house = House {
            place: if places.contains(&place) { place } else { String::new() },
            lives: !parts.iter().any(|w| w.away),
            people: people(&parts, &person, last),
            visits,
        };
        houses.insert(*first, house);
    }
    let everywhere = written.values().flat_map(|w| w.visits.clone()).filter(|(_, visit)| !visit.removed).collect();
    let held = held(&space, &person, &shown, &places);
    All { houses, everywhere, person, held, places }
}

/// The people of a household: the entries of one person are one, which is there while any of them is.
fn people(parts: &[&Written], person: &BTreeMap<Uuid, Uuid>, last: Date) -> Vec<Lives> {
    let mut entries: BTreeMap<ResidentId, &Person> = BTreeMap::new();
    for part in parts {
        for (id, written) in &part.people {
            entries.entry(*id).or_insert(written);
        }
    }
    let mut by_person: BTreeMap<Uuid, Vec<&Person>> = BTreeMap::new();
    for (id, written) in entries {
        by_person.entry(person[&id.0]).or_default().push(written);
    }
    let one = |(person, entries): (Uuid, Vec<&Person>)| {
        let elsewhere = |p: &&&Person| p.status == "moved_household";
        let here: Vec<_> = entries.iter().filter(|p| !elsewhere(p)).collect();
        let status = if here.is_empty() {
            "moved_household"
        } else {
            here.iter().map(|p| p.status.as_str()).find(|s| !s.is_empty() && *s != "living").unwrap_or("living")
        };
        let birth = entries.iter().map(|p| p.birth.as_str()).find(|birth| !birth.is_empty()).unwrap_or_default();
        let gone = entries.iter().all(|p| p.removed) || ["moved_household", "moved_away", "deceased"].contains(&status);
        // The children of the story were born in May 2012, and nobody becomes 18 in it.
        Lives { person, gone, minor: birth == "2012-05" && last.year() < 2030 }
    };
    by_person.into_iter().map(one).collect()
}

fn held(
    space: &[tungnha_core::doc::Entry],
    person: &BTreeMap<Uuid, Uuid>,
    shown: &BTreeMap<Uuid, Uuid>,
    places: &[String],
) -> Vec<Held> {
    let mut all = Vec::new();
    for entry in space {
        let Some((Thing::Activity, id, None)) = space_keys::parse(&entry.key) else { continue };
        let activity = Activity::decode(entry.value.bytes().unwrap()).unwrap();
        let mut counts: BTreeMap<String, i64> = BTreeMap::from([(String::new(), activity.attendees.into())]);
        for (service, count) in &activity.services {
            *counts.entry(service.clone()).or_default() += i64::from(*count);
        }
        let mut came: Vec<(Uuid, Uuid, Uuid)> = Vec::new();
        for part in space {
            let Some((Thing::Activity, of, Some(field))) = space_keys::parse(&part.key) else { continue };
            match ActivityPart::parse(field).filter(|_| of == id) {
                Some(ActivityPart::Count(_, service)) => {
                    *counts.entry(service.to_owned()).or_default() += part.value.int().unwrap();
                }
                Some(ActivityPart::Came(household, resident)) if part.value.is_true() => {
                    came.push((household.0, resident.0, person.get(&resident.0).copied().unwrap_or(resident.0)));
                }
                _ => {}
            }
        }
        came.sort_unstable();
        let mut guests: BTreeMap<Uuid, Uuid> = BTreeMap::new();
        for (household, _, person) in came {
            guests.entry(person).or_insert(shown.get(&household).copied().unwrap_or(household));
        }
        let mut counts: BTreeMap<String, u64> =
            counts.into_iter().map(|(service, count)| (service, count.max(0) as u64)).collect();
        let place = activity.place.map(|id| id.to_string()).filter(|id| places.contains(id)).unwrap_or_default();
        if !activity.removed {
            let id = id.parse::<tungnha_core::domain::ActivityId>().unwrap().0;
            let unnamed = counts.remove("").unwrap_or_default();
            all.push(Held { id, place, activity, services: counts, unnamed, came: guests });
        }
    }
    all
}

/// What counts for one thing: how much, and in which place.
type Marks = Vec<(String, u64)>;

/// When something was seen: what came later overrules.
type Moment = (Date, u64, Uuid);

struct Counting<'a> {
    all: &'a All,
    first: Date,
    last: Date,
}

impl Counting<'_> {
    fn in_span(&self, day: Date, so_far: bool) -> bool {
        day <= self.last && (so_far || day >= self.first)
    }

    /// The visits of a span to households that stand.
    fn visits(&self, so_far: bool) -> Vec<(&House, Uuid, VisitId, &Visit)> {
        let mut found = Vec::new();
        for (id, house) in &self.all.houses {
            for (visit_id, visit) in &house.visits {
                if self.in_span(visit.day, so_far) {
                    found.push((house, *id, *visit_id, visit));
                }
            }
        }
        found.sort_by_key(|(_, _, id, visit)| (visit.day, visit.clock, *id));
        found
    }

    fn held(&self, so_far: bool) -> Vec<&Held> {
        let mut held: Vec<&Held> =
            self.all.held.iter().filter(|held| self.in_span(held.activity.day().unwrap(), so_far)).collect();
        held.sort_by_key(|held| (held.activity.day(), held.activity.clock, held.id));
        held
    }

    fn person(&self, id: ResidentId) -> Uuid {
        self.all.person[&id.0]
    }

    /// What a person can do in a skill on a day.
    fn level(&self, person: Uuid, skill: SkillKey, day: Date) -> Level {
        let mut newest: Option<(Moment, Level)> = None;
        for (id, visit) in self.all.everywhere.iter().filter(|(_, visit)| visit.day <= day) {
            for seen in visit.assessments.iter().filter(|a| a.skill == skill && self.person(a.resident) == person) {
                let at = (visit.day, visit.clock, id.0);
                if newest.is_none_or(|(known, _)| known <= at) {
                    newest = Some((at, seen.level));
                }
            }
        }
        newest.map_or(Level::NotAssessed, |(_, level)| level)
    }

    fn everybody(&self) -> BTreeSet<Uuid> {
        self.all.person.values().copied().collect()
    }

    /// The people of whom something was seen in all of these ways (or in one), each where they were seen last.
    fn people(&self, so_far: bool, ways: &[&dyn Fn(&Visit, Uuid) -> bool], all: bool) -> Marks {
        let visits = self.visits(so_far);
        let mut marks = Marks::new();
        for person in self.everybody() {
            let is = |way: &&dyn Fn(&Visit, Uuid) -> bool| visits.iter().any(|(.., visit)| way(visit, person));
            if if all { ways.iter().all(is) } else { ways.iter().any(is) } {
                let last = visits.iter().rfind(|(.., visit)| ways.iter().any(|way| way(visit, person))).unwrap();
                marks.push((last.0.place.clone(), 1));
            }
        }
        marks
    }

    fn assessed(&self, so_far: bool, skills: &[SkillKey], all: bool, at_least: Level) -> Marks {
        if so_far {
            return self.able(skills, all, at_least);
        }
        let ways: Vec<Box<dyn Fn(&Visit, Uuid) -> bool>> = skills
            .iter()
            .map(|skill| {
                let skill = *skill;
                Box::new(move |visit: &Visit, person: Uuid| {
                    let of = |a: &tungnha_core::domain::visit::Assessment| {
                        a.skill == skill && a.level >= at_least && self.person(a.resident) == person
                    };
                    visit.assessments.iter().any(of)
                }) as Box<dyn Fn(&Visit, Uuid) -> bool>
            })
            .collect();
        self.people(false, &ways.iter().map(AsRef::as_ref).collect::<Vec<_>>(), all)
    }

    fn able(&self, skills: &[SkillKey], all: bool, at_least: Level) -> Marks {
        let mut marks = Marks::new();
        for person in self.everybody() {
            let is = |skill: &SkillKey| self.level(person, *skill, self.last) >= at_least;
            if !(if all { skills.iter().all(is) } else { skills.iter().any(is) }) {
                continue;
            }
            let speaks = |visit: &Visit| visit.assessments.iter().any(|a| self.person(a.resident) == person);
            let seen = self.visits(true).into_iter().rfind(|(.., visit)| speaks(visit)).map(|(house, ..)| house);
            // Where they are written, rather where they live.
            let written = |gone: bool| {
                let is = |house: &&House| house.people.iter().any(|p| p.person == person && p.gone == gone);
                self.all.houses.values().find(is)
            };
            if let Some(house) = seen.or_else(|| written(false)).or_else(|| written(true)) {
                marks.push((house.place.clone(), 1));
            }
        }
        marks
    }

    fn items(&self, so_far: bool, items: &[ItemId], all: bool) -> Marks {
        let ways: Vec<Box<dyn Fn(&Visit, Uuid) -> bool>> = items
            .iter()
            .map(|item| {
                let item = *item;
                Box::new(move |visit: &Visit, person: Uuid| {
                    visit.items.iter().any(|done| done.item == item && self.person(done.resident) == person)
                }) as Box<dyn Fn(&Visit, Uuid) -> bool>
            })
            .collect();
        self.people(so_far, &ways.iter().map(AsRef::as_ref).collect::<Vec<_>>(), all)
    }

    fn met(&self, so_far: bool) -> Marks {
        self.people(so_far, &[&|visit, person| visit.met.iter().any(|met| self.person(*met) == person)], false)
    }

    fn came(&self, so_far: bool) -> Marks {
        let mut last: BTreeMap<Uuid, String> = BTreeMap::new();
        for held in self.held(so_far) {
            for (person, household) in &held.came {
                if let Some(house) = self.all.houses.get(household) {
                    last.insert(*person, house.place.clone());
                }
            }
        }
        last.into_values().map(|place| (place, 1)).collect()
    }

    fn accounts(&self, so_far: bool, items: &[ItemId]) -> Marks {
        let mut first: BTreeMap<(Uuid, ItemId), (Date, String)> = BTreeMap::new();
        for (house, _, _, visit) in self.visits(true) {
            for done in visit.items.iter().filter(|done| items.contains(&done.item)) {
                first.entry((self.person(done.resident), done.item)).or_insert((visit.day, house.place.clone()));
            }
        }
        first.into_values().filter(|(day, _)| self.in_span(*day, so_far)).map(|(_, place)| (place, 1)).collect()
    }

    fn given(&self, so_far: bool, services: &[&str]) -> Marks {
        let mut marks = Marks::new();
        for (house, _, _, visit) in self.visits(so_far) {
            let of = visit.services.iter().filter(|given| services.contains(&given.service.as_str()));
            marks.extend(of.map(|given| (house.place.clone(), given.count.into())));
        }
        for held in self.held(so_far) {
            let of = held.services.iter().filter(|(service, _)| services.contains(&service.as_str()));
            marks.extend(of.map(|(_, count)| (held.place.clone(), *count)));
        }
        marks
    }

    fn visited(&self, so_far: bool, outcomes: &[Outcome]) -> Marks {
        let visits = self.visits(so_far);
        let wanted = |outcome: Outcome| outcomes.is_empty() || outcomes.contains(&outcome);
        let was = |id: &Uuid| visits.iter().any(|(_, of, _, visit)| of == id && wanted(visit.outcome));
        let houses = self.all.houses.iter().filter(|(id, house)| house.lives && was(id));
        houses.map(|(_, house)| (house.place.clone(), 1)).collect()
    }

    fn households(&self) -> Marks {
        self.all.houses.values().filter(|house| house.lives).map(|house| (house.place.clone(), 1)).collect()
    }

    fn residents(&self, adults: bool) -> Marks {
        let mut known = BTreeSet::new();
        let mut marks = Marks::new();
        for house in self.all.houses.values().filter(|house| house.lives) {
            for person in house.people.iter().filter(|person| !person.gone) {
                if known.insert(person.person) && !(adults && person.minor) {
                    marks.push((house.place.clone(), 1));
                }
            }
        }
        marks
    }

    fn at_target(&self) -> Marks {
        let all_five =
            |person: Uuid| SkillKey::ALL.iter().all(|skill| self.level(person, *skill, self.last) == Level::Proficient);
        let reached = |house: &&House| house.lives && house.people.iter().any(|p| !p.gone && all_five(p.person));
        self.all.houses.values().filter(reached).map(|house| (house.place.clone(), 1)).collect()
    }

    fn coverage(&self, so_far: bool) -> [u32; 7] {
        let mut counts = [0; 7];
        for (id, _) in self.all.houses.iter().filter(|(_, house)| house.lives) {
            let visits = self.visits(so_far);
            let had: Vec<Outcome> = visits.iter().filter(|(_, of, ..)| of == id).map(|(.., v)| v.outcome).collect();
            let order = [Outcome::Met, Outcome::Refused, Outcome::MovedAway, Outcome::Absent];
            let which = order.iter().position(|outcome| had.contains(outcome)).unwrap_or(4);
            counts[0] += 1;
            counts[1] += u32::from(!had.is_empty());
            counts[2 + which] += 1;
        }
        counts
    }

    fn skills(&self) -> Vec<[u32; 5]> {
        let lives = |person: &Uuid| {
            let mut houses = self.all.houses.values().filter(|house| house.lives);
            houses.any(|house| house.people.iter().any(|p| !p.gone && p.person == *person))
        };
        let living: Vec<Uuid> = self.everybody().into_iter().filter(lives).collect();
        let of = |skill: SkillKey| {
            let mut counts = [0; 5];
            living.iter().for_each(|person| counts[self.level(*person, skill, self.last) as usize] += 1);
            counts
        };
        SkillKey::ALL.into_iter().map(of).collect()
    }

    /// The places in which anything was written in a span.
    fn told(&self, so_far: bool) -> BTreeSet<String> {
        let visits = self.visits(so_far).into_iter().map(|(house, ..)| house.place.clone());
        visits.chain(self.held(so_far).into_iter().map(|held| held.place.clone())).collect()
    }

    fn figure(&self, so_far: bool, counted: Marks, of: Option<Marks>) -> Figure {
        let told = self.told(so_far);
        let sum = |marks: &Marks, place: Option<&str>| -> u64 {
            marks.iter().filter(|(at, _)| place.is_none_or(|place| at == place)).map(|(_, n)| n).sum()
        };
        let blank = |n: u64, told: bool| (told || n > 0).then_some(n);
        let mut places: BTreeSet<String> = self.all.places.iter().cloned().collect();
        places.extend(self.told(true));
        places.extend(self.households().into_iter().map(|(place, _)| place));
        let row = |place: String| {
            let value = blank(sum(&counted, Some(&place)), told.contains(&place));
            let of = of.as_ref().map(|of| sum(of, Some(&place)));
            (place, (value, of))
        };
        Figure {
            value: blank(sum(&counted, None), !told.is_empty()),
            of: of.as_ref().map(|of| sum(of, None)),
            rows: places.into_iter().map(row).collect(),
        }
    }
}

/// The report of a period, by hand.
pub fn count(docs: &BTreeMap<Uuid, Doc>, period: &str) -> Counted {
    let (first, last) = days(period);
    let all = gather(docs, last);
    let c = Counting { all: &all, first, last };
    let mut figures = BTreeMap::new();
    for so_far in [false, true] {
        let five = &SkillKey::ALL;
        let figure = |name: &str, counted: Marks, of: Option<Marks>| {
            // Hộ đạt is a state: it is known as soon as anything is.
            let figure = c.figure(so_far || name == "at_target", counted, of);
            (if so_far { format!("{name}_so_far") } else { name.to_owned() }, figure)
        };
        let held = c.held(so_far);
        let attended = |held: &&&Held| held.unnamed + held.came.len() as u64;
        figures.extend([
            figure("at_target", c.at_target(), Some(c.households())),
            figure("visited", c.visited(so_far, &[]), Some(c.households())),
            figure("refused", c.visited(so_far, &[Outcome::Refused, Outcome::MovedAway]), Some(c.visited(so_far, &[]))),
            figure("visits", c.visits(so_far).into_iter().map(|(h, ..)| (h.place.clone(), 1)).collect(), None),
            figure(
                "absences",
                c.visits(so_far)
                    .into_iter()
                    .filter(|(.., v)| v.outcome == Outcome::Absent)
                    .map(|(h, ..)| (h.place.clone(), 1))
                    .collect(),
                None,
            ),
            figure("met", c.met(so_far), Some(c.residents(false))),
            figure("guided", c.assessed(so_far, five, false, Level::Guided), Some(c.met(so_far))),
            figure("all_five", c.assessed(so_far, five, true, Level::Proficient), Some(c.residents(true))),
            figure("two", c.assessed(so_far, &[SkillKey::Payment, SkillKey::Safety], true, Level::WithHelp), None),
            figure("one", c.assessed(so_far, &[SkillKey::Shopping], false, Level::NotYet), None),
            figure("did", c.items(so_far, &[item(0), item(1)], false), None),
            figure("did_all", c.items(so_far, &[item(0), item(2)], true), None),
            figure("came", c.came(so_far), None),
            figure("accounts", c.accounts(so_far, &[item(0), item(3)]), None),
            figure("given", c.given(so_far, &["queue_number"]), None),
            figure("opened", c.given(so_far, &["dossier", "queue_number"]), None),
            figure("attended", held.iter().map(|h| (h.place.clone(), attended(&h))).collect(), None),
            figure("activities", held.iter().map(|h| (h.place.clone(), 1)).collect(), None),
        ]);
    }
    Counted { figures, coverage: [c.coverage(true), c.coverage(false)], skills: c.skills() }
}
