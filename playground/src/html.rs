//! `parse_mode=HTML` as Telegram reads it: the same tags, the same leniency, the same complaints.

use crate::entity::{Entity, EntityKind, sort};
use crate::link;

/// Why a text is not Telegram's HTML; the words are Telegram's own.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum HtmlError {
    #[error("Text must not contain null bytes")]
    NullByte,
    #[error("Unclosed start tag at byte offset {0}")]
    UnclosedStart(usize),
    #[error("Unclosed start tag \"{0}\" at byte offset {1}")]
    UnclosedNamed(String, usize),
    #[error("Unsupported start tag \"{0}\" at byte offset {1}")]
    Unsupported(String, usize),
    #[error("Empty attribute name in the tag \"{0}\" at byte offset {1}")]
    EmptyAttribute(String, usize),
    #[error("Unexpected end of name token at byte offset {0}")]
    NameToken(usize),
    #[error("Tag \"span\" must have class \"tg-spoiler\" at byte offset {0}")]
    SpanClass(usize),
    #[error("Unexpected end tag at byte offset {0}")]
    UnexpectedEnd(usize),
    #[error("Unclosed end tag at byte offset {0}")]
    UnclosedEnd(usize),
    #[error("Unmatched end tag at byte offset {0}, expected \"</{1}>\", found \"</{2}>\"")]
    Unmatched(usize, String, String),
    #[error("Can't find end tag corresponding to start tag \"{0}\"")]
    NoEnd(String),
    #[error("Invalid custom emoji identifier specified")]
    CustomEmoji,
    #[error("Invalid date format used")]
    DateFormat,
    #[error(
        "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
    )]
    Surrogate,
}

const TAGS: [&str; 17] = [
    "a",
    "b",
    "strong",
    "i",
    "em",
    "s",
    "strike",
    "del",
    "u",
    "ins",
    "tg-spoiler",
    "tg-emoji",
    "tg-time",
    "span",
    "pre",
    "code",
    "blockquote",
];

/// The plain text of `source` and its entities, sorted.
pub fn parse(source: &str) -> Result<(String, Vec<Entity>), HtmlError> {
    if source.contains('\0') {
        return Err(HtmlError::NullByte);
    }
    let mut reader = Reader {
        source,
        at: 0,
        text: String::with_capacity(source.len()),
        units: 0,
        open: Vec::new(),
        found: Vec::new(),
    };
    reader.read()?;
    let Reader { text, mut found, open, .. } = reader;
    if let Some(tag) = open.last() {
        return Err(HtmlError::NoEnd(tag.name.clone()));
    }
    let mut entities: Vec<Entity> = found.drain(..).map(|it| it.entity).collect();
    sort(&mut entities);
    Ok((text, entities))
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    text: String,
    /// The length of `text` in UTF-16 units.
    units: usize,
    open: Vec<Open>,
    found: Vec<Found>,
}

struct Open {
    name: String,
    /// What the tag's one meaningful attribute said.
    argument: String,
    unix: i64,
    units: usize,
    bytes: usize,
}

