//! *Gửi và nhận*: relays, invites, and what is where.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use tungnha_protocol::ids::SpaceId as WireSpace;
use tungnha_protocol::invite::Envelope;
use tungnha_protocol::log::RollingHash;
use tungnha_protocol::pass::Pass;
use tungnha_protocol::wire::{
    Body, CreateInvite, CreateSpace, InviteCreated, Join, Joined, Registration, SpaceCreated, auth_hash,
};
use tungnha_protocol::{RelayUrl, TicketError, invite, random_bytes};

use super::by_itself::Note;
use super::{Api, Kind, Nothing};
use crate::domain::{MemberId, SpaceId};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::{space, sync};
use crate::store::relays::{self, Outcome, Relay};
use crate::store::{self, chunks, drafts, spaces};
use crate::sync::http;
use crate::sync::machine::Exchange;
use crate::sync::pace::Happened;

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
    /// Received bytes that could not be opened or applied yet. They are kept.
    pub quarantined: u32,
    /// The team's relays.
    pub relays: Vec<RelayView>,
    /// Nothing is sent without being asked until there is Wi-Fi: the person wants it so, and the
    /// connection is metered.
    pub waits_for_wifi: bool,
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
    /// The relay pass, as its operator gave it.
    pub pass: String,
}

/// Arguments of `invite_create`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct InviteCreate {
    /// How many devices may join with it.
    pub uses: u32,
    /// For how many days, at most 30.
    pub days: u32,
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
}

/// What waits, what arrived, and where.
pub(super) fn status(api: &Api, _: Nothing) -> Result<SyncStatus> {
    let waits_for_wifi = super::network::waits_for_wifi(api)?;
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
        quarantined: chunks::quarantined_count(db, open)?,
        relays: relays::outcomes(db, open)?
            .into_iter()
            .map(|Outcome { url, last_sync_ms, error }| RelayView { url, last_sync_ms, error })
            .collect(),
        waits_for_wifi,
    })
}

/// Sends and receives now, with every relay that the team has.
pub(super) fn sync_now(api: &Api, _: Nothing) -> Result<SyncReport> {
    let open = api.notebook().space()?;
    if open.practice {
        return Err(Error::new("practice_stays", "the practice notebook is not sent anywhere"));
    }
    let all = relays::of_space(api.notebook().db(), open.id)?;
    if all.is_empty() {
        return Err(Error::new("no_relay", "the team has no relay yet"));
    }
    sync_with(api, open.id, &all)
}

