//! *Gửi và nhận*: relays, invites, and what is where.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use tungnha_protocol::frames::Refusal;
use tungnha_protocol::ids::SpaceId as WireSpace;
use tungnha_protocol::invite::Envelope;
use tungnha_protocol::pass::Pass;
use tungnha_protocol::wire::{
    Body, CreateInvite, CreateSpace, InviteCreated, Join, Joined, Registration, SpaceCreated, auth_hash, code,
};
use tungnha_protocol::{RelayUrl, TicketError, invite, random_bytes};

use super::by_itself::Note;
use super::{Api, Kind, Nothing, checkpoint, station};
use crate::domain::{MemberId, SpaceId};
use crate::error::{Error, Result};
use crate::notebook::{Batch, Notebook};
use crate::projection::{space, sync};
use crate::store::relays::{self, Outcome, Relay};
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

/// Arguments of `invite_create`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct InviteCreate {
    /// How many devices may join with it.
    pub uses: u32,
    /// For how many days, at most 30. At a station no longer than it is open.
    pub days: u32,
    /// One of the team's relays, by its address; the first one when left out.
    #[ts(optional)]
    pub relay: Option<String>,
    /// Where; when left out at the team's relay, or at the open station if it has none.
    #[ts(optional)]
    pub at: Option<InviteAt>,
}

/// Where an invite is taken up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InviteAt {
    /// At the team's first relay.
    Relay,
    /// At this device's open station, in the room.
    Station,
}

/// An invite to hand over. Whoever has it can join.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Invite {
    /// The link; its secret stands behind `#` and never reaches a server.
    pub link: String,
    /// The relay's address, to type.
    pub address: String,
    /// The code, to type.
    pub code: String,
    /// The link as a QR picture (SVG).
    pub qr_svg: String,
    /// When it expires, by the relay's clock.
    #[ts(type = "number")]
    pub expires_at_ms: i64,
    /// How many devices may join with it.
    pub uses: u32,
    /// Where it is taken up.
    pub at: InviteAt,
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

