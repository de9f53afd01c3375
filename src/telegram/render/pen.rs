//! The hand that writes for one reader: their language, and buttons that only they can press.

use super::pair;
use crate::domain::UserId;
use crate::domain::order::{Order, OrderId, Side};
use crate::language::Language;
use crate::locale::Texts;
use crate::secrets::Seal;
use crate::telegram::action::{Action, Place};
use crate::telegram::keyboard::Button;
use crate::telegram::press::Press;

#[derive(Clone, Copy)]
pub(super) struct Pen<'a> {
    pub(super) t: &'static Texts,
    pub(super) language: Language,
    /// Who reads: in a private chat, its id is the person's.
    pub(super) reader: i64,
    pub(super) demo: bool,
    /// The reader's own words against impostors, on what is about money.
    pub(super) phrase: Option<&'a str>,
    /// What an operator has written, where that is told.
    pub(super) reason: Option<&'a str>,
    seal: &'a Seal,
}

/// Who reads about an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Side(Side),
    /// An arbiter or an operator.
    Staff {
        user: UserId,
        arbiter: bool,
    },
}

impl<'a> Pen<'a> {
    pub(super) fn new(seal: &'a Seal, language: Language, reader: i64, demo: bool) -> Self {
        Self { t: language.texts(), language, reader, demo, phrase: None, reason: None, seal }
    }

    pub(super) fn with_phrase(self, phrase: Option<&'a str>) -> Self {
        Self { phrase, ..self }
    }

    pub(super) fn with_reason(self, reason: Option<&'a str>) -> Self {
        Self { reason, ..self }
    }

    /// The order's code, and the pair of pictures that both sides see beside it.
    pub(super) fn code(&self, order: OrderId) -> String {
        format!("{} {}", order.code(), pair::of(self.seal, order))
    }

    /// A button about a thing that has a number and a version.
    pub(super) fn button(
        &self,
        label: impl Into<String>,
        action: Action,
        (subject, version): (i64, i64),
    ) -> Button {
        let press = Press { action, subject, version };
        Button::press(label, press.encode(self.seal, self.reader))
    }

    pub(super) fn about(&self, label: impl Into<String>, action: Action, order: &Order) -> Button {
        self.button(label, action, (order.id.0, order.version))
    }

    /// A button that does the same wherever and whenever it is pressed.
    pub(super) fn always(&self, label: impl Into<String>, action: Action) -> Button {
        self.button(label, action, (0, 0))
    }

    pub(super) fn go(&self, place: Place) -> Button {
        self.always(self.name(place), Action::Go(place))
    }

    /// For a message that somebody may want to find again.
    pub(super) fn go_below(&self, place: Place) -> Button {
        self.always(self.name(place), Action::GoBelow(place))
    }

    fn name(&self, place: Place) -> String {
        let t = self.t;
        match place {
            Place::Sell => t.button_sell(),
            Place::PostAd => t.button_post_ad(),
            Place::Ads => t.button_ads(),
            Place::Orders => t.button_orders(),
            Place::Balance => t.button_balance(),
            Place::Withdraw => t.button_withdraw(),
            Place::Help => t.button_help(),
            Place::Language => t.button_language(),
            Place::Security => t.button_security(),
        }
    }
}