/// Exchanges with some relays, one exchange at a time on this device, and notes how each went.
pub(super) fn sync_with(api: &Api, space: SpaceId, all: &[Relay]) -> Result<SyncReport> {
    let _turn = api.exchange_turn();
    let mut report = SyncReport::default();
    let mut failed = None;
    for relay in all {
        api.note(Note::Exchange(relay.n, Happened::Begun));
        let outcome = converse(api, space, relay, &mut report);
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

/// Exchanges until both sides have everything. The notebook is free while bytes travel.
fn converse(api: &Api, space: SpaceId, relay: &Relay, report: &mut SyncReport) -> Result<()> {
    let mut exchange = Exchange::new(relay.n, space);
    loop {
        let Some(request) = exchange.request(&mut api.notebook())? else { return Ok(()) };
        report.bytes_up += request.len() as u32;
        let answer = http::post(&relay.url, "/v1/sync", Some(&relay.token), request)?;
        report.bytes_down += answer.len() as u32;
        report.exchanges += 1;
        let progress = exchange.absorb(&mut api.notebook(), &answer)?;
        report.sent += progress.sent;
        report.received += progress.received;
        report.households_changed += progress.touched.households.len() as u32;
        api.tell_progress("sync", (report.sent + report.received) as usize, 0);
        api.tell_touched(&progress.touched, &[]);
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
    relays::set_cursor(db, n, space, RollingHash::NONE)?;
    Ok(Relay { n, url: relay.to_string(), token: *token })
}

/// Connects the team to a relay with a pass, with all that it has.
pub(super) fn relay_connect(api: &Api, args: RelayConnect) -> Result<SyncStatus> {
    let pass = Pass::parse(&args.pass).or_else(|e| typed(&args.pass, e, Pass::typed)).map_err(bad_ticket)?;
    let (open, token, registration) = {
        let mut notebook = api.notebook();
        let open = notebook.space()?;
        if open.practice {
            return Err(Error::new("practice_stays", "the practice notebook is not sent anywhere"));
        }
        let token = token_for(&mut notebook, pass.relay())?;
        (open, token, Registration::sign(notebook.device(), pass.id().as_bytes(), &token))
    };
    let request = CreateSpace { pass: pass.id(), auth: pass.auth(), space: WireSpace(*open.id.bytes()), registration };
    let answer = http::post(pass.relay().as_str(), "/v1/spaces", None, request.to_bytes())?;
    SpaceCreated::from_bytes(&answer).map_err(|e| Error::new("relay_answer", e.to_string()))?;
    let relay = api.notebook().write_aside(|db| keep_relay(db, open.id, pass.relay(), &token))?;
    api.tell(&[Kind::Status, Kind::Sync]);
    sync_with(api, open.id, &[relay])?;
    status(api, Nothing {})
}

/// Makes an invite at the team's first relay.
pub(super) fn invite_create(api: &Api, args: InviteCreate) -> Result<Invite> {
    if !(1..=100).contains(&args.uses) {
        return Err(Error::invalid("bad_number", "uses"));
    }
    if !(1..=30).contains(&args.days) {
        return Err(Error::invalid("bad_number", "days"));
    }
    let (open, relay, keyring, name) = {
        let notebook = api.notebook();
        let open = notebook.space()?.id;
        let relay = relays::of_space(notebook.db(), open)?.into_iter().next();
        let relay = relay.ok_or_else(|| Error::new("no_relay", "the team has no relay yet"))?;
        (open, relay, spaces::keys(notebook.db(), open)?, space::name(notebook.db(), open)?)
    };
    let url: RelayUrl = relay.url.parse().map_err(bad_ticket)?;
    let invite = invite::Invite::new(url, random_bytes());
    let envelope = Envelope { space: WireSpace(*open.bytes()), name, keyring };
    let request = CreateInvite {
        space: envelope.space,
        invite: invite.id(),
        auth_hash: auth_hash(&invite.auth()),
        envelope: invite.seal(&envelope, random_bytes()),
        uses: args.uses,
        expires_in_s: u64::from(args.days) * 86_400,
    };
    let answer = http::post(&relay.url, "/v1/invites", Some(&relay.token), request.to_bytes())?;
    let created = InviteCreated::from_bytes(&answer).map_err(|e| Error::new("relay_answer", e.to_string()))?;
    let link = invite.link();
    let qr = qrcode::QrCode::new(link.as_bytes()).map_err(|e| Error::new("internal", e.to_string()))?;
    Ok(Invite {
        qr_svg: qr.render::<qrcode::render::svg::Color<'_>>().min_dimensions(240, 240).build(),
        link,
        address: invite.relay().authority().to_owned(),
        code: invite.code(),
        expires_at_ms: created.expires_at_s as i64 * 1000,
        uses: args.uses,
    })
}

/// Becomes a member with an invite and reads the notebook. If the line breaks before
/// anything is here, nothing stays, and the same invite can be used again.
pub(super) fn join(api: &Api, text: &str) -> Result<SpaceId> {
    let invite = invite::Invite::parse(text).or_else(|e| typed(text, e, invite::Invite::typed)).map_err(bad_ticket)?;
    let (token, registration) = {
        let mut notebook = api.notebook();
        super::team::only_one(&notebook)?;
        let token = token_for(&mut notebook, invite.relay())?;
        (token, Registration::sign(notebook.device(), invite.id().as_bytes(), &token))
    };
    let request = Join { invite: invite.id(), auth: invite.auth(), registration };
    let answer = http::post(invite.relay().as_str(), "/v1/join", None, request.to_bytes())?;
    let joined = Joined::from_bytes(&answer).map_err(|e| Error::new("relay_answer", e.to_string()))?;
    let envelope = invite.open(&joined.envelope).map_err(bad_ticket)?;
    let open = SpaceId(uuid::Uuid::from_bytes(envelope.space.0));
    let relay = api.notebook().write_aside(|db| {
        spaces::delete_unfinished(db)?;
        spaces::insert(db, open, false, &envelope.keyring)?;
        keep_relay(db, open, invite.relay(), &token)
    })?;
    if let Err(error) = sync_with(api, open, &[relay]) {
        api.notebook().forget(open)?;
        return Err(error);
    }
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

fn bad_ticket(error: TicketError) -> Error {
    let code = match error {
        TicketError::OtherKind => "link_of_other_kind",
        TicketError::BadAddress | TicketError::NotEncrypted => "bad_address",
        TicketError::BadCode | TicketError::Mistyped => "code_mistyped",
        TicketError::UnknownVersion => "app_too_old",
        _ => "link_damaged",
    };
    Error::new(code, error.to_string())
}
