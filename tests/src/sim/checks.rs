//! What is checked after each request to a relay, and at the end of everything.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use tungnha_core::doc::Doc;
use tungnha_core::doc::flat::parse_change;
use tungnha_core::domain::{PhotoHash, SpaceId};
use tungnha_core::error::Error;
use tungnha_core::sync::fold::{Hash, unfold};
use tungnha_protocol::chunk::Chunk;
use tungnha_protocol::frames::{PullBody, Request, Response};
use tungnha_protocol::ids::{ChunkId, DocId};
use tungnha_protocol::log::RollingHash;
use tungnha_protocol::payload::Folded;

use super::breakage::Breakage;
use super::ledger::{Digest, shown};
use super::store::View;
use super::world::World;
use super::{Broken, Promise};

impl World {
    /// Whether a request can change nothing, because all that it brings is in the log.
    pub(super) fn brings_nothing_new(&mut self, relay: usize, asked: Option<&Request>) -> bool {
        let Some(asked) = asked else { return true };
        let relay = &mut self.relays[relay];
        let mut repeated = None;
        let known = asked.pushes.iter().all(|push| {
            let space = asked.hellos.get(push.space_index as usize).map(|hello| SpaceId(hello.space.into()));
            let id = Chunk::id_of(&push.bytes);
            let known = space.and_then(|of| relay.logs.get(&of)).is_some_and(|seen| seen.ids.contains(&id));
            repeated = repeated.or(space.filter(|_| known).map(|space| (space, id)));
            known
        });
        if let (true, Some((space, id))) =
            (known && self.settings.breakage == Some(Breakage::RepeatRenumbered), repeated)
        {
            relay.renumber(space, &id);
        }
        known
    }

    /// Looks at a relay's logs after it had a request, whether it answered or crashed.
    pub(super) fn after_request(
        &mut self,
        number: usize,
        asked: Option<&Request>,
        nothing_new: bool,
        answer: Option<&Vec<u8>>,
    ) -> Result<(), Broken> {
        for space in self.spaces.clone() {
            self.read_on(number, space, nothing_new)?;
        }
        for committed in self.relays[number].shelf.committed() {
            let log = self.relays[number].logs.get(&committed.space).map(|seen| seen.chunks.clone());
            let (id, seq) = (committed.id, committed.seq);
            if log.unwrap_or_default().get(seq as usize - 1) != Some(&id) {
                return Err(
                    Promise::I3.broken(format!("relay {number} gave the number {seq} to {id} and took it back"))
                );
            }
        }
        let (Some(asked), Some(answer)) = (asked, answer) else { return Ok(()) };
        let answer = Response::decode(answer, asked.hellos.len());
        let answer = answer.map_err(|e| Promise::Sound.broken(format!("relay {number}: {e}")))?;
        for (hello, answer) in asked.hellos.iter().zip(answer.spaces) {
            self.story.rewinds += u64::from(answer.rewind.is_some());
            let seen = self.relays[number].logs.entry(SpaceId(hello.space.into())).or_default();
            for ack in answer.acks {
                if seen.chunks.get(ack.seq as usize - 1) != Some(&ack.id) {
                    let what = format!("relay {number} acknowledged {} as {}, which it is not", ack.id, ack.seq);
                    return Err(Promise::I1.broken(what));
                }
                seen.acked.insert(ack.id);
            }
        }
        Ok(())
    }

    /// Reads what is new in a relay's log since somebody last looked.
    fn read_on(&mut self, number: usize, space: SpaceId, nothing_new: bool) -> Result<(), Broken> {
        let relay = &mut self.relays[number];
        if !relay.serves(space) {
            return Ok(());
        }
        let mut seen = relay.logs.remove(&space).unwrap_or_default();
        let Some((start, pulls)) = relay.read(space, seen.end) else {
            let promise = if nothing_new { Promise::I5 } else { Promise::I3 };
            return Err(promise.broken(format!("relay {number} has another log than before")));
        };
        if nothing_new && !pulls.is_empty() {
            return Err(Promise::I5.broken(format!("relay {number}: a repeated request changed the log")));
        }
        if let Some(start) = start {
            self.ledger.note_start(start);
            seen.end = Some(start);
        }
        let mut end = seen.end.unwrap_or(RollingHash::NONE);
        for pull in pulls {
            let id = pull.id();
            let PullBody::Bytes(bytes) = pull.body else {
                return Err(Promise::I4.broken(format!("relay {number} has no bytes for {id}")));
            };
            if pull.seq != end.seq + 1 {
                return Err(Promise::I3.broken(format!("relay {number}: {} follows {}", pull.seq, end.seq)));
            }
            if !seen.ids.insert(id) {
                return Err(Promise::I5.broken(format!("relay {number} keeps {id} twice")));
            }
            if self.ledger.bytes(&id) != Some(&bytes[..]) {
                return Err(Promise::I4.broken(format!("relay {number} keeps other bytes under {id}")));
            }
            end = self.ledger.note_entry(end, id);
            Rc::make_mut(&mut seen.chunks).push(id);
        }
        seen.end = Some(end);
        relay.logs.insert(space, seen);
        Ok(())
    }

