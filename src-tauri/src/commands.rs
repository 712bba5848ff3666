//! One command in, one answer out, for the window and for the browser alike.

use serde_json::json;
use tungnha_core::api::Gate;

/// Runs one JSON command on a thread that may wait for the disk or for the relay.
pub async fn run(gate: Gate, request: String) -> String {
    tokio::task::spawn_blocking(move || gate.execute_json(&request))
        .await
        .unwrap_or_else(|_| failure("internal", "Lỗi trong ứng dụng. Internal error."))
}

/// An answer in the shape of the notebook's own errors.
pub fn failure(code: &str, message: &str) -> String {
    json!({ "error": { "code": code, "message": message } }).to_string()
}

/// The window's way to the notebook.
#[cfg(feature = "window")]
#[tauri::command]
pub async fn execute(app: tauri::AppHandle, request: String) -> String {
    use tauri::Manager;
    match app.state::<crate::window::Notebook>().inner() {
        Ok(gate) => run(gate.clone(), request).await,
        Err(error) => json!({ "error": error }).to_string(),
    }
}

/// Writes the notebook's file where a person looks for files, and tells where: a webview downloads nothing.
/// Takes the arguments of `file_export`.
#[cfg(feature = "window")]
#[tauri::command]
pub async fn save_file(app: tauri::AppHandle, request: String) -> String {
    use tauri::Manager;
    let gate = match app.state::<crate::window::Notebook>().inner() {
        Ok(gate) => gate.clone(),
        Err(error) => return json!({ "error": error }).to_string(),
    };
    let Ok(folder) = app.path().download_dir().or_else(|_| app.path().home_dir()) else {
        return failure("disk_failed", "there is no folder to write to");
    };
    let Ok(wanted) = serde_json::from_str(&request) else {
        return failure("bad_arguments", "not the arguments of file_export");
    };
    let written = tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(&folder)?;
        gate.export_file(&folder, wanted)
    });
    match written.await {
        Ok(Ok(file)) => json!({ "ok": file }).to_string(),
        Ok(Err(error)) => json!({ "error": error }).to_string(),
        Err(_) => failure("internal", "Lỗi trong ứng dụng. Internal error."),
    }
}
