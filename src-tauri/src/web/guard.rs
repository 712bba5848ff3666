//! What every request has to pass, and what every answer carries.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{Door, LINK_PATH, files, line};

/// Our own files and nothing else: no inline script or style, no other host, no frame around us.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
    img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Lets a request through to its handler, or turns it away.
pub async fn check(State(door): State<Door>, request: Request, next: Next) -> Response {
    let answer = match judge(&door, &request) {
        Verdict::Welcome => next.run(request).await,
        Verdict::AtTheDoor(page) => page,
        Verdict::Refused(status) => status.into_response(),
    };
    with_headers(answer)
}

enum Verdict {
    Welcome,
    /// Sees the page that exchanges the link's token for a cookie.
    AtTheDoor(Response),
    Refused(StatusCode),
}

fn judge(door: &Door, request: &Request) -> Verdict {
    let headers = request.headers();
    let Some(host) = our_host(door, headers) else {
        return Verdict::Refused(StatusCode::MISDIRECTED_REQUEST);
    };
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let path = request.uri().path();
    if (!reads || path == line::PATH) && !from_our_pages(headers, host) {
        return Verdict::Refused(StatusCode::FORBIDDEN);
    }
    let known = door.0.session.admits(headers, door.0.address.port());
    if path == "/session" || (known && path != LINK_PATH) {
        return Verdict::Welcome;
    }
    let page = if reads && !["/events", line::PATH].contains(&path) { files::at_the_door(path) } else { None };
    page.map_or(Verdict::Refused(StatusCode::UNAUTHORIZED), Verdict::AtTheDoor)
}

/// The request's Host, if it is one of our two names.
fn our_host<'a>(door: &Door, headers: &'a HeaderMap) -> Option<&'a str> {
    let host = headers.get(HOST)?.to_str().ok()?;
    let address = door.0.address;
    let ours = host == address.to_string() || host == format!("localhost:{}", address.port());
    ours.then_some(host)
}

fn from_our_pages(headers: &HeaderMap, host: &str) -> bool {
    let origin = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    origin.and_then(|origin| origin.strip_prefix("http://")) == Some(host)
}

/// What a handler set itself stays.
fn with_headers(mut answer: Response) -> Response {
    let defaults: [(HeaderName, &'static str); 7] = [
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(self), geolocation=(self), microphone=()"),
    ];
    for (name, value) in defaults {
        answer.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    answer
}