struct Found {
    entity: Entity,
    /// The `language-` class of a `<code>`, for a `<pre>` right around it.
    language: String,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), HtmlError> {
        while self.at < self.source.len() {
            match self.byte() {
                b'&' => match reference(self.source, self.at)? {
                    Some((character, next)) => {
                        self.put(character);
                        self.at = next;
                    }
                    None => self.copy(),
                },
                b'<' if self.byte_at(self.at + 1) == b'/' => self.end_tag()?,
                b'<' => self.start_tag()?,
                _ => self.copy(),
            }
        }
        Ok(())
    }

    /// The byte we are at; 0 after the end, which counts as space, as in C.
    fn byte(&self) -> u8 {
        self.byte_at(self.at)
    }

    fn byte_at(&self, at: usize) -> u8 {
        self.source.as_bytes().get(at).copied().unwrap_or(0)
    }

    fn at_end(&self) -> bool {
        self.at >= self.source.len()
    }

    fn copy(&mut self) {
        if let Some(character) = self.source[self.at..].chars().next() {
            self.put(character);
            self.at += character.len_utf8();
        }
    }

    fn put(&mut self, character: char) {
        self.text.push(character);
        self.units += character.len_utf16();
    }

    fn skip_space(&mut self) {
        while !self.at_end() && is_space(self.byte()) {
            self.at += 1;
        }
    }

    /// What lies between here and the first byte that `stops`; never stops inside a character.
    fn until(&mut self, stops: impl Fn(u8) -> bool) -> &str {
        let from = self.at;
        while !self.at_end() && !stops(self.byte()) {
            self.at += 1;
        }
        &self.source[from..self.at]
    }

    fn start_tag(&mut self) -> Result<(), HtmlError> {
        let begin = self.at;
        self.at += 1;
        let name = self.until(|it| is_space(it) || it == b'>').to_ascii_lowercase();
        if self.at_end() {
            return Err(HtmlError::UnclosedStart(begin));
        }
        if !TAGS.contains(&name.as_str()) {
            return Err(HtmlError::Unsupported(name, begin));
        }
        let mut tag = Open {
            name,
            argument: String::new(),
            unix: 0,
            units: self.units,
            bytes: self.text.len(),
        };
        loop {
            self.skip_space();
            if self.byte() == b'>' {
                break;
            }
            self.attribute(&mut tag, begin)?;
        }
        self.at += 1;
        if tag.name == "span" && tag.argument != "spoiler" {
            return Err(HtmlError::SpanClass(begin));
        }
        self.open.push(tag);
        Ok(())
    }

    fn attribute(&mut self, tag: &mut Open, begin: usize) -> Result<(), HtmlError> {
        let ends_name = |it: u8| is_space(it) || matches!(it, b'=' | b'>' | b'/' | b'"' | b'\'');
        let name = self.until(ends_name).to_owned();
        if name.is_empty() {
            return Err(HtmlError::EmptyAttribute(tag.name.clone(), begin));
        }
        self.skip_space();
        if self.at_end() {
            return Err(HtmlError::UnclosedNamed(tag.name.clone(), begin));
        }
        if self.byte() != b'=' {
            if tag.name == "blockquote" && name == "expandable" {
                "1".clone_into(&mut tag.argument);
            }
            return Ok(());
        }
        self.at += 1;
        self.skip_space();
        if self.at_end() {
            return Err(HtmlError::UnclosedNamed(tag.name.clone(), begin));
        }
        let value = match self.byte() {
            quote @ (b'"' | b'\'') => self.quoted(quote)?,
            _ => self.name_token()?,
        };
        if self.at_end() {
            return Err(HtmlError::UnclosedStart(begin));
        }
        tag.learn(&name, value);
        Ok(())
    }

    fn quoted(&mut self, quote: u8) -> Result<String, HtmlError> {
        self.at += 1;
        let mut value = String::new();
        while !self.at_end() && self.byte() != quote {
            if self.byte() == b'&'
                && let Some((character, next)) = reference(self.source, self.at)?
            {
                value.push(character);
                self.at = next;
            } else if let Some(character) = self.source[self.at..].chars().next() {
                value.push(character);
                self.at += character.len_utf8();
            }
        }
        if !self.at_end() {
            self.at += 1;
        }
        Ok(value)
    }

    fn name_token(&mut self) -> Result<String, HtmlError> {
        let begin = self.at;
        let value = self
            .until(|it| !(it.is_ascii_alphanumeric() || it == b'.' || it == b'-'))
            .to_ascii_lowercase();
        match self.byte() {
            b'>' => Ok(value),
            it if is_space(it) => Ok(value),
            _ => Err(HtmlError::NameToken(begin)),
        }
    }

    fn end_tag(&mut self) -> Result<(), HtmlError> {
        let begin = self.at;
        let Some(tag) = self.open.pop() else {
            return Err(HtmlError::UnexpectedEnd(begin));
        };
        self.at += 2;
        let name = self.until(|it| is_space(it) || it == b'>').to_ascii_lowercase();
        self.skip_space();
        if self.byte() != b'>' {
            return Err(HtmlError::UnclosedEnd(begin));
        }
        self.at += 1;
        if !name.is_empty() && name != tag.name {
            return Err(HtmlError::Unmatched(begin, tag.name, name));
        }
        if self.units > tag.units {
            self.close(tag)?;
        }
        Ok(())
    }

    /// What a tag with some text inside makes of it.
    fn close(&mut self, tag: Open) -> Result<(), HtmlError> {
        let (offset, length) = (tag.units, self.units - tag.units);
        let twin = |it: &Found| it.entity.offset == offset && it.entity.length == length;
        let mut language = String::new();
        let kind = match tag.name.as_str() {
            "b" | "strong" => EntityKind::Bold,
            "i" | "em" => EntityKind::Italic,
            "u" | "ins" => EntityKind::Underline,
            "s" | "strike" | "del" => EntityKind::Strikethrough,
            "tg-spoiler" | "span" => EntityKind::Spoiler,
            "blockquote" if tag.argument.is_empty() => EntityKind::Blockquote,
            "blockquote" => EntityKind::ExpandableBlockquote,
            "tg-emoji" => match tag.argument.parse::<i64>() {
                Ok(id) if id != 0 => EntityKind::CustomEmoji { id: tag.argument },
                _ => return Err(HtmlError::CustomEmoji),
            },
            "tg-time" => {
                let format = date_format(&tag.argument).ok_or(HtmlError::DateFormat)?;
                if tag.unix <= 0 {
                    return Ok(());
                }
                EntityKind::DateTime { unix: tag.unix, format }
            }
            "a" => {
                let url =
                    if tag.argument.is_empty() { &self.text[tag.bytes..] } else { &tag.argument };
                match link::entity(url) {
                    Some(kind) => kind,
                    None => return Ok(()),
                }
            }
            "pre" => {
                if let Some(code) = self.found.last_mut()
                    && code.entity.kind == EntityKind::Code
                    && twin(code)
                    && !code.language.is_empty()
                {
                    let language = Some(std::mem::take(&mut code.language));
                    code.entity.kind = EntityKind::Pre { language };
                    return Ok(());
                }
                EntityKind::Pre { language: None }
            }
            _ => {
                if let Some(pre) = self.found.last_mut()
                    && pre.entity.kind == (EntityKind::Pre { language: None })
                    && twin(pre)
                    && !tag.argument.is_empty()
                {
                    pre.entity.kind = EntityKind::Pre { language: Some(tag.argument) };
                    return Ok(());
                }
                language = tag.argument;
                EntityKind::Code
            }
        };
        self.found.push(Found { entity: Entity { kind, offset, length }, language });
        Ok(())
    }
}

