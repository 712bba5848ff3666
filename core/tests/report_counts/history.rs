//! What people do on three devices over two months, made up by chance.

use std::collections::BTreeMap;

use automerge::ActorId;
use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;
use tungnha_core::doc::flat::parse_change;
use tungnha_core::doc::household::{self as keys, ResidentField};
use tungnha_core::doc::space::{self as space_keys, ActivityPart, Thing};
use tungnha_core::doc::{Change, Doc, Scalar};
use tungnha_core::domain::activity::{Activity, ActivityKind};
use tungnha_core::domain::indicator::{AccountSource, Denominator, Evidence, Indicator, Measure, Span};
use tungnha_core::domain::visit::{Assessment, ItemDone, ServiceCount, day_number};
use tungnha_core::domain::{
    ActivityId, HouseholdId, ImportId, ItemId, Level, MemberId, Outcome, PlaceId, ReportRules, ResidentId, SameKind,
    SkillKey, SpaceId, Verdict, Visit, VisitId, same,
};
use uuid::Uuid;

pub const SPACE: SpaceId = SpaceId(Uuid::from_u128(1));
/// Noon of 31 December 2026 in Vietnam, in milliseconds since 1970.
pub const NOON: i64 = 1_798_693_200_000;
const DEVICES: usize = 3;
const HOUSEHOLDS: usize = 5;
const PLACES: usize = 3;
/// Of each household; the last is a child.
const PEOPLE: usize = 3;
/// The first day of the story: three periods end in it.
const FIRST: Date = Date::constant(2026, 10, 12);
const DAYS: i64 = 70;
const SERVICES: [&str; 2] = ["queue_number", "dossier"];

/// The ids of one notebook: two have nothing in common.
#[derive(Debug, Clone, Copy)]
struct Ids {
    notebook: u128,
}

impl Ids {
    fn id(self, n: u128) -> Uuid {
        Uuid::from_u128((self.notebook << 64) | n)
    }

    fn space(self) -> SpaceId {
        SpaceId(self.id(1))
    }

    fn household(self, n: usize) -> Uuid {
        self.id(0x100 + n as u128)
    }

    /// Ids of people run the other way round, so that the first household does not have the smallest.
    fn resident(self, household: usize, n: usize) -> ResidentId {
        ResidentId(self.id(0x900 - (household * PEOPLE + n) as u128))
    }

    fn place(self, n: usize) -> PlaceId {
        PlaceId(self.id(0x20 + n as u128))
    }

    fn import(self, n: usize) -> ImportId {
        ImportId(self.id(0x60 + n as u128))
    }
}

/// Every notebook has the same checklist.
pub fn item(n: usize) -> ItemId {
    ItemId(Uuid::from_u128(0x40 + n as u128))
}

/// What is seen at one door.
#[derive(Debug, Clone)]
pub struct Seen {
    day: i64,
    outcome: usize,
    levels: Vec<(usize, usize, usize)>,
    items: Vec<(usize, usize)>,
    services: Vec<(usize, u32)>,
    met: Vec<usize>,
}

/// What somebody does on one of the devices.
#[derive(Debug, Clone)]
pub enum Deed {
    Visit {
        household: usize,
        seen: Seen,
    },
    /// Somebody learns everything.
    Teach {
        household: usize,
        who: usize,
        day: i64,
    },
    /// Writes one of the visits known to this device anew.
    Correct {
        which: usize,
        seen: Seen,
    },
    TakeBack {
        which: usize,
        removed: bool,
    },
    Households {
        a: usize,
        b: usize,
        verdict: usize,
    },
    People {
        a: (usize, usize),
        b: (usize, usize),
        verdict: usize,
    },
    /// The household is in another place: it moved on a day, or it was put right.
    MovePlace {
        household: usize,
        place: usize,
        day: Option<i64>,
    },
    /// Somebody moves to another household: a new entry there, one person.
    MoveTo {
        who: (usize, usize),
        household: usize,
    },
    Remove {
        household: usize,
        removed: bool,
    },
    MovedAway {
        household: usize,
        away: bool,
    },
    Gone {
        who: (usize, usize),
        status: usize,
    },
    TakeOff {
        who: (usize, usize),
        removed: bool,
    },
    Withdraw {
        import: usize,
        withdrawn: bool,
    },
    Hold {
        day: i64,
        place: Option<usize>,
        attendees: u32,
        services: Vec<(usize, u32)>,
    },
    Count {
        which: usize,
        service: Option<usize>,
        count: i64,
    },
    Came {
        which: usize,
        who: (usize, usize),
    },
    CallOff {
        which: usize,
        removed: bool,
    },
    /// Hands everything to another device.
    Meet(usize),
}

