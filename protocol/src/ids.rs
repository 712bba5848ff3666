//! The names of things on the wire: fixed-size bytes, each kind a type of its own so that a space's id
//! cannot be passed where a document's is meant.
//!
//! Printed as base64url without padding (RFC 4648 §5), 22 characters for the 16-byte ids. Reading is
//! strict: one text for one id.

use std::{fmt, str::FromStr};

use data_encoding::BASE64URL_NOPAD;

/// A text that is no id of this kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a {kind}: {len} bytes of base64url without padding are expected")]
pub struct IdError {
    kind: &'static str,
    len: usize,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// Length in bytes.
            pub const LEN: usize = $len;

            /// A fresh random id, from the operating system's randomness.
            pub fn random() -> Self {
                Self(crate::random_bytes())
            }

            /// The id's bytes.
            pub fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }
        }

        impl From<[u8; $len]> for $name {
            fn from(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }
        }

        /// From stored bytes; fails unless their number is right.
        impl TryFrom<&[u8]> for $name {
            type Error = IdError;

            fn try_from(bytes: &[u8]) -> Result<Self, IdError> {
                let error = IdError { kind: stringify!($name), len: $len };
                bytes.try_into().map(Self).map_err(|_| error)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&BASE64URL_NOPAD.encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).unwrap_or_default();
                Self::try_from(bytes.as_slice())
            }
        }

        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&self.0)?.ok()
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(
                d: &mut minicbor::Decoder<'b>,
                _: &mut C,
            ) -> Result<Self, minicbor::decode::Error> {
                Self::try_from(d.bytes()?).map_err(minicbor::decode::Error::message)
            }
        }
    };
}

id!(
    /// A space: a team's shared notebook.
    SpaceId,
    16
);
id!(
    /// One document in a space: a household, or the space itself.
    DocId,
    16
);
id!(
    /// A device, named by its Ed25519 public key.
    DeviceId,
    32
);
id!(
    /// A sealed chunk, named by the BLAKE3 hash of all of its bytes.
    ChunkId,
    32
);
id!(
    /// The start of a chunk's id, by which it is offered and wanted.
    Fingerprint,
    8
);
id!(
    /// A space key, named by the start of a hash of it (see [`SpaceKey::id`](crate::SpaceKey::id)).
    KeyId,
    8
);
id!(
    /// One life of a space's log on one relay. A relay that was emptied or replaced has another.
    Incarnation,
    16
);
id!(
    /// A team invite, derived from its secret; this much a relay may know.
    InviteId,
    8
);
id!(
    /// A relay pass, derived from its secret.
    PassId,
    8
);
id!(
    /// The hash of a log up to some number (see [`log`](crate::log)).
    LogHash,
    16
);
id!(
    /// Drawn by each side of a meeting (see [`meet`](crate::meet)).
    Nonce,
    32
);
id!(
    /// What shows that a side of a meeting holds a key. Compared by [`Meeting::holds`](crate::meet::Meeting::holds).
    Proof,
    32
);

impl ChunkId {
    /// The first eight bytes, by which a chunk is offered. Who wanted another chunk to be taken for this
    /// one would have to try 2⁶⁴ of them; the rolling hash would then still tell them apart.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut first = [0; Fingerprint::LEN];
        first.copy_from_slice(&self.0[..Fingerprint::LEN]);
        Fingerprint(first)
    }
}

macro_rules! from_uuid {
    ($($name:ident),*) => {$(
        impl From<uuid::Uuid> for $name {
            fn from(uuid: uuid::Uuid) -> Self {
                Self(uuid.into_bytes())
            }
        }
        impl From<$name> for uuid::Uuid {
            fn from(id: $name) -> Self {
                Self::from_bytes(id.0)
            }
        }
    )*};
}
from_uuid!(SpaceId, DocId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_bytes_print_as_22_characters_and_come_back() {
        let space = SpaceId([0xfb; 16]);
        let text = space.to_string();
        assert_eq!(text, "-_v7-_v7-_v7-_v7-_v7-w");
        assert_eq!(text.len(), 22);
        assert_eq!(text.parse(), Ok(space));
    }

    #[test]
    fn only_the_exact_text_is_an_id() {
        let text = SpaceId([0xfb; 16]).to_string();
        for wrong in [
            String::new(),
            format!("{text}="),
            format!(" {text}"),
            text.replace('-', "+"),
            format!("{}x", &text[..21]), // stray bits in the last character
            text[..20].to_owned(),
            DeviceId([1; 32]).to_string(),
        ] {
            assert!(wrong.parse::<SpaceId>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_uuid_is_a_document_id_and_back() {
        let uuid = uuid::Uuid::from_u128(0x0192_0000_7000_8000_0000_0000_0000_0001);
        assert_eq!(uuid::Uuid::from(DocId::from(uuid)), uuid);
    }
}
