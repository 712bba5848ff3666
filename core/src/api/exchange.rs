//! *Gửi và nhận*: relays, invites, and what is where.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use tungnha_protocol::frames::Refusal;
use tungnha_protocol::ids::SpaceId as WireSpace;
use tungnha_protocol::invite::Envelope;
use tungnha_protocol::pass::Pass;
use tungnha_protocol::wire::{Body, CreateSpace, Join, Joined, Registration, SpaceCreated, code};
use tungnha_protocol::{RelayUrl, TicketError, invite, random_bytes};

use super::by_itself::Note;
use super::{Api, Kind, Nothing, checkpoint, office, station};
use crate::domain::{MemberId, SpaceId};
use crate::error::{Error, Result};
use crate::notebook::{Batch, Notebook};
use crate::projection::{space, sync};
use crate::store::relays::{self, Outcome, Relay, Way};
use crate::store::spaces::Space;
use crate::store::stations::{self, Visited};
use crate::store::{self, changes, chunks, drafts, photos, spaces};
use crate::sync::apply::take_in;
use crate::sync::http;
use crate::sync::machine::Exchange;
use crate::sync::pace::Happened;
use crate::sync::photos::Fetching;

/// What waits, what arrived, and where.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SyncStatus {
    /// Unfinished forms on this device.
    pub drafts: u32,
    /// Records that no relay has yet.
    pub waiting: u32,
    /// The oldest of them.
    #[ts(type = "number | null")]
    pub waiting_since_ms: Option<i64>,
    /// Whose they are.
    pub waiting_by: Vec<WaitingBy>,
    /// Records that a relay has.
    pub arrived: u32,
    /// Photos that no relay has yet. They go when all records have.
    pub photos_waiting: u32,
    /// Photos of others that have not come to this device yet.
    pub photos_to_come: u32,
    /// Photos wait until there is Wi-Fi, or somebody asks: the connection is metered.
    pub photos_wait_for_wifi: bool,
    /// Received bytes that could not be opened or applied yet. They are kept.
    pub quarantined: u32,
    /// When a record was seen that this device has signed and not written, in milliseconds since 1970:
    /// its folder was copied to another device, or set back.
    #[ts(type = "number | null")]
    pub double_at_ms: Option<i64>,
    /// The team's relays.
    pub relays: Vec<RelayView>,
    /// Nothing is sent without being asked until there is Wi-Fi: the person wants it so, and the
    /// connection is metered.
    pub waits_for_wifi: bool,
    /// Devices of the team that served a room to this one, latest first.
    pub stations: Vec<StationView>,
}

/// A device of the team that served a room to this one.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StationView {
    /// The full name of whoever uses it.
    pub name: String,
    /// The last exchange that went through.
    #[ts(type = "number | null")]
    pub last_sync_ms: Option<i64>,
    /// Records that it has and no relay yet.
    pub records: u32,
}

/// How many records of one member wait.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WaitingBy {
    /// The member's name.
    pub name: String,
    /// How many.
    pub records: u32,
}

/// A relay of the team.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RelayView {
    /// Its address.
    pub url: String,
    /// The last exchange that went through.
    #[ts(type = "number | null")]
    pub last_sync_ms: Option<i64>,
    /// What went wrong since, as an error's code.
    pub error: Option<String>,
}

/// What one `sync_now` did.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct SyncReport {
    /// Exchanges with relays.
    pub exchanges: u32,
    /// Records sent and confirmed.
    pub sent: u32,
    /// Records received.
    pub received: u32,
    /// Households that changed by it.
    pub households_changed: u32,
    /// Fields that are crossed now.
    pub conflicts: u32,
    /// Bytes of requests, without HTTP headers.
    pub bytes_up: u32,
    /// Bytes of answers, without HTTP headers.
    pub bytes_down: u32,
}

/// Arguments of `relay_connect`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RelayConnect {
    /// The relay pass, as its operator gave it; or an invite of one's own team, for a relay that does not
    /// know this device.
    pub pass: String,
}