fn who() -> impl Strategy<Value = (usize, usize)> {
    (0..HOUSEHOLDS, 0..PEOPLE)
}

fn seen() -> impl Strategy<Value = Seen> {
    let levels = prop::collection::vec((0..PEOPLE, 0..5usize, 0..5usize), 0..4);
    let items = prop::collection::vec((0..PEOPLE, 0..4usize), 0..3);
    let services = prop::collection::vec((0..SERVICES.len(), 0..4u32), 0..2);
    let met = prop::collection::vec(0..PEOPLE, 1..3);
    (0..DAYS, prop_oneof![4 => Just(0usize), 3 => 1..4usize], levels, items, services, met)
        .prop_map(|(day, outcome, levels, items, services, met)| Seen { day, outcome, levels, items, services, met })
}

fn deed() -> impl Strategy<Value = Deed> {
    let verdict = || prop_oneof![4 => Just(0usize), 1 => Just(1usize), 2 => Just(2usize)];
    let given = prop::collection::vec((0..SERVICES.len(), 0..30u32), 0..2);
    prop_oneof![
        8 => (0..HOUSEHOLDS, seen()).prop_map(|(household, seen)| Deed::Visit { household, seen }),
        3 => (0..HOUSEHOLDS, 0..PEOPLE, 0..DAYS).prop_map(|(household, who, day)| Deed::Teach { household, who, day }),
        3 => (0..20usize, seen()).prop_map(|(which, seen)| Deed::Correct { which, seen }),
        2 => (0..20usize, any::<bool>()).prop_map(|(which, removed)| Deed::TakeBack { which, removed }),
        2 => (0..HOUSEHOLDS, 0..HOUSEHOLDS, verdict()).prop_map(|(a, b, verdict)| Deed::Households { a, b, verdict }),
        2 => (who(), who(), verdict()).prop_map(|(a, b, verdict)| Deed::People { a, b, verdict }),
        2 => (0..HOUSEHOLDS, 0..=PLACES, prop::option::of(0..DAYS))
            .prop_map(|(household, place, day)| Deed::MovePlace { household, place, day }),
        1 => (who(), 0..HOUSEHOLDS).prop_map(|(who, household)| Deed::MoveTo { who, household }),
        1 => (0..HOUSEHOLDS, any::<bool>()).prop_map(|(household, removed)| Deed::Remove { household, removed }),
        1 => (0..HOUSEHOLDS, any::<bool>()).prop_map(|(household, away)| Deed::MovedAway { household, away }),
        1 => (who(), 0..5usize).prop_map(|(who, status)| Deed::Gone { who, status }),
        1 => (who(), any::<bool>()).prop_map(|(who, removed)| Deed::TakeOff { who, removed }),
        1 => (0..2usize, any::<bool>()).prop_map(|(import, withdrawn)| Deed::Withdraw { import, withdrawn }),
        2 => (0..DAYS, prop::option::of(0..=PLACES), 0..20u32, given)
            .prop_map(|(day, place, attendees, services)| Deed::Hold { day, place, attendees, services }),
        2 => (0..5usize, prop::option::of(0..SERVICES.len()), -9..30i64)
            .prop_map(|(which, service, count)| Deed::Count { which, service, count }),
        2 => (0..5usize, who()).prop_map(|(which, who)| Deed::Came { which, who }),
        1 => (0..5usize, any::<bool>()).prop_map(|(which, removed)| Deed::CallOff { which, removed }),
        4 => (0..DEVICES).prop_map(Deed::Meet),
    ]
}

/// Who does what, in order.
pub fn deeds() -> impl Strategy<Value = Vec<(usize, Deed)>> {
    prop::collection::vec((0..DEVICES, deed()), 1..60)
}

