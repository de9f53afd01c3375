//! A page that can be read in any browser, years from now, without a network, and be printed on A4:
//! one file, no scripts, nothing from outside. Text gets in only here, escaped.

use crate::language::Language;
use crate::markup::{escape, visible};

/// How a page looks, on a phone and on paper. No row and no message is cut in two; tables repeat
/// their heads, and every sheet of paper says what it is of.
const STYLE: &str = include_str!("page.css");

/// A page that is being written.
pub(super) struct Sheet {
    language: Language,
    title: String,
    running: String,
    body: String,
}

/// Something in a cell or after a label: lines, the smaller ones below.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Piece(String);

impl Piece {
    pub(super) fn new(text: impl AsRef<str>) -> Self {
        Self::default().line("", text)
    }

    /// What is worth knowing, but not at first glance.
    pub(super) fn small(self, text: impl AsRef<str>) -> Self {
        self.line("small", text)
    }

    /// A hash, an account, a number: what is compared character by character.
    pub(super) fn mono(self, text: impl AsRef<str>) -> Self {
        self.line("mono", text)
    }

    /// What reads badly on two lines: a moment, the first digits of a hash.
    pub(super) fn short(self, text: impl AsRef<str>) -> Self {
        self.line("short", text)
    }

    /// The same in small.
    pub(super) fn small_and_short(self, text: impl AsRef<str>) -> Self {
        self.line("small short", text)
    }

    /// What a person has written.
    pub(super) fn said(self, text: impl AsRef<str>) -> Self {
        self.line("said", text)
    }

    /// A file that lies beside the page in the unpacked bundle.
    pub(super) fn file(mut self, path: &str) -> Self {
        self.0.push_str("<div class=\"mono\"><a href=\"");
        text_into(path, &mut self.0);
        self.0.push_str("\">");
        text_into(path, &mut self.0);
        self.0.push_str("</a></div>");
        self
    }

    fn line(mut self, class: &str, text: impl AsRef<str>) -> Self {
        let open =
            if class.is_empty() { "<div>".into() } else { format!("<div class=\"{class}\">") };
        self.0.push_str(&open);
        text_into(text.as_ref(), &mut self.0);
        self.0.push_str("</div>");
        self
    }
}

impl<T: AsRef<str>> From<T> for Piece {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}

impl Sheet {
    /// `running` stands on every sheet of paper.
    pub(super) fn new(
        language: Language,
        title: impl Into<String>,
        running: impl Into<String>,
    ) -> Self {
        let (title, running) = (title.into(), running.into());
        let sheet = Self { language, title: title.clone(), running, body: String::new() };
        sheet.element("h1", title)
    }

    pub(super) fn heading(self, text: impl AsRef<str>) -> Self {
        self.element("h2", text)
    }

    pub(super) fn paragraph(self, text: impl AsRef<str>) -> Self {
        self.element("p", text)
    }

    /// Set apart from the rest.
    pub(super) fn note(self, text: impl AsRef<str>) -> Self {
        self.element("blockquote", text)
    }

    pub(super) fn list(mut self, items: impl IntoIterator<Item = String>) -> Self {
        self.body.push_str("<ul>\n");
        let mut with_items = items.into_iter().fold(self, |sheet, it| sheet.element("li", it));
        with_items.body.push_str("</ul>\n");
        with_items
    }

    /// A label and what is known under it, a row each.
    pub(super) fn facts(mut self, rows: impl IntoIterator<Item = (String, Piece)>) -> Self {
        self.body.push_str("<table class=\"facts\">\n");
        for (label, Piece(value)) in rows {
            self.body.push_str("<tr><th scope=\"row\">");
            text_into(&label, &mut self.body);
            self.body.push_str("</th><td>");
            self.body.push_str(&value);
            self.body.push_str("</td></tr>\n");
        }
        self.body.push_str("</table>\n");
        self
    }

    /// A row each; without rows, `none`.
    pub(super) fn table(mut self, head: &[String], rows: Vec<Vec<Piece>>, none: String) -> Self {
        if rows.is_empty() {
            return self.paragraph(none);
        }
        self.body.push_str("<table>\n<thead><tr>");
        for it in head {
            self.body.push_str("<th scope=\"col\">");
            text_into(it, &mut self.body);
            self.body.push_str("</th>");
        }
        self.body.push_str("</tr></thead>\n<tbody>\n");
        for row in rows {
            self.body.push_str("<tr>");
            for Piece(it) in row {
                self.body.push_str("<td>");
                self.body.push_str(&it);
                self.body.push_str("</td>");
            }
            self.body.push_str("</tr>\n");
        }
        self.body.push_str("</tbody></table>\n");
        self
    }

    /// Empty lines to write on.
    pub(super) fn lines(mut self, count: usize) -> Self {
        let lines = "<div class=\"line\"></div>".repeat(count);
        self.body.push_str(&format!("<div class=\"lines\">{lines}</div>\n"));
        self
    }

    /// A new sheet of paper begins.
    pub(super) fn next_sheet(mut self) -> Self {
        self.body.push_str("<div class=\"next\"></div>\n");
        self
    }

    pub(super) fn finish(self) -> String {
        let (mut title, mut running) = (String::new(), String::new());
        text_into(&self.title, &mut title);
        // In the style it is a string of CSS: a code and words of ours, without quotes.
        let plain = |it: &char| !matches!(it, '"' | '\\' | '<' | '\n');
        running.extend(self.running.chars().filter(plain));
        let style = STYLE.replace("RUNNING", &running);
        let (language, body) = (self.language.tag(), self.body);
        format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
        )
    }

    fn element(mut self, tag: &str, text: impl AsRef<str>) -> Self {
        self.body.push_str(&format!("<{tag}>"));
        text_into(text.as_ref(), &mut self.body);
        self.body.push_str(&format!("</{tag}>\n"));
        self
    }
}

/// Text as it is meant, without what cannot be seen or moves what stands beside it.
fn text_into(text: &str, into: &mut String) {
    text.chars().filter_map(visible).for_each(|it| escape(it, into));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_page_stands_alone_and_can_be_printed() {
        let page = Sheet::new(Language::Chinese, "经过", "订单 K7M2QX").paragraph("好").finish();
        assert!(page.contains("<html lang=\"zh-CN\">") && page.contains("charset=\"utf-8\""));
        for forbidden in ["<script", "http://", "https://", "@import", "url(", "<img", "<link"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        for rule in [
            "@page",
            "size: A4",
            "订单 K7M2QX",
            "break-inside: avoid",
            "break-after: avoid",
            "table-header-group",
            "Noto Sans CJK SC",
            "@media (max-width",
        ] {
            assert!(page.contains(rule), "{rule}");
        }
    }

    proptest! {
        #[test]
        fn whatever_people_write_only_our_tags_remain(text in any::<String>()) {
            let sheet = Sheet::new(Language::English, &text, &text);
            let row = vec![Piece::new(&text).small(&text).mono(&text).said(&text)];
            let page = sheet.heading(&text).table(std::slice::from_ref(&text), vec![row], text.clone());
            let body = page.body.as_str();
            for tag in body.split('<').skip(1).map(|it| it.split('>').next().unwrap_or_default()) {
                let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
                let ours = ["h1", "h2", "table", "thead", "tbody", "tr", "th", "td", "div"];
                prop_assert!(ours.contains(&name), "<{tag}>");
            }
            let page = page.finish();
            prop_assert!(!page.contains("<script"));
            prop_assert_eq!(page.matches("</style>").count(), 1);
        }
    }
}
