//! The buttons under a message.

use serde::Serialize;

use super::press::Data;

/// Rows of buttons; written as Telegram's `inline_keyboard`.
#[derive(Clone, Debug, Default, Serialize, PartialEq, Eq)]
pub struct Keyboard {
    inline_keyboard: Vec<Vec<Button>>,
}

/// One button. It does exactly one thing.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Button {
    text: String,
    #[serde(flatten)]
    does: Does,
    #[serde(skip_serializing_if = "Option::is_none")]
    style: Option<Style>,
}

#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Does {
    CallbackData(Data),
    Url(String),
    CopyText { text: String },
}

/// A colour with a meaning. Old clients show all buttons alike.
#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// The one thing to do now.
    Primary,
    /// Something good comes of it.
    Success,
    /// It cannot be taken back.
    Danger,
}

impl Keyboard {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a row; an empty one is left out.
    pub fn row(mut self, buttons: impl IntoIterator<Item = Button>) -> Self {
        let row: Vec<_> = buttons.into_iter().collect();
        if !row.is_empty() {
            self.inline_keyboard.push(row);
        }
        self
    }

    pub fn is_empty(&self) -> bool {
        self.inline_keyboard.is_empty()
    }
}

impl Button {
    /// Sends a press to us.
    pub fn press(label: impl Into<String>, data: Data) -> Self {
        Self::new(label, Does::CallbackData(data))
    }

    /// Opens an `https:` or `tg:` address.
    pub fn url(label: impl Into<String>, url: impl Into<String>) -> Self {
        Self::new(label, Does::Url(url.into()))
    }

    /// Copies a text; we never learn of it. `None` unless it has 1 to 256 characters.
    pub fn copy(label: impl Into<String>, text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        let fits = (1..=256).contains(&text.chars().count());
        fits.then(|| Self::new(label, Does::CopyText { text }))
    }

    pub fn styled(self, style: Style) -> Self {
        Self { style: Some(style), ..self }
    }

    fn new(label: impl Into<String>, does: Does) -> Self {
        Self { text: label.into(), does, style: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::order::Request;
    use crate::secrets::Seal;
    use crate::telegram::action::Action;
    use crate::telegram::press::Press;

    #[test]
    fn a_keyboard_is_written_as_telegram_reads_it() {
        let press = Press { action: Action::Ask(Request::MarkPaid), subject: 7, version: 3 };
        let data = press.encode(&Seal::from_key(&[1; 32]), 42);
        let keyboard = Keyboard::new()
            .row([Button::press("I have paid", data.clone()).styled(Style::Success)])
            .row(Button::copy("Copy 500.03", "500.03"))
            .row(Button::copy("Nothing", ""))
            .row([Button::url("Help", "https://example.org")]);
        assert_eq!(
            serde_json::to_value(&keyboard).unwrap(),
            serde_json::json!({ "inline_keyboard": [
                [{ "text": "I have paid", "callback_data": data.as_str(), "style": "success" }],
                [{ "text": "Copy 500.03", "copy_text": { "text": "500.03" } }],
                [{ "text": "Help", "url": "https://example.org" }],
            ]})
        );
    }
}
