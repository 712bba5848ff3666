//! What people do with their devices: write, send and receive, carry a file to somebody.

use automerge::ActorId;
use tungnha_core::doc::household as keys;
use tungnha_core::doc::{Doc, Scalar, space as space_keys};
use tungnha_core::domain::visit::day_from_number;
use tungnha_core::domain::{MemberId, Outcome, PhotoHash, SameKind, SpaceId, Verdict, Visit, VisitId, same};
use tungnha_core::sync::fold::fold;
use tungnha_core::sync::rows::Memory;
use tungnha_protocol::chunk::{self, Chunk, Kind, Lane, SealInput};
use tungnha_protocol::ids::{DocId, SpaceId as WireSpace};
use tungnha_protocol::{payload, photo};

use super::Broken;
use super::breakage::Breakage;
use super::ledger::Pair;
use super::world::World;

/// What somebody writes.
#[derive(Default)]
struct Writes {
    values: Vec<(String, Scalar)>,
    /// It is what a list says.
    list: bool,
    /// What it says of two households.
    said: Option<(Pair, Verdict)>,
    /// The photos of the visit.
    photos: Vec<Vec<u8>>,
}

fn some_number(n: usize) -> Scalar {
    Scalar::Text(format!("09000000{n:02}"))
}

/// Where virtual time begins, in milliseconds since 1970.
const BEGINNING: i64 = 1_795_000_000_000;

impl World {
    /// Somebody does something.
    pub(super) fn deed(&mut self, device: usize) -> Result<(), Broken> {
        if self.fault(self.plan.crashes) {
            let most = 2 << self.chance.below(9);
            let steps = self.chance.below(most) as u32;
            self.devices[device].crash_in.set(Some(steps));
        }
        let spaces = self.devices[device].spaces();
        let space = *self.chance.one(&spaces);
        if self.devices[device].newcomer && self.chance.below(4) > 0 {
            self.devices[device].newcomer = false;
            return self.begin_exchange(device);
        }
        match self.chance.below(100) {
            0..49 => self.write(device, space),
            49 => self.stranger_comes(),
            50..88 => self.begin_exchange(device),
            88..95 => self.hand_a_file(device, space),
            95..98 if self.devices[device].later => self.seal_strange(device, space),
            98 => {
                self.crashed(device);
                Ok(())
            }
            _ => {
                let store = self.devices[device].store.copy();
                let mirror = self.devices[device].mirror.clone();
                self.devices[device].copies.push((store, mirror));
                Ok(())
            }
        }
    }

    /// Writes one change and commits it.
    pub(super) fn write(&mut self, number: usize, space: SpaceId) -> Result<(), Broken> {
        let known = &self.households[&space];
        let docs = match self.chance.below(10) {
            // Both may begin with the very same change.
            0 => vec![DocId(self.chance.bytes()), DocId(self.chance.bytes())],
            1..3 => vec![DocId(*space.bytes())],
            _ => vec![*self.chance.one(known)],
        };
        let writes = match docs.contains(&DocId(*space.bytes())) {
            true => self.about_space(number, space),
            false => self.about_household(number),
        };
        docs.into_iter().try_for_each(|doc| self.write_to(number, space, doc, &writes))
    }

    fn write_to(&mut self, number: usize, space: SpaceId, doc: DocId, writes: &Writes) -> Result<(), Broken> {
        let at_ms = BEGINNING + self.now as i64 + self.devices[number].clock_off;
        let device = &mut self.devices[number];
        self.story.photos += writes.photos.len() as u64;
        writes.photos.iter().try_for_each(|jpeg| device.store.take_photo(space, jpeg))?;
        let actor = device.actor.clone();
        let written = device.store.write(space, &doc, |content| {
            if writes.list {
                // Everything about a list's change follows from the list; it only founds.
                let by = ActorId::from(&doc.0[..]);
                return match content.changes().is_empty() {
                    true => content.write(&by, "list:1", 0, |edit| edit.text(keys::PHONE, "0900000000")),
                    false => Ok(None),
                };
            }
            content.write(&actor, "volunteer", at_ms, |edit| {
                writes.values.iter().for_each(|(key, value)| edit.set(key, value));
            })
        });
        let Some((change, content)) = written? else { return Ok(()) };
        let mut mirrored = device.mirror.of(space);
        mirrored.docs.insert(doc, super::ledger::shown(&content)?);
        device.mirror.set(space, mirrored);
        let name = device.identity.name.clone();
        self.ledger.note_written(space, doc, &change, &name)?;
        if let Some((pair, verdict)) = writes.said {
            self.ledger.note_said(space, pair, verdict, change.hash.0);
            self.story.merges += u64::from(verdict == Verdict::Same);
            self.story.partings += u64::from(verdict == Verdict::Undone);
        }
        self.tell(format_args!("device {number} writes {}", change.hash));
        Ok(())
    }

