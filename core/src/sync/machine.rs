//! One exchange with a relay, without a network: what to say, and what the answer means.
//!
//! What a device wrote itself it pushes; what it carries for others it offers, and pushes what the
//! relay wants. A relay that it never met, or whose log is another one now, is offered everything: one
//! answer then tells what each side lacks.
//!
//! A photo never stands before a record. It is pushed, or offered, when the log has been read to its end and
//! the relay has every record of this device; and the relay tells photos by name only, which the device notes
//! and fetches afterwards ([`super::photos`]).

use std::collections::{BTreeMap, BTreeSet};

use tungnha_protocol::chunk::Chunk;
use tungnha_protocol::frames::{
    Hello, MAX_OFFERED, MAX_PUSHES, Offer, PAGE, Pull, PullBody, Push, Refusal, Refused, Request, Response, SpaceAnswer,
};
use tungnha_protocol::ids::{ChunkId, Fingerprint, SpaceId as WireSpace};
use tungnha_protocol::log::RollingHash;

use super::apply::{self, take_in};
use super::checkpoint::adopt_unfilled;
use super::rows::{Held, Memory, Rows, ToCome};
use super::seal::{seal_photos, seal_waiting};
use crate::domain::SpaceId;
use crate::error::{Error, Result};
use crate::notebook::Touched;

/// A running conversation with one relay, about one or more spaces.
pub struct Exchange {
    relay: i64,
    /// How many bytes of chunks one request carries, and asks for, at most.
    page: usize,
    /// Photos are brought, too.
    photos: bool,
    talks: Vec<Talk>,
    /// Which talks the last request was about, in the order of its hellos.
    asked: Vec<usize>,
}

/// The conversation about one space.
struct Talk {
    space: SpaceId,
    /// The relay's log has been read to its end.
    caught_up: bool,
    /// The relay is to send everything that was not offered: it may take this device to have what it
    /// has not.
    whole: bool,
    reading: Reading,
    /// What the last request offered.
    offered: BTreeMap<Fingerprint, ChunkId>,
    /// What the relay wants of that.
    wanted: BTreeSet<ChunkId>,
    /// Offered when the log had been read, and neither in it nor wanted: not offered again.
    settled: BTreeSet<ChunkId>,
    /// Why the relay takes nothing of this space, or nothing more for now.
    denied: Option<Refusal>,
    /// The relay does not talk about this space.
    over: bool,
}

/// What one answer has brought.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Records that the relay has confirmed.
    pub sent: u32,
    /// Records of others that are new here.
    pub received: u32,
    /// How many entries of the relay's logs have been read by now …
    pub reached: u64,
    /// … of how many.
    pub end: u64,
    /// Which documents changed.
    pub touched: Touched,
}

impl Exchange {
    /// Begins a conversation, in pages of at most so many bytes of chunks ([`PAGE`] and no more).
    pub fn new(relay: i64, spaces: impl IntoIterator<Item = SpaceId>, page: usize) -> Self {
        let page = page.min(PAGE);
        Self { relay, page, photos: true, talks: spaces.into_iter().map(Talk::new).collect(), asked: Vec::new() }
    }

    /// The same, without bringing photos: the connection costs, and nobody has asked for them.
    #[must_use]
    pub fn without_photos(self) -> Self {
        Self { photos: false, ..self }
    }

    /// The next request; none when both sides have everything.
    pub fn request(&mut self, memory: &mut impl Memory) -> Result<Option<Vec<u8>>> {
        let (mut request, mut room) = (Request::default(), Room { bytes: self.page, any: false, offers: MAX_OFFERED });
        self.asked.clear();
        let photos = self.photos && self.talks.iter().all(|talk| talk.caught_up || talk.over);
        for (index, talk) in self.talks.iter_mut().enumerate() {
            let relay = self.relay;
            let (said, _) = memory.transact(talk.space, |rows| talk.say(rows, relay, photos, &mut room))?;
            let Some((mut hello, pushes, chunks)) = said else { continue };
            hello.max_bytes = (self.page < PAGE).then_some(self.page as u32);
            let space_index = self.asked.len() as u32;
            self.asked.push(index);
            request.hellos.push(hello);
            request.pushes.extend(pushes.into_iter().map(|bytes| Push { space_index, bytes }));
            if !chunks.is_empty() {
                request.offers.push(Offer { space_index, chunks });
            }
        }
        Ok((!request.hellos.is_empty()).then(|| request.encode()))
    }

