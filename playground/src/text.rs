//! A text as Telegram keeps it: parsed, cleaned, trimmed, with the entities Telegram finds itself.

use crate::entity::{Entity, EntityKind, normal};
use crate::html::{self, HtmlError};

pub(crate) const TEXT_UNITS: usize = 4_096;
pub(crate) const CAPTION_UNITS: usize = 1_024;
const RAW_BYTES: usize = 1 << 15;

/// Plain text and what is special in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FormattedText {
    pub(crate) text: String,
    pub(crate) entities: Vec<Entity>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum TextError {
    #[error("text is too long")]
    TooLong,
    #[error("unsupported parse_mode")]
    ParseMode,
    #[error("can't parse entities: {0}")]
    Html(#[from] HtmlError),
}

impl FormattedText {
    /// A text from the bot. The entities given beside a text count only without a parse mode.
    pub(crate) fn from_bot(
        raw: &str,
        parse_mode: &str,
        given: Vec<Entity>,
    ) -> Result<Self, TextError> {
        if raw.len() > RAW_BYTES {
            return Err(TextError::TooLong);
        }
        let (text, entities) = match parse_mode.to_ascii_lowercase().as_str() {
            "" | "none" => (raw.to_owned(), given),
            "html" => html::parse(raw)?,
            _ => return Err(TextError::ParseMode),
        };
        Ok(Self::kept(text, entities))
    }

    /// A text somebody typed: plain, but for what Telegram finds in it.
    pub(crate) fn typed(raw: &str) -> Self {
        Self::kept(raw.to_owned(), Vec::new())
    }

    pub(crate) fn units(&self) -> usize {
        units(&self.text)
    }

    /// Nothing to see: only space, or characters that take none.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.chars().all(is_blank)
    }

    fn kept(text: String, entities: Vec<Entity>) -> Self {
        let (text, mut entities) = trimmed(text, entities);
        find(&text, &mut entities);
        Self { entities: normal(entities), text }
    }
}

pub(crate) fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '\u{200b}'..='\u{200f}' | '\u{2800}' | '\u{3164}' | '\u{ad}' | '\u{feff}' | '\u{2060}'
        )
}

/// Control characters become spaces, invisible line and direction marks go, and so does the space
/// around the text; entities move along.
fn trimmed(text: String, mut entities: Vec<Entity>) -> (String, Vec<Entity>) {
    let text = if text.chars().any(must_change) { cleaned(&text, &mut entities) } else { text };
    let is_edge = |it: char| matches!(it, ' ' | '\n');
    // Only spaces and newlines, so bytes are units. The first entity keeps the space inside it.
    let first = entities.iter().map(|it| it.offset).min().unwrap_or(usize::MAX);
    let cut = first.min(text.len() - text.trim_start_matches(is_edge).len());
    let kept = text[cut..].trim_end_matches(is_edge);
    let end = units(kept);
    if cut == 0 && kept.len() == text.len() {
        return (text, entities);
    }
    for entity in &mut entities {
        let to = entity.end().saturating_sub(cut).min(end);
        entity.offset = entity.offset.saturating_sub(cut).min(end);
        entity.length = to - entity.offset;
    }
    (kept.to_owned(), entities)
}

fn must_change(character: char) -> bool {
    is_dropped(character) || (character.is_ascii_control() && character != '\n')
}

fn is_dropped(character: char) -> bool {
    matches!(character, '\r' | '\u{2028}'..='\u{202e}' | '\u{30a}' | '\u{333}' | '\u{33f}')
}

fn cleaned(text: &str, entities: &mut [Entity]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut dropped_at = Vec::new();
    let mut at = 0;
    for character in text.chars() {
        if is_dropped(character) {
            dropped_at.push(at);
        } else if character.is_ascii_control() && character != '\n' {
            kept.push(' ');
        } else {
            kept.push(character);
        }
        at += character.len_utf16();
    }
    let moved = |place: usize| place - dropped_at.partition_point(|it| *it < place);
    for entity in entities {
        let end = moved(entity.end());
        entity.offset = moved(entity.offset);
        entity.length = end - entity.offset;
    }
    kept
}

/// Adds the commands, mentions, hashtags and links that Telegram finds by itself.
fn find(text: &str, entities: &mut Vec<Entity>) {
    if !text.bytes().any(|it| matches!(it, b'/' | b'@' | b'#')) {
        return;
    }
    let given = entities.len();
    let mut units = 0;
    let mut before = None;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let starts_word = !before.is_some_and(is_word);
        let hit = match character {
            '/' if starts_word && before != Some('/') && before != Some('<') => command(rest),
            '@' if starts_word => mention(rest),
            '#' if starts_word => hashtag(rest),
            'h' | 'H' if starts_word => url(rest),
            _ => None,
        };
        let Some((kind, bytes)) = hit else {
            before = Some(character);
            units += character.len_utf16();
            rest = &rest[character.len_utf8()..];
            continue;
        };
        let found = Entity { kind, offset: units, length: self::units(&rest[..bytes]) };
        let taken = entities[..given]
            .iter()
            .any(|it| !it.kind.is_style() && !it.kind.is_quote() && it.meets(&found));
        before = rest[..bytes].chars().next_back();
        units += found.length;
        rest = &rest[bytes..];
        if !taken {
            entities.push(found);
        }
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn is_name(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || *byte == b'_'
}

fn command(text: &str) -> Option<(EntityKind, usize)> {
    let name = text[1..].bytes().take_while(is_name).count();
    if !(1..=64).contains(&name) {
        return None;
    }
    let mut end = 1 + name;
    if let Some((_, bytes)) = text[end..].starts_with('@').then(|| mention(&text[end..])).flatten()
    {
        end += bytes;
    }
    let goes_on = text[end..].chars().next().is_some_and(|it| is_word(it) || it == '/');
    (!goes_on).then_some((EntityKind::BotCommand, end))
}

fn mention(text: &str) -> Option<(EntityKind, usize)> {
    let name = text[1..].bytes().take_while(is_name).count();
    (3..=32).contains(&name).then_some((EntityKind::Mention, 1 + name))
}

fn hashtag(text: &str) -> Option<(EntityKind, usize)> {
    let word: &str = text[1..].split(|it: char| !is_word(it)).next().unwrap_or_default();
    let fits = !word.is_empty() && word.chars().any(|it| !it.is_ascii_digit());
    fits.then_some((EntityKind::Hashtag, 1 + word.len()))
}

fn url(text: &str) -> Option<(EntityKind, usize)> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|it| text.get(..it.len()).is_some_and(|start| start.eq_ignore_ascii_case(it)))?;
    let ends = |it: char| it.is_whitespace() || matches!(it, '<' | '>' | '"' | '。' | '，' | '）');
    let end = text.find(ends).unwrap_or(text.len());
    let whole = text[..end].trim_end_matches(['.', ',', ':', ';', '!', '?', ')', '\'']);
    let host = whole.get(scheme.len()..)?.split(['/', '?', '#']).next()?;
    host.contains('.').then_some((EntityKind::Url, whole.len()))
}