impl Open {
    fn learn(&mut self, attribute: &str, value: String) {
        match (self.name.as_str(), attribute) {
            ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "format") => {
                self.argument = value;
            }
            ("code", "class") => {
                if let Some(language) = value.strip_prefix("language-") {
                    language.clone_into(&mut self.argument);
                }
            }
            ("span", "class") => {
                if let Some(class) = value.strip_prefix("tg-") {
                    class.clone_into(&mut self.argument);
                }
            }
            ("blockquote", "expandable") => "1".clone_into(&mut self.argument),
            ("tg-time", "unix") => self.unix = leading_number(&value),
            _ => {}
        }
    }
}

/// The character that `&…;` at `at` stands for, and where it ends. The semicolon may be missing.
fn reference(source: &str, at: usize) -> Result<Option<(char, usize)>, HtmlError> {
    let rest = &source[at + 1..];
    let (code, length) = if let Some(digits) = rest.strip_prefix("#x") {
        let length = digits.bytes().take_while(u8::is_ascii_hexdigit).count();
        (u32::from_str_radix(&digits[..length], 16).unwrap_or(0), 2 + length)
    } else if let Some(digits) = rest.strip_prefix('#') {
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        (digits[..length].parse().unwrap_or(0), 1 + length)
    } else {
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let code = match &rest[..length] {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            _ => return Ok(None),
        };
        (u32::from(code), length)
    };
    let end = at + 1 + length;
    if code == 0 || code >= 0x10_ffff || end - at >= 10 {
        return Ok(None);
    }
    let character = char::from_u32(code).ok_or(HtmlError::Surrogate)?;
    let end = if source.as_bytes().get(end) == Some(&b';') { end + 1 } else { end };
    Ok(Some((character, end)))
}

/// A date format in Telegram's order: `r`, or `w`, then `d` or `D`, then `t` or `T`.
pub(crate) fn date_format(format: &str) -> Option<String> {
    if matches!(format, "r" | "R") {
        return Some("r".to_owned());
    }
    if !format.chars().all(|it| matches!(it, 't' | 'T' | 'd' | 'D' | 'w' | 'W')) {
        return None;
    }
    let has = |letter: char| format.contains(letter);
    let mut written = String::new();
    if has('w') || has('W') {
        written.push('w');
    }
    for (short, long) in [('d', 'D'), ('t', 'T')] {
        if has(short) {
            written.push(short);
        } else if has(long) {
            written.push(long);
        }
    }
    Some(written)
}

fn leading_number(text: &str) -> i64 {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let number: i64 = digits[..length].parse().unwrap_or(0);
    let number = if text.starts_with('-') { -number } else { number };
    i32::try_from(number).map_or(0, i64::from)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0 | 0x0b)
}
