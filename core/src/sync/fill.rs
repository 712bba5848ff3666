//! Fetching the older entries of a log whose place came with a checkpoint, bit by bit in the
//! background: with them this device, too, can refill a relay.

use tungnha_protocol::frames::{Hello, Request, Response};
use tungnha_protocol::ids::SpaceId as WireSpace;
use tungnha_protocol::log::RollingHash;

use super::machine::{Reading, wrong};
use super::rows::{Fill, Memory, Rows};
use crate::domain::SpaceId;
use crate::error::Result;

/// The fetching of what one relay's log has before a checkpoint.
pub struct Filling {
    relay: i64,
    space: SpaceId,
    page: usize,
    reading: Reading,
}

impl Filling {
    /// Goes on where it was left, in pages of at most so many bytes.
    pub fn new(relay: i64, space: SpaceId, page: usize) -> Self {
        Self { relay, space, page, reading: Reading::default() }
    }

    /// The next request; none when nothing is left to fetch.
    pub fn request(&mut self, memory: &mut impl Memory) -> Result<Option<Vec<u8>>> {
        let relay = self.relay;
        let (fill, _) = memory.transact(self.space, |rows| rows.fill(relay))?;
        let Some(Fill { reached, .. }) = fill else { return Ok(None) };
        let hello = Hello {
            max_bytes: Some(self.page as u32),
            whole: Some(true),
            later: Some(true),
            ..Hello::at(WireSpace(*self.space.bytes()), reached)
        };
        Ok(Some(Request { hellos: vec![hello], ..Request::default() }.encode()))
    }

    /// Takes an answer in, as one transaction. How far the log is filled, and where that ends.
    pub fn absorb(&mut self, memory: &mut impl Memory, answer: &[u8]) -> Result<(u64, u64)> {
        let response = Response::decode(answer, 1).map_err(|e| wrong(&e.to_string()))?;
        let answer = response.spaces.into_iter().next().unwrap_or_default();
        let (relay, reading) = (self.relay, &mut self.reading);
        let (reached, _) = memory.transact(self.space, |rows| {
            let Some(fill) = rows.fill(relay)? else { return Ok((0, 0)) };
            if answer.rewind.is_some() {
                return begin_again(rows, relay);
            }
            let ends_here = answer.more.is_none();
            let start = answer.welcome.map_or(fill.reached, |welcome| RollingHash::start(&welcome.incarnation));
            let older = answer.pulls.into_iter().take_while(|pull| pull.seq <= fill.end.seq).collect();
            let (reached, _) = reading.read_on(rows, relay, start, older)?;
            if reached == fill.end {
                rows.set_fill(relay, None)?;
            } else if reached.seq >= fill.end.seq {
                return begin_again(rows, relay);
            } else if reached == fill.reached && ends_here {
                // Shorter than it was when the checkpoint was left: the relay was set back.
                return begin_again(rows, relay);
            } else if reached == fill.reached {
                return Err(wrong("it keeps back what comes next"));
            } else {
                rows.set_fill(relay, Some(Fill { reached, end: fill.end }))?;
            }
            Ok((reached.seq, fill.end.seq))
        })?;
        Ok(reached)
    }
}

/// The log is not the one in which the checkpoint stood: it is read anew from its beginning.
fn begin_again(rows: &mut dyn Rows, relay: i64) -> Result<(u64, u64)> {
    rows.rewind(relay)?;
    Ok((0, 0))
}