    /// The spaces of which the relay takes nothing, or nothing more for now, and why. The others have been talked
    /// about to the end all the same.
    pub fn denied(&self) -> impl Iterator<Item = (SpaceId, Refusal)> + '_ {
        self.talks.iter().filter_map(|talk| Some((talk.space, talk.denied?)))
    }

    /// Takes an answer in, as one transaction for each space.
    pub fn absorb(&mut self, memory: &mut impl Memory, answer: &[u8]) -> Result<Progress> {
        let response = Response::decode(answer, self.asked.len()).map_err(|e| wrong(&e.to_string()))?;
        let mut progress = Progress::default();
        let gets_on = response.spaces.iter().any(|answer| !answer.pulls.is_empty());
        for (index, answer) in self.asked.iter().zip(response.spaces) {
            let Some(talk) = self.talks.get_mut(*index) else { continue };
            let relay = self.relay;
            let (heard, touched) = memory.transact(talk.space, |rows| talk.hear(rows, relay, answer, gets_on))?;
            progress.sent += heard.sent;
            progress.received += heard.received;
            progress.reached += heard.reached;
            progress.end += heard.end;
            progress.touched.households.extend(touched.households);
            progress.touched.space |= touched.space;
        }
        Ok(progress)
    }
}

/// What still fits into a request.
struct Room {
    bytes: usize,
    /// Something is in it; the first push always fits.
    any: bool,
    offers: usize,
}

impl Room {
    fn takes(&mut self, bytes: usize) -> bool {
        if self.any && bytes > self.bytes {
            return false;
        }
        self.bytes = self.bytes.saturating_sub(bytes);
        self.any = true;
        true
    }
}

type Said = (Hello, Vec<Vec<u8>>, Vec<Fingerprint>);

impl Talk {
    fn new(space: SpaceId) -> Self {
        Self {
            space,
            caught_up: false,
            whole: false,
            reading: Reading::default(),
            offered: BTreeMap::new(),
            wanted: BTreeSet::new(),
            settled: BTreeSet::new(),
            denied: None,
            over: false,
        }
    }

    /// What to say about this space; nothing when both sides have everything.
    fn say(&mut self, rows: &mut dyn Rows, relay: i64, photos: bool, room: &mut Room) -> Result<Option<Said>> {
        if self.over {
            return Ok(None);
        }
        if self.caught_up && !rows.is_filling(relay)? {
            // What came in a checkpoint, and in no chunk of this relay, has to reach it all the same.
            adopt_unfilled(rows)?;
        }
        seal_waiting(rows)?;
        let place = rows.place(relay)?;
        let met = place != RollingHash::NONE;
        let mut missing = self.missing(rows, relay)?;
        if photos && !missing.iter().any(|held| !held.photo) {
            seal_photos(rows)?;
            missing = self.missing(rows, relay)?;
        } else {
            missing.retain(|held| !held.photo);
        }
        if self.caught_up && missing.is_empty() {
            return Ok(None);
        }
        let (mut pushes, mut full) = (Vec::new(), false);
        self.offered.clear();
        for held in missing {
            if !full && self.denied.is_none() && ((met && held.own) || self.wanted.contains(&held.id)) {
                let bytes = rows.bytes(held.row)?;
                full = pushes.len() == MAX_PUSHES || !room.takes(bytes.len());
                if !full {
                    pushes.push(bytes);
                    continue;
                }
            }
            let fingerprint = held.id.fingerprint();
            if self.offered.len() < room.offers && !self.reading.lacking.contains(&fingerprint) {
                self.offered.insert(fingerprint, held.id);
            }
        }
        room.offers -= self.offered.len();
        self.whole = !met || !self.reading.lacking.is_empty() || (self.whole && !self.caught_up);
        let whole = self.whole.then_some(true);
        let hello = Hello { whole, later: Some(true), ..Hello::at(WireSpace(*self.space.bytes()), place) };
        Ok(Some((hello, pushes, self.offered.keys().copied().collect())))
    }

    fn missing(&self, rows: &dyn Rows, relay: i64) -> Result<Vec<Held>> {
        Ok(rows.missing_at(relay)?.into_iter().filter(|held| !self.settled.contains(&held.id)).collect())
    }

