//! Files that people hand each other: the product makes and opens them, and on the way they are cut, lose
//! a bit, are opened twice, weeks later, or by those whom they are not for.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use data_encoding::BASE64;
use tungnha_core::domain::SpaceId;
use tungnha_core::error::Error;
use tungnha_core::sync::file::{self, Contents, Source, Taken, since_receiver};
use tungnha_core::sync::rows::{Memory, Since};
use tungnha_protocol::bundle::Reader;
use tungnha_protocol::ids::ChunkId;

use super::breakage::Breakage;
use super::ledger::Digest;
use super::world::World;
use super::{Broken, Promise};

/// More old files than this nobody keeps.
const KEPT: usize = 40;

/// A file on somebody's stick.
#[derive(Clone)]
pub struct Stick {
    space: SpaceId,
    bytes: Rc<Vec<u8>>,
}

/// From where on a file's chunks are new.
#[derive(Clone, Copy)]
pub enum New {
    /// Everything.
    All,
    /// What has not arrived at this relay, by number from 0.
    At(usize),
    /// What no earlier file for this device held.
    For(usize),
}

/// The chunks that went into whole files, by receiver.
pub type HandedOver = BTreeMap<(SpaceId, String), BTreeSet<ChunkId>>;

impl World {
    /// Somebody makes a file, and somebody opens it, or an old one.
    pub(super) fn hand_a_file(&mut self, from: usize, space: SpaceId) -> Result<(), Broken> {
        let to = self.chance.below(self.devices.len());
        let new = match self.chance.below(4) {
            0 => New::All,
            1 => New::At(*self.chance.one(&self.devices[from].relays)),
            _ => New::For(to),
        };
        for _ in 0..2 {
            let before = self.story.crashes;
            let made = self.make_file(from, space, new)?;
            self.sticks.extend(made);
            // Whose battery dies on the way tries again.
            if self.story.crashes == before {
                break;
            }
        }
        let kept = self.sticks.len();
        self.sticks.drain(..kept.saturating_sub(KEPT));
        let Some(newest) = self.sticks.last() else { return Ok(()) };
        let mut stick = if self.chance.below(3) == 0 { self.chance.one(&self.sticks) } else { newest }.clone();
        self.damage(&mut stick);
        for _ in 0..1 + usize::from(self.fault(self.plan.doubled)) {
            self.open_file(to, &stick)?;
        }
        Ok(())
    }

    /// Hands everything that a device has of a space to another one. Whether that was any news.
    pub(super) fn carry(&mut self, from: usize, to: usize, space: SpaceId) -> Result<bool, Broken> {
        match self.make_file(from, space, New::All)? {
            Some(stick) => self.open_file(to, &stick),
            None => Ok(false),
        }
    }

    /// A stick in a wet pocket.
    fn damage(&mut self, stick: &mut Stick) {
        let whole = stick.bytes.len();
        if whole > 0 && self.fault(self.plan.cut) {
            stick.bytes = Rc::new(stick.bytes[..self.chance.below(whole)].to_vec());
        } else if whole > 0 && self.fault(self.plan.cut) {
            let (at, bit) = (self.chance.below(whole), self.chance.below(8));
            Rc::make_mut(&mut stick.bytes)[at] ^= 1 << bit;
        }
    }