/// Sends and receives now, with every relay that the team has.
pub(super) fn sync_now(api: &Api, _: Nothing) -> Result<SyncReport> {
    let open = not_practice(&api.notebook())?;
    let all = relays::of_space(api.notebook().db(), open.id)?;
    if all.is_empty() {
        return Err(Error::new("no_relay", "the team has no relay yet"));
    }
    sync_with(api, open.id, &all, Photos::All, &mut || Ok(()))
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

/// Exchanges with some relays, one exchange at a time on this device, and notes how each went; `then` is
/// run whenever something may have come.
pub(super) fn sync_with(
    api: &Api,
    space: SpaceId,
    all: &[Relay],
    photos: Photos,
    then: &mut dyn FnMut() -> Result<()>,
) -> Result<SyncReport> {
    let _turn = api.exchange_turn();
    let mut report = SyncReport::default();
    let mut failed = None;
    for relay in all {
        api.note(Note::Exchange(relay.n, Happened::Begun));
        let post = |request| http::post(&relay.url, "/v1/sync", Some(&relay.token), request);
        let outcome = checkpoint::begin(api, space, relay, &mut report, then)
            .and_then(|()| converse(api, space, relay.n, photos, &post, &mut report, then));
        let code = outcome.as_ref().err().map(Error::code);
        api.note(Note::Exchange(relay.n, code.map_or(Happened::WentThrough, Happened::Failed)));
        let mut notebook = api.notebook();
        let now = notebook.clock().now_ms();
        notebook.write_aside(|db| relays::note_outcome(db, relay.n, space, now, code))?;
        failed = failed.or(outcome.err());
    }
    report.conflicts = api.notebook().counts_of_conflicts(space)?;
    api.tell(&[Kind::Sync]);
    failed.map_or(Ok(report), Err)
}

/// Exchanges with a relay or a station until both sides have everything. The notebook is free while
/// bytes travel.
pub(super) fn converse(
    api: &Api,
    space: SpaceId,
    relay: i64,
    photos: Photos,
    post: Post<'_>,
    report: &mut SyncReport,
    then: &mut dyn FnMut() -> Result<()>,
) -> Result<()> {
    let begin = || {
        let exchange = Exchange::new(relay, [space], api.page(relay));
        if photos == Photos::None { exchange.without_photos() } else { exchange }
    };
    let refused = talk(api, relay, begin(), post, report, then);
    // A relay without room for more still gives what it has.
    if photos == Photos::All && refused.as_ref().err().is_none_or(|error| error.code() == code::FULL) {
        loop {
            if !changes::unsealed(api.notebook().db(), space)?.is_empty() {
                // Written since: that goes first.
                talk(api, relay, begin(), post, report, then)?;
            }
            if !fetch_photo(api, space, relay, post, report)? {
                break;
            }
            then()?;
        }
    }
    refused
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
) -> Result<()> {
    loop {
        let Some(request) = exchange.request(&mut *api.notebook())? else { return taken(&exchange) };
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

/// Whether the relay took all that was brought.
fn taken(exchange: &Exchange) -> Result<()> {
    match exchange.denied() {
        None => Ok(()),
        Some((_, Refusal::NotMember)) => Err(Error::new("not_member", "the relay refuses this notebook")),
        Some((_, why)) => Err(Error::new(code::FULL, format!("the relay has no room for all of it: {why:?}"))),
    }
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
    let relay = match Pass::parse(&args.pass).or_else(|e| typed(&args.pass, e, Pass::typed)) {
        Ok(pass) => open_space(api, open.id, &pass)?,
        Err(TicketError::OtherKind) => enter_again(api, open.id, &args.pass)?,
        Err(error) => return Err(bad_ticket(error)),
    };
    api.tell(&[Kind::Status, Kind::Sync]);
    sync_with(api, open.id, &[relay], Photos::None, &mut || Ok(()))?;
    status(api, Nothing {})
}

/// Opens the team's space on a relay.
fn open_space(api: &Api, space: SpaceId, pass: &Pass) -> Result<Relay> {
    let (token, registration) = register(api, pass.relay(), pass.id().as_bytes())?;
    let request = CreateSpace { pass: pass.id(), auth: pass.auth(), space: WireSpace(*space.bytes()), registration };
    let answer = http::post(pass.relay().as_str(), "/v1/spaces", None, request.to_bytes())?;
    SpaceCreated::from_bytes(&answer).map_err(|e| Error::new("relay_answer", e.to_string()))?;
    api.notebook().write_aside(|db| keep_relay(db, space, pass.relay(), &token))
}

/// A member's device gets to a relay that does not know it (any more).
fn enter_again(api: &Api, space: SpaceId, text: &str) -> Result<Relay> {
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

/// Makes an invite at one of the team's relays, or at this device's open station.
pub(super) fn invite_create(api: &Api, args: InviteCreate) -> Result<Invite> {
    if !(1..=100).contains(&args.uses) {
        return Err(Error::invalid("bad_number", "uses"));
    }
    if !(1..=30).contains(&args.days) {
        return Err(Error::invalid("bad_number", "days"));
    }
    let (relay, envelope) = {
        let notebook = api.notebook();
        let open = not_practice(&notebook)?.id;
        let all = relays::of_space(notebook.db(), open)?;
        let relay = all.into_iter().find(|relay| args.relay.as_ref().is_none_or(|url| *url == relay.url));
        let (keyring, name) = (spaces::keys(notebook.db(), open)?, space::name(notebook.db(), open)?);
        (relay, Envelope { space: WireSpace(*open.bytes()), name, keyring })
    };
    let at_station = args.at.map_or(relay.is_none() && station::is_open(api), |at| at == InviteAt::Station);
    let (invite, auth, answer);
    if at_station {
        let here = station::invite_at(api)?;
        invite = invite::Invite::at_station(here.url.clone(), random_bytes());
        auth = invite.auth_at(&here.certificate());
        answer = here.post("/v1/invites", offer(&invite, &auth, &envelope, &args))?;
    } else {
        let relay = relay.ok_or_else(|| Error::new("no_relay", "the team has no relay yet"))?;
        invite = invite::Invite::new(relay.url.parse().map_err(bad_ticket)?, random_bytes());
        auth = invite.auth();
        answer = http::post(&relay.url, "/v1/invites", Some(&relay.token), offer(&invite, &auth, &envelope, &args))?;
    }
    let created = InviteCreated::from_bytes(&answer).map_err(|e| Error::new("relay_answer", e.to_string()))?;
    let link = invite.link();
    Ok(Invite {
        qr_svg: qr_svg(&link)?,
        link,
        address: if at_station { invite.relay().short() } else { invite.relay().authority() }.to_owned(),
        code: invite.code(),
        expires_at_ms: created.expires_at_s as i64 * 1000,
        uses: args.uses,
        at: if at_station { InviteAt::Station } else { InviteAt::Relay },
    })
}

fn offer(invite: &invite::Invite, auth: &[u8; 32], envelope: &Envelope, args: &InviteCreate) -> Vec<u8> {
    let request = CreateInvite {
        space: envelope.space,
        invite: invite.id(),
        auth_hash: auth_hash(auth),
        envelope: invite.seal(envelope, random_bytes()),
        uses: args.uses,
        expires_in_s: u64::from(args.days) * 86_400,
    };
    request.to_bytes()
}

/// A text as a QR picture (SVG).
pub(super) fn qr_svg(text: &str) -> Result<String> {
    let qr = qrcode::QrCode::new(text.as_bytes()).map_err(|e| Error::new("internal", e.to_string()))?;
    Ok(qr.render::<qrcode::render::svg::Color<'_>>().min_dimensions(240, 240).build())
}

/// Becomes a member with an invite and reads the notebook; `then` is run with it whenever something has
/// come. If the line breaks, the same invite can be used again, and what has come stays.
pub(super) fn join(api: &Api, text: &str, name: &str, then: impl Fn(SpaceId) -> Result<()>) -> Result<()> {
    let invite = read_invite(text)?;
    super::team::only_one(&api.notebook())?;
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
    sync_with(api, open, &[relay], Photos::None, &mut || then(open))?;
    Ok(())
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

pub(super) fn bad_ticket(error: TicketError) -> Error {
    let code = match error {
        TicketError::OtherKind => "link_of_other_kind",
        TicketError::BadAddress | TicketError::NotEncrypted => "bad_address",
        TicketError::BadCode | TicketError::Mistyped => "code_mistyped",
        TicketError::UnknownVersion => "app_too_old",
        _ => "link_damaged",
    };
    Error::new(code, error.to_string())
}
