//! The pages: built into the program, or read from a folder while they are being worked on.

use std::borrow::Cow;
use std::fs;
use std::path::{Component, Path, PathBuf};

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use super::Door;

/// Where the pages come from.
pub enum Files {
    /// As they were when the program was built.
    BuiltIn,
    /// A folder, read anew at each request.
    Folder(PathBuf),
}

#[derive(RustEmbed)]
#[folder = "../ui/dist"]
struct Pages;

/// The page that exchanges the link's token for a cookie. It stands before the app's own pages,
/// which therefore know nothing of tokens.
#[derive(RustEmbed)]
#[folder = "src/web/door"]
struct DoorPages;

const INDEX: &str = "index.html";

/// Vite names these by their content: under one name they never change.
const NAMED_BY_CONTENT: &str = "assets/";
const KEEP: &str = "private, max-age=31536000, immutable";

/// A file of the app.
pub async fn serve(State(door): State<Door>, uri: Uri) -> Response {
    let name = file_name(uri.path());
    let mut answer = respond(name, door.0.files.read(name));
    if name.starts_with(NAMED_BY_CONTENT) && answer.status().is_success() {
        answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(KEEP));
    }
    answer
}

/// What a browser without a cookie gets to see, if there is anything for it at this path.
pub fn at_the_door(path: &str) -> Option<Response> {
    let name = file_name(path);
    let page = DoorPages::get(name)?;
    Some(respond(name, Some(page.data)))
}

impl Files {
    fn read(&self, name: &str) -> Option<Cow<'static, [u8]>> {
        match self {
            Files::BuiltIn => Pages::get(name).map(|file| file.data),
            Files::Folder(folder) if stays_inside(name) => fs::read(folder.join(name)).ok().map(Cow::Owned),
            Files::Folder(_) => None,
        }
    }
}

/// The app has one page: an address without an extension is a screen of it.
fn file_name(path: &str) -> &str {
    let name = path.trim_start_matches('/');
    if Path::new(name).extension().is_none() { INDEX } else { name }
}

fn stays_inside(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

fn respond(name: &str, bytes: Option<Cow<'static, [u8]>>) -> Response {
    let Some(bytes) = bytes else {
        return StatusCode::NOT_FOUND.into_response();
    };
    ([(CONTENT_TYPE, content_type(name))], bytes.into_owned()).into_response()
}

fn content_type(name: &str) -> &'static str {
    match Path::new(name).extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "webmanifest") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