    /// A device makes a file; half of one, if it crashes on the way.
    pub(super) fn make_file(&mut self, number: usize, space: SpaceId, new: New) -> Result<Option<Stick>, Broken> {
        let receiver = match new {
            New::For(other) => Some(self.devices[other].identity.name.clone()),
            New::All | New::At(_) => None,
        };
        let too_soon = self.settings.breakage == Some(Breakage::HandedOverTooSoon);
        let mut bytes = Vec::new();
        let made = self.on_device(number, |memory, _| {
            let hand_over = |memory: &mut super::watch::Watched<'_>, contents: &Contents| match &receiver {
                Some(name) => memory.transact(space, |rows| rows.hand_over(name, &contents.chunks)).map(drop),
                None => Ok(()),
            };
            let (contents, _) = memory.transact(space, |rows| {
                let since = match new {
                    New::All => Since::Beginning,
                    New::At(relay) => Since::Relay(relay as i64 + 1),
                    New::For(_) => since_receiver(rows, receiver.as_deref().unwrap_or_default())?,
                };
                Contents::gather(rows, since)
            })?;
            if too_soon {
                hand_over(memory, &contents)?;
            }
            let bytes_of = |chunk| Ok(memory.transact(space, |rows| rows.bytes(chunk))?.0);
            contents.write(bytes_of, |piece| {
                bytes.extend(piece);
                Ok(())
            })?;
            if too_soon { Ok(()) } else { hand_over(memory, &contents) }
        })?;
        match made {
            Some(Err(error)) if error.code() != "nothing_new" => return Err(error.into()),
            // Also when there is nothing new, there really is nothing.
            Some(_) => self.check_made(number, space, new, &bytes)?,
            None => {}
        }
        if let (Some(name), Some(chunks)) = (receiver, chunks_of(&bytes)) {
            self.devices[number].handed_over.entry((space, name)).or_default().extend(chunks);
        }
        self.tell(format_args!("device {number} makes a file of {} bytes", bytes.len()));
        Ok((!bytes.is_empty()).then(|| Stick { space, bytes: Rc::new(bytes) }))
    }

    /// Nothing that is new is left out of a file.
    fn check_made(&mut self, number: usize, space: SpaceId, new: New, bytes: &[u8]) -> Result<(), Broken> {
        let device = &self.devices[number];
        let old: BTreeSet<ChunkId> = match new {
            New::All => BTreeSet::new(),
            New::At(relay) => device.store.arrivals(relay as i64 + 1, space).into_iter().map(|(id, _)| id).collect(),
            New::For(other) => {
                let name = self.devices[other].identity.name.clone();
                device.handed_over.get(&(space, name)).cloned().unwrap_or_default()
            }
        };
        let inside = if bytes.is_empty() { Some(BTreeSet::new()) } else { chunks_of(bytes) };
        let inside = inside.ok_or_else(|| Promise::File.broken(format!("device {number} made half a file")))?;
        let held = device.store.view(space).chunks;
        match held.keys().find(|id| !inside.contains(id) && !old.contains(id)) {
            Some(left_out) => Err(Promise::File.broken(format!("device {number} left {left_out} out of a file"))),
            None => Ok(()),
        }
    }

    /// A device opens a file. Whether that was any news.
    pub(super) fn open_file(&mut self, number: usize, stick: &Stick) -> Result<bool, Broken> {
        let spaces = self.devices[number].spaces();
        let (open, ours) = match spaces.contains(&stick.space) {
            true => (stick.space, true),
            false => (spaces[0], false),
        };
        let inside = chunks_of(&stick.bytes).filter(|_| ours);
        let noted = self.noted(number, open, inside.iter().flatten())?;
        let (before, arrived) = (self.content_of(number), self.arrivals_of(number, &noted));
        let text = BASE64.encode(&stick.bytes);
        let opened = self.on_device(number, |memory, _| {
            let source = Source::Base64(&text);
            if file::check(source)?.space.0 != *open.bytes() {
                return Err(Error::new("file_foreign", "the file is of another notebook"));
            }
            Ok(memory.transact(open, |rows| file::take(rows, source, |_| {}))?.0)
        })?;
        let taken = matches!(opened, Some(Ok(_)));
        if !taken && self.content_of(number) != before {
            return Err(Promise::File.broken(format!("device {number} has used a part of a file")));
        }
        if self.arrivals_of(number, &noted) != arrived {
            return Err(Promise::File.broken(format!("device {number} takes what came in a file for arrived")));
        }
        self.check_opened(number, open, opened, inside)
    }

    fn check_opened(
        &mut self,
        number: usize,
        space: SpaceId,
        opened: Option<Result<Taken, Error>>,
        inside: Option<BTreeSet<ChunkId>>,
    ) -> Result<bool, Broken> {
        let taken = match (opened, inside) {
            (None, _) => return Ok(false),
            (Some(Ok(taken)), Some(inside)) => {
                let held = self.devices[number].store.view(space).chunks;
                if let Some(lacking) = inside.iter().find(|id| !held.contains_key(id)) {
                    return Err(Promise::File.broken(format!("device {number} did not take {lacking} out of a file")));
                }
                taken
            }
            (Some(Ok(_)), None) => {
                return Err(Promise::File.broken(format!("device {number} took what is damaged or not for it")));
            }
            (Some(Err(error)), None) if error.code().starts_with("file_") || error.code() == "app_too_old" => {
                self.tell(format_args!("device {number} refuses a file: {}", error.code()));
                return Ok(false);
            }
            (Some(Err(error)), _) => return Err(error.into()),
        };
        self.story.files += 1;
        self.tell(format_args!("device {number} takes {} new chunks out of a file", taken.new_chunks));
        Ok(taken.new_chunks > 0)
    }

    /// A hash of all that a device keeps.
    fn content_of(&self, number: usize) -> Digest {
        let device = &self.devices[number];
        let mut hasher = blake3::Hasher::new();
        for space in device.identity.keys.keys() {
            let view = device.store.view(*space);
            for id in view.chunks.keys().chain(&view.quarantine) {
                hasher.update(&id.0);
            }
            for (doc, hash) in &view.changes {
                hasher.update(&doc.0).update(hash);
            }
            for (doc, saved) in &view.docs {
                hasher.update(&doc.0).update(saved);
            }
        }
        *hasher.finalize().as_bytes()
    }

    /// What relays have told a device by name only: that these are there it knows, however they come.
    fn noted<'a>(
        &mut self,
        number: usize,
        space: SpaceId,
        ids: impl Iterator<Item = &'a ChunkId>,
    ) -> Result<BTreeSet<(ChunkId, u64)>, Broken> {
        let store = &mut self.devices[number].store;
        let mut noted = BTreeSet::new();
        for id in ids {
            noted.extend(store.transact(space, |rows| rows.told_by(id))?.into_iter().map(|(_, seq)| (*id, seq)));
        }
        Ok(noted)
    }

    fn arrivals_of(&self, number: usize, noted: &BTreeSet<(ChunkId, u64)>) -> Vec<Vec<(ChunkId, u64)>> {
        let device = &self.devices[number];
        let relays = device.relays.iter().map(|relay| *relay as i64 + 1);
        let all = relays.flat_map(|relay| device.identity.keys.keys().map(move |s| device.store.arrivals(relay, *s)));
        all.map(|of| of.into_iter().filter(|known| !noted.contains(known)).collect()).collect()
    }
}

/// The chunks in a file, if it is whole.
fn chunks_of(bytes: &[u8]) -> Option<BTreeSet<ChunkId>> {
    let mut reader = Reader::new();
    let chunks = reader.push(bytes).ok()?;
    reader.finish().ok()?;
    Some(chunks.iter().map(|chunk| chunk.id()).collect())
}
