//! Files that people have sent: where Telegram keeps one is asked anew each time, because an
//! address is good for an hour.

use serde::Deserialize;
use serde_json::json;

use super::{Api, Call, Outcome, UPLOAD, told};

/// Why there is no file.
#[derive(Debug)]
pub enum NoFile {
    /// Larger than was asked for, or than Telegram gives to bots.
    TooLarge,
    /// Telegram has it no more.
    Lost,
    /// It may come another time; or something is wrong that is no matter of this file.
    Failed(Outcome),
}

impl Api {
    /// Fetches a file, at most `most` bytes of it.
    pub async fn file(&self, id: &str, most: usize) -> Result<Vec<u8>, NoFile> {
        #[derive(Deserialize)]
        struct File {
            file_path: String,
        }
        let outcome = self.call(&Call::new("getFile", json!({ "file_id": id }))).await;
        let reply = match outcome {
            Outcome::Done(reply) => reply,
            Outcome::Bug(why) if why.contains("file is too big") => return Err(NoFile::TooLarge),
            Outcome::Bug(why) if why.contains("file") => return Err(NoFile::Lost),
            outcome => return Err(NoFile::Failed(outcome)),
        };
        match reply.read::<File>() {
            Ok(file) => self.download(&file.file_path, most).await,
            Err(_) => Err(NoFile::Lost), // known, and without an address
        }
    }

    async fn download(&self, path: &str, most: usize) -> Result<Vec<u8>, NoFile> {
        let address = self.file_address(path);
        let failed = |error| NoFile::Failed(Outcome::Unknown(told(error)));
        let sent = self.bot.client().get(address).timeout(UPLOAD).send().await;
        let mut response = sent.map_err(failed)?;
        match response.status().as_u16() {
            200 => {}
            400 | 404 | 410 => return Err(NoFile::Lost),
            status => {
                return Err(NoFile::Failed(Outcome::Unknown(format!("HTTP {status} for a file"))));
            }
        }
        let mut bytes = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(failed)? {
            if bytes.len() + piece.len() > most {
                return Err(NoFile::TooLarge);
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }
}
