//! Makes sure there are pages to embed, and tells Tauri which commands the window may call.

use std::{env, fs, io, path::Path};

/// Stands in for the pages until `ui` has been built.
const PLACEHOLDER: &str = "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Từng Nhà</title><link rel=\"icon\" href=\"data:,\">\
    <p>Giao diện chưa được dựng. · The pages are not built yet: <code>./dev run</code></p></html>\n";

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let pages = Path::new(&root).join("../ui/dist");
    if !pages.join("index.html").exists() {
        fs::create_dir_all(&pages)?;
        fs::write(pages.join("index.html"), PLACEHOLDER)?;
    }
    println!("cargo::rerun-if-changed=../ui/dist");
    println!("cargo::rerun-if-changed=build.rs");
    prepare_window();
    Ok(())
}

#[cfg(feature = "window")]
fn prepare_window() {
    let commands = tauri_build::AppManifest::new().commands(&["execute", "save_file", "save_workbook"]);
    let attributes = tauri_build::Attributes::new().app_manifest(commands);
    tauri_build::try_build(attributes).expect("tauri.conf.json and capabilities are in order");
}

#[cfg(not(feature = "window"))]
fn prepare_window() {}
