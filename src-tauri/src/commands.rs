//! One command in, one answer out, for the window and for the browser alike.

use serde_json::json;
use tungnha_core::api::Gate;
#[cfg(any(feature = "window", test))]
use tungnha_core::error::{Error, Result};

/// Runs one JSON command on a thread that may wait for the disk or for the relay. It has begun when this returns: what
/// was asked first is not overtaken because its answer is awaited later.
pub fn run(gate: Gate, request: String) -> impl Future<Output = String> + Send {
    let answer = tokio::task::spawn_blocking(move || gate.execute_json(&request));
    async { answer.await.unwrap_or_else(|_| failure("internal", "Lỗi trong ứng dụng. Internal error.")) }
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
    save(&app, move |gate, folder| {
        let wanted = serde_json::from_str(&request).map_err(not_arguments)?;
        Ok(json!({ "ok": gate.export_file(folder, wanted)? }).to_string())
    })
    .await
}

/// The same for a report's workbook. Takes the arguments of `report_workbook`.
#[cfg(feature = "window")]
#[tauri::command]
pub async fn save_workbook(app: tauri::AppHandle, request: String) -> String {
    save(&app, move |gate, folder| workbook(gate, folder, &request)).await
}

#[cfg(feature = "window")]
async fn save(
    app: &tauri::AppHandle,
    work: impl FnOnce(&Gate, &std::path::Path) -> Result<String> + Send + 'static,
) -> String {
    use tauri::Manager;
    let gate = match app.state::<crate::window::Notebook>().inner() {
        Ok(gate) => gate.clone(),
        Err(error) => return json!({ "error": error }).to_string(),
    };
    let Ok(folder) = app.path().download_dir().or_else(|_| app.path().home_dir()) else {
        return failure("disk_failed", "there is no folder to write to");
    };
    let written = tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(&folder)?;
        work(&gate, &folder)
    });
    match written.await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => json!({ "error": error }).to_string(),
        Err(_) => failure("internal", "Lỗi trong ứng dụng. Internal error."),
    }
}

#[cfg(any(feature = "window", test))]
fn not_arguments(error: serde_json::Error) -> Error {
    Error::new("bad_arguments", error.to_string())
}

/// Makes a workbook, writes it into a folder under a free name, and answers with its path.
#[cfg(any(feature = "window", test))]
fn workbook(gate: &Gate, folder: &std::path::Path, args: &str) -> Result<String> {
    let args: serde_json::Value = serde_json::from_str(args).map_err(not_arguments)?;
    let answer = gate.execute_json(&json!({ "command": "report_workbook", "args": args }).to_string());
    let made: serde_json::Value = serde_json::from_str(&answer).map_err(not_arguments)?;
    let (Some(name), Some(bytes)) = (made["ok"]["name"].as_str(), made["ok"]["bytes"].as_str()) else {
        // It says what went wrong.
        return Ok(answer);
    };
    let bytes = data_encoding::BASE64.decode(bytes.as_bytes()).map_err(|e| Error::damaged(e.to_string()))?;
    let path = free_name(folder, name);
    std::fs::write(&path, bytes)?;
    Ok(json!({ "ok": { "path": path, "records": 0 } }).to_string())
}

/// A name that nothing in the folder has yet: `name (2).xlsx` beside `name.xlsx`.
#[cfg(any(feature = "window", test))]
fn free_name(folder: &std::path::Path, name: &str) -> std::path::PathBuf {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "xlsx"));
    let numbered = (2..).map(|n| folder.join(format!("{stem} ({n}).{extension}")));
    std::iter::once(folder.join(name)).chain(numbered).find(|path| !path.exists()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tungnha_core::api::Opening;
    use tungnha_core::profiles::secret::SecretFiles;

    use super::*;

    #[test]
    fn a_second_workbook_of_one_name_lies_beside_the_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let name = "Bao cao 2026-11.xlsx";
        std::fs::write(free_name(folder.path(), name), b"one").expect("writes");
        assert_eq!(free_name(folder.path(), name), folder.path().join("Bao cao 2026-11 (2).xlsx"));
    }

    #[test]
    fn what_cannot_be_made_says_why_and_leaves_no_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let secrets = Arc::new(SecretFiles(folder.path().join("secrets")));
        let gate = Gate::open(folder.path(), Opening::on_device(vec![secrets])).expect("opens");
        let to = tempfile::tempdir().expect("a folder");
        let answer = workbook(&gate, to.path(), "{}").expect("an answer");
        assert!(answer.contains("error"), "{answer}");
        assert_eq!(std::fs::read_dir(to.path()).expect("reads").count(), 0);
    }
}
