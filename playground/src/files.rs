//! Files that people and the bot have sent.

use std::collections::HashMap;

use axum::body::Bytes;

#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) id: String,
    pub(crate) unique_id: String,
    /// Where `/file/bot<token>/` has it.
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) mime_type: String,
    pub(crate) kind: FileKind,
    pub(crate) bytes: Bytes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Photo,
    Video,
    Voice,
    Document,
}

impl FileKind {
    /// How Telegram's answers call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Photo => "Photo",
            Self::Video => "Video",
            Self::Voice => "VoiceNote",
            Self::Document => "Document",
        }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Files {
    by_id: HashMap<String, File>,
    id_by_path: HashMap<String, String>,
}

impl Files {
    pub(crate) fn add(
        &mut self,
        kind: FileKind,
        name: &str,
        mime_type: &str,
        bytes: Bytes,
    ) -> File {
        let number = self.by_id.len() + 1;
        let (folder, prefix) = match kind {
            FileKind::Photo => ("photos", "AgACAgUAAxk"),
            FileKind::Video => ("videos", "BAACAgUAAxk"),
            FileKind::Voice => ("voice", "AwACAgUAAxk"),
            FileKind::Document => ("documents", "BQACAgUAAxk"),
        };
        let extension = match (kind, name.rsplit_once('.')) {
            (FileKind::Photo, _) => "jpg",
            (_, Some((_, it)))
                if !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric()) =>
            {
                it
            }
            _ => "bin",
        };
        let file = File {
            id: format!("{prefix}{number:012}"),
            unique_id: format!("AQAD{number:08}"),
            path: format!("{folder}/file_{number}.{extension}"),
            name: name.to_owned(),
            mime_type: mime_type.to_owned(),
            kind,
            bytes,
        };
        self.id_by_path.insert(file.path.clone(), file.id.clone());
        self.by_id.insert(file.id.clone(), file.clone());
        file
    }

    pub(crate) fn by_id(&self, id: &str) -> Option<&File> {
        self.by_id.get(id)
    }

    pub(crate) fn by_path(&self, path: &str) -> Option<&File> {
        self.by_id(self.id_by_path.get(path)?)
    }
}

/// Width and height of a PNG, GIF, JPEG or WebP picture, from its header.
pub(crate) fn picture_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let big = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let small =
        |at: usize| Some(u32::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some((big(16)?, big(20)?));
    }
    if bytes.starts_with(b"GIF8") {
        return Some((small(6)?, small(8)?));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP".as_slice()) {
        return match bytes.get(12..16)? {
            b"VP8 " => Some((small(26)? & 0x3fff, small(28)? & 0x3fff)),
            b"VP8X" => Some((1 + small(24)?, 1 + small(27)?)),
            _ => Some((512, 512)),
        };
    }
    if bytes.starts_with(&[0xff, 0xd8]) { jpeg_size(bytes) } else { None }
}

fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        let [mark, marker, high, low]: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        if mark != 0xff {
            return None;
        }
        let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            let [h1, h0, w1, w0]: [u8; 4] = bytes.get(at + 5..at + 9)?.try_into().ok()?;
            let word = |high: u8, low: u8| u32::from(u16::from_be_bytes([high, low]));
            return Some((word(w1, w0), word(h1, h0)));
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
}

impl crate::message::Photo {
    pub(crate) fn of(file: &File) -> Self {
        let (width, height) = picture_size(&file.bytes).unwrap_or((800, 800));
        Self {
            file_id: file.id.clone(),
            url: format!("/api/files/{}", file.id),
            unique_id: file.unique_id.clone(),
            width,
            height,
            size: file.bytes.len(),
        }
    }
}

impl crate::message::Document {
    pub(crate) fn of(file: &File) -> Self {
        Self {
            file_id: file.id.clone(),
            file_name: file.name.clone(),
            url: format!("/api/files/{}", file.id),
            unique_id: file.unique_id.clone(),
            mime_type: file.mime_type.clone(),
            size: file.bytes.len(),
        }
    }
}
