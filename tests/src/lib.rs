//! The proof: teams of real devices and a real relay, as processes, on this machine; and [`sim`], in
//! which thousands of teams live through everything that can go wrong.
//!
//! [`Device`] is somebody's tablet: a data folder and a `tungnha exec` that is held open as
//! the app would be; [`Served`] is the same folder behind `tungnha serve`, which syncs by itself.
//! [`Relay`] is a `tungnha-relay` with its file. Both can be killed at any
//! moment and come back with what they had. [`workload`] writes down the days of work that
//! every claim about speed and size is measured on.
#![allow(clippy::unwrap_used, reason = "a proof that cannot go on should stop where it stands")]

pub mod between;
pub mod chance;
pub mod commune;
pub mod device;
#[cfg(target_os = "linux")]
pub mod line;
pub mod notes;
pub mod photo;
pub mod programs;
pub mod relay;
pub mod served;
pub mod sim;
pub mod wire;
pub mod workload;

pub use between::Between;
pub use chance::Chance;
pub use device::Device;
pub use relay::Relay;
pub use served::Served;

use std::path::PathBuf;

/// One of the household lists that the notebook is tested with.
pub fn list(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../core/tests/fixtures/workbooks").join(name)
}
