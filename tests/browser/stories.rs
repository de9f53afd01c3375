//! What people do with the page.

use crate::chat::{Chat, play};
use crate::words::Words;

/// From the first visit to an order in the history, with second thoughts on the way.
async fn whole_sale(chat: &Chat<'_>, words: &Words, start: &str) {
    chat.presses(start).await;
    chat.presses(words.say("button-accept")).await;
    chat.sees("1,000 USDT").await;

    chat.presses(words.say("button-sell")).await;
    choose_offer(chat, words, "¥7.25").await;
    chat.says("100 USDT").await;
    chat.sees(words.say("sell-account-title")).await;
    chat.says("13800001234").await;
    chat.sees(words.say("sell-name-title")).await;
    chat.says("王小明").await;
    chat.presses(words.say("button-lock")).await;

    // The merchant pays after a few seconds.
    chat.presses(words.say("button-received")).await;
    let release = words.about("button-release", "100 USDT");
    chat.presses(&release).await;
    chat.is_offered(words.say("button-stop")).await;
    let seconds = chat.until_countdown(|_| true).await;
    chat.until_countdown(|it| it != seconds).await;
    chat.presses(words.say("button-stop")).await;
    chat.is_no_longer_offered(words.say("button-stop")).await;
    chat.presses(words.say("button-received")).await;
    chat.presses(&release).await;
    chat.sees(&words.about("news-released-seller", "100 USDT")).await;

    chat.says("/orders").await;
    chat.presses(words.say("button-past-orders")).await;
    chat.sees(&format!("¥725.00 · {}", words.say("status-released"))).await;
    chat.says("/balance").await;
    chat.sees("900 USDT").await;
}

/// The demo's merchants come in at the same time as we do: whoever is faster looks again.
async fn choose_offer(chat: &Chat<'_>, words: &Words, offer: &str) {
    for _ in 0..60 {
        chat.presses("1,000 USDT").await;
        chat.sees(&words.about("sell-offers-title", "USDT")).await;
        if chat.has_button(offer).await {
            chat.presses(offer).await;
            chat.is_offered(words.say("button-all")).await;
            return;
        }
        chat.presses(words.say("button-back")).await;
        chat.sees(words.say("sell-coin-title")).await;
    }
    panic!("nobody offers {offer}");
}

#[tokio::test]
#[ignore = "needs Chromium and its driver; ./check runs it"]
async fn a_newcomer_sells_in_english() {
    play("english", "en-US", async |chats| {
        let alex = chats.welcome("Alex", "en").await;
        whole_sale(&alex, &Words::of("en"), "Start").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver; ./check runs it"]
async fn a_newcomer_sells_in_chinese() {
    play("chinese", "zh-CN", async |chats| {
        let lin = chats.welcome("小林", "zh-hans").await;
        whole_sale(&lin, &Words::of("zh-CN"), "开始").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver; ./check runs it"]
async fn money_of_a_third_party_goes_back() {
    let words = Words::of("en");
    play("refund", "en-US", async |chats| {
        let alex = chats.welcome("Alex", "en").await;
        alex.presses("Start").await;
        alex.presses(words.say("button-accept")).await;
        alex.sees("1,000 USDT").await;
        alex.presses(words.say("button-sell")).await;
        choose_offer(&alex, &words, "¥7.24").await;
        alex.says("100 USDT").await;
        alex.sees(words.say("sell-account-title")).await;
        alex.says("13800001234").await;
        alex.sees(words.say("sell-name-title")).await;
        alex.says("王小明").await;
        alex.presses(words.say("button-lock")).await;

        alex.is_offered(words.say("button-received")).await;
        alex.turns_alipay().await;
        let payment = alex.sees_in_alipay("+724.00").await;
        assert!(payment.contains("静水(**静) · 137******88"), "{payment}");
        alex.turns_alipay().await;
        alex.presses(words.say("button-problem")).await;
        alex.presses(words.say("button-wrong-payer")).await;
        alex.is_offered(words.say("button-refund-sent")).await;
        alex.turns_alipay().await;
        alex.sends_money_back().await;
        alex.sees_in_alipay("−724.00").await;
        alex.turns_alipay().await;
        alex.presses(words.say("button-refund-sent")).await;

        // The merchant finds its money and says so.
        alex.sees(words.say("ended-refunded")).await;
        alex.says("/balance").await;
        alex.sees("1,000 USDT").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver; ./check runs it"]
async fn a_buyer_copies_what_alipay_asks_for() {
    let (en, zh) = (Words::of("en"), Words::of("zh-CN"));
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

        let seller = chats.add("Alex", "en").await;
        seller.presses("Start").await;
        seller.presses(en.say("button-accept")).await;
        seller.sees("1,000 USDT").await;
        seller.presses(en.say("button-sell")).await;
        choose_offer(&seller, &en, "¥7.30").await;
        seller.says("¥365").await;
        seller.sees(en.say("sell-account-title")).await;
        seller.says("alex@example.com").await;
        seller.sees(en.say("sell-name-title")).await;
        seller.says("王小明").await;
        seller.presses(en.say("button-lock")).await;

        buyer.is_offered(zh.say("button-paid")).await;
        buyer.until_countdown(|it| it.ends_with("分钟后")).await;
        buyer.presses(&zh.about("button-copy-amount", "365.00")).await;
        assert_eq!(buyer.pastes().await, "365.00");
        buyer.presses(zh.say("button-copy-account")).await;
        assert_eq!(buyer.pastes().await, "alex@example.com");

        buyer.presses(zh.say("button-paid")).await;
        seller.presses(en.say("button-received")).await;
        seller.presses(&en.about("button-release", "50 USDT")).await;
        buyer.sees(&zh.about("news-released-buyer", "50 USDT")).await;
    })
    .await;
}
