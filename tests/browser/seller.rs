//! What a seller does on the way, for stories that begin or end somewhere on it.

use crate::chat::{Chat, Chats};
use crate::words::Words;

/// Where the yuan go.
pub(crate) const ACCOUNT: &str = "13800001234";
const NAME: &str = "王小明";

/// Somebody who sells 100 USDT, and reads these words.
pub(crate) struct Seller<'a> {
    pub(crate) chat: Chat<'a>,
    pub(crate) words: Words,
}

/// An order, as the demo's merchants make it.
pub(crate) struct Order {
    /// On the button of the offer.
    pub(crate) price: &'static str,
    pub(crate) yuan: &'static str,
}

/// With the merchant that pays at once.
pub(crate) const AT_ONCE: Order = Order { price: "¥7.25", yuan: "725.00" };
/// With the one that has somebody else pay.
pub(crate) const THIRD_PARTY: Order = Order { price: "¥7.24", yuan: "724.00" };
/// With the one that pays one fen less.
pub(crate) const ONE_FEN_LESS: Order = Order { price: "¥7.23", yuan: "723.00" };

impl Order {
    /// As the card has it.
    pub(crate) fn amount(&self) -> String {
        format!("¥{}", self.yuan)
    }

    /// Of the amount: what a seller without a second factor types.
    pub(crate) fn last_digits(&self) -> String {
        let digits = self.yuan.replace('.', "");
        digits[digits.len() - 4..].to_owned()
    }
}

impl<'a> Seller<'a> {
    /// The first visitor: accepts the notice, and is given coins.
    pub(crate) async fn comes_in(chats: &'a Chats, name: &str, language: &str) -> Self {
        let (words, code, start) = match language {
            "zh-CN" => (Words::of("zh-CN"), "zh-hans", "开始"),
            other => (Words::of(other), other, "Start"),
        };
        let it = Self { chat: chats.welcome(name, code).await, words };
        it.accepts(start).await;
        it
    }

    /// Starts the bot, and accepts the notice.
    pub(crate) async fn accepts(&self, start: &str) {
        self.chat.presses(start).await;
        self.presses("button-accept").await;
        self.chat.sees("1,000 USDT").await;
    }

    /// Opens an order for 100 USDT.
    pub(crate) async fn sells(&self, order: &Order) {
        self.chooses_offer(order.price).await;
        self.chat.says("100 USDT").await;
        self.sees("sell-account-title").await;
        self.chat.says(ACCOUNT).await;
        self.sees("sell-name-title").await;
        self.chat.says(NAME).await;
        self.presses("button-lock").await;
    }

    /// The demo's merchants come in at the same time as we do: whoever is faster looks again.
    pub(crate) async fn chooses_offer(&self, price: &str) {
        self.presses("button-sell").await;
        for _ in 0..60 {
            self.chat.presses("1,000 USDT").await;
            self.chat.sees(&self.words.about("sell-offers-title", "USDT")).await;
            if self.chat.has_button(price).await {
                self.chat.presses(price).await;
                self.chat.is_offered(self.words.say("button-all")).await;
                return;
            }
            self.presses("button-back").await;
            self.sees("sell-coin-title").await;
        }
        panic!("nobody offers {price}");
    }

    /// Answers with yes, from this question of the gate (the first is 1) to the last.
    pub(crate) async fn says_yes_from(&self, first: usize, order: &Order) {
        for number in first..=5 {
            self.chat.sees(&self.question(number, order)).await;
            self.presses("button-yes").await;
        }
        self.sees("gate-all").await;
    }

    /// A question of the gate, as it stands on the card.
    pub(crate) fn question(&self, number: usize, order: &Order) -> String {
        match number {
            1 => self.words.say("gate-entry").to_owned(),
            2 => self.words.say("gate-arrival").to_owned(),
            3 => self.words.about("gate-amount", &order.amount()),
            4 => self.words.say("gate-payer").to_owned(),
            5 => self.words.say("gate-memo").to_owned(),
            other => panic!("the gate has no question {other}"),
        }
    }

    /// Ten seconds later the coins are gone, and the rest is still there.
    pub(crate) async fn has_sold(&self) {
        self.chat.sees(&self.words.about("news-released-seller", "100 USDT")).await;
        self.chat.says("/balance").await;
        self.chat.sees("900 USDT").await;
    }

    pub(crate) async fn presses(&self, button: &str) {
        self.chat.presses(self.words.say(button)).await;
    }

    pub(crate) async fn sees(&self, words: &str) -> String {
        self.chat.sees(self.words.say(words)).await
    }
}
