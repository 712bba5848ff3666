//! Frames to bytes and back. Headers are CBOR arrays of which a reader takes the items it knows.

use minicbor::{Decode, Encode};

use super::*;
use crate::{
    cbor,
    payload::{read_number, write_number},
};

const HELLO: u8 = 1;
const PUSH: u8 = 2;
const OFFER: u8 = 3;
const WELCOME: u8 = 16;
const REWIND: u8 = 17;
const ACK: u8 = 18;
const REFUSED: u8 = 19;
const PULL: u8 = 20;
const MORE: u8 = 21;
const WANT: u8 = 22;

macro_rules! header {
    ($name:ident { $($n:literal $field:ident: $type:ty),* }) => {
        #[derive(Encode, Decode)]
        #[cbor(array)]
        struct $name { $(#[n($n)] $field: $type),* }
    };
}
header!(WelcomeHeader { 0 space: u32, 1 incarnation: Incarnation, 2 seq: u64, 3 hash: LogHash });
header!(RewindHeader { 0 space: u32, 1 incarnation: Incarnation });
header!(AckHeader { 0 space: u32, 1 seq: u64, 2 id: ChunkId });
header!(RefusedHeader { 0 space: u32, 1 code: u32, 2 id: Option<ChunkId> });
header!(PullHeader { 0 space: u32, 1 seq: u64, 2 id: Option<ChunkId>, 3 redacted: Option<bool>, 4 later: Option<bool> });
header!(MoreHeader { 0 space: u32, 1 head: u64 });
// What every frame but HELLO begins with, and all that PUSH, OFFER and WANT have.
header!(SpaceHeader { 0 space: u32 });

impl Request {
    /// The bytes to send.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for hello in &self.hellos {
            write_frame(HELLO, hello, &[], &mut out);
        }
        for push in &self.pushes {
            let space = push.space_index;
            write_frame(PUSH, &SpaceHeader { space }, &push.bytes, &mut out);
        }
        for offer in &self.offers {
            let space = offer.space_index;
            write_frame(OFFER, &SpaceHeader { space }, &joined(&offer.chunks), &mut out);
        }
        out.push(0);
        out
    }

    /// Reads a request; the chunks in it are still unchecked bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, FrameError> {
        let (mut request, mut offered) = (Self::default(), 0);
        for frame in frames(bytes, MAX_REQUEST)? {
            match frame.kind {
                HELLO if request.hellos.len() == MAX_SPACES => return Err(FrameError::TooLarge),
                HELLO => request.hellos.push(frame.header()?.0),
                PUSH if request.pushes.len() == MAX_PUSHES => return Err(FrameError::TooLarge),
                PUSH => {
                    let (SpaceHeader { space }, bytes) = frame.header()?;
                    request.pushes.push(Push { space_index: space, bytes: bytes.to_vec() });
                }
                OFFER => {
                    let (SpaceHeader { space }, bytes) = frame.header()?;
                    let chunks = split(OFFER, bytes)?;
                    offered += chunks.len();
                    if offered > MAX_OFFERED {
                        return Err(FrameError::TooLarge);
                    }
                    request.offers.push(Offer { space_index: space, chunks });
                }
                _ => {}
            }
        }
        let pushed = request.pushes.iter().map(|push| push.space_index);
        match pushed.chain(request.offers.iter().map(|offer| offer.space_index)).max() {
            Some(last) if last as usize >= request.hellos.len() => Err(FrameError::NoSuchSpace(last)),
            _ => Ok(request),
        }
    }
}

impl Response {
    /// The bytes to send.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for (index, answer) in (0u32..).zip(&self.spaces) {
            answer.write(index, &mut out);
        }
        out.push(0);
        out
    }

    /// Reads the response to a request that had so many hellos.
    pub fn decode(bytes: &[u8], hellos: usize) -> Result<Self, FrameError> {
        let mut spaces = vec![SpaceAnswer::default(); hellos.min(MAX_SPACES)];
        for frame in frames(bytes, MAX_RESPONSE)? {
            if !(WELCOME..=WANT).contains(&frame.kind) {
                continue;
            }
            let (SpaceHeader { space }, _) = frame.header()?;
            spaces.get_mut(space as usize).ok_or(FrameError::NoSuchSpace(space))?.read(frame)?;
        }
        Ok(Self { spaces })
    }
}