    /// A relay's logs are, from the start, what they were when somebody looked.
    pub(super) fn check_logs(&mut self) -> Result<(), Broken> {
        for relay in &self.relays {
            for (space, seen) in &relay.logs {
                let (_, pulls) = relay.read(*space, None).unwrap_or_default();
                let now: Vec<ChunkId> = pulls.iter().map(|pull| pull.id()).collect();
                if let Some(gone) = seen.acked.iter().find(|id| !now.contains(id)) {
                    return Err(Promise::I1.broken(format!("relay {} has lost {gone}", relay.number)));
                }
                if now != *seen.chunks {
                    return Err(Promise::I3.broken(format!("relay {} has another log than before", relay.number)));
                }
            }
        }
        Ok(())
    }

    /// Everything that must hold when everybody has met.
    pub(super) fn check_all(&mut self) -> Result<(), Broken> {
        self.check_logs()?;
        let mut rebuilt: BTreeMap<Vec<u8>, BTreeMap<DocId, Digest>> = BTreeMap::new();
        for space in self.spaces.clone() {
            let members: Vec<usize> =
                (0..self.devices.len()).filter(|d| self.devices[*d].identity.keys.contains_key(&space)).collect();
            let views: Vec<(usize, View)> =
                members.iter().map(|device| (*device, self.devices[*device].store.view(space))).collect();
            self.check_bytes(&views)?;
            self.check_filled(space, &members)?;
            self.check_photos(space, &views)?;
            self.check_written(space, &views)?;
            self.check_strange(space, &views)?;
            self.check_merged(space, &views)?;
            let mut shown_by: BTreeMap<Vec<u8>, (usize, BTreeMap<DocId, Digest>)> = BTreeMap::new();
            for (device, view) in &views {
                let docs = self.check_documents(*device, view, &mut rebuilt)?;
                let holds: Vec<u8> = view.chunks.keys().flat_map(|id| id.0).collect();
                let (other, first) = shown_by.entry(holds).or_insert_with(|| (*device, docs.clone()));
                if *first != docs {
                    let what =
                        format!("devices {other} and {device} hold the same chunks and show different documents");
                    return Err(Promise::I9.broken(what));
                }
            }
            if shown_by.len() > 1 {
                return Err(Promise::Alike.broken(format!("devices hold {} different sets of chunks", shown_by.len())));
            }
        }
        for (number, device) in self.devices.iter_mut().enumerate() {
            if let Some(problem) = device.store.problems().into_iter().next() {
                return Err(Promise::I7.broken(format!("device {number}: {problem}")));
            }
        }
        Ok(())
    }

    /// Nothing of a checkpoint is still to come.
    fn check_filled(&mut self, space: SpaceId, members: &[usize]) -> Result<(), Broken> {
        for device in members {
            let (relays, store) = (self.relays.len() as i64, &mut self.devices[*device].store);
            let filling = store.transact(space, |rows| {
                (1..=relays).try_fold(false, |filling, relay| Ok(filling || rows.is_filling(relay)?))
            })?;
            if filling || !store.view(space).unfilled.is_empty() {
                return Err(Promise::I2.broken(format!("device {device} never got what a checkpoint stands for")));
            }
        }
        Ok(())
    }

    /// Every device has all photos that any has, and none is still to come.
    fn check_photos(&mut self, space: SpaceId, views: &[(usize, View)]) -> Result<(), Broken> {
        let all: BTreeSet<Hash> = views.iter().flat_map(|(_, view)| view.photos.iter().copied()).collect();
        let relays = self.relays.len() as i64;
        for (device, view) in views {
            let left = self.devices[*device].store.transact(space, |rows| {
                (1..=relays).try_fold(None, |left, relay| Ok(left.or(rows.next_to_come(relay)?)))
            })?;
            if let Some(left) = left {
                return Err(Promise::I2.broken(format!("device {device} never fetched the photo in {}", left.id)));
            }
            if let Some(gone) = all.difference(&view.photos).next() {
                let what = format!("device {device} does not have the photo {}", PhotoHash(*gone));
                return Err(Promise::Photos.broken(what));
            }
        }
        Ok(())
    }

