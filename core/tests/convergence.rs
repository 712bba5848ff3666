//! Devices that hold the same changes show the same household, in whatever order the
//! changes came, and nothing that anybody wrote is lost on the way.

use automerge::ActorId;
use proptest::prelude::*;
use tungnha_core::doc::flat::parse_change;
use tungnha_core::doc::household as keys;
use tungnha_core::doc::{Change, Doc, Scalar};
use tungnha_core::domain::{MemberId, Outcome, ResidentId, Visit, VisitId};
use tungnha_core::projection::HouseholdFacts;

/// What somebody does on one of the devices.
#[derive(Debug, Clone)]
enum Deed {
    Phone(u8),
    Door(u8),
    Visit {
        day: i8,
        absent: bool,
    },
    RemoveLastVisit,
    /// Hands everything to another device.
    Meet(usize),
}

fn deeds() -> impl Strategy<Value = Vec<(usize, Deed)>> {
    let deed = prop_oneof![
        (0..4u8).prop_map(Deed::Phone),
        (0..4u8).prop_map(Deed::Door),
        ((0..5i8), any::<bool>()).prop_map(|(day, absent)| Deed::Visit { day, absent }),
        Just(Deed::RemoveLastVisit),
        (0..3usize).prop_map(Deed::Meet),
    ];
    prop::collection::vec((0..3usize, deed), 1..40)
}

struct Device {
    doc: Doc,
    actor: ActorId,
    name: String,
    changes: Vec<Change>,
    clock: u64,
}

impl Device {
    fn new(n: usize, founded: &Change) -> Self {
        let mut device = Self {
            doc: Doc::new(),
            actor: ActorId::from([n as u8 + 1; 16]),
            name: format!("volunteer {n}"),
            changes: Vec::new(),
            clock: 0,
        };
        device.take(std::slice::from_ref(founded));
        device
    }

    fn write(&mut self, key: &str, value: &Scalar) {
        let written = self.doc.write(&self.actor, &self.name, 0, |e| e.set(key, value)).expect("writes");
        self.changes.extend(written);
    }

    fn take(&mut self, changes: &[Change]) {
        let parsed = changes.iter().map(|c| parse_change(&c.bytes).expect("parses")).collect();
        assert!(self.doc.apply(parsed).expect("applies"), "nothing is missing");
        for change in changes {
            if !self.changes.contains(change) {
                self.changes.push(change.clone());
            }
        }
    }

    fn facts(&self) -> HouseholdFacts {
        HouseholdFacts::of(&self.doc).expect("reads")
    }
}

fn visit(clock: u64, author: MemberId, day: i8, absent: bool) -> Visit {
    Visit {
        day: jiff::civil::date(2026, 11, 1 + day),
        clock,
        author,
        outcome: if absent { Outcome::Absent } else { Outcome::Refused },
        met: vec![],
        assessments: vec![],
        items: vec![],
        services: vec![],
        need: String::new(),
        note: String::new(),
        obstacle: String::new(),
        follow_up: None,
        removed: false,
        shown: vec![],
        photos: vec![],
        with: Vec::new(),
        extra: vec![],
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn three_devices_end_alike(deeds in deeds()) {
        let head = ResidentId(uuid::Uuid::from_u128(1));
        let founded = Doc::new().write(&ActorId::from([9; 16]), "list:x", 0, |e| {
            e.text(keys::HEAD, &head.to_string());
            e.text(&keys::resident(head, keys::ResidentField::Name), "Giàng A Páo");
        }).expect("writes").expect("new");
        let mut devices: Vec<Device> = (0..3).map(|n| Device::new(n, &founded)).collect();
        let mut visits = 0;
        for (n, (who, deed)) in deeds.into_iter().enumerate() {
            let author = MemberId(uuid::Uuid::from_u128(who as u128));
            match deed {
                Deed::Phone(n) => devices[who].write(keys::PHONE, &Scalar::Text(format!("091234567{n}"))),
                Deed::Door(n) => devices[who].write(keys::DOOR, &Scalar::Text(format!("Xóm {n}"))),
                Deed::Visit { day, absent } => {
                    visits += 1;
                    devices[who].clock += 1;
                    let visit = visit(devices[who].clock, author, day, absent);
                    let id = VisitId(uuid::Uuid::from_u128(n as u128));
                    devices[who].write(&keys::visit(id), &Scalar::Bytes(visit.encode()));
                }
                Deed::RemoveLastVisit => {
                    if let Some(last) = devices[who].facts().visits.pop() {
                        let gone = Visit { removed: true, ..last.visit };
                        devices[who].write(&keys::visit(last.id), &Scalar::Bytes(gone.encode()));
                    }
                }
                Deed::Meet(other) => {
                    let changes = devices[who].changes.clone();
                    devices[other].take(&changes);
                }
            }
        }
        // In the evening everybody gets everything, each in another order.
        let all: Vec<Change> = devices.iter().flat_map(|d| d.changes.clone()).collect();
        let mut backwards = all.clone();
        backwards.reverse();
        devices[0].take(&all);
        devices[1].take(&backwards);
        devices[2].take(&all);
        let facts = devices[0].facts();
        prop_assert_eq!(&facts, &devices[1].facts());
        prop_assert_eq!(&facts, &devices[2].facts());
        prop_assert_eq!(facts.visits.len(), visits, "no visit is lost or twice");
        // A saved document reads as the living one, and a rebuild from it is the same.
        let reloaded = Doc::load(&devices[1].doc.save()).expect("loads");
        prop_assert_eq!(facts, HouseholdFacts::of(&reloaded).expect("reads"));
    }
}
