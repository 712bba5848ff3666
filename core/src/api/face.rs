//! How the app looks on this device: language, colours, size of text, motion.
//!
//! Kept in the notebook's database and not by a page, so that the window, the browser's door and every reload
//! agree. Before the notebook is open (the picker of a shared machine) the face goes by a copy of its own.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Api, Kind, Nothing};
use crate::error::{Error, Result};
use crate::store;

const FACE: &str = "face";

/// The language of the face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FaceLanguage {
    /// Tiếng Việt.
    #[default]
    Vi,
    /// English.
    En,
}

/// Which colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FaceTheme {
    /// As the system has them.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// How large the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FaceText {
    /// As designed.
    #[default]
    Normal,
    /// Half as large again.
    Large,
    /// Twice as large.
    VeryLarge,
}

/// Whether things move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FaceMotion {
    /// As the system wants it.
    #[default]
    System,
    /// Nothing moves.
    Off,
}

/// How the app looks on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FaceSettings {
    /// The language.
    pub language: FaceLanguage,
    /// The colours.
    pub theme: FaceTheme,
    /// The size of text.
    pub text: FaceText,
    /// Motion.
    pub motion: FaceMotion,
}

/// How the app looks on this device; nothing before somebody has said so.
pub(super) fn get(api: &Api, _: Nothing) -> Result<Option<FaceSettings>> {
    let kept = store::setting(api.notebook().db(), FACE)?;
    // What a later version has kept and this one cannot read is as good as nothing said.
    Ok(kept.and_then(|kept| serde_json::from_slice(&kept).ok()))
}

/// Sets how the app looks on this device.
pub(super) fn set(api: &Api, args: FaceSettings) -> Result<FaceSettings> {
    let kept = serde_json::to_vec(&args).map_err(|error| Error::new("internal", error.to_string()))?;
    api.notebook().write_aside(|db| store::set_setting(db, FACE, &kept))?;
    api.tell(&[Kind::Status]);
    Ok(args)
}
