//! Text for Telegram's HTML mode. An [`Html`] can only be made here, so nothing gets into a message
//! unescaped, and no name can hide or reorder what stands beside it.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::markup::escape;
pub use crate::markup::visible;

/// The longest message, in UTF-16 units after the tags are taken away.
pub const MESSAGE: usize = 4_096;
/// The longest caption, likewise.
pub const CAPTION: usize = 1_024;

/// A piece of a message: well-formed, escaped, and of known length.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Html {
    markup: String,
    units: usize,
}

/// How a client draws a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeFormat {
    /// "in 12 minutes", kept live by the client.
    Relative,
    /// 14:32
    Time,
    /// 2026-11-01 14:32 in the reader's own way
    DateTime,
}

impl TimeFormat {
    fn code(self) -> &'static str {
        match self {
            Self::Relative => "r",
            Self::Time => "t",
            Self::DateTime => "dt",
        }
    }
}

impl Html {
    /// An empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds text as it is meant: escaped, and without control, bidi and zero-width characters.
    pub fn text(mut self, text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        self.markup.reserve(text.len());
        for char in text.chars() {
            if let Some(char) = visible(char) {
                self.push(char);
            }
        }
        self
    }

    /// Adds a line break.
    pub fn line(mut self) -> Self {
        self.push('\n');
        self
    }

    /// Adds somebody's name: on one line, at most `most` characters, and isolated, so that letters
    /// written from right to left cannot move what stands beside them.
    pub fn name(mut self, name: impl AsRef<str>, most: usize) -> Self {
        let one_line = |char| if char == '\n' { ' ' } else { char };
        let name: String = name.as_ref().chars().filter_map(visible).map(one_line).collect();
        let mut chars = name.trim().chars();
        self.push('\u{2068}');
        chars.by_ref().take(most).for_each(|char| self.push(char));
        if chars.next().is_some() {
            self.push('…');
        }
        self.push('\u{2069}');
        self
    }

    /// Adds another piece.
    pub fn html(mut self, piece: impl Into<Self>) -> Self {
        let piece = piece.into();
        self.markup.push_str(&piece.markup);
        self.units += piece.units;
        self
    }

    pub fn bold(self, piece: impl Into<Self>) -> Self {
        self.tag("b", piece)
    }

    pub fn italic(self, piece: impl Into<Self>) -> Self {
        self.tag("i", piece)
    }

    pub fn strike(self, piece: impl Into<Self>) -> Self {
        self.tag("s", piece)
    }

    /// Monospace; a tap copies it in most clients.
    pub fn code(self, text: impl AsRef<str>) -> Self {
        self.tag("code", Self::new().text(text))
    }

    pub fn quote(self, piece: impl Into<Self>) -> Self {
        self.tag("blockquote", piece)
    }

    /// A quote that is folded until it is tapped.
    pub fn expandable(self, piece: impl Into<Self>) -> Self {
        self.wrap("<blockquote expandable>", piece.into(), "</blockquote>")
    }

    pub fn spoiler(self, piece: impl Into<Self>) -> Self {
        self.tag("tg-spoiler", piece)
    }

    /// A link, to `https:` or `tg:` only: of any other address just the piece is shown.
    pub fn link(self, url: &str, piece: impl Into<Self>) -> Self {
        if !is_safe_link(url) {
            return self.html(piece);
        }
        let mut open = String::from("<a href=\"");
        url.chars().for_each(|char| escape(char, &mut open));
        open.push_str("\">");
        self.wrap(&open, piece.into(), "</a>")
    }

    /// A moment, drawn by the client in the reader's zone; old clients show `fallback`.
    pub fn time(self, at: DateTime<Utc>, format: TimeFormat, fallback: impl AsRef<str>) -> Self {
        let open = format!("<tg-time unix=\"{}\" format=\"{}\">", at.timestamp(), format.code());
        self.wrap(&open, Self::new().text(fallback), "</tg-time>")
    }

    /// Puts pieces into a text that has [`slot`]s. The text is a sentence of ours, in the reader's
    /// language; what stands in a slot without a piece is left out.
    pub fn filled(text: impl AsRef<str>, pieces: &[Self]) -> Self {
        text.as_ref().chars().fold(Self::new(), |html, char| match slot_number(char) {
            Some(number) => html.html(pieces.get(number).cloned().unwrap_or_default()),
            None => html.text(char.encode_utf8(&mut [0; 4])),
        })
    }

    /// The text with its tags, for `parse_mode: HTML`.
    pub fn as_str(&self) -> &str {
        &self.markup
    }

    /// Its length as Telegram counts: UTF-16 units without the tags.
    pub fn units(&self) -> usize {
        self.units
    }

