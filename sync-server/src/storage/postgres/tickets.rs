//! Who may come in: devices, passes, invites. Every call may be repeated and answers the same, because
//! the first answer may never have arrived.
//!
//! Two processes may be asked at once. What counts uses locks the row that they are counted of; rows are
//! locked in the order pass or invite, device, space.

use deadpool_postgres::{Client, GenericClient, Transaction};
use tokio_postgres::{Row, error::SqlState};
use tungnha_protocol::{
    DeviceId, Incarnation, RollingHash, SpaceId,
    wire::{CreateInvite, CreateSpace, Join, Registration, auth_hash},
};

use super::{fixed, signed, unsigned};
use crate::storage::{Denial, Device, NewPass, Seconds, StorageError as Error};

pub(super) async fn device_by_token(client: &Client, token_hash: [u8; 32]) -> Result<Option<Device>, Error> {
    let find = "SELECT device, revoked_at IS NOT NULL, last_seen FROM devices WHERE token_hash = $1";
    let find = client.prepare_cached(find).await?;
    let Some(row) = client.query_opt(&find, &[&token_hash]).await? else { return Ok(None) };
    let id = DeviceId(fixed(row.get(0))?);
    Ok(Some(Device { id, revoked: row.get(1), last_seen: unsigned(row.get(2))? }))
}

pub(super) async fn spaces_of(client: &Client, device: DeviceId) -> Result<Vec<SpaceId>, Error> {
    let find = client.prepare_cached("SELECT space FROM memberships WHERE device = $1 ORDER BY space").await?;
    let rows = client.query(&find, &[&device.0]).await?;
    rows.iter().map(|row| fixed(row.get(0)).map(SpaceId)).collect()
}

pub(super) async fn add_pass(transaction: &Transaction<'_>, pass: NewPass, now: Seconds) -> Result<(), Error> {
    transaction
        .execute(
            "INSERT INTO passes (pass, auth_hash, uses, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            &[&pass.pass.0, &pass.auth_hash, &i64::from(pass.uses), &signed(now)?, &signed(pass.expires_at)?],
        )
        .await?;
    Ok(())
}

pub(super) async fn create_space(
    transaction: &Transaction<'_>,
    call: CreateSpace,
    now: Seconds,
) -> Result<Incarnation, Error> {
    let pass = transaction
        .query_opt(
            "SELECT expires_at, uses FROM passes WHERE pass = $1 AND auth_hash = $2 FOR UPDATE",
            &[&call.pass.0, &auth_hash(&call.auth)],
        )
        .await?;
    let pass = pass.ok_or(Denial::PassUnknown)?;
    let device = &call.registration.device;
    if let Some(incarnation) = incarnation(transaction, &call.space).await? {
        if !is_member(transaction, &call.space, device).await? {
            return Err(Denial::SpaceExists.into());
        }
        register(transaction, &call.registration, now).await?;
        return Ok(incarnation);
    }
    let used = "SELECT count(*) FROM pass_uses WHERE pass = $1";
    let used = transaction.query_one(used, &[&call.pass.0]).await?;
    allow_one_more(&pass, used.get(0), now, Denial::PassExpired, Denial::PassUsedUp)?;
    register(transaction, &call.registration, now).await?;
    // None when somebody else, with another pass, has opened it since we looked.
    let incarnation = open_space(transaction, &call.space, now).await?.ok_or(Denial::SpaceExists)?;
    transaction
        .execute(
            "INSERT INTO pass_uses (pass, space, device, used_at) VALUES ($1, $2, $3, $4)",
            &[&call.pass.0, &call.space.0, &device.0, &signed(now)?],
        )
        .await?;
    add_member(transaction, &call.space, device, now).await?;
    Ok(incarnation)
}