impl SpaceAnswer {
    fn write(&self, space: u32, out: &mut Vec<u8>) {
        if let Some(Welcome { incarnation, head }) = self.welcome {
            let RollingHash { seq, hash } = head;
            let header = WelcomeHeader { space, incarnation, seq, hash };
            write_frame(WELCOME, &header, &[], out);
        }
        if let Some(incarnation) = self.rewind {
            write_frame(REWIND, &RewindHeader { space, incarnation }, &[], out);
        }
        for &Ack { id, seq } in &self.acks {
            write_frame(ACK, &AckHeader { space, seq, id }, &[], out);
        }
        for &Refused { id, code } in &self.refused {
            let code = code.into();
            write_frame(REFUSED, &RefusedHeader { space, code, id }, &[], out);
        }
        for Pull { seq, body } in &self.pulls {
            let (id, redacted, later, bytes) = match body {
                PullBody::Bytes(bytes) => (None, None, None, bytes.as_slice()),
                PullBody::Id(id) => (Some(*id), None, None, [].as_slice()),
                PullBody::Redacted(id) => (Some(*id), Some(true), None, [].as_slice()),
                PullBody::Later(id) => (Some(*id), Some(false), Some(true), [].as_slice()),
            };
            let seq = *seq;
            write_frame(PULL, &PullHeader { space, seq, id, redacted, later }, bytes, out);
        }
        if let Some(head) = self.more {
            write_frame(MORE, &MoreHeader { space, head }, &[], out);
        }
        if !self.wants.is_empty() {
            write_frame(WANT, &SpaceHeader { space }, &joined(&self.wants), out);
        }
    }

    fn read(&mut self, frame: Frame<'_>) -> Result<(), FrameError> {
        match frame.kind {
            WELCOME => {
                let (header, _) = frame.header::<WelcomeHeader>()?;
                self.welcome = Some(Welcome {
                    incarnation: header.incarnation,
                    head: RollingHash { seq: header.seq, hash: header.hash },
                });
            }
            REWIND => self.rewind = Some(frame.header::<RewindHeader>()?.0.incarnation),
            ACK => {
                let (AckHeader { seq, id, .. }, _) = frame.header()?;
                self.acks.push(Ack { id, seq });
            }
            REFUSED => {
                let (RefusedHeader { code, id, .. }, _) = frame.header()?;
                let code = Refusal::from(code);
                self.refused.push(Refused { id, code });
            }
            PULL => {
                let (PullHeader { seq, id, redacted, later, .. }, bytes) = frame.header()?;
                let body = match id {
                    Some(id) if bytes.is_empty() && redacted == Some(true) => PullBody::Redacted(id),
                    Some(id) if bytes.is_empty() && later == Some(true) => PullBody::Later(id),
                    Some(id) if bytes.is_empty() => PullBody::Id(id),
                    None if !bytes.is_empty() => PullBody::Bytes(bytes.to_vec()),
                    _ => return Err(FrameError::Malformed(PULL)),
                };
                self.pulls.push(Pull { seq, body });
            }
            MORE => self.more = Some(frame.header::<MoreHeader>()?.0.head),
            WANT => self.wants.extend(split(WANT, frame.header::<SpaceHeader>()?.1)?),
            _ => {}
        }
        Ok(())
    }
}

fn joined(fingerprints: &[Fingerprint]) -> Vec<u8> {
    fingerprints.iter().flat_map(|fingerprint| fingerprint.0).collect()
}

fn split(kind: u8, bytes: &[u8]) -> Result<Vec<Fingerprint>, FrameError> {
    let (fingerprints, []) = bytes.as_chunks() else { return Err(FrameError::Malformed(kind)) };
    Ok(fingerprints.iter().copied().map(Fingerprint).collect())
}

struct Frame<'b> {
    kind: u8,
    rest: &'b [u8],
}

impl<'b> Frame<'b> {
    /// The frame's header, and the raw bytes after it.
    fn header<T: Decode<'b, ()>>(&self) -> Result<(T, &'b [u8]), FrameError> {
        let mut decoder = minicbor::Decoder::new(self.rest);
        let header = decoder.decode();
        let header = header.map_err(|_| FrameError::Malformed(self.kind))?;
        let raw = self.rest.get(decoder.position()..).unwrap_or_default();
        Ok((header, raw))
    }
}

/// Splits a message into its frames; it must end where it says that it ends.
fn frames(mut bytes: &[u8], most: usize) -> Result<Vec<Frame<'_>>, FrameError> {
    if bytes.len() > most {
        return Err(FrameError::TooLarge);
    }
    let mut frames = Vec::new();
    loop {
        let length = read_number(&mut bytes).ok_or(FrameError::Truncated)?;
        let length = usize::try_from(length).map_err(|_| FrameError::TooLarge)?;
        let (frame, after) = bytes.split_at_checked(length).ok_or(FrameError::Truncated)?;
        bytes = after;
        match frame.split_first() {
            Some((&kind, rest)) => frames.push(Frame { kind, rest }),
            None if bytes.is_empty() => return Ok(frames),
            None => return Err(FrameError::Trailing),
        }
    }
}

fn write_frame<T: Encode<()>>(kind: u8, header: &T, raw: &[u8], out: &mut Vec<u8>) {
    let header = cbor::to_vec(header);
    write_number((1 + header.len() + raw.len()) as u64, out);
    out.push(kind);
    out.extend(header);
    out.extend(raw);
}