    fn check_bytes(&self, views: &[(usize, View)]) -> Result<(), Broken> {
        for (device, view) in views {
            if let Some((id, _)) = view.chunks.iter().find(|(id, bytes)| self.ledger.bytes(id) != Some(&bytes[..])) {
                return Err(Promise::I4.broken(format!("device {device} keeps other bytes under {id}")));
            }
        }
        Ok(())
    }

    fn check_written(&self, space: SpaceId, views: &[(usize, View)]) -> Result<(), Broken> {
        for (device, view) in views {
            let docs = view.docs.iter().map(|(id, saved)| Ok((*id, Doc::load(saved)?)));
            let docs: BTreeMap<DocId, Doc> = docs.collect::<Result<_, Error>>()?;
            let has = |doc: &DocId, hash: Hash| docs.get(doc).is_some_and(|doc| doc.has(&automerge::ChangeHash(hash)));
            let all = self.ledger.written().iter().filter(|written| written.space == space && !written.lost);
            if let Some(gone) = all.into_iter().find(|written| !has(&written.doc, written.hash)) {
                let hash = automerge::ChangeHash(gone.hash);
                return Err(Promise::I6.broken(format!("what {} wrote ({hash}) is not on device {device}", gone.by)));
            }
        }
        Ok(())
    }

    fn check_strange(&self, space: SpaceId, views: &[(usize, View)]) -> Result<(), Broken> {
        let held = |id: &ChunkId| views.iter().any(|(_, view)| view.chunks.contains_key(id));
        for (id, _) in self.ledger.strange.iter().filter(|(id, of)| **of == space && held(id)) {
            for (device, view) in views {
                if !view.chunks.contains_key(id) || !view.quarantine.contains(id) {
                    return Err(Promise::I8.broken(format!("device {device} did not keep {id}, of a later version")));
                }
            }
        }
        Ok(())
    }

    /// Documents are what chunks and waiting changes make of them. What they show.
    fn check_documents(
        &self,
        device: usize,
        view: &View,
        rebuilt: &mut BTreeMap<Vec<u8>, BTreeMap<DocId, Digest>>,
    ) -> Result<BTreeMap<DocId, Digest>, Broken> {
        let docs = view.docs.iter().map(|(id, saved)| Ok((*id, shown(&Doc::load(saved)?)?)));
        let docs: BTreeMap<DocId, Digest> = docs.collect::<Result<_, Error>>()?;
        let mut from: Vec<u8> = view.chunks.keys().chain(&view.quarantine).flat_map(|id| id.0).collect();
        view.unsealed.iter().for_each(|(_, bytes)| from.extend(bytes));
        if !rebuilt.contains_key(&from) {
            rebuilt.insert(from.clone(), self.rebuild(device, view)?);
        }
        match rebuilt.get(&from) == Some(&docs) {
            true => Ok(docs),
            false => Err(Promise::I7.broken(format!("documents of device {device} differ from their rebuild"))),
        }
    }

    /// Of a chunk that waits for what was lost, the other changes are applied.
    fn rebuild(&self, device: usize, view: &View) -> Result<BTreeMap<DocId, Digest>, Broken> {
        let mut changes: BTreeMap<DocId, Vec<automerge::Change>> = BTreeMap::new();
        for (doc, bytes) in &view.unsealed {
            changes.entry(*doc).or_default().push(parse_change(bytes)?);
        }
        let mut folded: BTreeMap<DocId, Vec<(Folded, bool)>> = BTreeMap::new();
        for id in view.chunks.keys() {
            let waits = view.quarantine.contains(id);
            for (doc, of_chunk) in (*self.ledger.docs(id)).clone() {
                folded.entry(doc).or_default().extend(of_chunk.into_iter().map(|change| (change, waits)));
            }
        }
        for (doc, folded) in folded {
            let all = changes.entry(doc).or_default();
            let known = all.iter().map(|change| change.hash().0).collect();
            let (unfolded, left) = unfold(known, folded.iter().map(|(change, waits)| (change, *waits)));
            if left.iter().any(|waits| !waits) {
                return Err(Promise::I7.broken(format!("device {device} took for applied what cannot be")));
            }
            all.extend(unfolded.into_iter().map(|(change, _)| change));
        }
        let mut docs = BTreeMap::new();
        for (id, mut changes) in changes {
            changes.sort_by_key(|change| change.hash());
            changes.dedup_by_key(|change| change.hash());
            let mut doc = Doc::new();
            if !doc.apply(changes)? {
                return Err(Promise::I7.broken(format!("device {device}: a document's changes are not all there")));
            }
            docs.insert(id, shown(&doc)?);
        }
        Ok(docs)
    }
}
