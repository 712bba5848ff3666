//! What the notebook announces, carried to whoever looks at it.

use std::thread;

use tungnha_core::api::{Event, Gate};

/// The name under which the window hears the notebook.
#[cfg(feature = "window")]
pub const NOTEBOOK: &str = "notebook";

/// Hands each event to `tell`, on a thread of its own, for as long as the notebook is open.
pub fn forward(gate: &Gate, tell: impl Fn(&Event) + Send + 'static) {
    let events = gate.subscribe();
    thread::spawn(move || {
        for event in events {
            tell(&event);
        }
    });
}
