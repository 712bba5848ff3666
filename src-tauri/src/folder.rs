//! Where the notebook lies on a desktop, and what to say when it cannot be opened.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tungnha_core::error::Error;

/// The folder that was asked for, or the system's place for an app's data (`~/.local/share/tungnha`).
pub fn choose(asked: Option<PathBuf>) -> PathBuf {
    asked.unwrap_or_else(|| dirs::data_dir().unwrap_or_else(|| PathBuf::from(".")).join("tungnha"))
}

/// Why the notebook in `data` cannot be opened, in both languages.
pub fn explain(data: &Path, error: &Error) -> String {
    let folder = data.display();
    if error.code() == "folder_in_use" {
        format!(
            "Sổ này đang mở ở một cửa sổ khác: {folder}. Hãy đóng cửa sổ đó rồi thử lại. Không có gì bị mất.\n\
             This notebook is open in another process: {folder}. Close that one and try again. Nothing is lost."
        )
    } else {
        format!("Không mở được sổ ở {folder}.\nThe notebook in {folder} cannot be opened: {error}")
    }
}

/// Tells the person at the terminal. A closed one is no reason to stop.
pub fn say(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
