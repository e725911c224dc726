//! Finds and reads the vector files, and holds them against the manifest.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::Case;

/// One file of cases of one kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// `text`, `value`, `json`, `event`, `options`, `policy`, `stream` or `matrix`.
    pub kind: String,
    /// What the file is about.
    pub description: String,
    /// Its cases.
    pub cases: Vec<Case>,
}

/// All files by their path below `vectors/`.
#[derive(Debug)]
pub struct Vectors {
    /// Path with `/`, and the file.
    pub files: BTreeMap<String, File>,
    /// Path and number of cases, as the manifest has it.
    pub manifest: BTreeMap<String, usize>,
}

/// The directory of the vectors.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

impl Vectors {
    /// Reads everything.
    ///
    /// # Panics
    /// When a file cannot be read or is not in the format.
    pub fn load() -> Self {
        let root = root();
        let mut files = BTreeMap::new();
        for folder in entries(&root).into_iter().filter(|path| path.is_dir()) {
            for path in entries(&folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == "json")) {
                let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
                let file = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
                let name = path
                    .strip_prefix(&root)
                    .unwrap_or(&path)
                    .components()
                    .map(|part| part.as_os_str().to_string_lossy())
                    .collect::<Vec<_>>()
                    .join("/");
                files.insert(name, file);
            }
        }
        let manifest = std::fs::read_to_string(root.join("MANIFEST.json")).unwrap_or_else(|e| panic!("MANIFEST.json: {e}"));
        Self { files, manifest: serde_json::from_str(&manifest).unwrap_or_else(|e| panic!("MANIFEST.json: {e}")) }
    }

    /// The number of cases by file, as they lie on disk.
    pub fn counts(&self) -> BTreeMap<String, usize> {
        self.files.iter().map(|(path, file)| (path.clone(), file.cases.len())).collect()
    }
}

/// Benign lines by their file below `corpus/lines/`, and the number of lines as the manifest has it.
///
/// # Panics
/// When a file cannot be read.
pub fn corpus() -> (BTreeMap<String, String>, BTreeMap<String, usize>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let read = |path: &Path| std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let files = entries(&root.join("lines")).iter().map(|path| (name(path), read(path))).collect();
    let manifest = serde_json::from_str(&read(&root.join("MANIFEST.json"))).unwrap_or_else(|e| panic!("MANIFEST.json: {e}"));
    (files, manifest)
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    paths
}
