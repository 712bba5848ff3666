//! Who may come in: devices, passes, invites. Every call may be repeated and answers the same, because
//! the first answer may never have arrived.

use rusqlite::{Connection, OptionalExtension, params};
use tungnha_protocol::{
    DeviceId, Incarnation, RollingHash, SpaceId,
    wire::{CreateInvite, CreateSpace, Join, Registration, auth_hash},
};

use crate::storage::{Brought, Denial, Device, NewPass, Quota, Seconds, StorageError as Error};

pub(super) fn device_by_token(connection: &Connection, token_hash: &[u8; 32]) -> Result<Option<Device>, Error> {
    let device = connection
        .prepare_cached("SELECT device, revoked_at IS NOT NULL, last_seen FROM devices WHERE token_hash = ?1")?
        .query_row([token_hash], |row| {
            Ok(Device { id: DeviceId(row.get(0)?), revoked: row.get(1)?, last_seen: row.get(2)? })
        })
        .optional()?;
    Ok(device)
}

pub(super) fn spaces_of(connection: &Connection, device: &DeviceId) -> Result<Vec<SpaceId>, Error> {
    let mut statement = connection.prepare_cached("SELECT space FROM memberships WHERE device = ?1 ORDER BY space")?;
    let spaces = statement.query_map([device.0], |row| row.get(0).map(SpaceId))?;
    Ok(spaces.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn add_pass(connection: &Connection, pass: &NewPass, now: Seconds) -> Result<(), Error> {
    connection.execute(
        "INSERT INTO passes (pass, auth_hash, uses, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
        params![pass.pass.0, pass.auth_hash, pass.uses, now, pass.expires_at],
    )?;
    Ok(())
}

pub(super) fn create_space(connection: &Connection, call: &CreateSpace, now: Seconds) -> Result<Incarnation, Error> {
    let pass = connection
        .query_row(
            "SELECT expires_at, uses, (SELECT count(*) FROM pass_uses WHERE pass = ?1)
             FROM passes WHERE pass = ?1 AND auth_hash = ?2",
            params![call.pass.0, auth_hash(&call.auth)],
            Limits::read,
        )
        .optional()?;
    let pass = pass.ok_or(Denial::PassUnknown)?;
    let device = &call.registration.device;
    if let Some(incarnation) = incarnation(connection, &call.space)? {
        if !is_member(connection, &call.space, device)? {
            return Err(Denial::SpaceExists.into());
        }
        register(connection, &call.registration, now)?;
        return Ok(incarnation);
    }
    pass.allow_one_more(now, Denial::PassExpired, Denial::PassUsedUp)?;
    register(connection, &call.registration, now)?;
    let incarnation = open_space(connection, &call.space, now)?;
    connection.execute(
        "INSERT INTO pass_uses (pass, space, device, used_at) VALUES (?1, ?2, ?3, ?4)",
        params![call.pass.0, call.space.0, device.0, now],
    )?;
    add_member(connection, &call.space, device, now)?;
    Ok(incarnation)
}

/// What a device has brought today.
pub(super) fn brought(connection: &Connection, device: &DeviceId, now: Seconds) -> Result<Brought, Error> {
    let brought = connection
        .prepare_cached("SELECT day, day_bytes FROM devices WHERE device = ?1")?
        .query_row([device.0], |row| Ok(Brought { day: row.get(0)?, bytes: row.get(1)? }))
        .optional()?;
    Ok(brought.unwrap_or_default().on_the_day_of(now))
}

/// Notes that the device was here, and what it has brought today.
pub(super) fn note_brought(
    connection: &Connection,
    device: &DeviceId,
    brought: Brought,
    now: Seconds,
) -> Result<(), Error> {
    connection
        .prepare_cached(
            "UPDATE devices SET last_seen = max(last_seen, ?2), day = ?3, day_bytes = ?4 WHERE device = ?1",
        )?
        .execute(params![device.0, now, brought.day, brought.bytes])?;
    Ok(())
}

pub(super) fn create_invite(
    connection: &Connection,
    by: &DeviceId,
    call: &CreateInvite,
    quota: &Quota,
    now: Seconds,
) -> Result<Seconds, Error> {
    if !is_member(connection, &call.space, by)? {
        return Err(Denial::NotMember.into());
    }
    let mut brought = brought(connection, by, now)?;
    if !brought.takes(call.envelope.len(), quota) {
        return Err(Denial::Full.into());
    }
    let new = connection.execute(
        "INSERT INTO invites
             (invite, space, auth_hash, envelope, uses, created_by, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
        params![
            call.invite.0,
            call.space.0,
            call.auth_hash,
            call.envelope,
            call.uses,
            by.0,
            now,
            now.saturating_add(call.expires_in_s)
        ],
    )?;
    if new == 1 {
        note_brought(connection, by, brought, now)?;
    }
    let kept = connection
        .query_row(
            "SELECT expires_at FROM invites WHERE invite = ?1 AND space = ?2 AND auth_hash = ?3",
            params![call.invite.0, call.space.0, call.auth_hash],
            |row| row.get(0),
        )
        .optional()?;
    kept.ok_or(Denial::InviteTaken.into())
}

pub(super) fn join(connection: &Connection, call: &Join, now: Seconds) -> Result<Vec<u8>, Error> {
    let found = connection
        .query_row(
            "SELECT expires_at, uses, (SELECT count(*) FROM invite_uses WHERE invite = ?1),
                    space, envelope
             FROM invites WHERE invite = ?1 AND auth_hash = ?2",
            params![call.invite.0, auth_hash(&call.auth)],
            |row| Ok((Limits::read(row)?, SpaceId(row.get(3)?), row.get(4)?)),
        )
        .optional()?;
    let (limits, space, envelope) = found.ok_or(Denial::InviteUnknown)?;
    let device = &call.registration.device;
    let used_before = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM invite_uses WHERE invite = ?1 AND device = ?2)",
        params![call.invite.0, device.0],
        |row| row.get(0),
    )?;
    if used_before {
        register(connection, &call.registration, now)?;
        return Ok(envelope);
    }
    limits.allow_one_more(now, Denial::InviteExpired, Denial::InviteUsedUp)?;
    register(connection, &call.registration, now)?;
    connection.execute(
        "INSERT INTO invite_uses (invite, device, used_at) VALUES (?1, ?2, ?3)",
        params![call.invite.0, device.0, now],
    )?;
    add_member(connection, &space, device, now)?;
    Ok(envelope)
}

pub(super) fn admit(
    connection: &Connection,
    spaces: &[SpaceId],
    registration: &Registration,
    now: Seconds,
) -> Result<(), Error> {
    register(connection, registration, now)?;
    for space in spaces {
        if incarnation(connection, space)?.is_none() {
            open_space(connection, space, now)?;
        }
        add_member(connection, space, &registration.device, now)?;
    }
    Ok(())
}

/// Until when, and how often.
struct Limits {
    expires_at: Seconds,
    uses: u64,
    used: u64,
}

impl Limits {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { expires_at: row.get(0)?, uses: row.get(1)?, used: row.get(2)? })
    }

    fn allow_one_more(&self, now: Seconds, late: Denial, used_up: Denial) -> Result<(), Denial> {
        if now >= self.expires_at {
            Err(late)
        } else if self.used >= self.uses {
            Err(used_up)
        } else {
            Ok(())
        }
    }
}