    /// The team gets another name, or somebody says whether two households are one.
    fn about_space(&mut self, device: usize, space: SpaceId) -> Writes {
        if self.chance.below(4) == 0 {
            let name = some_number(self.chance.below(4));
            return Writes { values: vec![("name".to_owned(), name)], ..Writes::default() };
        }
        let two = self.chance.some(&self.households[&space], 2);
        let ids = [two[0], two[1]].map(|doc| uuid::Uuid::from_bytes(doc.0));
        let Some(pair) = same::pair(ids[0], ids[1]) else { return Writes::default() };
        let verdict =
            *self.chance.one(&[Verdict::Same, Verdict::Same, Verdict::Same, Verdict::Undone, Verdict::Different]);
        let turned = self.devices[device].mischief.strikes(Breakage::PairTurned, 3);
        let written = if turned { (pair.1, pair.0) } else { pair };
        let value = Scalar::Text(verdict.as_str().to_owned());
        let values = vec![(space_keys::same(SameKind::Household, written), value)];
        Writes { values, said: Some((pair, verdict)), ..Writes::default() }
    }

    fn about_household(&mut self, device: usize) -> Writes {
        let values = match self.chance.below(10) {
            0..4 => {
                let key = *self.chance.one(&[keys::PHONE, keys::DOOR, keys::NOTE]);
                vec![(key.to_owned(), some_number(self.chance.below(4)))]
            }
            4..8 if self.devices[device].later && self.chance.below(4) == 0 => {
                // A version of which nobody here knows anything.
                vec![(self.visit_key(), Scalar::Bytes([&[9][..], &self.chance.bytes::<12>()].concat()))]
            }
            4..8 => {
                let photos: Vec<_> = (0..[0, 0, 1, 2][self.chance.below(4)]).map(|_| self.photo()).collect();
                let hashes = photos.iter().map(|jpeg| PhotoHash(photo::hash(jpeg))).collect();
                return Writes { values: vec![self.visit(device, hashes)], photos, ..Writes::default() };
            }
            8 => {
                let key = format!("zz/{}", self.chance.below(5));
                vec![(key, Scalar::Bytes(self.chance.bytes::<20>().to_vec()))]
            }
            _ => return Writes { list: true, ..Writes::default() },
        };
        Writes { values, ..Writes::default() }
    }

    /// As large as one may be, or small: so that a page holds one, or several and records beside them.
    fn photo(&mut self) -> Vec<u8> {
        let length = if self.chance.below(4) == 0 { 50_000 } else { 200 + self.chance.below(3_000) };
        crate::photo::jpeg(&mut self.chance, length)
    }

    fn visit_key(&mut self) -> String {
        keys::visit(VisitId(uuid::Uuid::from_bytes(self.chance.bytes())))
    }

    fn visit(&mut self, device: usize, photos: Vec<PhotoHash>) -> (String, Scalar) {
        let (key, later) = (self.visit_key(), self.devices[device].later);
        let visit = Visit {
            day: day_from_number(20_000 + self.chance.below(3_000) as i32).unwrap_or_default(),
            clock: self.chance.number() >> 20,
            author: MemberId(uuid::Uuid::from_bytes(self.chance.bytes())),
            outcome: *self.chance.one(&[Outcome::Absent, Outcome::Refused]),
            met: vec![],
            assessments: vec![],
            items: vec![],
            services: vec![],
            need: String::new(),
            note: crate::notes::note(&mut self.chance),
            obstacle: String::new(),
            follow_up: None,
            removed: false,
            shown: vec![],
            photos,
            with: Vec::new(),
            extra: if later { vec![(40, vec![0x18, 0x2a])] } else { vec![] },
        };
        (key, Scalar::Bytes(visit.encode()))
    }

    /// An app of a later version seals something that this version does not understand.
    fn seal_strange(&mut self, number: usize, space: SpaceId) -> Result<(), Broken> {
        let identity = self.devices[number].identity.clone();
        let Some(key) = identity.keys(space).last() else { return Ok(()) };
        let doc = *self.chance.one(&self.households[&space]);
        let actor = ActorId::from(self.chance.bytes::<16>());
        let written = Doc::new().write(&actor, "later", 0, |edit| edit.text(keys::PHONE, "later"))?;
        let Some(change) = written else { return Ok(()) };
        let folded = fold(&change.hash.0, &change.bytes)?;
        let mut plaintext = payload::encode(&[(doc, vec![folded])]).unwrap_or_default();
        let form = self.chance.below(4);
        if form == 0 {
            plaintext[0] = 9;
        }
        let kind = [Kind::Data, Kind::Data, Kind::Keys, Kind::Unknown(77)][form];
        let (wire, nonce) = (WireSpace(*space.bytes()), self.chance.bytes());
        let input = SealInput {
            kind,
            lane: Lane::Records,
            space: wire,
            key,
            device: &identity.key,
            nonce,
            plaintext: &plaintext,
        };
        let mut bytes = chunk::seal(input).expect("it is small").into_bytes();
        if form == 1 {
            let body = bytes.len() - 64;
            bytes[0] = 2;
            bytes.truncate(body);
            let signed = [&b"tungnha chunk"[..], blake3::hash(&bytes).as_bytes()].concat();
            bytes.extend(identity.key.sign(&signed));
        }
        let id = Chunk::id_of(&bytes);
        self.ledger.strange.insert(id, space);
        self.ledger.forbidden.insert(change.hash.0);
        let kept = self.on_device(number, |memory, _| {
            memory.transact(space, |rows| {
                rows.insert(&id, true, &bytes)?;
                rows.quarantine(&id, &bytes, "of a later version")
            })
        })?;
        if let Some(kept) = kept {
            kept?;
            self.tell(format_args!("device {number} seals {id}, of a later version"));
        }
        Ok(())
    }
}
