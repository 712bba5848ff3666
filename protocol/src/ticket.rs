//! What an invite and a relay pass have in common: a 16-byte secret, told to one person, from which
//! everything else is derived.
//!
//! ```text
//! link   https://RELAY/<j, s or p>/ID#SECRET   ID 11 and SECRET 22 characters of base64url
//! typed  RELAY address, and XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX
//! ```
//!
//! The secret stands in the fragment, which no browser sends to a server. The code to type is the
//! secret's 128 bits and 12 bits of CRC in Crockford's base32: any single wrong character and any two
//! neighbours exchanged are caught, not just most, and O, I and L are taken for the digits they look like.

use std::str::FromStr;

use data_encoding::BASE64URL_NOPAD;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::RelayUrl;

/// Why a text is no invite or pass. People see these told in their own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TicketError {
    /// Neither a link nor anything like one.
    #[error("this is no link of Từng Nhà")]
    NotALink,
    /// A pass where an invite belongs, or the other way round.
    #[error("this link is of another kind")]
    OtherKind,
    /// The link lost a part, probably when it was copied.
    #[error("the link is damaged")]
    DamagedLink,
    /// The relay's address cannot be one.
    #[error("the relay's address is not valid")]
    BadAddress,
    /// `http` to somewhere else than this machine or a private network.
    #[error("an address outside the local network must start with https")]
    NotEncrypted,
    /// The typed code has not 28 letters and digits, or holds a U or a sign.
    #[error("the code is incomplete or has a character that codes do not use")]
    BadCode,
    /// The typed code's checksum does not hold.
    #[error("the code has a typing error")]
    Mistyped,
    /// A sealed envelope that this secret does not open.
    #[error("the invite's envelope does not open")]
    DoesNotOpen,
    /// An envelope of a newer version.
    #[error("the invite was made by a newer version of the app")]
    UnknownVersion,
}

/// The secret of an invite or a pass.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Secret(pub(crate) [u8; 16]);

impl Secret {
    /// 32 bytes for one purpose.
    pub(crate) fn derive(&self, context: &'static str) -> [u8; 32] {
        blake3::derive_key(context, &self.0)
    }

    /// The id that names it to the relay.
    pub(crate) fn id(&self, context: &'static str) -> [u8; 8] {
        let mut id = [0; 8];
        id.copy_from_slice(&self.derive(context)[..8]);
        id
    }

    /// The link that carries it.
    pub(crate) fn link(&self, relay: &RelayUrl, letter: char, id: impl std::fmt::Display) -> String {
        let secret = BASE64URL_NOPAD.encode(&self.0);
        format!("{relay}/{letter}/{id}#{secret}")
    }

    /// The code to type.
    pub(crate) fn code(&self, crc_start: u16) -> String {
        let bits = u128::from_be_bytes(self.0);
        let crc = u128::from(crc12(crc_start, &self.0));
        // 140 bits in 28 characters; the last three hold 3 bits of the secret and the 12 of the CRC.
        let tail = (bits & 0b111) << 12 | crc;
        let mut code = String::with_capacity(34);
        for place in 0..28 {
            let value = match place {
                0..25 => bits >> (3 + 5 * (24 - place)),
                _ => tail >> (5 * (27 - place)),
            };
            if place % 4 == 0 && place > 0 {
                code.push('-');
            }
            code.push(char::from(ALPHABET[(value & 31) as usize]));
        }
        code
    }

    /// Reads a typed code: case, spaces and hyphens do not matter, O is 0, I and L are 1.
    pub(crate) fn from_code(typed: &str, crc_start: u16) -> Result<Self, TicketError> {
        let mut values = Vec::with_capacity(28);
        for c in typed.chars().filter(|c| !c.is_whitespace() && !"-–—.".contains(*c)) {
            let digit = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = ALPHABET.iter().position(|a| char::from(*a) == digit);
            values.push(value.ok_or(TicketError::BadCode)? as u128);
            if values.len() > 28 {
                return Err(TicketError::BadCode);
            }
        }
        if values.len() != 28 {
            return Err(TicketError::BadCode);
        }
        let number = |values: &[u128]| values.iter().fold(0u128, |sum, value| sum << 5 | value);
        let tail = number(&values[25..]);
        let bits = number(&values[..25]) << 3 | tail >> 12;
        let secret = Self(bits.to_be_bytes());
        if u128::from(crc12(crc_start, &secret.0)) == tail & 0xfff { Ok(secret) } else { Err(TicketError::Mistyped) }
    }

    /// Reads a link; `id` computes what its ID must be.
    pub(crate) fn from_link(
        text: &str,
        letter: &str,
        id: impl Fn(&Self) -> String,
    ) -> Result<(RelayUrl, Self), TicketError> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://").ok_or(TicketError::NotALink)?;
        let (authority, path) = rest.split_once('/').ok_or(TicketError::NotALink)?;
        let (kind, rest) = path.split_once('/').ok_or(TicketError::NotALink)?;
        match kind {
            kind if kind == letter => {}
            "j" | "p" | "s" => return Err(TicketError::OtherKind),
            _ => return Err(TicketError::NotALink),
        }
        let relay = RelayUrl::from_str(&format!("{scheme}://{authority}"))?;
        let (named, fragment) = rest.split_once('#').ok_or(TicketError::DamagedLink)?;
        let bytes = BASE64URL_NOPAD.decode(fragment.as_bytes());
        let bytes = bytes.ok().and_then(|bytes| bytes.try_into().ok());
        let secret = Self(bytes.ok_or(TicketError::DamagedLink)?);
        if id(&secret) == named { Ok((relay, secret)) } else { Err(TicketError::DamagedLink) }
    }
}

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Where the CRC of a code for a relay starts: from ones, so that an all-zero code is none.
pub(crate) const AT_RELAY: u16 = 0xfff;
/// Where it starts for a station: a typed code says by itself which of them it is for.
pub(crate) const AT_STATION: u16 = 0x5a3;

/// CRC-12 (polynomial 0x80F), which catches every burst of up to 12 wrong bits: two neighbouring
/// characters have ten.
fn crc12(start: u16, bytes: &[u8]) -> u16 {
    let mut crc = start;
    for byte in bytes {
        crc ^= u16::from(*byte) << 4;
        for _ in 0..8 {
            crc = if crc & 0x800 == 0 { crc << 1 } else { crc << 1 ^ 0x80f };
        }
    }
    crc & 0xfff
}