/// Makes a device known. Its signature has been checked, so a new token in place of an old one is the
/// device's own wish.
fn register(connection: &Connection, device: &Registration, now: Seconds) -> Result<(), Error> {
    let revoked = connection
        .query_row("SELECT revoked_at IS NOT NULL FROM devices WHERE device = ?1", [device.device.0], |row| row.get(0))
        .optional()?;
    if revoked == Some(true) {
        return Err(Denial::DeviceRevoked.into());
    }
    let owner = device_by_token(connection, &device.token_hash)?;
    if owner.is_some_and(|owner| owner.id != device.device) {
        return Err(Denial::TokenTaken.into());
    }
    connection.execute(
        "INSERT INTO devices (device, token_hash, created_at, last_seen) VALUES (?1, ?2, ?3, ?3)
         ON CONFLICT (device) DO UPDATE SET token_hash = excluded.token_hash",
        params![device.device.0, device.token_hash, now],
    )?;
    Ok(())
}

/// Lets nobody in any more who does not come anew. Random bytes in place of a hash are the hash of no token.
pub(super) fn forget_members(connection: &Connection) -> Result<(), Error> {
    connection.execute("DELETE FROM memberships", [])?;
    connection.execute("UPDATE devices SET token_hash = randomblob(32)", [])?;
    Ok(())
}

/// Begins a space's log.
fn open_space(connection: &Connection, space: &SpaceId, now: Seconds) -> Result<Incarnation, Error> {
    let incarnation = Incarnation::random();
    let start = RollingHash::start(&incarnation);
    connection.execute(
        "INSERT INTO spaces (space, incarnation, head, hash, created_at) VALUES (?1, ?2, 0, ?3, ?4)",
        params![space.0, incarnation.0, start.hash.0, now],
    )?;
    Ok(incarnation)
}

fn incarnation(connection: &Connection, space: &SpaceId) -> Result<Option<Incarnation>, Error> {
    let found = connection
        .query_row("SELECT incarnation FROM spaces WHERE space = ?1", [space.0], |row| row.get(0))
        .optional()?;
    Ok(found.map(Incarnation))
}

fn is_member(connection: &Connection, space: &SpaceId, device: &DeviceId) -> Result<bool, Error> {
    Ok(connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM memberships WHERE space = ?1 AND device = ?2)",
        params![space.0, device.0],
        |row| row.get(0),
    )?)
}

fn add_member(connection: &Connection, space: &SpaceId, device: &DeviceId, now: Seconds) -> Result<(), Error> {
    connection.execute(
        "INSERT INTO memberships (space, device, since) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        params![space.0, device.0, now],
    )?;
    Ok(())
}
