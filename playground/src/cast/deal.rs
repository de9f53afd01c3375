//! What a merchant knows of an order: what its payment card says, and what became of the money.

use crate::{Action, Message};

/// The button on a payment card.
pub(super) const PAID: &str = "I've paid";

/// An order that a merchant has been given.
pub(super) struct Deal {
    /// The payee's account.
    pub(super) account: String,
    pub(super) fen: i64,
    /// The newest page about it on which something can be done.
    pub(super) page: Message,
    /// The transfers that were made for it.
    pub(super) transfers: Vec<Paid>,
}

/// Money that was paid for an order.
pub(super) struct Paid {
    /// Alipay's number of the transfer.
    pub(super) number: String,
    pub(super) fen: i64,
    /// It was sent back, and the merchant has found it.
    pub(super) back: bool,
}

impl Deal {
    /// Reads a payment card by its buttons that copy: the account, and the amount in yuan.
    pub(super) fn read(page: Message) -> Option<Self> {
        page.button(PAID)?;
        let copies = page.buttons.iter().flatten().filter_map(|it| match &it.action {
            Action::Copy(text) => Some((it.text.as_str(), text)),
            Action::Callback(_) | Action::Url(_) | Action::Other(..) => None,
        });
        let (mut account, mut amount) = (None, None);
        for (label, text) in copies {
            if label.contains("account") {
                account = Some(text.clone());
            } else if let Some(fen) = fen(text) {
                amount = Some(fen);
            }
        }
        Some(Self { account: account?, fen: amount?, page, transfers: vec![] })
    }

    /// Keeps a page on which something can be done. A reminder that leads to another page is none.
    pub(super) fn turns_to(&mut self, page: Message) {
        if page.button(PAID).is_some() || confirms_return(&page).is_some() {
            self.page = page;
        }
    }

    /// What of the amount has not been paid yet, or was sent back.
    pub(super) fn owes(&self) -> i64 {
        self.fen - self.transfers.iter().filter(|it| !it.back).map(|it| it.fen).sum::<i64>()
    }

    /// Finds the money of that transfer in the own account again.
    pub(super) fn gets_back(&mut self, number: &str) {
        for transfer in self.transfers.iter_mut().filter(|it| it.number == number) {
            transfer.back = true;
        }
    }

    /// Whether all that was paid is back.
    pub(super) fn is_returned(&self) -> bool {
        !self.transfers.is_empty() && self.transfers.iter().all(|it| it.back)
    }

    /// What the bot wants to hear now that the money is back: the button, if there is one.
    pub(super) fn confirms_return(&self) -> Option<&'static str> {
        confirms_return(&self.page).filter(|_| self.is_returned())
    }
}

/// What the bot says is missing: `¥0.01 are missing`.
pub(super) fn missing(page: &Message) -> Option<i64> {
    let (before, _) = page.text.split_once(" are missing")?;
    let (_, amount) = before.rsplit_once('¥')?;
    fen(&amount.replace(',', ""))
}

/// The words of the button that says that money is back.
fn confirms_return(page: &Message) -> Option<&'static str> {
    const WORDS: [&str; 4] = ["got the money back", "is back", "Give in", "Yes, return"];
    WORDS.into_iter().find(|words| page.labels().iter().any(|it| it.contains(*words)))
}

/// The order's code in what the bot says about it: `Order K7M2QX · please pay now`.
pub(super) fn code(page: &Message) -> Option<String> {
    let (_, rest) = page.text.split_once("Order ")?;
    let code: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    (code.len() == 6).then_some(code)
}

