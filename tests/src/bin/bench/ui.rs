//! The pages as a browser fetches them: scripts and styles of the built face, each compressed by gzip at
//! its best, fonts not counted (they are fetched once and kept).

use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::Figure;

pub fn figures() -> Vec<Figure> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/dist");
    let files = files(&built);
    // A build without scripts is none: the placeholder page has no scripts.
    let is_built = files.iter().any(|file| file.extension().is_some_and(|kind| kind == "js"));
    let size: usize = files.iter().filter(|file| is_counted(file)).map(|file| compressed(file)).sum();
    let value = is_built.then_some(size as f64 / 1000.0);
    vec![Figure { value, ..Figure::new("pages: scripts and styles, compressed", 0.0, "KB", 200.0) }]
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn is_counted(file: &Path) -> bool {
    file.extension().is_some_and(|kind| kind == "js" || kind == "css")
}

fn compressed(file: &Path) -> usize {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&std::fs::read(file).unwrap()).unwrap();
    gzip.finish().unwrap().len()
}
