//! Keys: what a device signs with and what a space's chunks are sealed under.
//!
//! Both forget their bytes when dropped and print nothing of themselves.

use std::fmt;

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::ids::{DeviceId, KeyId};

/// A device's Ed25519 key. Its public half is the device's id.
#[derive(Clone)]
pub struct DeviceKey(SigningKey);

impl DeviceKey {
    /// The key made from 32 random (or stored) bytes.
    pub fn from_bytes(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// A fresh key, from the operating system's randomness.
    pub fn random() -> Self {
        Self::from_bytes(&Zeroizing::new(crate::random_bytes()))
    }

    /// The secret bytes, to be stored where the notebook's own key protects them.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The public half.
    pub fn id(&self) -> DeviceId {
        DeviceId(self.0.verifying_key().to_bytes())
    }

    /// Signs a message. Every kind of message starts with a text of its own (`tungnha chunk`,
    /// `tungnha register`), so that a signature made for one can never serve as another.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceKey({})", self.id())
    }
}

/// Whether `device` signed `message`. Weak keys and malleable signatures are refused
/// (`verify_strict`), so two relays never disagree about one chunk.
pub fn is_signed_by(device: &DeviceId, message: &[u8], signature: &[u8; 64]) -> bool {
    VerifyingKey::from_bytes(&device.0)
        .is_ok_and(|key| key.verify_strict(message, &ed25519_dalek::Signature::from_bytes(signature)).is_ok())
}

/// One of a space's keys, shared by its members and never shown to a relay.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct SpaceKey([u8; 32]);

impl SpaceKey {
    /// The key made of 32 random (or stored) bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A fresh key, from the operating system's randomness.
    pub fn random() -> Self {
        Self(crate::random_bytes())
    }

    /// The secret bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The name by which a chunk says which key opens it: 8 bytes of a hash. It also binds a sealed
    /// chunk to one key, which the cipher alone does not do.
    pub fn id(&self) -> KeyId {
        let hash = blake3::derive_key("tungnha 2026 key id", &self.0);
        let mut id = [0; KeyId::LEN];
        id.copy_from_slice(&hash[..KeyId::LEN]);
        KeyId(id)
    }
}

impl fmt::Debug for SpaceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SpaceKey({})", self.id())
    }
}

impl<C> minicbor::Encode<C> for SpaceKey {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}

impl<'b, C> minicbor::Decode<'b, C> for SpaceKey {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let bytes = d.bytes()?.try_into();
        bytes.map(Self).map_err(|_| minicbor::decode::Error::message("a space key has 32 bytes"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_prints_its_name_and_nothing_secret() {
        let key = SpaceKey::from_bytes([7; 32]);
        assert_eq!(format!("{key:?}"), format!("SpaceKey({})", key.id()));
        let device = DeviceKey::from_bytes(&[7; 32]);
        assert_eq!(format!("{device:?}"), format!("DeviceKey({})", device.id()));
    }

    #[test]
    fn a_signature_holds_for_its_message_and_device_only() {
        let (hoa, lan) = (DeviceKey::from_bytes(&[1; 32]), DeviceKey::from_bytes(&[2; 32]));
        let signature = hoa.sign(b"tungnha chunk 1");
        assert!(is_signed_by(&hoa.id(), b"tungnha chunk 1", &signature));
        assert!(!is_signed_by(&hoa.id(), b"tungnha chunk 2", &signature));
        assert!(!is_signed_by(&lan.id(), b"tungnha chunk 1", &signature));
        assert!(!is_signed_by(&DeviceId([0; 32]), b"tungnha chunk 1", &signature));
    }
}
