//! Where the notebook lies on a desktop, and what to say when it cannot be opened.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tungnha_core::error::Error;
use tungnha_core::profiles::secret::{Places, SecretFiles};

/// The folder that was asked for, or the system's place for an app's data (`~/.local/share/tungnha`).
pub fn choose(asked: Option<PathBuf>) -> PathBuf {
    asked.unwrap_or_else(|| dirs::data_dir().unwrap_or_else(|| PathBuf::from(".")).join("tungnha"))
}

/// Where this device's secrets are kept, apart from the data folder: in the system's keystore where there is
/// one, else in a file of the user (`~/.config/tungnha`).
pub fn secret_places() -> Places {
    let mut places: Places = Vec::new();
    #[cfg(feature = "keystore")]
    places.push(Arc::new(crate::keystore::SystemKeystore));
    if let Some(config) = dirs::config_dir() {
        places.push(Arc::new(SecretFiles(config.join("tungnha"))));
    }
    places
}

/// Why the notebook in `data` cannot be opened, in both languages.
pub fn explain(data: &Path, error: &Error) -> String {
    let folder = data.display();
    match error.code() {
        "folder_in_use" => format!(
            "Sổ này đang mở ở một cửa sổ khác: {folder}. Hãy đóng cửa sổ đó rồi thử lại. Không có gì bị mất.\n\
             This notebook is open in another process: {folder}. Close that one and try again. Nothing is lost."
        ),
        "needs_pin" => format!(
            "Sổ ở {folder} có mã PIN. Hãy đưa mã qua --pin-fd.\n\
             The notebook in {folder} opens with a PIN: hand it over by --pin-fd. [needs_pin]"
        ),
        "keystore_secret_missing" => format!(
            "Sổ ở {folder} chỉ mở được khi có khóa riêng của máy, mà khóa đó không có ở đây: thư mục này được chép từ \
             máy khác, hoặc kho khóa của máy chưa mở. Có mã PIN đúng cũng không mở được.\n\
             The notebook in {folder} cannot be opened: {error}"
        ),
        _ => format!("Không mở được sổ ở {folder}.\nThe notebook in {folder} cannot be opened: {error}"),
    }
}

/// Tells the person at the terminal. A closed one is no reason to stop.
pub fn say(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
