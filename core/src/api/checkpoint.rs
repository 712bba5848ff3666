//! Checkpoints on their way: begun from by a device that is new, filled in and left for others when
//! there is time.

use serde::Serialize;
use ts_rs::TS;
use tungnha_protocol::chunk::MAX_PLAINTEXT;
use tungnha_protocol::wire::code;

use super::exchange::SyncReport;
use super::{Api, Nothing};
use crate::domain::SpaceId;
use crate::error::Result;
use crate::store::checkpoints;
use crate::store::relays::{self, Relay};
use crate::sync::fill::Filling;
use crate::sync::http;
use crate::sync::leave::Whole;
use crate::sync::start::Start;

/// What `checkpoint_leave` has left at each relay.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct CheckpointsLeft {
    /// Relays that have it now.
    pub relays: u32,
    /// Pages, each a request.
    pub pages: u32,
    /// Their bytes.
    pub bytes: u32,
}

/// What `checkpoint_fill` has fetched.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct Filled {
    /// Exchanges with relays.
    pub exchanges: u32,
    /// Bytes of answers, without HTTP headers.
    pub bytes_down: u32,
}

/// Begins from a relay's newest checkpoint, if nothing of the notebook is here yet, or goes on with it.
pub(super) fn begin(
    api: &Api,
    space: SpaceId,
    relay: &Relay,
    report: &mut SyncReport,
    then: &mut dyn FnMut() -> Result<()>,
) -> Result<()> {
    let mut start = Start::new(relay.n, space);
    loop {
        let Some(request) = start.request(&mut *api.notebook())? else { return Ok(()) };
        report.bytes_up += request.len() as u32;
        let answer = match http::post(&relay.url, "/v1/checkpoint", Some(&relay.token), request) {
            // An older relay has none for anybody.
            Err(error) if matches!(error.code(), code::NO_CHECKPOINT | code::NOT_FOUND) => {
                start.give_up(&mut *api.notebook())?;
                return Ok(());
            }
            answer => answer?,
        };
        report.bytes_down += answer.len() as u32;
        report.exchanges += 1;
        let page = start.absorb(&mut *api.notebook(), &answer)?;
        report.received += page.received;
        report.households_changed += page.touched.households.len() as u32;
        api.tell_progress("sync", page.page as usize, page.pages as usize);
        api.tell_touched(&page.touched, &[]);
        then()?;
    }
}

/// Fetches one page of what is older than the checkpoint that this device began from. Whether there is
/// more.
pub(super) fn fill_page(api: &Api, space: SpaceId, relay: &Relay, filled: &mut Filled) -> Result<bool> {
    let _turn = api.exchange_turn();
    let mut filling = Filling::new(relay.n, space, api.page(relay.n));
    let Some(request) = filling.request(&mut *api.notebook())? else { return Ok(false) };
    let answer = http::post(&relay.url, "/v1/sync", Some(&relay.token), request);
    api.note_page(relay.n, answer.is_ok());
    let answer = answer?;
    filled.exchanges += 1;
    filled.bytes_down += answer.len() as u32;
    let (reached, end) = filling.absorb(&mut *api.notebook(), &answer)?;
    Ok(reached < end)
}

/// Whether it falls to this device to leave a checkpoint at a relay: everybody has brought the log
/// further, and one chunk in so many decides who is asked.
pub(super) fn is_due(api: &Api, space: SpaceId, relay: &Relay) -> Result<bool> {
    checkpoints::is_due(api.notebook().db(), relay.n, space)
}

/// Leaves a checkpoint of what is here at a relay, unless this device lacks anything or has something that
/// the relay lacks. The pages and bytes that it took.
pub(super) fn leave(api: &Api, space: SpaceId, relay: &Relay) -> Result<Option<(u32, u32)>> {
    let Some(whole) = Whole::gather(&mut *api.notebook(), relay.n, space)? else { return Ok(None) };
    // The notebook is free meanwhile: this takes seconds on a slow device.
    let Some(mut leaving) = whole.write(MAX_PLAINTEXT)? else { return Ok(None) };
    let mut bytes = 0;
    loop {
        let Some(request) = leaving.request(&mut *api.notebook())? else { break };
        bytes += request.len() as u32;
        http::post(&relay.url, "/v1/checkpoints", Some(&relay.token), request)?;
        leaving.kept();
    }
    api.notebook().write_aside(|db| checkpoints::note_left(db, relay.n, space, leaving.seq()))?;
    Ok(Some((leaving.pages() as u32, bytes)))
}

/// Leaves a checkpoint at every relay now.
pub(super) fn leave_now(api: &Api, _: Nothing) -> Result<CheckpointsLeft> {
    let space = api.notebook().space()?.id;
    let mut left = CheckpointsLeft::default();
    let all = relays::of_space(api.notebook().db(), space)?;
    for relay in &all {
        if let Some((pages, bytes)) = leave(api, space, relay)? {
            left.relays += 1;
            left.pages += pages;
            left.bytes += bytes;
        }
    }
    Ok(left)
}

/// Fetches all that is older than the checkpoint that this device began from.
pub(super) fn fill_now(api: &Api, _: Nothing) -> Result<Filled> {
    let space = api.notebook().space()?.id;
    let mut filled = Filled::default();
    let all = relays::of_space(api.notebook().db(), space)?;
    for relay in &all {
        while fill_page(api, space, relay, &mut filled)? {}
    }
    Ok(filled)
}