/// What waits, what arrived, and where.
pub(super) fn status(api: &Api, _: Nothing) -> Result<SyncStatus> {
    let waits_for_wifi = super::network::waits_for_wifi(api)?;
    let photos_wait_for_wifi = super::network::is_metered(api);
    let notebook = api.notebook();
    let open = notebook.space()?.id;
    let db = notebook.db();
    let names = space::author_names(db, open)?;
    let waiting = sync::waiting_by(db, open)?;
    let name_of =
        |author: Option<MemberId>| author.and_then(|id| names.get(&id.to_string()).cloned()).unwrap_or_default();
    Ok(SyncStatus {
        drafts: drafts::count(db, open)?,
        waiting: waiting.iter().map(|w| w.records).sum(),
        waiting_since_ms: waiting.iter().map(|w| w.since_ms).filter(|since| *since > 0).min(),
        waiting_by: waiting.iter().map(|w| WaitingBy { name: name_of(w.author), records: w.records }).collect(),
        arrived: sync::arrived(db, open)?,
        photos_waiting: photos::waiting(db, open)?,
        photos_to_come: photos::to_come(db, open)?,
        photos_wait_for_wifi,
        quarantined: chunks::quarantined_count(db, open)?,
        double_at_ms: store::setting(db, store::DOUBLE)?.and_then(|at| Some(i64::from_be_bytes(at.try_into().ok()?))),
        relays: relays::outcomes(db, open)?
            .into_iter()
            .map(|Outcome { url, last_sync_ms, error }| RelayView { url, last_sync_ms, error })
            .collect(),
        waits_for_wifi,
        stations: stations::visited(db, open)?
            .into_iter()
            .map(|Visited { name, last_sync_ms, records }| StationView { name, last_sync_ms, records })
            .collect(),
    })
}

/// Takes the notice off that this notebook is on two devices; the next such record brings it back.
pub(super) fn double_seen(api: &Api, _: Nothing) -> Result<SyncStatus> {
    api.notebook().write_aside(|db| store::delete_setting(db, store::DOUBLE))?;
    status(api, Nothing {})
}

/// The open notebook, if it may be sent anywhere.
pub(super) fn not_practice(notebook: &Notebook) -> Result<Space> {
    let open = notebook.space()?;
    if open.practice {
        return Err(Error::new("practice_stays", "the practice notebook is not sent anywhere"));
    }
    Ok(open)
}

/// Sends and receives now, with every relay that keeps a notebook of this device.
pub(super) fn sync_now(api: &Api, _: Nothing) -> Result<SyncReport> {
    not_practice(&api.notebook())?;
    let mut report = SyncReport::default();
    // What an office lists is taken up as soon as its list is here.
    let failed = loop {
        let all = ways(api)?;
        if all.is_empty() {
            return Err(Error::new("no_relay", "the team has no relay yet"));
        }
        let outcome = sync_with(api, &all, Photos::All, &mut report, &mut || Ok(()));
        if outcome.is_err() || !office::follow(api)? {
            break outcome;
        }
    };
    failed.map(|()| report)
}

/// The relays of all notebooks of this device that may be sent anywhere.
pub(super) fn ways(api: &Api) -> Result<Vec<Way>> {
    let notebook = api.notebook();
    relays::ways(notebook.db(), &spaces::real(notebook.db())?)
}

/// The way of one notebook to one relay.
pub(super) fn one_way(relay: Relay, space: SpaceId) -> [Way; 1] {
    [Way { relay, spaces: vec![space] }]
}

/// What becomes of photos in an exchange; records go first in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Photos {
    /// None is sent or fetched: the connection costs, or somebody waits for the records.
    None,
    /// What is here is sent; what is to come is fetched bit by bit afterwards.
    Sent,
    /// All are sent and fetched.
    All,
}

