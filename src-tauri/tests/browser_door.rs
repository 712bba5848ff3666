//! Who gets through the browser door, and who is turned away.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use futures_util::SinkExt;
use serde_json::json;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio_stream::StreamExt;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{WebSocketStream, client_async};
use tower::ServiceExt;
use tungnha_app::web::{Door, Files};
use tungnha_core::api::{Gate, Opening};

const HOST: &str = "127.0.0.1:4080";

/// A tablet with an open notebook, its browser door, and the link that was printed.
struct Tablet {
    router: Router,
    token: String,
    _folder: TempDir,
}

impl Tablet {
    fn open() -> Tablet {
        let folder = tempfile::tempdir().unwrap();
        let gate = Gate::open(folder.path(), Opening::on_device(Vec::new())).unwrap();
        let door = Door::new(gate, HOST.parse().unwrap(), Files::BuiltIn).unwrap();
        let link = door.link();
        let (page, token) = link.split_once("#t=").unwrap();
        assert_eq!(page, format!("http://{HOST}/open"));
        Tablet { router: door.router(), token: token.to_owned(), _folder: folder }
    }

    async fn ask(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Does what the door page does, and returns the cookie.
    async fn come_in(&self) -> String {
        let answer = self.ask(post("/session", &self.token)).await;
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        cookie.split(';').next().unwrap().to_owned()
    }
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).header("host", HOST).body(Body::empty()).unwrap()
}

/// As our own pages send it.
fn post(path: &str, body: &str) -> Request<Body> {
    Request::post(path)
        .header("host", HOST)
        .header("origin", format!("http://{HOST}"))
        .body(Body::from(body.to_owned()))
        .unwrap()
}

fn with(mut request: Request<Body>, header: &'static str, value: &str) -> Request<Body> {
    request.headers_mut().insert(header, value.parse().unwrap());
    request
}

