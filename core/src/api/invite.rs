//! Invites: what lets another device into a notebook.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use tungnha_protocol::ids::SpaceId as WireSpace;
use tungnha_protocol::invite::{self, Envelope};
use tungnha_protocol::random_bytes;
use tungnha_protocol::wire::{Body, CreateInvite, InviteCreated, auth_hash};

use super::exchange::{bad_ticket, not_practice};
use super::{Api, station};
use crate::domain::SpaceId;
use crate::error::{Error, Result};
use crate::projection::space;
use crate::store::relays::{self, Relay};
use crate::store::spaces;
use crate::sync::http;

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
        (relay, envelope(notebook.db(), open)?)
    };
    let terms = Terms { uses: args.uses, days: args.days };
    let at_station = args.at.map_or(relay.is_none() && station::is_open(api), |at| at == InviteAt::Station);
    let (invite, expires_at_ms) = if at_station {
        let here = station::invite_at(api)?;
        let invite = invite::Invite::at_station(here.url.clone(), random_bytes());
        let auth = invite.auth_at(&here.certificate());
        let answer = here.post("/v1/invites", offer(&invite, &auth, &envelope, terms))?;
        (invite, expiry(&answer)?)
    } else {
        invite_to(&relay.ok_or_else(|| Error::new("no_relay", "the team has no relay yet"))?, &envelope, terms)?
    };
    let link = invite.link();
    Ok(Invite {
        qr_svg: qr_svg(&link)?,
        link,
        address: if at_station { invite.relay().short() } else { invite.relay().authority() }.to_owned(),
        code: invite.code(),
        expires_at_ms,
        uses: args.uses,
        at: if at_station { InviteAt::Station } else { InviteAt::Relay },
    })
}

/// For how many devices an invite is, and for how many days.
#[derive(Clone, Copy)]
pub(super) struct Terms {
    pub(super) uses: u32,
    pub(super) days: u32,
}

/// What lets a device into a notebook.
pub(super) fn envelope(db: &Connection, space: SpaceId) -> Result<Envelope> {
    let (keyring, name) = (spaces::keys(db, space)?, space::name(db, space)?);
    Ok(Envelope { space: WireSpace(*space.bytes()), name, keyring })
}

/// Leaves an invite at a relay. When it expires, in milliseconds since 1970 by the relay's clock.
pub(super) fn invite_to(relay: &Relay, envelope: &Envelope, terms: Terms) -> Result<(invite::Invite, i64)> {
    let invite = invite::Invite::new(relay.url.parse().map_err(bad_ticket)?, random_bytes());
    let request = offer(&invite, &invite.auth(), envelope, terms);
    let answer = http::post(&relay.url, "/v1/invites", Some(&relay.token), request)?;
    Ok((invite, expiry(&answer)?))
}

fn offer(invite: &invite::Invite, auth: &[u8; 32], envelope: &Envelope, terms: Terms) -> Vec<u8> {
    let request = CreateInvite {
        space: envelope.space,
        invite: invite.id(),
        auth_hash: auth_hash(auth),
        envelope: invite.seal(envelope, random_bytes()),
        uses: terms.uses,
        expires_in_s: u64::from(terms.days) * 86_400,
    };
    request.to_bytes()
}

fn expiry(answer: &[u8]) -> Result<i64> {
    let created = InviteCreated::from_bytes(answer).map_err(|e| Error::new("relay_answer", e.to_string()))?;
    Ok(created.expires_at_s as i64 * 1000)
}

/// A text as a QR picture (SVG).
pub(super) fn qr_svg(text: &str) -> Result<String> {
    let qr = qrcode::QrCode::new(text.as_bytes()).map_err(|e| Error::new("internal", e.to_string()))?;
    Ok(qr.render::<qrcode::render::svg::Color<'_>>().min_dimensions(240, 240).build())
}
