//! What these tests share.

use std::path::{Path, PathBuf};

/// The workspace's folder.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("server/ lies in the workspace").to_owned()
}

/// Files below the workspace with that ending, as (path from the workspace, text).
pub fn files(ending: &'static str) -> impl Iterator<Item = (String, String)> {
    let root = workspace();
    let mut open = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let skipped = ["target", "node_modules", "dist", ".git", "fuzz"].contains(&name) || name.ends_with("-data");
            if path.is_dir() && !skipped {
                open.push(path);
            } else if name.ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found.into_iter().map(move |path| {
        let name = path.strip_prefix(&root).expect("below the root").display().to_string();
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, text)
    })
}

/// All Rust sources.
pub fn rust_files() -> impl Iterator<Item = (String, String)> {
    files(".rs")
}
