//! The thin shell that carries bytes to a relay and back.

use std::sync::OnceLock;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use reqwest::StatusCode;
use reqwest::blocking::{Client, ClientBuilder, Response};
use reqwest::header::CONTENT_TYPE;
use tungnha_protocol::wire::{Body, WireError, code};

use crate::error::{Error, Result};

/// For an answer to begin, and for each part of it to come. A bad line may need minutes for one page; a
/// dead one is noticed sooner by connecting. It is longer than two of the wake stream's keep-alives.
const TIMEOUT: Duration = Duration::from_secs(120);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

/// What every client has in common: patience, and no redirects.
pub fn builder() -> ClientBuilder {
    // Fails only when another part of the process has installed one, which then serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder().timeout(TIMEOUT).connect_timeout(CONNECT_TIMEOUT);
    builder.redirect(reqwest::redirect::Policy::none())
}

fn client() -> Result<&'static Client> {
    static CLIENT: OnceLock<std::result::Result<Client, String>> = OnceLock::new();
    let made = CLIENT.get_or_init(|| builder().build().map_err(|e| e.to_string()));
    made.as_ref().map_err(|message| Error::new("internal", message.clone()))
}

/// Posts a body; the answer's body, or what the relay says is wrong.
pub fn post(relay: &str, path: &str, token: Option<&[u8; 32]>, body: Vec<u8>) -> Result<Vec<u8>> {
    post_with(client()?, relay, path, token, body)
}

/// The same through a client that somebody else has made.
pub fn post_with(client: &Client, relay: &str, path: &str, token: Option<&[u8; 32]>, body: Vec<u8>) -> Result<Vec<u8>> {
    let mut request = client.post(format!("{relay}{path}")).body(body);
    if let Some(token) = token {
        request = request.bearer_auth(BASE64URL_NOPAD.encode(token));
    }
    let response = request.send().map_err(unreachable)?;
    let status = response.status();
    let body = read(response)?;
    if status.is_success() { Ok(body) } else { Err(refusal(status, &body)) }
}

/// Opens a stream of server-sent events; or what the relay says is wrong.
pub fn listen(relay: &str, path: &str, token: &[u8; 32]) -> Result<Response> {
    let request = client()?.get(format!("{relay}{path}")).bearer_auth(BASE64URL_NOPAD.encode(token));
    let response = request.send().map_err(unreachable)?;
    let status = response.status();
    if !status.is_success() {
        return Err(refusal(status, &read(response)?));
    }
    let kind = response.headers().get(CONTENT_TYPE).map(|kind| kind.as_bytes().to_ascii_lowercase());
    if !kind.is_some_and(|kind| kind.starts_with(b"text/event-stream")) {
        return Err(Error::new("relay_answer", "the relay's answer is no stream of events"));
    }
    Ok(response)
}

fn read(response: Response) -> Result<Vec<u8>> {
    const AT_MOST: u64 = tungnha_protocol::frames::MAX_RESPONSE as u64;
    let mut body = Vec::new();
    let mut limited = std::io::Read::take(response, AT_MOST + 1);
    std::io::Read::read_to_end(&mut limited, &mut body).map_err(|e| Error::new("offline", e.to_string()))?;
    if body.len() as u64 > AT_MOST {
        return Err(Error::new("relay_answer", "the relay's answer is too large"));
    }
    Ok(body)
}

fn unreachable(error: reqwest::Error) -> Error {
    // The address may stand in reqwest's message; it holds no secret, but says nothing more either.
    Error::new("offline", error.without_url().to_string())
}

fn refusal(status: StatusCode, body: &[u8]) -> Error {
    let Ok(wire) = WireError::from_bytes(body) else {
        return Error::new("relay_answer", format!("the relay answered {status}"));
    };
    const KNOWN: [&str; 20] = [
        code::TOO_LARGE,
        code::UNAUTHORIZED,
        code::DEVICE_REVOKED,
        code::NOT_MEMBER,
        code::BAD_SIGNATURE,
        code::INVITE_UNKNOWN,
        code::INVITE_EXPIRED,
        code::INVITE_USED_UP,
        code::INVITE_TAKEN,
        code::PASS_UNKNOWN,
        code::PASS_EXPIRED,
        code::PASS_USED_UP,
        code::SPACE_EXISTS,
        code::NO_CHECKPOINT,
        code::OTHER_LOG,
        code::NOT_FOUND,
        code::BUSY,
        code::TIMEOUT,
        code::TOO_MANY_REQUESTS,
        code::FULL,
    ];
    let known = KNOWN.into_iter().find(|known| *known == wire.code);
    Error::new(known.unwrap_or("relay_answer"), format!("{}: {}", wire.code, wire.message))
}
