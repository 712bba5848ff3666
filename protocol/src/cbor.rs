//! The two lines of glue around minicbor that every module would otherwise repeat.

use minicbor::{Decode, Encode};

/// The CBOR bytes of a value of ours.
pub(crate) fn to_vec<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("writing plain values to memory cannot fail")
}

/// A value from exactly these bytes: what follows it is an error.
pub(crate) fn from_slice<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, minicbor::decode::Error> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let value = decoder.decode()?;
    if decoder.position() == bytes.len() {
        Ok(value)
    } else {
        Err(minicbor::decode::Error::message("bytes follow where none should"))
    }
}
