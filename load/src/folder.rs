//! A folder of our own, on the disk that the program was built on: `/tmp` may be memory.

use std::path::{Path, PathBuf};

use crate::Problem;

/// Deleted when it is dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Beside the program.
    pub(crate) fn beside_us() -> Result<Self, Problem> {
        let program = std::env::current_exe()?;
        Ok(Self::create(program.with_file_name(format!("load-{}", std::process::id())))?)
    }

    pub(crate) fn inside(&self, name: &str) -> Result<Self, Problem> {
        Ok(Self::create(self.0.join(name))?)
    }

    fn create(path: PathBuf) -> std::io::Result<Self> {
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("load: {} stays: {error}", self.0.display());
        }
    }
}
