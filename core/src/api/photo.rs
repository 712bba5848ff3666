//! Photos of what stands in a household's way. A photo is kept with its draft at once, so that it is there
//! again whatever happens to the app; it leaves the device only with a visit that was saved.

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use tungnha_protocol::photo::{self, MAX_PHOTO, PhotoError};

use super::draft::{self, VisitForm};
use super::{Api, Kind, id};
use crate::domain::photo::PHOTOS_AT_MOST;
use crate::domain::{PhotoHash, Visit, VisitId};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::store::drafts::{self, DraftRow};
use crate::store::photos;
use crate::sync;

/// Base64 of more than a photo may have is not even decoded.
const BASE64_AT_MOST: usize = MAX_PHOTO.div_ceil(3) * 4;

/// Arguments of `photo_add`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PhotoAdd {
    /// The visit whose form is open.
    pub visit: String,
    /// A JPEG of at most 60,000 bytes, without any segment in which cameras write where and when, as base64.
    pub base64: String,
}

/// A photo that is kept with a form.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PhotoAdded {
    /// Its name: the hash of the JPEG.
    pub photo: String,
}

/// Arguments of `photo_get`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PhotoGet {
    /// The photo, as a visit or a form names it.
    pub photo: String,
}

/// A photo's picture.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PhotoBytes {
    /// The JPEG as base64; nothing while it has not come to this device.
    pub base64: Option<String>,
}

/// Keeps a photo with a form.
pub(super) fn add(api: &Api, args: PhotoAdd) -> Result<PhotoAdded> {
    let visit: VisitId = id("draft", &args.visit)?;
    if args.base64.len() > BASE64_AT_MOST {
        return Err(refusal(PhotoError::TooLarge));
    }
    let jpeg = BASE64.decode(args.base64.as_bytes()).map_err(|_| Error::new("bad_arguments", "not base64"))?;
    photo::check(&jpeg).map_err(refusal)?;
    let hash = PhotoHash(photo::hash(&jpeg));
    let mut notebook = api.notebook();
    let (me, space, now) = (notebook.me()?, notebook.space()?.id, notebook.clock().now_ms());
    let known = drafts::get(notebook.db(), me, visit)?.ok_or_else(|| Error::not_found("draft"))?;
    let mut form: VisitForm = serde_json::from_str(&known.form).map_err(|_| Error::damaged("draft"))?;
    if !form.photos.contains(&hash.to_string()) {
        form.photos.push(hash.to_string());
    }
    if form.photos.len() > PHOTOS_AT_MOST {
        return Err(too_many());
    }
    let draft = DraftRow { saved_at_ms: now, form: draft::stored(&form)?, ..known };
    notebook.write_aside(|db| {
        photos::insert(db, space, hash, &jpeg)?;
        drafts::put(db, space, &draft)
    })?;
    drop(notebook);
    api.tell(&[Kind::Draft]);
    Ok(PhotoAdded { photo: hash.to_string() })
}

/// A photo's picture, if it is here.
pub(super) fn get(api: &Api, args: PhotoGet) -> Result<PhotoBytes> {
    let hash: PhotoHash = id("photo", &args.photo)?;
    let notebook = api.notebook();
    let jpeg = sync::photos::jpeg(notebook.db(), notebook.space()?.id, hash)?;
    Ok(PhotoBytes { base64: jpeg.map(|jpeg| BASE64.encode(&jpeg)) })
}

/// The photos that a form shows, each once: kept on this device, or shown by the visit before.
pub(super) fn check_shown(notebook: &Notebook, shown: &[String], before: Option<&Visit>) -> Result<Vec<PhotoHash>> {
    let mut photos: Vec<PhotoHash> = Vec::with_capacity(shown.len());
    for text in shown {
        let hash: PhotoHash = id("photo", text)?;
        let was_there = before.is_some_and(|visit| visit.photos.contains(&hash));
        if !was_there && !photos::is_here(notebook.db(), notebook.space()?.id, hash)? {
            return Err(Error::not_found("photo"));
        }
        if !photos.contains(&hash) {
            photos.push(hash);
        }
    }
    // What an app that allows more has saved stays.
    if photos.len() > PHOTOS_AT_MOST.max(before.map_or(0, |visit| visit.photos.len())) {
        return Err(too_many());
    }
    Ok(photos)
}

fn too_many() -> Error {
    Error::invalid("too_many_photos", "photos").with("most", PHOTOS_AT_MOST)
}

fn refusal(error: PhotoError) -> Error {
    let code = match error {
        PhotoError::TooLarge => "photo_too_large",
        PhotoError::Metadata => "photo_says_more",
        PhotoError::NotJpeg | PhotoError::UnknownVersion(_) => "photo_not_read",
    };
    Error { message: error.to_string(), ..Error::invalid(code, "photos") }
}
