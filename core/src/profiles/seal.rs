//! Sealing of small things under a key: `nonce(24) | XChaCha20-Poly1305`.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use tungnha_protocol::random_bytes;
use zeroize::Zeroizing;

use super::Key;
use crate::error::{Error, Result};

/// Seals `plain`; `about` has to be the same when it is opened.
pub fn seal(key: &Key, about: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
    let nonce: [u8; 24] = random_bytes();
    let message = Payload { msg: plain, aad: about };
    let sealed = cipher(key).encrypt(&XNonce::from(nonce), message);
    let sealed = sealed.map_err(|_| Error::new("internal", "too much to seal"))?;
    Ok([&nonce[..], &sealed].concat())
}

/// What was sealed, unless the key is another one or the bytes are not what they were.
pub fn open(key: &Key, about: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_first_chunk::<24>()?;
    let message = Payload { msg: sealed, aad: about };
    cipher(key).decrypt(&XNonce::from(*nonce), message).ok().map(Zeroizing::new)
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&(**key).into())
}
