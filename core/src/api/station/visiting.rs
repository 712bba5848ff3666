//! Going to another device's station: to exchange, and to join the team there.

use tungnha_protocol::wire::{Body, Join, Joined, Registration};
use tungnha_protocol::{RelayUrl, invite, random_bytes};

use super::VisitReport;
use super::serving::my_name;
use crate::api::exchange::{self, Photos, SyncReport, converse, only};
use crate::api::{Api, Kind};
use crate::domain::SpaceId;
use crate::error::{Error, Result};
use crate::store::stations::{self, Station};
use crate::store::{relays, spaces};
use crate::sync::meet::Visitor;
use crate::sync::visit::Visit;

/// Visits the station at this address.
pub(super) fn visit(api: &Api, address: &str) -> Result<VisitReport> {
    let station = RelayUrl::of_station(address).map_err(exchange::bad_ticket)?;
    let (space, name) = {
        let notebook = api.notebook();
        let open = exchange::not_practice(&notebook)?;
        (open.id, my_name(notebook.db(), &open)?)
    };
    go(api, &Visit::to(&station)?, space, &name, Photos::All, &mut || Ok(()))
}

/// Meets, then exchanges until both sides have everything.
fn go(
    api: &Api,
    visit: &Visit,
    space: SpaceId,
    name: &str,
    photos: Photos,
    then: &mut dyn FnMut() -> Result<()>,
) -> Result<VisitReport> {
    let _turn = api.exchange_turn();
    let (keys, device) = {
        let notebook = api.notebook();
        (spaces::keys(notebook.db(), space)?, notebook.device().clone())
    };
    let meeting = visit.greet()?;
    if super::serving::is_own(api, &meeting.certificate) {
        return Err(Error::new("station_own", "this is the device's own station"));
    }
    let host = visit.meet(&meeting, &Visitor { device: &device, name, keys: &keys })?;
    let station = Station { device: host.device, name: &host.name, own: false };
    let relay = api.notebook().write_aside(|db| stations::keep(db, space, &station, &host.token))?;
    let mut report = SyncReport::default();
    let post = |request| visit.post("/v1/sync", Some(&host.token), request);
    let outcome = converse(api, &[space], relay.n, photos, &post, &mut report, then).and_then(only);
    let code = outcome.as_ref().err().map(Error::code);
    let mut notebook = api.notebook();
    let now = notebook.clock().now_ms();
    notebook.write_aside(|db| relays::note_outcome(db, relay.n, space, now, code))?;
    let conflicts = notebook.counts_of_conflicts(space)?;
    drop(notebook);
    api.tell(&[Kind::Sync]);
    outcome?;
    Ok(VisitReport { name: host.name, sent: report.sent, received: report.received, conflicts })
}

/// Becomes a member with an invite at a station and reads the notebook there; `then` is run with it
/// whenever something has come.
pub(in crate::api) fn join(
    api: &Api,
    invite: &invite::Invite,
    name: &str,
    then: impl Fn(SpaceId) -> Result<()>,
) -> Result<SpaceId> {
    let visit = Visit::to(invite.relay())?;
    let certificate = visit.greet()?.certificate;
    // Replaced by the meeting's own a moment later.
    let token: [u8; 32] = random_bytes();
    let registration = Registration::sign(api.notebook().device(), invite.id().as_bytes(), &token);
    let request = Join { invite: invite.id(), auth: invite.auth_at(&certificate), registration };
    let answer = visit.post("/v1/join", None, request.to_bytes())?;
    let joined = Joined::from_bytes(&answer).map_err(|e| Error::new("station_answer", e.to_string()))?;
    let envelope = invite.open(&joined.envelope).map_err(exchange::bad_ticket)?;
    let space = SpaceId(uuid::Uuid::from_bytes(envelope.space.0));
    api.notebook().write_in(space, "", |batch| {
        spaces::begin_joining(batch.db(), space, &envelope.keyring)?;
        exchange::try_again(batch)
    })?;
    go(api, &visit, space, name, Photos::None, &mut || then(space))?;
    Ok(space)
}
