//! Three people side by side who do not agree: opened, discussed, evidenced, taken, awarded, exported.

use std::process::Command;

use crate::chat::{Chat, Chats, play};
use crate::seller::{ACCOUNT, Order, Seller};
use crate::words::Words;

const ADA: &str = "Ada · arbiter, for you";
/// With the ad that the buyer of this story posts.
const ORDER: Order = Order { price: "¥7.30", yuan: "730.00" };

/// Somebody who reads these words.
struct Reader<'a> {
    chat: Chat<'a>,
    words: Words,
}

impl Reader<'_> {
    async fn presses(&self, button: &str) {
        self.chat.presses(self.words.say(button)).await;
    }

    async fn sees(&self, words: &str) {
        self.chat.sees(self.words.say(words)).await;
    }
}

/// As Telegram's clients name a language, beside our own name of it.
fn client(language: &str) -> &'static str {
    if language == "en" { "en" } else { "zh-hans" }
}

impl<'a> Reader<'a> {
    /// A buyer comes in and posts an ad at ¥7.30.
    async fn buys(chats: &'a Chats, name: &str, language: &str) -> Self {
        let words = Words::of(language);
        let it = Self { chat: chats.welcome(name, client(language)).await, words };
        it.chat.presses(if language == "en" { "Start" } else { "开始" }).await;
        it.presses("button-accept").await;
        it.presses("button-post-ad").await;
        it.sees("payer-name-title").await;
        it.chat.says("李娜").await;
        it.sees("payer-account-title").await;
        it.chat.says("13900005678").await;
        it.chat.presses("USDT").await;
        for (title, typed) in [
            (it.words.about("ad-price-title", "USDT"), "7.30"),
            (it.words.about("ad-total-title", "USDT"), "500"),
            (it.words.say("ad-min-title").to_owned(), "100"),
            (it.words.say("ad-max-title").to_owned(), "2000"),
        ] {
            it.chat.sees(&title).await;
            it.chat.says(typed).await;
        }
        it.chat.presses(&it.words.about("button-minutes", "15")).await;
        it.presses("button-post").await;
        it.sees("ad-posted-title").await;
        it
    }

    /// The demo's arbiter, who has come in by herself and reads English until she says otherwise.
    async fn arbitrates(chats: &'a Chats, language: &str) -> Self {
        let it = Self { chat: chats.open(ADA).await, words: Words::of(language) };
        if language != "en" {
            it.chat.says("/language").await;
            it.chat.presses("简体中文").await;
        }
        it
    }
}

/// The buyer says it has paid and has not; the coins go back to the seller.
async fn dispute(chats: &Chats, seller: (&str, &str), buyer: (&str, &str), arbiter: &str) {
    let buyer = Reader::buys(chats, buyer.0, buyer.1).await;
    let (name, language) = seller;
    let chat = chats.add(name, client(language)).await;
    let seller = Seller { chat, words: Words::of(language) };
    seller.accepts(if language == "en" { "Start" } else { "开始" }).await;
    seller.sells(&ORDER).await;
    buyer.presses("button-paid").await;
    buyer.sees("number-ask-title").await;

    // Opened, with a reason; both are asked for what counts.
    seller.presses("button-dispute").await;
    seller.sees("face-dispute").await;
    seller.presses("button-dispute-not-received").await;
    seller.sees("dispute-what-counts").await;
    buyer.sees("dispute-what-counts").await;

    // Discussed, without a way to meet elsewhere.
    seller.presses("button-message").await;
    seller.chat.says("Nothing has come from you 没有到账").await;
    buyer.chat.sees("Nothing has come from you 没有到账").await;
    buyer.presses("button-reply").await;
    buyer.chat.says("加我微信 lina88888 详谈").await;
    buyer.sees("chat-held-why").await;
    buyer.presses("button-reply").await;
    buyer.chat.says("I have paid 已经付了 730 元").await;
    seller.chat.sees("I have paid 已经付了 730 元").await;

    // Evidenced: a picture counts, but little.
    seller.presses("button-evidence").await;
    seller.presses("proof-screenshot").await;
    seller.sees("evidence-screenshot").await;
    seller.chat.sends_file("docs/screenshot.png").await;
    seller.sees("evidence-kept-weak").await;

    // Taken, and asked about.
    let ada = Reader::arbitrates(chats, arbiter).await;
    ada.chat.says("/disputes").await;
    ada.sees("cases-title").await;
    ada.chat.presses("1").await;
    ada.presses("button-take").await;
    ada.presses("button-ask-seller").await;
    ada.sees("ask-seller-title").await;
    ada.chat.says("Which account did you look at? 看的是哪个账户？").await;
    seller.chat.sees("Which account did you look at? 看的是哪个账户？").await;
    seller.presses("button-answer").await;
    seller.chat.says("The one of this order 本订单的账户").await;
    ada.chat.sees("The one of this order 本订单的账户").await;

    // Awarded, with a reason that both read.
    ada.chat.says("/disputes").await;
    ada.chat.presses("1").await;
    ada.presses("button-award-seller").await;
    ada.sees("reason-seller-title").await;
    let reason = "No payment is in the seller's bill 卖家账单里没有这笔付款";
    ada.chat.says(reason).await;
    ada.sees("sure-award-title").await;
    ada.presses("button-sure-award").await;
    ada.sees("award-done").await;
    for reader in [&seller.chat, &buyer.chat] {
        reader.sees(reason).await;
    }
    seller.chat.says("/balance").await;
    seller.chat.sees("1,000 USDT").await;

    // Exported, and checked without the bot.
    seller.chat.says("/evidence").await;
    seller.sees("bundle-choose").await;
    seller.chat.presses_one_with(&ORDER.amount()).await;
    let zip = seller.chat.takes_file(".zip").await;
    assert!(!String::from_utf8_lossy(&zip).contains(ACCOUNT), "an account is in it in clear");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("evidence.zip");
    std::fs::write(&file, zip).unwrap();
    let said = Command::new(env!("CARGO_BIN_EXE_fangbi")).arg("verify").arg(file).output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("nothing was changed"), "{said}");
}

#[tokio::test]
#[ignore = "needs Chromium and its driver; ./check runs it"]
async fn a_dispute_is_settled_in_english_with_a_chinese_buyer() {
    play("dispute-english", "en-US", async |chats| {
        dispute(chats, ("Alex", "en"), ("李娜", "zh-CN"), "en").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver; ./check runs it"]
async fn a_dispute_is_settled_in_chinese_with_an_english_buyer() {
    play("dispute-chinese", "zh-CN", async |chats| {
        dispute(chats, ("小林", "zh-CN"), ("Lina", "en"), "zh-CN").await;
    })
    .await;
}
