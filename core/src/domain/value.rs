//! How a thing that is kept as one value is stored: a version byte, and a CBOR map with small integer keys.

use minicbor::{Decode, Encode};

/// The only version that there is. A value with another one is kept and not read.
const VERSION: u8 = 1;

/// The stored bytes. Equal values give equal bytes.
pub fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut out = vec![VERSION];
    // Writing to a Vec cannot fail.
    let _ = minicbor::encode(value, &mut out);
    out
}

/// Reads stored bytes; `None` for another version or damage.
pub fn decode<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Option<T> {
    let (version, map) = bytes.split_first()?;
    (*version == VERSION).then(|| minicbor::decode(map).ok()).flatten()
}