pub(super) async fn create_invite(
    transaction: &Transaction<'_>,
    by: DeviceId,
    call: CreateInvite,
    now: Seconds,
) -> Result<Seconds, Error> {
    if !is_member(transaction, &call.space, &by).await? {
        return Err(Denial::NotMember.into());
    }
    let expires_at = signed(now.saturating_add(call.expires_in_s))?;
    transaction
        .execute(
            "INSERT INTO invites
                 (invite, space, auth_hash, envelope, uses, created_by, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
            &[
                &call.invite.0,
                &call.space.0,
                &call.auth_hash,
                &call.envelope,
                &i64::from(call.uses),
                &by.0,
                &signed(now)?,
                &expires_at,
            ],
        )
        .await?;
    let kept = transaction
        .query_opt(
            "SELECT expires_at FROM invites WHERE invite = $1 AND space = $2 AND auth_hash = $3",
            &[&call.invite.0, &call.space.0, &call.auth_hash],
        )
        .await?;
    unsigned(kept.ok_or(Denial::InviteTaken)?.get(0))
}

pub(super) async fn join(transaction: &Transaction<'_>, call: Join, now: Seconds) -> Result<Vec<u8>, Error> {
    let invite = transaction
        .query_opt(
            "SELECT expires_at, uses, space, envelope FROM invites
             WHERE invite = $1 AND auth_hash = $2 FOR UPDATE",
            &[&call.invite.0, &auth_hash(&call.auth)],
        )
        .await?;
    let invite = invite.ok_or(Denial::InviteUnknown)?;
    let (space, envelope) = (SpaceId(fixed(invite.get(2))?), invite.get(3));
    let device = &call.registration.device;
    let uses = transaction
        .query_one(
            "SELECT count(*), coalesce(bool_or(device = $2), false) FROM invite_uses WHERE invite = $1",
            &[&call.invite.0, &device.0],
        )
        .await?;
    if uses.get(1) {
        register(transaction, &call.registration, now).await?;
        return Ok(envelope);
    }
    allow_one_more(&invite, uses.get(0), now, Denial::InviteExpired, Denial::InviteUsedUp)?;
    register(transaction, &call.registration, now).await?;
    transaction
        .execute(
            "INSERT INTO invite_uses (invite, device, used_at) VALUES ($1, $2, $3)",
            &[&call.invite.0, &device.0, &signed(now)?],
        )
        .await?;
    add_member(transaction, &space, device, now).await?;
    Ok(envelope)
}

pub(super) async fn admit(
    transaction: &Transaction<'_>,
    mut spaces: Vec<SpaceId>,
    registration: Registration,
    now: Seconds,
) -> Result<(), Error> {
    register(transaction, &registration, now).await?;
    spaces.sort();
    for space in spaces {
        open_space(transaction, &space, now).await?;
        add_member(transaction, &space, &registration.device, now).await?;
    }
    Ok(())
}

/// Judges a row that begins with (expires_at, uses).
fn allow_one_more(limits: &Row, used: i64, now: Seconds, late: Denial, used_up: Denial) -> Result<(), Error> {
    if now >= unsigned(limits.get(0))? {
        Err(late.into())
    } else if used >= limits.get(1) {
        Err(used_up.into())
    } else {
        Ok(())
    }
}

/// Makes a device known. Its signature has been checked, so a new token in place of an old one is the
/// device's own wish. A revoked device's row is left as it is.
async fn register(transaction: &Transaction<'_>, device: &Registration, now: Seconds) -> Result<(), Error> {
    let registered = transaction
        .execute(
            "INSERT INTO devices (device, token_hash, created_at, last_seen) VALUES ($1, $2, $3, $3)
             ON CONFLICT (device) DO UPDATE SET token_hash = excluded.token_hash WHERE devices.revoked_at IS NULL",
            &[&device.device.0, &device.token_hash, &signed(now)?],
        )
        .await;
    match registered {
        Ok(0) => Err(Denial::DeviceRevoked.into()),
        Ok(_) => Ok(()),
        Err(error) if error.code() == Some(&SqlState::UNIQUE_VIOLATION) => Err(Denial::TokenTaken.into()),
        Err(error) => Err(error.into()),
    }
}

/// Begins a space's log, unless there is one.
async fn open_space(
    transaction: &Transaction<'_>,
    space: &SpaceId,
    now: Seconds,
) -> Result<Option<Incarnation>, Error> {
    let incarnation = Incarnation::random();
    let start = RollingHash::start(&incarnation);
    let opened = transaction
        .execute(
            "INSERT INTO spaces (space, incarnation, head, hash, created_at) VALUES ($1, $2, 0, $3, $4)
             ON CONFLICT DO NOTHING",
            &[&space.0, &incarnation.0, &start.hash.0, &signed(now)?],
        )
        .await?;
    Ok((opened == 1).then_some(incarnation))
}

async fn incarnation(transaction: &Transaction<'_>, space: &SpaceId) -> Result<Option<Incarnation>, Error> {
    let found = transaction.query_opt("SELECT incarnation FROM spaces WHERE space = $1", &[&space.0]).await?;
    found.map(|row| fixed(row.get(0)).map(Incarnation)).transpose()
}

pub(super) async fn is_member(client: &impl GenericClient, space: &SpaceId, device: &DeviceId) -> Result<bool, Error> {
    let member = "SELECT EXISTS (SELECT FROM memberships WHERE space = $1 AND device = $2)";
    Ok(client.query_one(member, &[&space.0, &device.0]).await?.get(0))
}

async fn add_member(
    transaction: &Transaction<'_>,
    space: &SpaceId,
    device: &DeviceId,
    now: Seconds,
) -> Result<(), Error> {
    transaction
        .execute(
            "INSERT INTO memberships (space, device, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            &[&space.0, &device.0, &signed(now)?],
        )
        .await?;
    Ok(())
}
