//! What is written from the commands' types is in step with them. Run with `UPDATE=1` to
//! write the files anew.

use std::path::{Path, PathBuf};

use tungnha_core::api::reference;

fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn in_step(path: &str, wanted: &str) {
    let file = in_repository(path);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("the folder is there");
        std::fs::write(&file, wanted).expect("the file is written");
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(found == wanted, "{path} is out of step: run `UPDATE=1 cargo test -p tungnha-core --test generated`");
}

#[test]
fn the_faces_types_are_in_step() {
    in_step("ui/src/lib/generated/commands.ts", &reference::typescript());
}

#[test]
fn the_command_reference_is_in_step() {
    in_step("docs/commands.md", &reference::markdown());
}
