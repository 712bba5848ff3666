//! The people and things that the relay's tests tell of.
#![allow(dead_code, clippy::unwrap_used)]

use tungnha_protocol::{
    Chunk, DeviceKey, Envelope, Invite, Kind, Lane, Pass, RelayUrl, SpaceId, SpaceKey,
    chunk::{SealInput, seal},
    wire::{CreateInvite, CreateSpace, Join, Registration, auth_hash},
};
use tungnha_relay::storage::NewPass;

/// Monday morning, by the relay's clock.
pub const MONDAY: u64 = 1_767_571_200;
/// A day, in seconds.
pub const DAY: u64 = 24 * 60 * 60;

/// A volunteer's device, with the token that it picked.
#[derive(Clone)]
pub struct Device {
    pub key: DeviceKey,
    pub token: [u8; 32],
}

/// A device of its own for every name.
pub fn device(name: &str) -> Device {
    Device {
        key: DeviceKey::from_bytes(&blake3::derive_key("test device", name.as_bytes())),
        token: blake3::derive_key("test token", name.as_bytes()),
    }
}

pub fn space(name: &str) -> SpaceId {
    let mut id = [0; 16];
    id.copy_from_slice(&blake3::hash(name.as_bytes()).as_bytes()[..16]);
    SpaceId(id)
}

pub fn relay_url() -> RelayUrl {
    "relay.vanho.vn".parse().unwrap()
}

/// A pass of its own for every name.
pub fn pass(name: &str) -> Pass {
    Pass::new(relay_url(), space(name).0)
}

/// An invite of its own for every name.
pub fn invite(name: &str) -> Invite {
    Invite::new(relay_url(), space(name).0)
}

pub fn new_pass(pass: &Pass, uses: u32, days: u64) -> NewPass {
    NewPass { pass: pass.id(), auth_hash: auth_hash(&pass.auth()), uses, expires_at: MONDAY + days * DAY }
}

impl Device {
    /// A sealed visit; another text, another chunk.
    pub fn visit(&self, space: SpaceId, text: &str) -> Chunk {
        self.seals(space, Kind::Data, Lane::Records, text)
    }

    /// A sealed photo.
    pub fn photo(&self, space: SpaceId, text: &str) -> Chunk {
        self.seals(space, Kind::Photo, Lane::Blobs, text)
    }

    fn seals(&self, space: SpaceId, kind: Kind, lane: Lane, text: &str) -> Chunk {
        let hash = blake3::hash(text.as_bytes());
        let mut nonce = [0; 24];
        nonce.copy_from_slice(&hash.as_bytes()[..24]);
        seal(SealInput {
            kind,
            lane,
            space,
            key: &SpaceKey::from_bytes([3; 32]),
            device: &self.key,
            nonce,
            plaintext: text.as_bytes(),
        })
        .unwrap()
    }

    pub fn opens(&self, space: SpaceId, pass: &Pass) -> CreateSpace {
        CreateSpace {
            pass: pass.id(),
            auth: pass.auth(),
            space,
            registration: Registration::sign(&self.key, &pass.id().0, &self.token),
        }
    }

    pub fn joins(&self, invite: &Invite) -> Join {
        Join {
            invite: invite.id(),
            auth: invite.auth(),
            registration: Registration::sign(&self.key, &invite.id().0, &self.token),
        }
    }
}

pub fn envelope_of(space: SpaceId) -> Envelope {
    Envelope { space, name: "Tổ bản Hua Tạt".into(), keyring: vec![SpaceKey::from_bytes([3; 32])] }
}

/// An invite's call, for so many uses and days.
pub fn offer(invite: &Invite, space: SpaceId, uses: u32, days: u64) -> CreateInvite {
    CreateInvite {
        space,
        invite: invite.id(),
        auth_hash: auth_hash(&invite.auth()),
        envelope: invite.seal(&envelope_of(space), [7; 24]),
        uses,
        expires_in_s: days * DAY,
    }
}