/// `720.00`, as it is typed into Alipay.
fn fen(text: &str) -> Option<i64> {
    let (yuan, rest) = text.split_once('.')?;
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let fits = digits(yuan) && digits(rest) && rest.len() == 2;
    if fits { format!("{yuan}{rest}").parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::message::Content;
    use crate::text::FormattedText;
    use crate::{Button, User};

    fn page(text: &str, buttons: &[(&str, Action)]) -> Message {
        let button = |(text, action): &(&str, Action)| {
            vec![Button { text: (*text).to_owned(), action: action.clone(), style: None }]
        };
        let buttons = buttons.iter().map(button).collect();
        let content = Content { text: FormattedText::typed(text), buttons, ..Content::default() };
        content.into_message(1, Arc::new(User::stranger(42)), 0)
    }

    fn copies(text: &str) -> Action {
        Action::Copy(text.to_owned())
    }

    fn calls() -> Action {
        Action::Callback("x".to_owned())
    }

    fn deal(page: Message, fen: i64) -> Deal {
        Deal { account: "a@b.cn".to_owned(), fen, page, transfers: vec![] }
    }

    fn paid(number: &str, fen: i64) -> Paid {
        Paid { number: number.to_owned(), fen, back: false }
    }

    #[test]
    fn a_payment_card_is_read_by_its_buttons() {
        let card = page(
            "⏳ Order K7M2QX · please pay now",
            &[
                ("Copy account", copies("13800001234")),
                ("Copy **明", copies("**明")),
                ("Copy 720.03", copies("720.03")),
                (PAID, calls()),
            ],
        );
        assert_eq!(code(&card).as_deref(), Some("K7M2QX"));
        let deal = Deal::read(card).expect("a payment card");
        assert_eq!((deal.account.as_str(), deal.fen), ("13800001234", 72_003));

        let reminder = page("Order K7M2QX: please pay", &[(PAID, calls())]);
        assert!(Deal::read(reminder).is_none());
    }

    #[test]
    fn no_more_is_owed_than_the_amount() {
        let mut deal = deal(page("Order K7M2QX", &[]), 72_000);
        assert_eq!(deal.owes(), 72_000);
        deal.transfers = vec![paid("1", 71_999)];
        assert_eq!(deal.owes(), 1);
        deal.transfers.push(paid("2", 1));
        assert_eq!(deal.owes(), 0);
        deal.gets_back("2");
        assert_eq!(deal.owes(), 1);
    }

    #[test]
    fn what_is_missing_is_read() {
        let missing = |text| missing(&page(text, &[]));
        let told = "Order K7M2QX: The seller sees less than the amount: ¥0.01 are missing. Please";
        assert_eq!(missing(told), Some(1));
        assert_eq!(missing("of ¥7,230.00 ¥1,230.50 are missing"), Some(123_050));
        assert_eq!(missing("They are missing"), None);
        assert_eq!(missing("Order K7M2QX: paid ¥720.00"), None);
    }

    #[test]
    fn a_code_is_found_where_there_is_one() {
        let code = |text| code(&page(text, &[]));
        assert_eq!(code("Order K7M2QX: paid").as_deref(), Some("K7M2QX"));
        assert_eq!(code("My orders"), None);
        assert_eq!(code("Order them"), None);
    }

    #[test]
    fn nothing_is_said_to_be_back_before_it_is() {
        let card = page("Order K7M2QX", &[("Copy account", copies("a@b.cn")), (PAID, calls())]);
        assert!(Deal::read(card.clone()).is_none(), "without an amount nothing can be paid");
        let mut deal = deal(card, 72_000);
        deal.turns_to(page("Order K7M2QX", &[("I've got the money back", calls())]));
        assert_eq!(deal.confirms_return(), None, "nothing was paid");
        deal.transfers = vec![paid("1", 71_999), paid("2", 1)];
        deal.gets_back("1");
        assert_eq!(deal.confirms_return(), None, "only some of it is back");
        deal.gets_back("2");
        assert_eq!(deal.confirms_return(), Some("got the money back"));
        // What has only a way to another page does not take its place.
        deal.turns_to(page("Order K7M2QX", &[("Open the order", calls())]));
        assert_eq!(deal.confirms_return(), Some("got the money back"));
        deal.turns_to(page("Order K7M2QX", &[("Yes, ¥720.00 is back", calls())]));
        assert_eq!(deal.confirms_return(), Some("is back"));
    }
}