/// What the place counts: everything that can be counted, by period and cumulative, over everything that it can be
/// taken of.
pub fn indicators() -> Vec<Indicator> {
    let both = [Span::Period, Span::Cumulative];
    let measures = [
        ("at_target", Measure::HouseholdsAtTarget, Some(Denominator::Households)),
        ("visited", Measure::HouseholdsVisited { outcomes: vec![] }, Some(Denominator::Households)),
        (
            "refused",
            Measure::HouseholdsVisited { outcomes: vec![Outcome::Refused, Outcome::MovedAway] },
            Some(Denominator::HouseholdsVisited),
        ),
        ("visits", Measure::Visits { outcomes: vec![] }, None),
        ("absences", Measure::Visits { outcomes: vec![Outcome::Absent] }, None),
        ("met", people(Evidence::Met), Some(Denominator::Residents)),
        ("guided", assessed(vec![], false, Level::Guided), Some(Denominator::PeopleMet)),
        ("all_five", assessed(vec![], true, Level::Proficient), Some(Denominator::Adults)),
        ("two", assessed(vec![SkillKey::Payment, SkillKey::Safety], true, Level::WithHelp), None),
        ("one", assessed(vec![SkillKey::Shopping], false, Level::NotYet), None),
        ("did", people(Evidence::Items { items: vec![item(0), item(1)], all: false }), None),
        ("did_all", people(Evidence::Items { items: vec![item(0), item(2)], all: true }), None),
        ("came", people(Evidence::Came), None),
        ("accounts", Measure::Accounts { source: AccountSource::Items { items: vec![item(0), item(3)] } }, None),
        ("given", Measure::Occurrences { services: vec!["queue_number".into()] }, None),
        (
            "opened",
            Measure::Accounts {
                source: AccountSource::Services { services: vec!["dossier".into(), "queue_number".into()] },
            },
            None,
        ),
        ("attended", Measure::Attendance, None),
        ("activities", Measure::Activities, None),
    ];
    let with = |span| {
        let key = move |key: &str| if span == Span::Period { key.to_owned() } else { format!("{key}_so_far") };
        measures.clone().map(|(name, measure, per)| Indicator {
            key: key(name),
            name: name.to_owned(),
            unit: String::new(),
            span,
            measure,
            per,
        })
    };
    both.into_iter().flat_map(with).collect()
}

fn people(evidence: Evidence) -> Measure {
    Measure::People { evidence }
}

fn assessed(skills: Vec<SkillKey>, all: bool, at_least: Level) -> Measure {
    people(Evidence::Assessed { skills, all, at_least })
}

/// A device: the documents that it holds, and what it has of each.
struct Device {
    actor: ActorId,
    docs: BTreeMap<Uuid, Doc>,
    changes: Vec<(Uuid, Change)>,
    /// How far its clock is off, in ticks.
    off: i64,
}

impl Device {
    fn write(&mut self, doc: Uuid, by: &str, writes: &[(String, Scalar)]) {
        let content = self.docs.entry(doc).or_default();
        let change =
            content.write(&self.actor, by, 0, |edit| writes.iter().for_each(|(key, value)| edit.set(key, value)));
        self.changes.extend(change.unwrap().map(|change| (doc, change)));
    }

    fn take(&mut self, changes: &[(Uuid, Change)]) {
        for (doc, change) in changes {
            let content = self.docs.entry(*doc).or_default();
            if !content.has(&change.hash) {
                content.apply(vec![parse_change(&change.bytes).unwrap()]).unwrap();
                self.changes.push((*doc, change.clone()));
            }
        }
    }
}

/// All devices after everything that was done.
pub struct World {
    ids: Ids,
    devices: Vec<Device>,
    visits: Vec<(usize, VisitId)>,
    activities: Vec<ActivityId>,
    /// Whom each household knows: its own, and those who moved in.
    people: Vec<Vec<ResidentId>>,
}

impl World {
    /// Lives through what everybody did; in the evening the first device has it all.
    pub fn lived(deeds: &[(usize, Deed)]) -> Self {
        Self::lived_in(0, indicators(), deeds)
    }

