//! A photo of what stands in a household's way, named by what is seen on it.

use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Decoder, Encode, Encoder};

/// At most so many photos a visit: they go up a bad line after the records, and cost each member's data.
pub const PHOTOS_AT_MOST: usize = 4;

/// The hash of a photo's JPEG, by which visits refer to it. As text it is hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhotoHash(pub [u8; 32]);

impl fmt::Display for PhotoHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

/// Text that is no such hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoPhotoHash;

impl FromStr for PhotoHash {
    type Err = NoPhotoHash;

    fn from_str(text: &str) -> Result<Self, NoPhotoHash> {
        let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).map_err(|_| NoPhotoHash)?;
        bytes.try_into().map(Self).map_err(|_| NoPhotoHash)
    }
}

impl<C> Encode<C> for PhotoHash {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for PhotoHash {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let bytes = d.bytes()?.try_into().map_err(|_| minicbor::decode::Error::message("photo"))?;
        Ok(Self(bytes))
    }
}
