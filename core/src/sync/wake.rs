//! The relay's wake stream, read: server-sent events that say when an exchange is worth it.
//!
//! What comes is hostile until parsed, like everything from a wire: lines are bounded, and nothing is
//! believed but that there may be something to fetch.

use std::io::{BufRead, BufReader, Read};

use tungnha_protocol::ids::SpaceId;

use super::http;
use crate::error::{Error, Result};
use crate::store::relays::Relay;

/// The longest line that a relay has reason to send; the proxies between add none.
const LONGEST_LINE: u64 = 1024;

/// Something that came on the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// The relay has answered: from now on nothing is missed.
    Stands,
    /// The log of this space has grown.
    Changed(SpaceId),
    /// It is still there.
    Alive,
}

/// Holds a relay's wake stream open and hands on what comes, for as long as `hear` wants more. Blocks.
/// Returns without an error when `hear` has had enough, or when the relay ends the stream.
pub fn listen(relay: &Relay, mut hear: impl FnMut(Said) -> bool) -> Result<()> {
    let stream = http::listen(&relay.url, "/v1/wake", &relay.token)?;
    if !hear(Said::Stands) {
        return Ok(());
    }
    read(stream, hear)
}

fn read(stream: impl Read, mut hear: impl FnMut(Said) -> bool) -> Result<()> {
    let mut stream = BufReader::new(stream);
    let (mut event, mut data) = (String::new(), String::new());
    while let Some(line) = next_line(&mut stream)? {
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut event),
            "data" => value.clone_into(&mut data),
            "" if line.is_empty() => {
                let said = if event == "changed" { data.parse().ok().map(Said::Changed) } else { None };
                (event, data) = Default::default();
                if !hear(said.unwrap_or(Said::Alive)) {
                    return Ok(());
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn next_line(stream: &mut impl BufRead) -> Result<Option<String>> {
    let mut line = Vec::new();
    let lost = |error: std::io::Error| Error::new("offline", error.to_string());
    stream.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(lost)?;
    if line.last() != Some(&b'\n') {
        let too_long = line.len() as u64 == LONGEST_LINE;
        let error = || Error::new("relay_answer", "a line of the relay's wake stream is too long");
        // A line that was cut off is no line.
        return if too_long { Err(error()) } else { Ok(None) };
    }
    let line = String::from_utf8(line).map_err(|e| Error::new("relay_answer", e.to_string()))?;
    Ok(Some(line.trim_end_matches(['\n', '\r']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(stream: &[u8]) -> (Vec<Said>, Result<()>) {
        let mut heard = Vec::new();
        let end = read(stream, |said| {
            heard.push(said);
            true
        });
        (heard, end)
    }

    #[test]
    fn changes_and_signs_of_life_are_told_apart() {
        let space = SpaceId([7; 16]);
        let stream =
            format!(":\n\nevent: changed\ndata: {space}\n\n:still here\r\n\r\nevent:changed\ndata:{space}\n\n");
        let (heard, end) = all(stream.as_bytes());
        assert_eq!(heard, [Said::Alive, Said::Changed(space), Said::Alive, Said::Changed(space)]);
        assert_eq!(end, Ok(()));
    }

    #[test]
    fn what_is_not_understood_wakes_nobody() {
        let stream = "event: changed\ndata: nonsense\n\nevent: other\ndata: x\n\nid: 3\nretry: 0\n\n: cut in the midd";
        assert_eq!(all(stream.as_bytes()), (vec![Said::Alive; 3], Ok(())));
    }

    #[test]
    fn a_line_without_end_is_refused() {
        let (heard, end) = all(&[b'x'; 100_000]);
        assert_eq!((heard, end.map_err(|e| e.code())), (vec![], Err("relay_answer")));
        assert_eq!(all(&[0xff, b'\n']).1.map_err(|e| e.code()), Err("relay_answer"));
    }

    #[test]
    fn who_has_heard_enough_is_let_go() {
        let mut heard = 0;
        read(":\n\n:\n\n:\n\n".as_bytes(), |_| {
            heard += 1;
            heard < 2
        })
        .expect("ends");
        assert_eq!(heard, 2);
    }
}
