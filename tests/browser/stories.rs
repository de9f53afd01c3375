//! What people do with the page.

use crate::authenticator::Authenticator;
use crate::chat::play;
use crate::seller::{ACCOUNT, AT_ONCE, ONE_FEN_LESS, Order, Seller, THIRD_PARTY};
use crate::words::Words;

/// From the first visit to an order in the history, with Alipay beside the chat and second thoughts
/// on the way.
async fn whole_sale(alex: &Seller<'_>) {
    let (chat, words) = (&alex.chat, &alex.words);
    alex.sells(&AT_ONCE).await;

    // The merchant pays after a few seconds. What counts is what Alipay shows.
    alex.presses("button-received").await;
    chat.turns_alipay().await;
    let payer = "快付(**远) · 139******11";
    let payment = chat.sees_in_alipay("+725.00").await;
    assert!(payment.contains(payer), "{payment}");
    for number in [1, 2] {
        chat.sees(&alex.question(number, &AT_ONCE)).await;
        alex.presses("button-yes").await;
    }
    chat.sees(&alex.question(3, &AT_ONCE)).await;
    chat.says("￥725").await;
    chat.sees(&alex.question(4, &AT_ONCE)).await;
    chat.says(payer).await;
    alex.says_yes_from(5, &AT_ONCE).await;
    chat.says(&AT_ONCE.last_digits()).await;
    chat.is_offered(words.say("button-stop")).await;
    let seconds = chat.until_countdown(|_| true).await;
    chat.until_countdown(|it| it != seconds).await;
    alex.presses("button-stop").await;
    chat.is_no_longer_offered(words.say("button-stop")).await;
    alex.presses("button-received").await;
    alex.says_yes_from(1, &AT_ONCE).await;
    chat.says(&AT_ONCE.last_digits()).await;
    alex.has_sold().await;

    chat.says("/orders").await;
    alex.presses("button-past-orders").await;
    chat.sees(&format!("¥725.00 · {}", words.say("status-released"))).await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver; ./check runs it"]
async fn a_newcomer_sells_in_english() {
    play("english", "en-US", async |chats| {
        whole_sale(&Seller::comes_in(chats, "Alex", "en").await).await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver; ./check runs it"]
async fn a_newcomer_sells_in_chinese() {
    play("chinese", "zh-CN", async |chats| {
        whole_sale(&Seller::comes_in(chats, "小林", "zh-CN").await).await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver; ./check runs it"]
async fn a_code_of_the_authenticator_releases() {
    play("authenticator", "zh-CN", async |chats| {
        let lin = Seller::comes_in(chats, "小林", "zh-CN").await;
        lin.chat.says("/security").await;
        lin.presses("button-turn-on").await;
        lin.sees("security-scan-title").await;
        lin.presses("button-copy-key").await;
        let mut app = Authenticator::with(&lin.chat.pastes().await);
        lin.chat.says(&app.code()).await;
        lin.sees("security-codes-title").await;
        lin.presses("button-codes-kept").await;
        lin.sees("security-on-title").await;

        lin.sells(&AT_ONCE).await;
        lin.presses("button-received").await;
        lin.says_yes_from(1, &AT_ONCE).await;
        lin.chat.sees(&lin.words.about("gate-code", "100 USDT")).await;
        lin.chat.says(&app.code()).await;
        lin.has_sold().await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver; ./check runs it"]
async fn money_of_a_third_party_goes_back() {
    play("refund", "en-US", async |chats| {
        let alex = Seller::comes_in(chats, "Alex", "en").await;
        let (chat, words) = (&alex.chat, &alex.words);
        alex.sells(&THIRD_PARTY).await;

        alex.presses("button-received").await;
        chat.turns_alipay().await;
        let payer = "静水(**静) · 137******88";
        let payment = chat.sees_in_alipay("+724.00").await;
        assert!(payment.contains(payer), "{payment}");
        for number in [1, 2, 3] {
            chat.sees(&alex.question(number, &THIRD_PARTY)).await;
            alex.presses("button-yes").await;
        }
        chat.sees(&alex.question(4, &THIRD_PARTY)).await;
        alex.presses("button-no").await;
        alex.sees("gate-no-payer").await;
        alex.presses("button-wrong-payer").await;
        chat.is_offered(words.say("button-refund-sent")).await;
        chat.sends_money_back().await;
        let number = order_number(&chat.sees_in_alipay("−724.00").await);
        alex.presses("button-refund-sent").await;
        alex.sees("number-ask-title").await;
        chat.says(&number).await;
        chat.sees(&words.about("number-kept", &number[26..])).await;

        // The merchant finds its money and says so.
        alex.sees("ended-refunded").await;
        chat.says("/balance").await;
        chat.sees("1,000 USDT").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver; ./check runs it"]
async fn the_missing_fen_comes() {
    play("missing", "en-US", async |chats| {
        let alex = Seller::comes_in(chats, "Alex", "en").await;
        let chat = &alex.chat;
        alex.sells(&ONE_FEN_LESS).await;
        alex.presses("button-received").await;
        chat.turns_alipay().await;
        chat.sees_in_alipay("+722.99").await;
        for number in [1, 2] {
            chat.sees(&alex.question(number, &ONE_FEN_LESS)).await;
            alex.presses("button-yes").await;
        }
        chat.sees(&alex.question(3, &ONE_FEN_LESS)).await;
        chat.says("722.99").await;
        chat.sees(&alex.words.about("gate-less", "¥0.01")).await;
        chat.presses(&alex.words.about("button-ask-rest", "¥0.01")).await;
        chat.sees(&alex.words.about("gate-asked-rest", "¥0.01")).await;
        chat.sees_in_alipay("+0.01").await;
        alex.presses("button-received").await;
        alex.says_yes_from(1, &ONE_FEN_LESS).await;
        chat.says(&ONE_FEN_LESS.last_digits()).await;
        alex.has_sold().await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver; ./check runs it"]
async fn a_buyer_copies_what_alipay_asks_for() {
    const ORDER: Order = Order { price: "¥7.30", yuan: "730.00" };
    let zh = Words::of("zh-CN");
    play("buyer", "en-US", async |chats| {
        let buyer = chats.welcome("李娜", "zh-hans").await;
        buyer.presses("开始").await;
        buyer.presses(zh.say("button-accept")).await;
        buyer.presses(zh.say("button-post-ad")).await;
        buyer.sees(zh.say("payer-name-title")).await;
        buyer.says("李娜").await;
        buyer.sees(zh.say("payer-account-title")).await;
        buyer.says("13900005678").await;
        buyer.presses("USDT").await;
        for (title, typed) in [
            (zh.about("ad-price-title", "USDT"), "7.30"),
            (zh.about("ad-total-title", "USDT"), "500"),
            (zh.say("ad-min-title").to_owned(), "100"),
            (zh.say("ad-max-title").to_owned(), "2000"),
        ] {
            buyer.sees(&title).await;
            buyer.says(typed).await;
        }
        buyer.presses(&zh.about("button-minutes", "15")).await;
        buyer.presses(zh.say("button-post")).await;
        buyer.sees(zh.say("ad-posted-title")).await;

        let seller = Seller { chat: chats.add("Alex", "en").await, words: Words::of("en") };
        seller.accepts("Start").await;
        seller.sells(&ORDER).await;

        buyer.is_offered(zh.say("button-paid")).await;
        buyer.until_countdown(|it| it.ends_with("分钟后")).await;
        buyer.presses(&zh.about("button-copy-amount", ORDER.yuan)).await;
        assert_eq!(buyer.pastes().await, ORDER.yuan);
        buyer.presses(zh.say("button-copy-account")).await;
        assert_eq!(buyer.pastes().await, ACCOUNT);
        buyer.turns_alipay().await;
        buyer.pays(ACCOUNT, ORDER.yuan, "李娜").await;
        let number = order_number(&buyer.sees_in_alipay("−730.00").await);
        buyer.turns_alipay().await;
        buyer.presses(zh.say("button-paid")).await;
        buyer.sees(zh.say("number-ask-title")).await;
        buyer.says(&number).await;

        seller.chat.sees(&seller.words.about("fact-number", &number[26..])).await;
        seller.presses("button-received").await;
        seller.says_yes_from(1, &ORDER).await;
        seller.chat.says(&ORDER.last_digits()).await;
        buyer.sees(&zh.about("news-released-buyer", "100 USDT")).await;
    })
    .await;
}

/// Alipay's number in an entry of the bill.
fn order_number(entry: &str) -> String {
    let numbers = entry.split_whitespace().filter(|it| it.len() == 32);
    let mut numbers = numbers.filter(|it| it.bytes().all(|it| it.is_ascii_digit()));
    numbers.next().unwrap_or_else(|| panic!("no number in {entry}")).to_owned()
}