async fn text(answer: Response<Body>) -> String {
    let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn the_link_opens_the_notebook_once() {
    let tablet = Tablet::open();
    let cookie = tablet.come_in().await;

    let second = tablet.ask(post("/session", &tablet.token)).await;
    assert_eq!(second.status(), StatusCode::FORBIDDEN, "a link from the history must be worthless");

    let command = r#"{"command":"household_list","args":{}}"#;
    let answer = tablet.ask(with(post("/execute", command), "cookie", &cookie)).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "application/json");
    let answer = text(answer).await;
    assert!(answer.starts_with(r#"{"ok""#) || answer.starts_with(r#"{"error""#), "{answer}");
}

#[tokio::test]
async fn without_the_cookie_there_is_only_the_door_page() {
    let tablet = Tablet::open();
    let page = tablet.ask(get("/")).await;
    assert_eq!(page.status(), StatusCode::OK);
    assert!(text(page).await.contains("door.js"));

    let line = with(get("/line"), "origin", &format!("http://{HOST}"));
    for request in [post("/execute", "{}"), get("/events"), line, get("/assets/app.js")] {
        let path = request.uri().to_string();
        let answer = tablet.ask(request).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{path}");
    }
    let guessed = tablet.ask(with(post("/execute", "{}"), "cookie", "tungnha_4080=guess")).await;
    assert_eq!(guessed.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn another_site_in_the_same_browser_is_refused_even_with_the_cookie() {
    let tablet = Tablet::open();
    let cookie = tablet.come_in().await;
    let command = || with(post("/execute", "{}"), "cookie", &cookie);
    let line = || with(get("/line"), "cookie", &cookie);

    for origin in ["http://evil.example", "null", "http://127.0.0.1:4081", "https://127.0.0.1:4080"] {
        for request in [command(), line()] {
            let answer = tablet.ask(with(request, "origin", origin)).await;
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{origin}");
        }
    }
    let mut silent = command();
    silent.headers_mut().remove("origin");
    for request in [silent, line()] {
        assert_eq!(tablet.ask(request).await.status(), StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_name_that_was_made_to_point_here_is_refused() {
    let tablet = Tablet::open();
    let cookie = tablet.come_in().await;
    for host in ["evil.example:4080", "127.0.0.1", "127.0.0.1:80", "evil.example"] {
        let answer = tablet.ask(with(with(get("/"), "cookie", &cookie), "host", host)).await;
        assert_eq!(answer.status(), StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    let by_name = with(with(get("/"), "cookie", &cookie), "host", "localhost:4080");
    assert_eq!(tablet.ask(by_name).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn pages_are_ours_alone_and_the_first_one_is_never_kept() {
    let tablet = Tablet::open();
    let cookie = tablet.come_in().await;
    let page = tablet.ask(with(get("/ho/22"), "cookie", &cookie)).await;
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    assert_eq!(page.headers()["cache-control"], "no-store");
    assert_eq!(page.headers()["x-content-type-options"], "nosniff");
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert!(!text(page).await.contains("door.js"), "the app's own page follows");

    let missing = tablet.ask(with(get("/assets/none.js"), "cookie", &cookie)).await;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_folder_of_pages_does_not_open_the_folders_around_it() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("pages");
    std::fs::create_dir(&pages).unwrap();
    std::fs::write(pages.join("index.html"), "mine").unwrap();
    std::fs::write(folder.path().join("key.txt"), "secret").unwrap();
    let gate = Gate::open(&folder.path().join("data"), Opening::on_device(Vec::new())).unwrap();
    let door = Door::new(gate, HOST.parse().unwrap(), Files::Folder(pages)).unwrap();
    let token = door.link().split_once("#t=").unwrap().1.to_owned();
    let tablet = Tablet { router: door.router(), token, _folder: folder };
    let cookie = tablet.come_in().await;

    let index = tablet.ask(with(get("/"), "cookie", &cookie)).await;
    assert_eq!(text(index).await, "mine");
    for path in ["/../key.txt", "/%2e%2e/key.txt", "//key.txt", "/./../key.txt"] {
        let answer = tablet.ask(with(get(path), "cookie", &cookie)).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_browser_hears_what_another_page_has_changed() {
    let tablet = Tablet::open();
    let cookie = tablet.come_in().await;
    let listening = tablet.ask(with(get("/events"), "cookie", &cookie)).await;
    assert_eq!(listening.headers()["content-type"], "text/event-stream");
    let mut events = listening.into_body().into_data_stream();

    let team = json!({
        "command": "team_start",
        "args": { "team_name": "Tổ Pa Cốp", "place_name": "Bản Pa Cốp", "member_name": "Giàng A Páo" },
    });
    tablet.ask(with(post("/execute", &team.to_string()), "cookie", &cookie)).await;

    let event = events.next().await.unwrap().unwrap();
    let event = str::from_utf8(&event).unwrap();
    assert!(event.starts_with(r#"data: {"event":"changed""#), "{event}");
}

#[tokio::test]
async fn a_body_beyond_any_workbook_is_refused_unread() {
    let tablet = Tablet::open();
    let cookie = tablet.come_in().await;
    let huge = "x".repeat(33 * 1024 * 1024);
    let answer = tablet.ask(with(post("/execute", &huge), "cookie", &cookie)).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

/// A line to a server that listens, as one of our pages opens it.
async fn line_to(gate: Gate) -> WebSocketStream<TcpStream> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let door = Door::new(gate, address, Files::BuiltIn).unwrap();
    let token = door.link().split_once("#t=").unwrap().1.to_owned();
    let router = door.router();
    let request = Request::post("/session")
        .header("host", address.to_string())
        .header("origin", format!("http://{address}"))
        .body(Body::from(token))
        .unwrap();
    let opened = router.clone().oneshot(request).await.unwrap();
    let cookie = opened.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    tokio::spawn(async move { axum::serve(listener, router).await });

    let mut request = format!("ws://{address}/line").into_client_request().unwrap();
    request.headers_mut().insert("cookie", cookie.parse().unwrap());
    request.headers_mut().insert("origin", format!("http://{address}").parse().unwrap());
    client_async(request, TcpStream::connect(address).await.unwrap()).await.unwrap().0
}

fn gate(folder: &TempDir) -> Gate {
    Gate::open(folder.path(), Opening::on_device(Vec::new())).unwrap()
}

fn start_team() -> String {
    let names = json!({ "team_name": "Tổ Pa Cốp", "place_name": "Bản Pa Cốp", "member_name": "Giàng A Páo" });
    json!({ "command": "team_start", "args": names }).to_string()
}

#[tokio::test]
async fn over_a_line_every_command_has_its_own_answer() {
    let folder = tempfile::tempdir().unwrap();
    let mut line = line_to(gate(&folder)).await;
    line.send(format!("0 {}", start_team()).into()).await.unwrap();
    assert!(line.next().await.unwrap().unwrap().into_text().unwrap().starts_with(r#"0 {"ok""#));

    // More than are under way at once, and every third of them is none.
    const COMMANDS: usize = 100;
    for n in 1..=COMMANDS {
        let command = if n % 3 == 0 { "no_such_command" } else { "place_list" };
        line.send(format!(r#"{n} {{"command":"{command}","args":{{}}}}"#).into()).await.unwrap();
    }
    let mut answers = BTreeMap::new();
    for _ in 0..COMMANDS {
        let text = line.next().await.unwrap().unwrap().into_text().unwrap();
        let (number, answer) = text.split_once(' ').unwrap();
        answers.insert(number.parse::<usize>().unwrap(), answer.to_owned());
    }
    assert_eq!(answers.len(), COMMANDS);
    for (n, answer) in answers {
        let expected = if n % 3 == 0 { r#"{"error""# } else { r#"{"ok""# };
        assert!(answer.starts_with(expected), "{n}: {answer}");
    }
}

#[tokio::test]
async fn what_was_asked_is_done_though_the_line_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let gate = gate(&folder);
    let mut line = line_to(gate.clone()).await;
    line.send(format!("1 {}", start_team()).into()).await.unwrap();
    line.flush().await.unwrap();
    drop(line);

    let began = || gate.execute_json(r#"{"command":"status","args":{}}"#).contains("Tổ Pa Cốp");
    for _ in 0..200 {
        if began() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the team was never started");
}

#[tokio::test]
async fn nonsense_on_a_line_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let gate = gate(&folder);
    let huge = format!("1 {}", "x".repeat(70_000));
    for nonsense in [Message::text("{}"), Message::text(huge), Message::binary(vec![1, 32, 2])] {
        let mut line = line_to(gate.clone()).await;
        line.send(nonsense.clone()).await.unwrap();
        let answer = line.next().await;
        assert!(!matches!(answer, Some(Ok(Message::Text(_)))), "{nonsense:?}: {answer:?}");
    }
}