    /// The same in one of several notebooks, which counts by rules of its own.
    pub fn lived_in(notebook: u128, indicators: Vec<Indicator>, deeds: &[(usize, Deed)]) -> Self {
        let ids = Ids { notebook };
        let device = |n: usize| Device {
            actor: ActorId::from([n as u8 + 1; 16]),
            docs: BTreeMap::new(),
            changes: Vec::new(),
            // One believes in yesterday, one in tomorrow.
            off: (n as i64 - 1) * (86_400_000 << 8),
        };
        let people = (0..HOUSEHOLDS).map(|h| (0..PEOPLE).map(|n| ids.resident(h, n)).collect()).collect();
        let mut world =
            Self { ids, devices: (0..DEVICES).map(device).collect(), visits: vec![], activities: vec![], people };
        world.found(indicators);
        for (n, (device, deed)) in deeds.iter().enumerate() {
            world.act(n, *device, deed);
        }
        for n in 1..DEVICES {
            world.meet(n, 0);
        }
        world
    }

    /// The notebook.
    pub fn space(&self) -> SpaceId {
        self.ids.space()
    }

    /// Every change, each after those that it builds on.
    pub fn everything(&self) -> Vec<(Uuid, Change)> {
        self.devices[0].changes.clone()
    }

    /// All documents as they stand in the end.
    pub fn documents(&self) -> BTreeMap<Uuid, Doc> {
        let docs = self.devices[0].docs.iter();
        docs.map(|(id, doc)| (*id, Doc::load(&doc.save()).unwrap())).collect()
    }

    /// Every device begins with the list, of which the fourth household is not.
    fn found(&mut self, indicators: Vec<Indicator>) {
        let ids = self.ids;
        let rules = ReportRules { indicators, ..ReportRules::default() };
        let mut space = vec![
            ("name".to_owned(), Scalar::Text("Tổ bản Pa Cốp".into())),
            (space_keys::value(Thing::Rules, "2026-01"), Scalar::Bytes(rules.encode())),
        ];
        for n in 0..PLACES {
            space.push((space_keys::field(Thing::Place, ids.place(n), "name"), Scalar::Text(format!("Bản {n}"))));
            space.push((space_keys::field(Thing::Place, ids.place(n), "kind"), Scalar::Text("hamlet".into())));
        }
        for n in 0..2 {
            space.push((space_keys::value(Thing::Import, ids.import(n)), Scalar::Text("0|x|5|danh sách".into())));
        }
        let first = &mut self.devices[0];
        first.write(ids.space().0, "dợ", &space);
        for h in 0..HOUSEHOLDS {
            let mut writes = vec![(keys::PLACE.to_owned(), Scalar::Text(ids.place(h % PLACES).to_string()))];
            for n in 0..PEOPLE {
                let birth = if n == PEOPLE - 1 { "2012-05" } else { "1984" };
                writes.push((
                    keys::resident(ids.resident(h, n), ResidentField::Name),
                    Scalar::Text(format!("Người {h}.{n}")),
                ));
                writes.push((keys::resident(ids.resident(h, n), ResidentField::Birth), Scalar::Text(birth.into())));
            }
            if h != 3 {
                writes.push((keys::import(ids.import(h % 2)), Scalar::Bool(true)));
            }
            first.write(ids.household(h), if h == 3 { "dợ" } else { "list:x" }, &writes);
        }
        for n in 1..DEVICES {
            self.meet(0, n);
        }
    }

    fn meet(&mut self, from: usize, to: usize) {
        let changes = self.devices[from].changes.clone();
        self.devices[to].take(&changes);
    }