    /// Takes in what a relay answers. `gets_on`: some entries came, if only of another space, with which
    /// this one shares its page.
    fn hear(&mut self, rows: &mut dyn Rows, relay: i64, answer: SpaceAnswer, gets_on: bool) -> Result<Progress> {
        if let Some(refused) = answer.refused.iter().find(|refused| refused.id.is_none()) {
            (self.denied, self.over) = (Some(refused.code), true);
            return Ok(Progress::default());
        }
        let from = rows.place(relay)?;
        if answer.rewind.is_some() {
            if from == RollingHash::NONE {
                return Err(wrong("it sends a device back to the start that stands there"));
            }
            rows.rewind(relay)?;
        }
        let mut sent = 0;
        for ack in &answer.acks {
            if let Some(row) = rows.find(&ack.id)?
                && rows.arrived(relay, row, ack.seq)?
            {
                sent += rows.records(row)?;
            }
        }
        for refused in &answer.refused {
            self.note_refused(rows, relay, refused)?;
        }
        self.wanted = answer.wants.iter().filter_map(|wanted| self.offered.get(wanted)).copied().collect();
        self.caught_up = false;
        if answer.rewind.is_some() {
            return Ok(Progress { sent, ..Progress::default() });
        }
        let start = answer.welcome.map_or(from, |welcome| RollingHash::start(&welcome.incarnation));
        let (place, received) = self.reading.read_on(rows, relay, start, answer.pulls)?;
        let behind = answer.more.is_some() || !self.reading.lacking.is_empty();
        let stuck = if self.reading.lacking.is_empty() { !gets_on } else { self.whole };
        if behind && place == from && stuck {
            return Err(wrong("it keeps back what comes next"));
        }
        rows.set_place(relay, place)?;
        self.caught_up = !behind;
        if self.caught_up {
            rows.ends_at(relay, place.seq)?;
            let unwanted = self.offered.values().filter(|id| !self.wanted.contains(id));
            self.settled.extend(unwanted);
        }
        let (reached, end) = (place.seq, answer.more.unwrap_or(place.seq));
        Ok(Progress { sent, received, reached, end, touched: Touched::default() })
    }

    /// The memory knows for how long a chunk that was refused is not brought again.
    fn note_refused(&mut self, rows: &mut dyn Rows, relay: i64, refused: &Refused) -> Result<()> {
        if refused.code == Refusal::Full {
            self.denied = Some(refused.code);
        }
        match refused.id.map(|id| rows.find(&id)).transpose()?.flatten() {
            Some(row) => rows.refused(relay, row, &format!("{:?}", refused.code)),
            None => Ok(()),
        }
    }
}

/// The reading of a log.
#[derive(Default)]
pub(super) struct Reading {
    /// Entries that came without bytes and are not here: the relay took them to be.
    lacking: BTreeSet<Fingerprint>,
}

impl Reading {
    /// Keeps and applies the next entries. The place reached, and how many records are new.
    pub(super) fn read_on(
        &mut self,
        rows: &mut dyn Rows,
        relay: i64,
        mut place: RollingHash,
        pulls: Vec<Pull>,
    ) -> Result<(RollingHash, u32)> {
        self.lacking.clear();
        let (mut seq, mut incoming) = (place.seq, Vec::new());
        for pull in pulls {
            seq += 1;
            if pull.seq != seq {
                return Err(wrong("its log has a gap"));
            }
            let id = pull.id();
            let bare = matches!(pull.body, PullBody::Id(_));
            let here = match pull.body {
                PullBody::Bytes(bytes) => keep(rows, &id, bytes, &mut incoming)?,
                PullBody::Id(_) => rows.find(&id)?,
                PullBody::Redacted(_) => None,
                PullBody::Later(_) => self.note_later(rows, relay, place, &id)?,
            };
            if let Some(row) = here {
                rows.arrived(relay, row, seq)?;
            }
            if bare && here.is_none() {
                self.lacking.insert(id.fingerprint());
            }
            // The place never passes an entry that is not here.
            if self.lacking.is_empty() {
                place = place.then(&id);
            }
        }
        let received = if incoming.is_empty() { 0 } else { take_in(rows, incoming)? };
        Ok((place, received))
    }

    /// A photo that the relay told by name: its row if it is here, else where it stands is noted, unless the
    /// place does not pass it yet.
    fn note_later(&self, rows: &mut dyn Rows, relay: i64, before: RollingHash, id: &ChunkId) -> Result<Option<i64>> {
        let here = rows.find(id)?;
        if here.is_none() && self.lacking.is_empty() {
            rows.note_to_come(relay, ToCome { before, id: *id })?;
        }
        Ok(here)
    }
}

/// Keeps a chunk that came. Its row, unless it is none that this space's log may have.
pub(super) fn keep(
    rows: &mut dyn Rows,
    id: &ChunkId,
    bytes: Vec<u8>,
    incoming: &mut Vec<Vec<u8>>,
) -> Result<Option<i64>> {
    match Chunk::parse(bytes.clone()) {
        Ok(chunk) if chunk.header().space.0 == *rows.space().bytes() => {
            let (row, new) = apply::keep(rows, &chunk)?;
            if new {
                incoming.push(bytes);
            }
            Ok(Some(row))
        }
        // A relay checks what it keeps; what it should not have kept is not carried on.
        _ => {
            rows.quarantine(id, &bytes, "not a chunk of this space")?;
            Ok(None)
        }
    }
}

pub(super) fn wrong(what: &str) -> Error {
    Error::new("relay_answer", format!("the relay's answer is wrong: {what}"))
}
