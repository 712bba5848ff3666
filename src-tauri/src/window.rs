//! The window: Tauri around the same pages and the same commands.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use tauri::{App, Emitter, Manager, RunEvent};
use tungnha_core::api::{Gate, Opening};
use tungnha_core::error::Error;

use crate::station::Stations;
use crate::{commands, events, folder};

/// The open notebook, or why it cannot be opened, which every command is then answered with. A
/// person who started the app twice from its icon has no terminal: the window has to tell them.
pub type Notebook = Result<Gate, Error>;

/// Runs the app on the notebook in `data` (`None`: the system's place for it) until it is closed. Rooms
/// are served at `station_listen`.
pub fn open(data: Option<PathBuf>, station_listen: SocketAddr) {
    let app = tauri::Builder::default()
        .setup(move |app| Ok(attach(app, data, station_listen)?))
        .invoke_handler(tauri::generate_handler![commands::execute, commands::save_file, commands::save_workbook])
        .build(tauri::generate_context!())
        .unwrap_or_else(|error| panic!("the window cannot be opened: {error}"));
    app.run(|app, event| {
        // Not before it ends: the first events come before there is a notebook.
        if matches!(event, RunEvent::Exit)
            && let Some(Ok(gate)) = app.try_state::<Notebook>().as_deref()
        {
            gate.close();
        }
    });
}

fn attach(app: &App, data: Option<PathBuf>, station_listen: SocketAddr) -> tauri::Result<()> {
    let data = place(app, data)?;
    let notebook: Notebook = Gate::open(&data, Opening::on_device(folder::secret_places()));
    match &notebook {
        Ok(gate) => {
            gate.serve_rooms_with(Arc::new(Stations::on(station_listen)));
            gate.sync_by_itself();
            let app = app.handle().clone();
            events::forward(gate, move |event| {
                let _ = app.emit(events::NOTEBOOK, event);
            });
        }
        Err(error) => folder::say(&folder::explain(&data, error)),
    }
    app.manage(notebook);
    Ok(())
}

/// On a phone only the system knows where an app may write.
fn place(app: &App, data: Option<PathBuf>) -> tauri::Result<PathBuf> {
    if cfg!(mobile) { app.path().app_data_dir() } else { Ok(folder::choose(data)) }
}