    fn act(&mut self, n: usize, device: usize, deed: &Deed) {
        let ids = self.ids;
        let tick = ((n as i64 + 1) * 1_000_000 + (86_400_000 << 9) + self.devices[device].off) as u64;
        let author = MemberId(Uuid::from_u128(0x70 + device as u128));
        let by = author.to_string();
        let text = |text: &str| Scalar::Text(text.to_owned());
        let in_space = |key: String, value: Scalar| (ids.space().0, vec![(key, value)]);
        let entry = |(h, n): (usize, usize), people: &[Vec<ResidentId>]| people[h][n % people[h].len()];
        let (doc, writes) = match deed {
            Deed::Visit { household: h, seen } => {
                let id = VisitId(Uuid::from_u128(0x3000 + (n as u128 * 7_919) % 4_096));
                self.visits.push((*h, id));
                (ids.household(*h), vec![self.visit(*h, id, seen, tick, author)])
            }
            Deed::Teach { household: h, who, day } => {
                let id = VisitId(Uuid::from_u128(0x3000 + (n as u128 * 7_919) % 4_096));
                self.visits.push((*h, id));
                let levels = (0..5).map(|skill| (*who, skill, 4)).collect();
                let seen = Seen { day: *day, outcome: 0, levels, items: vec![], services: vec![], met: vec![*who] };
                (ids.household(*h), vec![self.visit(*h, id, &seen, tick, author)])
            }
            Deed::Correct { which, seen } => {
                let Some((h, id)) = self.known_visit(device, *which) else { return };
                (ids.household(h), vec![self.visit(h, id, seen, tick, author)])
            }
            Deed::TakeBack { which, removed } => {
                let Some((h, id)) = self.known_visit(device, *which) else { return };
                let Some(visit) = self.stored(device, h, id) else { return };
                let visit = Visit { removed: *removed, clock: tick, ..visit };
                (ids.household(h), vec![(keys::visit(id), Scalar::Bytes(visit.encode()))])
            }
            Deed::Households { a, b, verdict } => {
                let Some(pair) = same::pair(ids.household(*a), ids.household(*b)) else { return };
                in_space(space_keys::same(SameKind::Household, pair), said(*verdict))
            }
            Deed::People { a, b, verdict } => {
                let (a, b) = (entry(*a, &self.people), entry(*b, &self.people));
                let Some(pair) = same::pair(a.0, b.0) else { return };
                in_space(space_keys::same(SameKind::Resident, pair), said(*verdict))
            }
            Deed::MovePlace { household: h, place: p, day } => {
                let known = self.devices[device].docs[&ids.household(*h)].entries().unwrap();
                let before = known.iter().find(|entry| entry.key == keys::PLACE).map(|entry| entry.value.clone());
                let mut writes = vec![(keys::PLACE.to_owned(), text(&ids.place(*p).to_string()))];
                if let (Some(before), Some(day)) = (before, day) {
                    writes.push((keys::place_until(FIRST.saturating_add(day.days())), before));
                }
                (ids.household(*h), writes)
            }
            Deed::MoveTo { who, household: h } => {
                let old = entry(*who, &self.people);
                let new = ResidentId(ids.id(0x500 + (n as u128 * 31) % 256));
                let name = (keys::resident(new, ResidentField::Name), text("Người mới"));
                self.devices[device].write(ids.household(*h), &by, &[name]);
                self.people[*h].push(new);
                let pair = same::pair(old.0, new.0).unwrap();
                let edge = (space_keys::same(SameKind::Resident, pair), said(0));
                self.devices[device].write(ids.space().0, &by, &[edge]);
                (ids.household(who.0), vec![(keys::resident(old, ResidentField::Status), text("moved_household"))])
            }
            Deed::Remove { household: h, removed } => {
                (ids.household(*h), vec![(keys::REMOVED.to_owned(), Scalar::Bool(*removed))])
            }
            Deed::MovedAway { household: h, away } => {
                let status = if *away { "moved_away" } else { "living" };
                (ids.household(*h), vec![(keys::STATUS.to_owned(), text(status))])
            }
            Deed::Gone { who, status } => {
                let status = ["living", "working_away", "moved_away", "moved_household", "deceased"][*status];
                (
                    ids.household(who.0),
                    vec![(keys::resident(entry(*who, &self.people), ResidentField::Status), text(status))],
                )
            }
            Deed::TakeOff { who, removed } => {
                let key = keys::resident(entry(*who, &self.people), ResidentField::Removed);
                (ids.household(who.0), vec![(key, Scalar::Bool(*removed))])
            }
            Deed::Withdraw { import: n, withdrawn } => {
                in_space(space_keys::field(Thing::Import, ids.import(*n), "withdrawn"), Scalar::Bool(*withdrawn))
            }
            Deed::Hold { day, place: at, attendees, services } => {
                let id = ActivityId(Uuid::from_u128(0x80_0000 + (n as u128 * 7_919) % 4_096));
                self.activities.push(id);
                let activity = Activity {
                    day_number: day_number(FIRST.saturating_add(day.days())),
                    clock: tick,
                    author,
                    kind: ActivityKind::Booth,
                    title: "Bàn hướng dẫn".into(),
                    place: at.map(|at| ids.place(at)),
                    attendees: *attendees,
                    services: services.iter().map(|(service, count)| (SERVICES[*service].to_owned(), *count)).collect(),
                    note: String::new(),
                    removed: false,
                    minute: None,
                };
                in_space(space_keys::value(Thing::Activity, id), Scalar::Bytes(activity.encode()))
            }
            Deed::Count { which, service, count } => {
                let Some(id) = self.activities.get(*which) else { return };
                let part = ActivityPart::Count(author, service.map_or("", |service| SERVICES[service]));
                in_space(part.key(*id), Scalar::Int(*count))
            }
            Deed::Came { which, who } => {
                let Some(id) = self.activities.get(*which) else { return };
                let part = ActivityPart::Came(HouseholdId(ids.household(who.0)), entry(*who, &self.people));
                in_space(part.key(*id), Scalar::Bool(true))
            }
            Deed::CallOff { which, removed } => {
                let Some(id) = self.activities.get(*which).copied() else { return };
                let key = space_keys::value(Thing::Activity, id);
                let Some(bytes) = self.value(device, ids.space().0, &key) else { return };
                let activity = Activity { removed: *removed, ..Activity::decode(&bytes).unwrap() };
                in_space(key, Scalar::Bytes(activity.encode()))
            }
            Deed::Meet(other) => return self.meet(device, *other),
        };
        self.devices[device].write(doc, &by, &writes);
    }

