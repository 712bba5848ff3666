//! The app: one notebook behind three doors.
//!
//! A volunteer opens the window, a machine without a display serves the same pages to its own
//! browser, and scripts speak on the command line. All three hand the same JSON commands to
//! [`tungnha_core::api::Gate`] and hand its answers back; nothing is decided here.

pub mod cli;
mod commands;
mod events;
mod folder;
#[cfg(feature = "keystore")]
mod keystore;
mod pin;
mod requests;
pub mod station;
pub mod web;
#[cfg(feature = "window")]
mod window;

/// Opens the window on the device's own notebook. Phones start the app here.
#[cfg(feature = "window")]
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    window::open(None, station::ANYWHERE);
}