    pub fn is_empty(&self) -> bool {
        self.units == 0
    }

    fn push(&mut self, char: char) {
        escape(char, &mut self.markup);
        self.units += char.len_utf16();
    }

    fn tag(self, tag: &str, piece: impl Into<Self>) -> Self {
        self.wrap(&format!("<{tag}>"), piece.into(), &format!("</{tag}>"))
    }

    fn wrap(mut self, open: &str, piece: Self, close: &str) -> Self {
        // Telegram drops empty entities; so do we, and the markup stays short.
        if piece.is_empty() {
            return self;
        }
        self.markup.push_str(open);
        let mut all = self.html(piece);
        all.markup.push_str(close);
        all
    }
}

impl<T: AsRef<str>> From<T> for Html {
    fn from(text: T) -> Self {
        Self::new().text(text)
    }
}

/// Only the length: the text may be somebody's name or account.
impl fmt::Debug for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Html({} units)", self.units)
    }
}

/// The place of a piece in a sentence, to be given to the sentence as an argument and filled by
/// [`Html::filled`]. There are 64; a private character that no cleaned text contains.
pub fn slot(number: u8) -> char {
    char::from_u32(SLOT + u32::from(number % SLOTS)).unwrap_or(' ')
}

const SLOT: u32 = 0xE000;
const SLOTS: u8 = 64;

fn slot_number(char: char) -> Option<usize> {
    let number = u32::from(char).checked_sub(SLOT)?;
    (number < u32::from(SLOTS)).then_some(number as usize)
}

fn is_safe_link(url: &str) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("https" | "tg"))
        && url.chars().all(|it| it.is_ascii_graphic() || u32::from(it) > 0xFF)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::clock::from_millis;

    #[test]
    fn text_is_escaped_and_tags_are_ours() {
        let html = Html::new()
            .text("1 < 2 & \"3\" ")
            .bold(Html::from("<b>x</b>").italic("y"))
            .line()
            .code("a&b");
        assert_eq!(
            html.as_str(),
            "1 &lt; 2 &amp; &quot;3&quot; <b>&lt;b&gt;x&lt;/b&gt;<i>y</i></b>\n<code>a&amp;b</code>"
        );
    }

    #[test]
    fn the_length_is_counted_in_utf16_without_tags() {
        assert_eq!(Html::new().bold("放币 <😀>").units(), 7);
        assert_eq!(Html::new().bold("").as_str(), "");
    }

    #[test]
    fn names_can_neither_hide_nor_reorder() {
        let html = Html::new().name("Li\u{202E}\u{200B}\n<Na>\u{3164}", 20);
        assert_eq!(html.as_str(), "\u{2068}Li &lt;Na&gt;\u{2069}");
        assert_eq!(Html::new().name("abcdef", 3).as_str(), "\u{2068}abc…\u{2069}");
    }

    #[test]
    fn a_moment_carries_its_fallback() {
        let html = Html::new().time(from_millis(1_793_000_000_000), TimeFormat::Relative, "14:32");
        assert_eq!(html.as_str(), r#"<tg-time unix="1793000000" format="r">14:32</tg-time>"#);
        assert_eq!(html.units(), 5);
    }

    #[test]
    fn links_lead_to_https_or_telegram_only() {
        let link = |url| Html::new().link(url, "x").as_str().to_owned();
        assert_eq!(
            link("https://t.me/a?b=\"1\"&c"),
            r#"<a href="https://t.me/a?b=&quot;1&quot;&amp;c">x</a>"#
        );
        assert_eq!(link("tg://user?id=1"), r#"<a href="tg://user?id=1">x</a>"#);
        for url in ["http://a", "javascript:alert(1)", "a", "", "https://a b", "https://a\u{9b}"] {
            assert_eq!(link(url), "x", "{url}");
        }
    }

    #[test]
    fn slots_are_filled_with_pieces_and_nothing_else() {
        let sentence = format!("Pay {} to {}{}.", slot(0), slot(1), slot(9));
        let html = Html::filled(sentence, &[Html::new().bold("5 <"), Html::from("Li")]);
        assert_eq!(html.as_str(), "Pay <b>5 &lt;</b> to Li.");
        assert_eq!(Html::from(slot(0).to_string()).as_str(), "");
    }

    proptest! {
        #[test]
        fn whatever_is_written_only_our_tags_remain(text in any::<String>(), name in any::<String>()) {
            let html = Html::new().text(&text).bold(Html::new().name(&name, 30));
            let rest = html.as_str().replace("<b>", "").replace("</b>", "");
            prop_assert!(!rest.contains(['<', '>', '"']));
        }
    }
}
