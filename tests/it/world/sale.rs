//! One order with its two sides.

use fangbi::domain::ledger::Account;
use fangbi::domain::money::Coin;
use fangbi::domain::order::{Kind, OrderId, Question, Request};
use fangbi::domain::payer::Payer;
use playground::Message;

use super::{Somebody, World, in_their, labels};

/// Where the yuan go, as the seller types it; and as anybody else may see it.
pub(crate) const ACCOUNT: &str = "13971604482";
pub(crate) const ACCOUNT_MASK: &str = "139******82";
pub(crate) const NAME: &str = "欧阳明珠";
pub(crate) const NAME_MASK: &str = "***珠";

/// From where they come, as the buyer declares it.
pub(crate) const PAYER: &str = "18627730918";
pub(crate) const PAYER_MASK: &str = "186******18";
pub(crate) const PAYER_NAME: &str = "诸葛清风";
pub(crate) const PAYER_NAME_MASK: &str = "***风";

pub(crate) struct Sale {
    pub(crate) world: World,
    pub(crate) li: Somebody,
    pub(crate) wang: Somebody,
    pub(crate) id: OrderId,
    pub(crate) code: String,
}

impl World {
    /// Li Na sells 100 USDT to Wang for ¥720. The order has just been opened.
    pub(crate) async fn sale(&self) -> Sale {
        let li = self.seller("Li Na", "en").await;
        let wang = self.buyer("Wang", "en").await;
        self.sale_between(&li, &wang).await
    }

    pub(crate) async fn sale_between(&self, li: &Somebody, wang: &Somebody) -> Sale {
        self.sells(li, "100 USDT").await;
        let id = self.newest_order().await;
        Sale { world: self.clone(), li: li.clone(), wang: wang.clone(), id, code: id.code() }
    }

    /// Through the whole wizard, to the best offer.
    pub(crate) async fn sells(&self, li: &Somebody, amount: &str) {
        self.reviews(li, amount).await;
        li.presses(in_their(li, "Sell now", "立即出售")).await;
    }

    /// Through the wizard, up to the last question.
    pub(crate) async fn reviews(&self, li: &Somebody, amount: &str) {
        li.says("/sell").await;
        li.presses("USDT").await;
        li.presses("¥7.20").await;
        li.says(amount).await;
        self.names_payee(li).await;
    }

    /// To the account that is kept, or by typing it if none has ever been.
    pub(crate) async fn names_payee(&self, li: &Somebody) {
        let kept = li.news().iter().flat_map(labels).find(|it| it.contains(ACCOUNT_MASK));
        match kept {
            Some(label) => {
                li.presses(&label).await;
            }
            None => {
                li.says(ACCOUNT).await;
                li.says(NAME).await;
            }
        }
    }

    /// The same, where the wizard may have ended before it asks.
    pub(crate) async fn names_payee_if_asked(&self, li: &Somebody) {
        if li.news().iter().any(|it| it.text.contains("account gets the money")) {
            self.names_payee(li).await;
        }
    }

    /// Up to the first question of an ad. Whoever has not said who pays is asked that first.
    pub(crate) async fn begins_ad(&self, wang: &Somebody) {
        wang.says("/ad").await;
        let question = in_their(wang, "Who is the payer?", "付款人是谁？");
        if wang.news().iter().any(|it| it.text.contains(question)) {
            wang.says(PAYER_NAME).await;
            wang.says(PAYER).await;
        }
    }
}

impl Sale {
    pub(crate) async fn status(&self) -> Kind {
        self.world.status(self.id).await
    }

    /// The live card of the order in somebody's chat.
    pub(crate) async fn card(&self, of: &Somebody) -> Message {
        let store = self.world.process().await.as_ref().unwrap().store.clone();
        let card = store.card(self.id, of.id()).await.unwrap();
        let chat = of.chat();
        let found = chat.into_iter().find(|it| Some(it.message_id) == card);
        found.unwrap_or_else(|| panic!("there is no card\n{}", of.transcript()))
    }

    /// What the seller has, what is locked, and what the buyer has.
    pub(crate) async fn money(&self) -> (String, String, String) {
        let escrow = self.world.balance_on(Account::Escrow(self.id), Coin::Usdt).await;
        (
            self.world.balance(&self.li).await,
            escrow.to_string(),
            self.world.balance(&self.wang).await,
        )
    }

    #[track_caller]
    pub(crate) fn expect(&self, money: (String, String, String), is: (&str, &str, &str)) {
        let (li, escrow, wang) = money;
        assert_eq!((li.as_str(), escrow.as_str(), wang.as_str()), is);
    }

    /// The sale is over, and all its coins are Wang's.
    pub(crate) async fn is_released(&self) {
        assert_eq!(self.status().await, Kind::Released);
        self.expect(self.money().await, ("900 USDT", "0 USDT", "100 USDT"));
        for side in [&self.li, &self.wang] {
            let card = self.card(side).await;
            assert!(card.text.contains("completed"), "{}", side.transcript());
        }
    }

    /// The sale is over, and all its coins are Li's again.
    pub(crate) async fn is_returned(&self, as_what: Kind) {
        assert_eq!(self.status().await, as_what);
        self.expect(self.money().await, ("1,000 USDT", "0 USDT", "0 USDT"));
    }

    pub(crate) async fn is(&self, status: Kind) {
        assert_eq!(self.status().await, status);
        self.expect(self.money().await, ("900 USDT", "100 USDT", "0 USDT"));
    }

    // The usual way, for stories that begin or end somewhere on it.

    pub(crate) async fn marks_paid(&self) {
        self.wang.presses("I've paid").await;
    }

    /// The buyer has waited long enough, and opens a dispute.
    pub(crate) async fn buyer_disputes(&self) {
        self.wang.presses("Open a dispute").await;
        self.wang.presses("I've paid, and nothing is released").await;
    }

    pub(crate) async fn seller_disputes(&self) {
        self.li.presses("Open a dispute").await;
        self.li.presses("The money is not in my Alipay").await;
    }

    pub(crate) async fn confirms(&self) {
        self.answers_all().await;
        self.li.says(&self.last_digits().await).await;
    }

    /// The gate is open: five times yes, and the proof.
    pub(crate) async fn passes_gate(&self) {
        for _ in 0..5 {
            self.li.presses(in_their(&self.li, "Yes", "是")).await;
        }
        self.li.says(&self.last_digits().await).await;
    }

    /// All five questions of the gate, with yes, without any button.
    pub(crate) async fn answers_directly(&self) {
        for question in Question::ALL {
            let request = Request::Answer { question, yes: true };
            assert_eq!(self.world.asks(&self.li, self.id, request).await, None);
        }
    }

    /// All five questions of the gate, with yes.
    pub(crate) async fn answers_all(&self) {
        self.li.presses(in_their(&self.li, "I've received payment", "我已收到款")).await;
        for _ in 0..5 {
            self.li.presses(in_their(&self.li, "Yes", "是")).await;
        }
    }

    /// Of the amount: what a seller without a second factor types.
    pub(crate) async fn last_digits(&self) -> String {
        fangbi::app::last_digits(self.world.order(self.id).await.fen)
    }

    /// Who has to pay, as the buyer has declared it.
    pub(crate) async fn payer(&self) -> Payer {
        let store = self.world.process().await.as_ref().unwrap().store.clone();
        store.payer_of(&self.world.0.around.seal, self.id).await.unwrap().unwrap()
    }

    pub(crate) async fn cools_off(&self) {
        self.world.pass(super::seconds(10)).await;
    }
}
