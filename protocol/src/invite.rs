//! A team invite: what lets a new member's device into a team's notebook.
//!
//! A leader's device draws a secret and leaves at the relay, under an id derived from it, an envelope
//! with the space's keys, sealed under another key derived from it, and the hash of a third (`auth`)
//! that the newcomer shows to take the envelope out. So the relay counts uses and days by its own
//! clock, and can neither open the envelope nor make up an invite.
//!
//! At a station (see [`meet`](crate::meet)) the certificate is self-made, and anybody in the room may
//! stand in between with another. There `auth` is derived from the certificate as well, so that what
//! somebody in between hears fits nothing but himself.

use std::fmt;

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use crate::{
    RelayUrl, SpaceKey, TicketError, cbor,
    ids::{InviteId, SpaceId},
    ticket::{AT_RELAY, AT_STATION, Secret},
};

/// The largest envelope a relay keeps, in bytes: room for a keyring that was renewed many times.
pub const MAX_ENVELOPE: usize = 64 * 1024;

const ENVELOPE_VERSION: u8 = 1;

/// An invite to one team, at one relay or station.
#[derive(Clone, PartialEq, Eq)]
pub struct Invite {
    relay: RelayUrl,
    secret: Secret,
    at_station: bool,
}

/// What the invited device finds in the envelope.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Envelope {
    /// The team's space.
    #[n(0)]
    pub space: SpaceId,
    /// The space's name, to be shown before anything has been synced.
    #[n(1)]
    pub name: String,
    /// The space's keys, oldest first: the last one seals.
    #[n(2)]
    pub keyring: Vec<SpaceKey>,
}

impl Invite {
    /// The invite of a 16-byte secret, freshly drawn.
    pub fn new(relay: RelayUrl, secret: [u8; 16]) -> Self {
        let secret = Secret(secret);
        Self { relay, secret, at_station: false }
    }

    /// The same, at the station of this address.
    pub fn at_station(station: RelayUrl, secret: [u8; 16]) -> Self {
        Self { at_station: true, ..Self::new(station, secret) }
    }

    /// Reads a link, with space around it or without.
    pub fn parse(text: &str) -> Result<Self, TicketError> {
        let id = |secret: &Secret| InviteId(secret.id("tungnha 2026 invite id")).to_string();
        let read = |letter, at_station| {
            let (relay, secret) = Secret::from_link(text, letter, id)?;
            Ok(Self { relay, secret, at_station })
        };
        match read("j", false) {
            Err(TicketError::OtherKind) => {
                let invite = read("s", true)?;
                Ok(Self { relay: RelayUrl::of_station(invite.relay.as_str())?, ..invite })
            }
            read => read,
        }
    }

    /// Reads a typed address and code; the code's checksum says whether it is for a relay or a station.
    pub fn typed(address: &str, code: &str) -> Result<Self, TicketError> {
        match Secret::from_code(code, AT_RELAY) {
            Ok(secret) => Ok(Self { relay: address.parse()?, secret, at_station: false }),
            Err(error) => {
                let secret = Secret::from_code(code, AT_STATION).map_err(|_| error)?;
                Ok(Self { relay: RelayUrl::of_station(address)?, secret, at_station: true })
            }
        }
    }

    /// The link: to be shown as text or QR, to those who are meant only.
    pub fn link(&self) -> String {
        self.secret.link(&self.relay, if self.at_station { 's' } else { 'j' }, self.id())
    }

    /// The code to type, seven groups of four.
    pub fn code(&self) -> String {
        self.secret.code(if self.at_station { AT_STATION } else { AT_RELAY })
    }

    /// Where the envelope lies.
    pub fn relay(&self) -> &RelayUrl {
        &self.relay
    }

    /// Whether that is a station: its certificate is self-made, and `auth` is bound to it.
    pub fn is_at_station(&self) -> bool {
        self.at_station
    }

    /// What the relay knows it by.
    pub fn id(&self) -> InviteId {
        InviteId(self.secret.id("tungnha 2026 invite id"))
    }

    /// What the newcomer shows to the relay, which stores only its BLAKE3 hash.
    pub fn auth(&self) -> [u8; 32] {
        self.secret.derive("tungnha 2026 invite auth")
    }

    /// What the newcomer shows to a station that it sees under this certificate (its BLAKE3 hash).
    pub fn auth_at(&self, certificate: &[u8; 32]) -> [u8; 32] {
        let key = Zeroizing::new(self.secret.derive("tungnha 2026 station invite auth"));
        *blake3::keyed_hash(&key, certificate).as_bytes()
    }

    /// Seals the envelope: `version(1) | nonce(24) | XChaCha20-Poly1305`, with the version and the
    /// invite's id as associated data. The nonce is fresh random bytes.
    pub fn seal(&self, envelope: &Envelope, nonce: [u8; 24]) -> Vec<u8> {
        let plain = Zeroizing::new(cbor::to_vec(envelope));
        let message = Payload { msg: &plain, aad: &self.associated() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), message);
        let sealed = sealed.expect("an envelope is far smaller than what the cipher takes");
        [&[ENVELOPE_VERSION], &nonce[..], &sealed].concat()
    }

    /// Opens the envelope that the relay gave.
    pub fn open(&self, sealed: &[u8]) -> Result<Envelope, TicketError> {
        let (&version, rest) = sealed.split_first().ok_or(TicketError::DoesNotOpen)?;
        if version != ENVELOPE_VERSION {
            return Err(TicketError::UnknownVersion);
        }
        let (nonce, sealed) = rest.split_first_chunk::<24>().ok_or(TicketError::DoesNotOpen)?;
        let message = Payload { msg: sealed, aad: &self.associated() };
        let plain = self.cipher().decrypt(&XNonce::from(*nonce), message);
        let plain = Zeroizing::new(plain.map_err(|_| TicketError::DoesNotOpen)?);
        cbor::from_slice(&plain).map_err(|_| TicketError::DoesNotOpen)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        let key = Zeroizing::new(self.secret.derive("tungnha 2026 invite envelope"));
        XChaCha20Poly1305::new(&(*key).into())
    }

    fn associated(&self) -> [u8; 9] {
        let mut associated = [ENVELOPE_VERSION; 9];
        associated[1..].copy_from_slice(&self.id().0);
        associated
    }
}

impl fmt::Debug for Invite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Invite({} at {})", self.id(), self.relay)
    }
}
