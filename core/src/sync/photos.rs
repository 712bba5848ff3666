//! Fetching the photos that a relay has told by name only, one by one: each is asked for at its place in the log,
//! by a hello like any other. No network in here.
//!
//! So a record never waits behind a photo: between two of them whoever drives this looks whether a record was
//! written, and lets that go first.

use rusqlite::Connection;
use tungnha_protocol::Chunk;
use tungnha_protocol::frames::{Hello, PullBody, Request, Response};
use tungnha_protocol::ids::SpaceId as WireSpace;
use tungnha_protocol::photo;

use super::apply::take_in;
use super::machine::{keep, wrong};
use super::rows::{Memory, Rows, ToCome};
use crate::domain::{PhotoHash, SpaceId};
use crate::error::{Error, Result};
use crate::store::photos::{self, Kept};
use crate::store::{chunks, spaces};

/// The fetching of what one relay has told by name only.
pub struct Fetching {
    relay: i64,
    space: SpaceId,
    asked: Option<ToCome>,
}

impl Fetching {
    /// Goes on where it was left.
    pub fn new(relay: i64, space: SpaceId) -> Self {
        Self { relay, space, asked: None }
    }

    /// The next request; none when nothing is left to fetch.
    pub fn request(&mut self, memory: &mut impl Memory) -> Result<Option<Vec<u8>>> {
        let relay = self.relay;
        (self.asked, _) = memory.transact(self.space, |rows| rows.next_to_come(relay))?;
        let Some(ToCome { before, .. }) = self.asked else { return Ok(None) };
        // A page has one entry at least, and this one no more than that.
        let hello =
            Hello { max_bytes: Some(1), whole: Some(true), ..Hello::at(WireSpace(*self.space.bytes()), before) };
        Ok(Some(Request { hellos: vec![hello], ..Request::default() }.encode()))
    }

    /// Takes an answer in, as one transaction.
    pub fn absorb(&mut self, memory: &mut impl Memory, answer: &[u8]) -> Result<()> {
        let response = Response::decode(answer, 1).map_err(|e| wrong(&e.to_string()))?;
        let answer = response.spaces.into_iter().next().unwrap_or_default();
        let (relay, asked) = (self.relay, self.asked.take());
        let Some(ToCome { before, id }) = asked else { return Ok(()) };
        if let Some(refused) = answer.refused.first() {
            return Err(Error::new("not_member", format!("the relay refuses this notebook: {:?}", refused.code)));
        }
        let seq = before.seq + 1;
        let entry = answer.pulls.into_iter().next().filter(|pull| (pull.seq, pull.id()) == (seq, id));
        let taken = memory.transact(self.space, |rows| {
            // A file may have brought it meanwhile, or another relay.
            if !rows.told_by(&id)?.contains(&(relay, seq)) {
                return Ok(());
            }
            match entry.map(|pull| pull.body) {
                // Set back since: the log is read anew, and tells what there is to fetch.
                None => rows.rewind(relay),
                Some(PullBody::Redacted(_)) => rows.no_longer_to_come(relay, seq),
                Some(PullBody::Bytes(bytes)) => take(rows, relay, ToCome { before, id }, bytes),
                Some(PullBody::Id(_) | PullBody::Later(_)) => Err(wrong("it keeps back what was asked for")),
            }
        });
        taken.map(drop)
    }
}

fn take(rows: &mut dyn Rows, relay: i64, photo: ToCome, bytes: Vec<u8>) -> Result<()> {
    let (seq, mut incoming) = (photo.before.seq + 1, Vec::new());
    if let Some(row) = keep(rows, &photo.id, bytes, &mut incoming)? {
        rows.arrived(relay, row, seq)?;
    }
    rows.no_longer_to_come(relay, seq)?;
    if incoming.is_empty() { Ok(()) } else { take_in(rows, incoming).map(drop) }
}

/// A photo's JPEG, if it is here: what waits as it is, what travels in a chunk out of that.
pub fn jpeg(db: &Connection, space: SpaceId, hash: PhotoHash) -> Result<Option<Vec<u8>>> {
    let bytes = match photos::find(db, space, hash)? {
        None => return Ok(None),
        Some(Kept::Bytes(bytes)) => bytes,
        Some(Kept::Chunk(row)) => {
            let damaged = |what: String| Error::damaged(format!("photo: {what}"));
            let chunk = Chunk::parse(chunks::bytes(db, row)?).map_err(|e| damaged(e.to_string()))?;
            let keys = spaces::keys(db, space)?;
            let key = keys.iter().find(|key| key.id() == chunk.header().key_id);
            let plain = chunk.open(key.ok_or_else(|| damaged("no key opens it".to_owned()))?);
            photo::decode(&plain.map_err(|e| damaged(e.to_string()))?).map_err(|e| damaged(e.to_string()))?.to_vec()
        }
    };
    if photo::hash(&bytes) != hash.0 {
        return Err(Error::damaged("photo: not the one that its visit shows"));
    }
    Ok(Some(bytes))
}
