//! Beginning from a checkpoint: what to ask a relay for, and what its answers mean. No network in here.
//!
//! Pages are kept as they come, so that a line that breaks costs a page. When the last one is in, the
//! device stands in the relay's log where the checkpoint says, fetches what came after as always, and
//! the older entries later ([`super::fill`]).

use tungnha_protocol::checkpoint::Reader;
use tungnha_protocol::chunk::{Chunk, Kind};
use tungnha_protocol::ids::SpaceId as WireSpace;
use tungnha_protocol::log::RollingHash;
use tungnha_protocol::wire::{Body, CheckpointPage, GetCheckpoint};

use super::apply;
use super::checkpoint::take_page;
use super::rows::{Fill, Memory, Rows};
use crate::domain::SpaceId;
use crate::error::{Error, Result};
use crate::notebook::Touched;

/// The fetching of one space's checkpoint from one relay.
pub struct Start {
    relay: i64,
    space: SpaceId,
    /// Has read the pages that are here; none before that, or after a page that could not be used.
    reader: Option<Reader>,
    over: bool,
}

/// What one page has brought.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Records that are new here.
    pub received: u32,
    /// How many pages are here …
    pub page: u32,
    /// … of how many.
    pub pages: u32,
    /// Which documents changed.
    pub touched: Touched,
}

impl Start {
    /// Begins, or goes on with what was begun.
    pub fn new(relay: i64, space: SpaceId) -> Self {
        Self { relay, space, reader: None, over: false }
    }

    /// The next request; none when this device has begun otherwise, or has all of it.
    pub fn request(&mut self, memory: &mut impl Memory) -> Result<Option<Vec<u8>>> {
        if self.over {
            return Ok(None);
        }
        let (relay, space) = (self.relay, WireSpace(*self.space.bytes()));
        let (next, _) = memory.transact(self.space, |rows| {
            let pages = rows.pages(relay)?;
            if pages.is_empty() && !rows.is_empty()? {
                return Ok(None);
            }
            if self.reader.is_none() {
                self.reader = Some(read_again(rows, &pages)?);
            }
            let seq = pages.first().map(|page| page.seq);
            Ok(Some(GetCheckpoint { space, page: pages.len() as u32, seq }.to_bytes()))
        })?;
        self.over = next.is_none();
        Ok(next)
    }

    /// Takes a page in, as one transaction.
    pub fn absorb(&mut self, memory: &mut impl Memory, answer: &[u8]) -> Result<Page> {
        let page = CheckpointPage::from_bytes(answer).map_err(|e| Error::new("relay_answer", e.to_string()))?;
        let (relay, reader) = (self.relay, self.reader.take());
        let taken = memory.transact(self.space, |rows| {
            let mut reader = reader.ok_or_else(|| Error::new("internal", "nothing was asked"))?;
            let received = take(rows, relay, &mut reader, &page)?;
            Ok((received, reader))
        });
        let ((received, reader), touched) = match taken {
            // A checkpoint that cannot be used only costs its bytes: the log has everything.
            Err(error) if error.code() == "damaged" => {
                self.give_up(memory)?;
                return Ok(Page::default());
            }
            taken => taken?,
        };
        self.reader = Some(reader);
        self.over = page.page + 1 == page.pages;
        Ok(Page { received, page: page.page + 1, pages: page.pages, touched })
    }

    /// The relay has no checkpoint, or no longer the one that was begun: the log has everything.
    pub fn give_up(&mut self, memory: &mut impl Memory) -> Result<()> {
        let relay = self.relay;
        self.over = true;
        memory.transact(self.space, |rows| rows.drop_pages(relay)).map(drop)
    }
}

/// A reader that has read these pages.
fn read_again(rows: &dyn Rows, pages: &[CheckpointPage]) -> Result<Reader> {
    let mut reader = Reader::new(WireSpace(*rows.space().bytes()));
    for page in pages {
        reader.read(&open(rows, page)?).map_err(|e| Error::damaged(e.to_string()))?;
    }
    Ok(reader)
}

fn take(rows: &mut dyn Rows, relay: i64, reader: &mut Reader, page: &CheckpointPage) -> Result<u32> {
    let here = rows.pages(relay)?;
    let of_the_same =
        here.first().is_none_or(|first| (first.seq, first.hash, first.pages) == (page.seq, page.hash, page.pages));
    if !of_the_same || page.page as usize != here.len() {
        return Err(Error::damaged("a page of another checkpoint"));
    }
    let plain = open(rows, page)?;
    let taken = take_page(rows, reader, &plain)?;
    if (taken.page, taken.pages) != (u64::from(page.page), u64::from(page.pages)) {
        return Err(Error::damaged("a page out of its place"));
    }
    if page.page + 1 < page.pages {
        rows.keep_page(relay, page)?;
        return Ok(taken.changes);
    }
    let place = RollingHash { seq: page.seq, hash: page.hash };
    rows.drop_pages(relay)?;
    rows.set_place(relay, place)?;
    rows.set_fill(relay, Some(Fill { reached: RollingHash::NONE, end: place }))?;
    // What waited for something that the checkpoint brought is tried again.
    Ok(taken.changes + apply::take_in(rows, Vec::new())?)
}

fn open(rows: &dyn Rows, page: &CheckpointPage) -> Result<Vec<u8>> {
    let chunk = Chunk::parse(page.chunk.clone()).map_err(|e| Error::damaged(e.to_string()))?;
    let ours = chunk.header().space.0 == *rows.space().bytes() && chunk.header().kind == Kind::Checkpoint;
    let keys = rows.keys()?;
    let key = keys.iter().find(|key| ours && key.id() == chunk.header().key_id);
    let key = key.ok_or_else(|| Error::damaged("no page of this space's checkpoint"))?;
    chunk.open(key).map_err(|e| Error::damaged(e.to_string()))
}
