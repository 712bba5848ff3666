//! The plaintext of a photo chunk: one JPEG, and nothing that a camera writes beside the picture.
//!
//! ```text
//! payload version(1) = 1 | JPEG
//! ```
//!
//! What a photo is named by is the hash of the JPEG alone: records refer to it by that, and whoever opens
//! the chunk can tell that it is the one. A JPEG says in segments of its own where it was taken, with which
//! camera, by whom. A photo with such a segment is refused here, by its sender and by every reader: what
//! was never let in cannot get out.

use crate::chunk::MAX_PLAINTEXT;

/// The payload version that this code writes and reads.
pub const VERSION: u8 = 1;
/// The largest photo, in bytes: it fits one chunk.
pub const MAX_PHOTO: usize = 60_000;

const _: () = assert!(MAX_PHOTO < MAX_PLAINTEXT);

/// Why bytes are no photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    /// Written by a newer version of the app: keep the chunk, do not show it.
    #[error("the photo is of version {0}, which this program does not know")]
    UnknownVersion(u8),
    /// More than [`MAX_PHOTO`] bytes.
    #[error("the photo is larger than {MAX_PHOTO} bytes")]
    TooLarge,
    /// Not a JPEG from its first byte to its last.
    #[error("not a JPEG")]
    NotJpeg,
    /// A segment in which cameras write where and when, or a comment.
    #[error("the photo says more than what is seen")]
    Metadata,
}

/// The hash by which records name a photo.
pub fn hash(jpeg: &[u8]) -> [u8; 32] {
    *blake3::hash(jpeg).as_bytes()
}

/// The plaintext of a photo's chunk.
pub fn encode(jpeg: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(jpeg.len() + 1);
    out.push(VERSION);
    out.extend(jpeg);
    out
}

/// The JPEG of a photo chunk's plaintext, checked.
pub fn decode(plaintext: &[u8]) -> Result<&[u8], PhotoError> {
    match plaintext.split_first() {
        Some((&VERSION, jpeg)) => check(jpeg).map(|()| jpeg),
        Some((version, _)) => Err(PhotoError::UnknownVersion(*version)),
        None => Err(PhotoError::NotJpeg),
    }
}

/// Walks a JPEG from segment to segment: it begins with SOI, has a frame and a scan, ends with EOI and
/// nothing behind it, and has no APP1 to APP15 (Exif, XMP, ICC …) and no comment. APP0, which JFIF asks
/// for, has room for a thumbnail; one is refused.
pub fn check(jpeg: &[u8]) -> Result<(), PhotoError> {
    if jpeg.len() > MAX_PHOTO {
        return Err(PhotoError::TooLarge);
    }
    let mut rest = jpeg.strip_prefix(&[0xff, SOI]).ok_or(PhotoError::NotJpeg)?;
    let (mut frames, mut scans) = (0, 0);
    loop {
        let marker;
        (marker, rest) = next_marker(rest).ok_or(PhotoError::NotJpeg)?;
        if marker == EOI {
            return if rest.is_empty() && frames == 1 && scans > 0 { Ok(()) } else { Err(PhotoError::NotJpeg) };
        }
        let segment;
        (segment, rest) = split_segment(rest).ok_or(PhotoError::NotJpeg)?;
        match marker {
            APP0 if is_plain_jfif(segment) => {}
            APP0..=APP15 | COM => return Err(PhotoError::Metadata),
            DQT | DHT | DRI => {}
            0xc0..=0xcf => frames += 1,
            SOS if frames == 1 => {
                scans += 1;
                rest = after_scan(rest);
            }
            _ => return Err(PhotoError::NotJpeg),
        }
    }
}

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const DQT: u8 = 0xdb;
const DHT: u8 = 0xc4;
const DRI: u8 = 0xdd;
const APP0: u8 = 0xe0;
const APP15: u8 = 0xef;
const COM: u8 = 0xfe;

/// A JFIF header without a thumbnail: name, version, units, two densities, and a thumbnail of 0 × 0.
fn is_plain_jfif(segment: &[u8]) -> bool {
    segment.len() == 14 && segment.starts_with(b"JFIF\0") && segment.ends_with(&[0, 0])
}

/// The next marker, past any fill bytes before it.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let mut rest = bytes.strip_prefix(&[0xff])?;
    while let Some(after) = rest.strip_prefix(&[0xff]) {
        rest = after;
    }
    let (marker, rest) = rest.split_first()?;
    Some((*marker, rest))
}

/// A segment without its length, and what follows it.
fn split_segment(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    let length = usize::from(u16::from_be_bytes(*length)).checked_sub(2)?;
    rest.split_at_checked(length)
}

/// What follows the picture's data: in it every FF is stuffed with 00 or begins a restart marker.
fn after_scan(bytes: &[u8]) -> &[u8] {
    let ends = |pair: &[u8]| matches!(pair, [0xff, next] if *next != 0 && !(0xd0..=0xd7).contains(next));
    let end = bytes.windows(2).position(ends).unwrap_or(bytes.len());
    bytes.get(end..).unwrap_or_default()
}
