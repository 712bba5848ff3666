//! A relay pass: made by a relay's operator, it lets a device open spaces on that relay.
//!
//! It carries no keys and opens no notebook; the relay stores the hash of its `auth` and counts uses
//! and days by its own clock.

use std::fmt;

use crate::{
    RelayUrl, TicketError,
    ids::PassId,
    ticket::{AT_RELAY, Secret},
};

/// A pass for one relay.
#[derive(Clone, PartialEq, Eq)]
pub struct Pass {
    relay: RelayUrl,
    secret: Secret,
}

impl Pass {
    /// The pass of a 16-byte secret, freshly drawn.
    pub fn new(relay: RelayUrl, secret: [u8; 16]) -> Self {
        let secret = Secret(secret);
        Self { relay, secret }
    }

    /// Reads a link, with space around it or without.
    pub fn parse(text: &str) -> Result<Self, TicketError> {
        let id = |secret: &Secret| PassId(secret.id("tungnha 2026 pass id")).to_string();
        let (relay, secret) = Secret::from_link(text, "p", id)?;
        Ok(Self { relay, secret })
    }

    /// Reads a typed relay address and code.
    pub fn typed(address: &str, code: &str) -> Result<Self, TicketError> {
        let relay = address.parse()?;
        let secret = Secret::from_code(code, AT_RELAY)?;
        Ok(Self { relay, secret })
    }

    /// The link: for the person who is to open spaces, nobody else.
    pub fn link(&self) -> String {
        self.secret.link(&self.relay, 'p', self.id())
    }

    /// The code to type, seven groups of four.
    pub fn code(&self) -> String {
        self.secret.code(AT_RELAY)
    }

    /// The relay that made it.
    pub fn relay(&self) -> &RelayUrl {
        &self.relay
    }

    /// What the relay knows it by.
    pub fn id(&self) -> PassId {
        PassId(self.secret.id("tungnha 2026 pass id"))
    }

    /// What is shown to the relay, which stores only its BLAKE3 hash.
    pub fn auth(&self) -> [u8; 32] {
        self.secret.derive("tungnha 2026 pass auth")
    }
}

impl fmt::Debug for Pass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pass({} at {})", self.id(), self.relay)
    }
}
