//! A token that works once, exchanged for a cookie that works as long as the server runs.

use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::extract::State;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD;
use subtle::ConstantTimeEq;

use super::{Door, announce};

/// Who may come in.
pub struct Session {
    token: Mutex<String>,
    cookie: String,
}

impl Session {
    /// Fresh secrets, from the system's randomness.
    pub fn new() -> anyhow::Result<Session> {
        Ok(Session { token: Mutex::new(secret()?), cookie: secret()? })
    }

    /// The token of the link that is valid now.
    pub fn token(&self) -> String {
        self.current().clone()
    }

    /// Takes a token for a cookie. The token is replaced in the same breath, so that of two who
    /// hold it only one gets in.
    fn redeem(&self, offered: &str) -> anyhow::Result<Option<&str>> {
        let mut token = self.current();
        if !same(&token, offered) {
            return Ok(None);
        }
        *token = secret()?;
        Ok(Some(&self.cookie))
    }

    /// Whether the request carries our cookie. Cookies are shared between a machine's ports, so
    /// the name carries the port: two notebooks may be open in one browser.
    pub fn admits(&self, headers: &HeaderMap, port: u16) -> bool {
        let name = cookie_name(port);
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split("; "))
            .filter_map(|pair| pair.split_once('='))
            .any(|(key, value)| key == name && same(&self.cookie, value))
    }

    fn current(&self) -> MutexGuard<'_, String> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `POST /session`, the token as its body. A new link is printed, for when the browser is closed.
pub async fn open(State(door): State<Door>, token: String) -> Response {
    match door.0.session.redeem(token.trim()) {
        Ok(Some(cookie)) => {
            announce(&door);
            let name = cookie_name(door.0.address.port());
            let cookie = format!("{name}={cookie}; Path=/; HttpOnly; SameSite=Strict");
            (StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response()
        }
        Ok(None) => StatusCode::FORBIDDEN.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn cookie_name(port: u16) -> String {
    format!("tungnha_{port}")
}

/// Takes as long whether the first letter is wrong or the last.
fn same(ours: &str, offered: &str) -> bool {
    ours.as_bytes().ct_eq(offered.as_bytes()).into()
}

fn secret() -> anyhow::Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    Ok(BASE64URL_NOPAD.encode(&bytes))
}
