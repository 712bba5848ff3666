//! One command in, one answer out, for the window and for the browser alike.

use serde_json::json;
use tungnha_core::api::Api;

/// Runs one JSON command on a thread that may wait for the disk or for the relay.
pub async fn run(api: Api, request: String) -> String {
    tokio::task::spawn_blocking(move || api.execute_json(&request))
        .await
        .unwrap_or_else(|_| failure("internal", "Lỗi trong ứng dụng. Internal error."))
}

/// An answer in the shape of the notebook's own errors.
pub fn failure(code: &str, message: &str) -> String {
    json!({ "error": { "code": code, "message": message } }).to_string()
}

/// The window's one command.
#[cfg(feature = "window")]
#[tauri::command]
pub async fn execute(app: tauri::AppHandle, request: String) -> String {
    use tauri::Manager;
    match app.state::<crate::window::Notebook>().inner() {
        Ok(api) => run(api.clone(), request).await,
        Err(error) => json!({ "error": error }).to_string(),
    }
}
