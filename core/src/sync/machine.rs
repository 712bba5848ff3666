//! One exchange with a relay, without a network: what to say, and what the answer means.
//!
//! A device first sends what it wrote itself and reads the relay's log to the end; then
//! it knows what the relay lacks of what it carries for others, and sends that too.

use tungnha_protocol::chunk::Chunk;
use tungnha_protocol::frames::{Hello, MAX_PUSHES, PAGE, PullBody, Push, Request, Response, SpaceAnswer};
use tungnha_protocol::ids::SpaceId as WireSpace;
use tungnha_protocol::log::RollingHash;

use super::apply::take_in;
use super::seal::seal_waiting;
use crate::domain::SpaceId;
use crate::error::{Error, Result};
use crate::notebook::{Batch, Notebook, Touched};
use crate::store::{chunks, relays};

/// A running conversation with one relay about one space.
pub struct Exchange {
    relay: i64,
    space: SpaceId,
    /// The relay's log has been read to its end in this conversation.
    caught_up: bool,
}

/// What one answer has brought.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Own records that the relay has confirmed.
    pub sent: u32,
    /// Records of others that are new here.
    pub received: u32,
    /// Which documents changed.
    pub touched: Touched,
}

impl Exchange {
    /// Begins a conversation.
    pub fn new(relay: i64, space: SpaceId) -> Self {
        Self { relay, space, caught_up: false }
    }

    /// The next request; none when both sides have everything.
    pub fn request(&self, notebook: &mut Notebook) -> Result<Option<Vec<u8>>> {
        let (space, relay, caught_up) = (self.space, self.relay, self.caught_up);
        let (device, now) = (notebook.device().clone(), notebook.clock().now_ms());
        let (missing, place) = notebook.write_aside(|db| {
            seal_waiting(db, space, &device, now)?;
            Ok((relays::missing_at(db, relay, space, !caught_up)?, relays::cursor(db, relay, space)?))
        })?;
        if caught_up && missing.is_empty() {
            return Ok(None);
        }
        let request = Request {
            hellos: vec![Hello::at(WireSpace(*space.bytes()), place)],
            pushes: page(missing.into_iter().map(|(_, bytes)| bytes)),
        };
        Ok(Some(request.encode()))
    }

    /// Takes an answer in, as one transaction.
    pub fn absorb(&mut self, notebook: &mut Notebook, answer: &[u8]) -> Result<Progress> {
        let response = Response::decode(answer, 1).map_err(|e| Error::new("relay_answer", e.to_string()))?;
        let answer = response.spaces.into_iter().next().unwrap_or_default();
        if let Some(refusal) = answer.refused.iter().find(|r| r.id.is_none()) {
            return Err(Error::new("not_member", format!("the relay refuses this notebook: {:?}", refusal.code)));
        }
        self.caught_up = answer.more.is_none() && answer.rewind.is_none();
        let (relay, space) = (self.relay, self.space);
        let ((sent, received), touched) = notebook.write_in(space, "", |batch| absorb_space(batch, relay, answer))?;
        Ok(Progress { sent, received, touched })
    }
}

/// The first of these that fit a page, at least one.
fn page(missing: impl Iterator<Item = Vec<u8>>) -> Vec<Push> {
    let mut size = 0;
    let mut pushes = Vec::new();
    for bytes in missing.take(MAX_PUSHES) {
        size += bytes.len();
        if size > PAGE && !pushes.is_empty() {
            break;
        }
        pushes.push(Push { space_index: 0, bytes });
    }
    pushes
}

fn absorb_space(batch: &mut Batch<'_>, relay: i64, answer: SpaceAnswer) -> Result<(u32, u32)> {
    let (space, now) = (batch.space(), batch.at_ms());
    if answer.rewind.is_some() {
        relays::rewind(batch.db(), relay, space)?;
    }
    let mut sent = 0;
    for ack in &answer.acks {
        if let Some(row) = chunks::find(batch.db(), &ack.id)?
            && relays::arrived(batch.db(), relay, row, ack.seq, now)?
        {
            sent += chunks::records(batch.db(), row)?;
        }
    }
    for refused in &answer.refused {
        if let Some(row) = refused.id.map(|id| chunks::find(batch.db(), &id)).transpose()?.flatten() {
            relays::refused(batch.db(), relay, row, &format!("{:?}", refused.code), now)?;
        }
    }
    if answer.rewind.is_some() {
        return Ok((sent, 0));
    }
    let mut place = relays::cursor(batch.db(), relay, space)?;
    if let Some(welcome) = &answer.welcome {
        place = RollingHash::start(&welcome.incarnation);
    }
    let mut incoming = Vec::new();
    for pull in answer.pulls {
        let id = pull.id();
        let next = place.then(&id);
        if pull.seq != next.seq {
            return Err(Error::new("relay_answer", "the relay's log has a gap"));
        }
        place = next;
        keep(batch, relay, pull.seq, id, pull.body, &mut incoming)?;
    }
    relays::set_cursor(batch.db(), relay, space, place)?;
    let applied = if incoming.is_empty() { Default::default() } else { take_in(batch, incoming)? };
    Ok((sent, applied.changes))
}

/// Keeps one entry of the log: its chunk if it came, and that the relay has it.
fn keep(
    batch: &Batch<'_>,
    relay: i64,
    seq: u64,
    id: tungnha_protocol::ids::ChunkId,
    body: PullBody,
    incoming: &mut Vec<Vec<u8>>,
) -> Result<()> {
    let (db, space, now) = (batch.db(), batch.space(), batch.at_ms());
    let row = match body {
        PullBody::Id(_) => chunks::find(db, &id)?,
        PullBody::Bytes(bytes) => match Chunk::parse(bytes.clone()) {
            Ok(chunk) if chunk.header().space.0 == *space.bytes() => {
                let (row, new) = chunks::insert(db, space, &id, false, now, &bytes)?;
                if new {
                    incoming.push(bytes);
                }
                Some(row)
            }
            // A relay checks what it keeps; what it should not have kept is not carried on.
            _ => {
                chunks::quarantine(db, space, &id, &bytes, "not a chunk of this space", now)?;
                None
            }
        },
    };
    if let Some(row) = row {
        relays::arrived(db, relay, row, seq, now)?;
    }
    Ok(())
}
