//! Lets the crate compile before the web build has run: pages are then plain, and the
//! server says at its start what to run.

use std::fs;
use std::path::Path;

const PLACEHOLDER: &str = r#"{"_": "not built yet: npm --prefix web ci && npm --prefix web run build"}"#;

fn main() {
    let dist = Path::new("../../web/dist");
    let manifest = dist.join("manifest.json");
    println!("cargo::rerun-if-changed={}", manifest.display());
    if !manifest.exists() {
        println!(
            "cargo::warning=styles and scripts are missing; run `npm --prefix web ci && npm \
             --prefix web run build`, then build again"
        );
        fs::create_dir_all(dist).expect("the web folder can be written");
        fs::write(&manifest, PLACEHOLDER).expect("the web folder can be written");
    }
}
