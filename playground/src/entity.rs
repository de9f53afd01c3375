//! What is special about a part of a text: bold, a link, a countdown.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::user::User;

/// A Telegram `MessageEntity`; offset and length are UTF-16 units.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    pub kind: EntityKind,
    pub offset: usize,
    pub length: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub enum EntityKind {
    Bold,
    Italic,
    Underline,
    Strikethrough,
    Spoiler,
    Blockquote,
    ExpandableBlockquote,
    Code,
    Pre { language: Option<String> },
    TextLink { url: String },
    TextMention { user: User },
    CustomEmoji { id: String },
    DateTime { unix: i64, format: String },
    Mention,
    Hashtag,
    BotCommand,
    Url,
}

impl EntityKind {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Bold => "bold",
            Self::Italic => "italic",
            Self::Underline => "underline",
            Self::Strikethrough => "strikethrough",
            Self::Spoiler => "spoiler",
            Self::Blockquote => "blockquote",
            Self::ExpandableBlockquote => "expandable_blockquote",
            Self::Code => "code",
            Self::Pre { .. } => "pre",
            Self::TextLink { .. } => "text_link",
            Self::TextMention { .. } => "text_mention",
            Self::CustomEmoji { .. } => "custom_emoji",
            Self::DateTime { .. } => "date_time",
            Self::Mention => "mention",
            Self::Hashtag => "hashtag",
            Self::BotCommand => "bot_command",
            Self::Url => "url",
        }
    }

    /// Styles may overlap anything but code; they are merged and split where others begin or end.
    pub(crate) fn is_style(&self) -> bool {
        matches!(
            self,
            Self::Bold | Self::Italic | Self::Underline | Self::Strikethrough | Self::Spoiler
        )
    }

    pub(crate) fn is_quote(&self) -> bool {
        matches!(self, Self::Blockquote | Self::ExpandableBlockquote)
    }

    /// No style is kept inside these.
    pub(crate) fn is_plain_inside(&self) -> bool {
        matches!(self, Self::Code | Self::Pre { .. } | Self::DateTime { .. })
    }

    /// Telegram's order among entities of the same place.
    fn rank(&self) -> u8 {
        match self {
            Self::Blockquote | Self::ExpandableBlockquote => 0,
            Self::Pre { .. } => 11,
            Self::Code => 20,
            Self::DateTime { .. } => 30,
            Self::TextLink { .. } | Self::TextMention { .. } => 49,
            Self::Mention | Self::Hashtag | Self::BotCommand | Self::Url => 50,
            Self::Bold => 90,
            Self::Italic => 91,
            Self::Underline => 92,
            Self::Strikethrough => 93,
            Self::Spoiler => 94,
            Self::CustomEmoji { .. } => 99,
        }
    }
}

impl Entity {
    pub(crate) fn end(&self) -> usize {
        self.offset + self.length
    }

    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.offset < other.end() && other.offset < self.end()
    }

    fn lies_in(&self, other: &Self) -> bool {
        other.offset <= self.offset && self.end() <= other.end()
    }
}

impl Serialize for Entity {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("offset", &self.offset)?;
        map.serialize_entry("length", &self.length)?;
        map.serialize_entry("type", self.kind.name())?;
        match &self.kind {
            EntityKind::Pre { language: Some(language) } => {
                map.serialize_entry("language", language)?;
            }
            EntityKind::TextLink { url } => map.serialize_entry("url", url)?,
            EntityKind::TextMention { user } => map.serialize_entry("user", user)?,
            EntityKind::CustomEmoji { id } => map.serialize_entry("custom_emoji_id", id)?,
            EntityKind::DateTime { unix, format } => {
                map.serialize_entry("unix_time", unix)?;
                map.serialize_entry("date_time_format", format)?;
            }
            _ => {}
        }
        map.end()
    }
}

pub(crate) fn sort(entities: &mut [Entity]) {
    entities.sort_by_key(|it| (it.offset, std::cmp::Reverse(it.length), it.kind.rank()));
}

/// The form in which Telegram keeps entities: sorted, none empty, no two links or codes over each
/// other, equal styles joined, styles split at the edges of the others and absent from code.
pub(crate) fn normal(mut entities: Vec<Entity>) -> Vec<Entity> {
    entities.retain(|it| it.length > 0);
    sort(&mut entities);
    if entities.len() < 2 {
        return entities;
    }
    let (styles, others): (Vec<_>, Vec<_>) =
        entities.into_iter().partition(|it| it.kind.is_style());
    let (quotes, rest): (Vec<_>, Vec<_>) = others.into_iter().partition(|it| it.kind.is_quote());
    let quotes = apart(quotes);
    let mut base = apart(rest);
    base.retain(|it| quotes.iter().all(|quote| !it.meets(quote) || it.lies_in(quote)));
    base.extend(quotes);

    let edges: Vec<usize> = base.iter().flat_map(|it| [it.offset, it.end()]).collect();
    let mut all = Vec::with_capacity(base.len() + styles.len());
    for style in joined(styles) {
        let mut cuts: Vec<usize> =
            edges.iter().copied().filter(|it| style.offset < *it && *it < style.end()).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut from = style.offset;
        for to in cuts.into_iter().chain([style.end()]) {
            let piece = Entity { kind: style.kind.clone(), offset: from, length: to - from };
            if !base.iter().any(|it| it.kind.is_plain_inside() && it.meets(&piece)) {
                all.push(piece);
            }
            from = to;
        }
    }
    all.extend(base);
    sort(&mut all);
    all
}

/// Of sorted entities, those that do not begin inside an earlier one.
fn apart(entities: Vec<Entity>) -> Vec<Entity> {
    let mut end = 0;
    entities
        .into_iter()
        .filter(|it| {
            let fits = it.offset >= end;
            if fits {
                end = it.end();
            }
            fits
        })
        .collect()
}

/// Sorted styles, with equal ones that touch made into one.
fn joined(styles: Vec<Entity>) -> Vec<Entity> {
    let mut all: Vec<Entity> = Vec::with_capacity(styles.len());
    for style in styles {
        match all.iter_mut().find(|it| it.kind == style.kind && style.offset <= it.end()) {
            Some(earlier) => {
                earlier.length = earlier.end().max(style.end()) - earlier.offset;
            }
            None => all.push(style),
        }
    }
    all
}
