//! A message before it has a place: what is said, and what can be pressed.

use std::fmt;

use super::qr::Picture;
use crate::telegram::html::{Html, slot};
use crate::telegram::keyboard::{Button, Keyboard};

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Page {
    pub(super) text: Html,
    pub(super) keyboard: Keyboard,
    /// It names somebody's account: no forwarding, no saving.
    pub(super) protect: bool,
    /// Above the text, which then is a caption: at most [`crate::telegram::html::CAPTION`] long.
    pub(super) picture: Option<Picture>,
    /// Above the text, which then is a caption too.
    pub(super) document: Option<Document>,
    /// It shows a secret and must not stay in the chat.
    pub(super) passing: bool,
    /// It only ever takes the place of a page that is protected already.
    pub(super) turned: bool,
}

/// A file that goes with a message. What is in it is its reader's own: it is not shown.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Document {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({}, {} bytes)", self.name, self.bytes.len())
    }
}

impl Page {
    pub(super) fn titled(title: impl Into<Html>) -> Self {
        Self { text: Html::new().bold(title), ..Self::default() }
    }

    pub(super) fn plain(text: impl Into<Html>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// After an empty line. Nothing at all if there is nothing to say.
    pub(super) fn paragraph(self, text: impl Into<Html>) -> Self {
        self.after(2, text.into())
    }

    /// On the next line.
    pub(super) fn line(self, text: impl Into<Html>) -> Self {
        self.after(1, text.into())
    }

    /// Lines that belong together, after an empty one.
    pub(super) fn block(self, lines: impl IntoIterator<Item = Html>) -> Self {
        let joined = lines.into_iter().fold(Self::default(), Self::line);
        self.paragraph(joined.text)
    }

    /// What is wrong, set apart under the question.
    pub(super) fn problem(self, problem: Option<String>) -> Self {
        match problem {
            Some(problem) => self.paragraph(Html::new().quote(problem)),
            None => self,
        }
    }

    pub(super) fn row(self, buttons: impl IntoIterator<Item = Button>) -> Self {
        Self { keyboard: self.keyboard.row(buttons), ..self }
    }

    /// One button a line.
    pub(super) fn rows(self, buttons: impl IntoIterator<Item = Button>) -> Self {
        buttons.into_iter().fold(self, |page, button| page.row([button]))
    }

    pub(super) fn protected(self, protect: bool) -> Self {
        Self { protect, ..self }
    }

    /// A page of something that is protected as a whole: no forwarding, and it is turned where it
    /// stands.
    pub(super) fn turned(self) -> Self {
        Self { protect: true, turned: true, ..self }
    }

    pub(super) fn picture(self, picture: Option<Picture>) -> Self {
        Self { picture, ..self }
    }

    pub(super) fn document(self, document: Document) -> Self {
        Self { document: Some(document), ..self }
    }

    /// Whether it is nothing but a text.
    pub(super) fn is_text(&self) -> bool {
        self.picture.is_none() && self.document.is_none()
    }

    /// Whether it may take the place of another page. A text cannot become a picture or a file, and
    /// an edit cannot forbid forwarding.
    pub(super) fn fits_over(&self) -> bool {
        self.is_text() && (!self.protect || self.turned)
    }

    /// It shows a secret: no forwarding, and it is taken away when it has been read.
    pub(super) fn passing(self) -> Self {
        Self { protect: true, passing: true, ..self }
    }

    fn after(self, breaks: usize, text: Html) -> Self {
        if text.is_empty() {
            return self;
        }
        let breaks = if self.text.is_empty() { 0 } else { breaks };
        let text = (0..breaks).fold(self.text, |html, _| html.line()).html(text);
        Self { text, ..self }
    }
}

/// A sentence with one piece in it: `with(|it| t.fact_you_sell(it), bold(coins))`.
pub(super) fn with(sentence: impl FnOnce(&str) -> String, piece: impl Into<Html>) -> Html {
    Html::filled(sentence(&hole(0)), &[piece.into()])
}

/// A sentence with two pieces in it.
pub(super) fn with_two(
    sentence: impl FnOnce(&str, &str) -> String,
    one: impl Into<Html>,
    two: impl Into<Html>,
) -> Html {
    Html::filled(sentence(&hole(0), &hole(1)), &[one.into(), two.into()])
}

/// A sentence with an account and a name in it, both masked. As code, because Telegram's clients
/// make a link of `***@example.com`.
pub(super) fn with_masked(
    sentence: impl FnOnce(&str, &str) -> String,
    one: impl AsRef<str>,
    two: impl AsRef<str>,
) -> Html {
    with_two(sentence, code(one), code(two))
}

pub(super) fn bold(text: impl ToString) -> Html {
    Html::new().bold(text.to_string())
}

pub(super) fn code(text: impl AsRef<str>) -> Html {
    Html::new().code(text)
}

fn hole(number: u8) -> String {
    slot(number).to_string()
}