    fn value(&self, device: usize, doc: Uuid, key: &str) -> Option<Vec<u8>> {
        let entries = self.devices[device].docs.get(&doc)?.entries().unwrap();
        entries.into_iter().find(|entry| entry.key == key)?.value.bytes().map(<[u8]>::to_vec)
    }

    fn stored(&self, device: usize, h: usize, id: VisitId) -> Option<Visit> {
        Some(Visit::decode(&self.value(device, self.ids.household(h), &keys::visit(id))?).unwrap())
    }

    fn known_visit(&self, device: usize, which: usize) -> Option<(usize, VisitId)> {
        let (h, id) = *self.visits.get(which)?;
        self.stored(device, h, id).map(|_| (h, id))
    }

    fn visit(&self, h: usize, id: VisitId, seen: &Seen, clock: u64, author: MemberId) -> (String, Scalar) {
        let outcome = [Outcome::Met, Outcome::Absent, Outcome::Refused, Outcome::MovedAway][seen.outcome];
        let people = &self.people[h];
        let of = |n: &usize| people[(n * 7 + seen.day as usize) % people.len()];
        let mut met: Vec<ResidentId> = Vec::new();
        let (mut assessments, mut items, mut services): (Vec<Assessment>, Vec<ItemDone>, Vec<ServiceCount>) =
            Default::default();
        if outcome == Outcome::Met {
            let all =
                seen.met.iter().chain(seen.levels.iter().map(|(n, ..)| n)).chain(seen.items.iter().map(|(n, _)| n));
            for who in all.map(of) {
                if !met.contains(&who) {
                    met.push(who);
                }
            }
            for (n, skill, level) in &seen.levels {
                let (resident, skill) = (of(n), SkillKey::from_index(*skill).unwrap());
                if !assessments.iter().any(|a| (a.resident, a.skill) == (resident, skill)) {
                    assessments.push(Assessment { resident, skill, level: Level::from_index(*level).unwrap() });
                }
            }
            items.extend(seen.items.iter().map(|(n, i)| ItemDone { resident: of(n), item: item(*i) }));
            for (service, count) in &seen.services {
                if !services.iter().any(|s: &ServiceCount| s.service == SERVICES[*service]) {
                    services.push(ServiceCount { service: SERVICES[*service].into(), count: *count });
                }
            }
        }
        let visit = Visit {
            day: FIRST.saturating_add(seen.day.days()),
            clock,
            author,
            outcome,
            met,
            assessments,
            items,
            services,
            need: String::new(),
            note: String::new(),
            obstacle: String::new(),
            follow_up: None,
            removed: false,
            shown: vec![],
            photos: vec![],
            with: vec![],
            extra: vec![],
        };
        (keys::visit(id), Scalar::Bytes(visit.encode()))
    }
}

fn said(verdict: usize) -> Scalar {
    let verdict = [Verdict::Same, Verdict::Different, Verdict::Undone][verdict];
    Scalar::Text(verdict.as_str().to_owned())
}