/// Exchanges with some relays, one exchange at a time on this device, and notes how each went with each notebook;
/// `then` is run whenever something may have come. Fails with what failed first; the rest has been done all the same.
pub(super) fn sync_with(
    api: &Api,
    all: &[Way],
    photos: Photos,
    report: &mut SyncReport,
    then: &mut dyn FnMut() -> Result<()>,
) -> Result<()> {
    let _turn = api.exchange_turn();
    let mut failed = None;
    for Way { relay, spaces } in all {
        api.note(Note::Exchange(relay.n, Happened::Begun));
        let outcome = exchange_all(api, relay, spaces, photos, report, then);
        let (refused, broken) = match outcome {
            Ok(refused) => (refused, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        // The relay that refuses one of many notebooks is a relay that answers.
        let first = refused.first().filter(|_| refused.len() == spaces.len()).map(|(_, error)| error.code());
        let happened = broken.as_ref().map(Error::code).or(first).map_or(Happened::WentThrough, Happened::Failed);
        api.note(Note::Exchange(relay.n, happened));
        let mut notebook = api.notebook();
        let now = notebook.clock().now_ms();
        notebook.write_aside(|db| {
            spaces.iter().try_for_each(|space| {
                let own = refused.iter().find(|(of, _)| of == space).map(|(_, error)| error);
                relays::note_outcome(db, relay.n, *space, now, own.or(broken.as_ref()).map(Error::code))
            })
        })?;
        failed = failed.or(broken).or(refused.into_iter().next().map(|(_, error)| error));
    }
    let notebook = api.notebook();
    if let Some(open) = spaces::open(notebook.db())? {
        report.conflicts = notebook.counts_of_conflicts(open.id)?;
    }
    drop(notebook);
    api.tell(&[Kind::Sync]);
    failed.map_or(Ok(()), Err)
}

/// What a relay refuses, by notebook.
type RefusedSpaces = Vec<(SpaceId, Error)>;

/// Begins with the checkpoints of notebooks of which nothing is here yet, then talks about all at once.
fn exchange_all(
    api: &Api,
    relay: &Relay,
    spaces: &[SpaceId],
    photos: Photos,
    report: &mut SyncReport,
    then: &mut dyn FnMut() -> Result<()>,
) -> Result<RefusedSpaces> {
    let (mut refused, mut welcome) = (RefusedSpaces::new(), Vec::new());
    for space in spaces {
        match checkpoint::begin(api, *space, relay, report, then) {
            Ok(()) => welcome.push(*space),
            Err(error) if error.code() == code::NOT_MEMBER => refused.push((*space, error)),
            Err(error) => return Err(error),
        }
    }
    let post = |request| http::post(&relay.url, "/v1/sync", Some(&relay.token), request);
    refused.extend(converse(api, &welcome, relay.n, photos, &post, report, then)?);
    Ok(refused)
}

/// Exchanges with a relay or a station until both sides have everything, and says what it refuses. The notebook is
/// free while bytes travel.
pub(super) fn converse(
    api: &Api,
    spaces: &[SpaceId],
    relay: i64,
    photos: Photos,
    post: Post<'_>,
    report: &mut SyncReport,
    then: &mut dyn FnMut() -> Result<()>,
) -> Result<RefusedSpaces> {
    let begin = || {
        let exchange = Exchange::new(relay, spaces.iter().copied(), api.page(relay));
        if photos == Photos::None { exchange.without_photos() } else { exchange }
    };
    let refused = talk(api, relay, begin(), post, report, then)?;
    if photos != Photos::All {
        return Ok(refused);
    }
    // A relay without room for more still gives what it has.
    let gives = |space: &&SpaceId| refused.iter().all(|(of, error)| of != *space || error.code() == code::FULL);
    for space in spaces.iter().filter(gives) {
        loop {
            if !changes::unsealed(api.notebook().db(), *space)?.is_empty() {
                // Written since: that goes first.
                talk(api, relay, begin(), post, report, then)?;
            }
            if !fetch_photo(api, *space, relay, post, report)? {
                break;
            }
            then()?;
        }
    }
    Ok(refused)
}

/// Fetches one of the photos that this device knows by name. Whether there was one.
pub(super) fn fetch_photo(
    api: &Api,
    space: SpaceId,
    relay: i64,
    post: Post<'_>,
    report: &mut SyncReport,
) -> Result<bool> {
    let mut fetching = Fetching::new(relay, space);
    let Some(request) = fetching.request(&mut *api.notebook())? else { return Ok(false) };
    report.bytes_up += request.len() as u32;
    let answer = post(request)?;
    report.bytes_down += answer.len() as u32;
    report.exchanges += 1;
    fetching.absorb(&mut *api.notebook(), &answer)?;
    api.tell(&[Kind::Sync, Kind::Photo]);
    Ok(true)
}

/// The way to a relay or a station and back.
pub(super) type Post<'a> = &'a dyn Fn(Vec<u8>) -> Result<Vec<u8>>;

fn talk(
    api: &Api,
    relay: i64,
    mut exchange: Exchange,
    post: Post<'_>,
    report: &mut SyncReport,
    then: &mut dyn FnMut() -> Result<()>,
) -> Result<RefusedSpaces> {
    loop {
        let Some(request) = exchange.request(&mut *api.notebook())? else {
            return Ok(exchange.denied().map(|(space, why)| (space, not_taken(why))).collect());
        };
        report.bytes_up += request.len() as u32;
        let answer = post(request);
        api.note_page(relay, answer.is_ok());
        let answer = answer?;
        report.bytes_down += answer.len() as u32;
        report.exchanges += 1;
        let progress = exchange.absorb(&mut *api.notebook(), &answer)?;
        report.sent += progress.sent;
        report.received += progress.received;
        report.households_changed += progress.touched.households.len() as u32;
        api.tell_progress("sync", progress.reached as usize, progress.end as usize);
        api.tell_touched(&progress.touched, &[]);
        then()?;
    }
}

/// Why a relay did not take all that was brought.
fn not_taken(why: Refusal) -> Error {
    match why {
        Refusal::NotMember => Error::new("not_member", "the relay refuses this notebook"),
        why => Error::new(code::FULL, format!("the relay has no room for all of it: {why:?}")),
    }
}

/// What came of the exchange about a single notebook.
pub(super) fn only(refused: RefusedSpaces) -> Result<()> {
    refused.into_iter().next().map_or(Ok(()), |(_, error)| Err(error))
}

/// This device's token at a relay, picked once and kept before it is shown: an answer that
/// got lost can then be asked for again with the same request.
fn token_for(notebook: &mut Notebook, relay: &RelayUrl) -> Result<[u8; 32]> {
    let name = format!("token {relay}");
    if let Some(kept) = store::setting(notebook.db(), &name)? {
        return kept.as_slice().try_into().map_err(|_| Error::damaged("relay token"));
    }
    let token: [u8; 32] = random_bytes();
    notebook.write_aside(|db| store::set_setting(db, &name, &token))?;
    Ok(token)
}

fn keep_relay(db: &Connection, space: SpaceId, relay: &RelayUrl, token: &[u8; 32]) -> Result<Relay> {
    let n = relays::insert(db, relay.as_str(), token)?;
    // It may be another relay than the one that had this address before.
    relays::rewind(db, n, space)?;
    Ok(Relay { n, url: relay.to_string(), token: *token })
}

/// Connects the team to a relay, with all that it has: with a pass, or with an invite of its own team.
pub(super) fn relay_connect(api: &Api, args: RelayConnect) -> Result<SyncStatus> {
    let open = not_practice(&api.notebook())?;
    let relay = match read_pass(&args.pass) {
        Ok(pass) => open_space(api, open.id, &pass)?,
        Err(error) if error.code() == OTHER_KIND => enter_again(api, open.id, &args.pass)?,
        Err(error) => return Err(error),
    };
    api.tell(&[Kind::Status, Kind::Sync]);
    sync_with(api, &one_way(relay, open.id), Photos::None, &mut SyncReport::default(), &mut || Ok(()))?;
    status(api, Nothing {})
}

/// Opens a team's space on a relay.
pub(super) fn open_space(api: &Api, space: SpaceId, pass: &Pass) -> Result<Relay> {
    let (token, registration) = register(api, pass.relay(), pass.id().as_bytes())?;
    let request = CreateSpace { pass: pass.id(), auth: pass.auth(), space: WireSpace(*space.bytes()), registration };
    let answer = http::post(pass.relay().as_str(), "/v1/spaces", None, request.to_bytes())?;
    SpaceCreated::from_bytes(&answer).map_err(|e| Error::new("relay_answer", e.to_string()))?;
    api.notebook().write_aside(|db| keep_relay(db, space, pass.relay(), &token))
}

/// A member's device gets to a relay that does not know it (any more).
pub(super) fn enter_again(api: &Api, space: SpaceId, text: &str) -> Result<Relay> {
    let invite = read_invite(text)?;
    if invite.is_at_station() {
        return Err(bad_ticket(TicketError::OtherKind));
    }
    let (envelope, token) = redeem(api, &invite)?;
    if envelope.space.0 != *space.bytes() {
        return Err(Error::new("invite_other_team", "the invite is of another team"));
    }
    let (relay, touched) = api.notebook().write_in(space, "", |batch| {
        spaces::add_keys(batch.db(), space, &envelope.keyring)?;
        try_again(batch)?;
        keep_relay(batch.db(), space, invite.relay(), &token)
    })?;
    api.tell_touched(&touched, &[]);
    Ok(relay)
}

/// Keys have come: what could not be opened without them is tried again.
pub(super) fn try_again(batch: &mut Batch<'_>) -> Result<()> {
    take_in(batch, Vec::new()).map(drop)
}

/// This device's token at a relay, and the registration of it under a ticket's id.
fn register(api: &Api, relay: &RelayUrl, ticket: &[u8; 8]) -> Result<([u8; 32], Registration)> {
    let mut notebook = api.notebook();
    let token = token_for(&mut notebook, relay)?;
    Ok((token, Registration::sign(notebook.device(), ticket, &token)))
}

pub(super) fn read_pass(text: &str) -> Result<Pass> {
    Pass::parse(text).or_else(|e| typed(text, e, Pass::typed)).map_err(bad_ticket)
}

fn read_invite(text: &str) -> Result<invite::Invite> {
    invite::Invite::parse(text).or_else(|e| typed(text, e, invite::Invite::typed)).map_err(bad_ticket)
}

/// Becomes a member on the invite's relay: the keyring, and this device's token there.
fn redeem(api: &Api, invite: &invite::Invite) -> Result<(Envelope, [u8; 32])> {
    let (token, registration) = register(api, invite.relay(), invite.id().as_bytes())?;
    let request = Join { invite: invite.id(), auth: invite.auth(), registration };
    let answer = http::post(invite.relay().as_str(), "/v1/join", None, request.to_bytes())?;
    let joined = Joined::from_bytes(&answer).map_err(|e| Error::new("relay_answer", e.to_string()))?;
    Ok((invite.open(&joined.envelope).map_err(bad_ticket)?, token))
}

/// Becomes a member with an invite and reads the notebook, which it says; `then` is run with it whenever something
/// has come. If the line breaks, the same invite can be used again, and what has come stays.
pub(super) fn join(api: &Api, text: &str, name: &str, then: impl Fn(SpaceId) -> Result<()>) -> Result<SpaceId> {
    let invite = read_invite(text)?;
    super::team::not_practising(&api.notebook())?;
    if invite.is_at_station() {
        return station::join(api, &invite, name, then);
    }
    let (envelope, token) = redeem(api, &invite)?;
    let open = SpaceId(uuid::Uuid::from_bytes(envelope.space.0));
    let (relay, _) = api.notebook().write_in(open, "", |batch| {
        spaces::begin_joining(batch.db(), open, &envelope.keyring)?;
        try_again(batch)?;
        keep_relay(batch.db(), open, invite.relay(), &token)
    })?;
    sync_with(api, &one_way(relay, open), Photos::None, &mut SyncReport::default(), &mut || then(open))?;
    Ok(open)
}

/// An address and a code with a space between, as people type them.
fn typed<T>(
    text: &str,
    not_a_link: TicketError,
    read: impl Fn(&str, &str) -> std::result::Result<T, TicketError>,
) -> std::result::Result<T, TicketError> {
    match text.trim().split_once(char::is_whitespace) {
        Some((address, code)) => read(address, code),
        None => Err(not_a_link),
    }
}

/// A pass where an invite is asked for, or the other way round.
const OTHER_KIND: &str = "link_of_other_kind";

pub(super) fn bad_ticket(error: TicketError) -> Error {
    let code = match error {
        TicketError::OtherKind => OTHER_KIND,
        TicketError::BadAddress | TicketError::NotEncrypted => "bad_address",
        TicketError::BadCode | TicketError::Mistyped => "code_mistyped",
        TicketError::UnknownVersion => "app_too_old",
        _ => "link_damaged",
    };
    Error::new(code, error.to_string())
}
