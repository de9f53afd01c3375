//! The seller's own Alipay accounts.

use fangbi::domain::order::Kind;
use playground::{Action, Message};

use crate::world::sale::{ACCOUNT, ACCOUNT_MASK, NAME, Sale};
use crate::world::{Somebody, World, hours, labels, minutes};

const SECOND: &str = "15810002222";
const SECOND_MASK: &str = "158******22";
const CODE: &str = "https://qr.alipay.com/fkx07326abcdefgh";

impl World {
    /// Adds an account under /accounts, up to the page that shows it.
    async fn adds(&self, li: &Somebody, account: &str) {
        li.says("/accounts").await;
        li.presses("Add an account").await;
        li.says(account).await;
        li.says(NAME).await;
        li.presses("Save the account").await;
    }

    /// Somebody with 1,000 USDT and two accounts, both usable.
    async fn seller_with_two(&self) -> Somebody {
        let li = self.seller("Li Na", "en").await;
        self.adds(&li, ACCOUNT).await;
        self.adds(&li, SECOND).await;
        self.away(hours(24));
        self.drain().await;
        li
    }

    /// Up to the question which account gets the money.
    async fn is_asked_for_the_payee(&self, li: &Somebody, amount: &str) -> Message {
        li.says("/sell").await;
        li.presses("USDT").await;
        li.presses("¥7.20").await;
        li.says(amount).await;
        li.sees("Which account gets the money?")
    }
}

/// Where the buttons of a message lead.
fn links(message: &Message) -> Vec<String> {
    let link = |it: &Action| match it {
        Action::Url(url) => Some(url.clone()),
        Action::Callback(_) | Action::Copy(_) | Action::Other(..) => None,
    };
    message.buttons.iter().flatten().filter_map(|it| link(&it.action)).collect()
}

async fn opens_card(li: &Somebody, mask: &str) {
    li.says("/accounts").await;
    li.presses(mask).await;
}

#[tokio::test]
async fn the_first_account_is_kept_by_the_first_sale_and_offered_in_the_next() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    li.says("/accounts").await;
    li.sees("You keep no account here yet");
    let wang = world.buyer("Wang", "en").await;
    let sale = world.sale_between(&li, &wang).await;
    li.does_not_see("A new Alipay account was added");
    li.says("/accounts").await;
    let page = li.sees("Your Alipay accounts");
    assert_eq!(labels(&page), ["★ 139******82 · ***珠", "Add an account"]);
    assert_eq!(li.count(ACCOUNT), 0);

    world.restart().await;
    let page = world.is_asked_for_the_payee(&li, "50 USDT").await;
    assert_eq!(labels(&page), ["★ 139******82 · ***珠", "Another account", "‹ Back", "Leave"]);
    li.presses("★ 139******82").await;
    li.sees("Your Alipay: 139******82 · ***珠");
    li.presses("Sell now").await;
    li.sees("is open. Here is its card");
    assert!(sale.card(&wang).await.text.contains(ACCOUNT));
    let card = wang.sees("You pay: ¥360.00");
    assert!(card.text.contains(ACCOUNT), "{}", card.text);
}

#[tokio::test]
async fn a_second_account_waits_a_day_and_its_owner_is_told() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    world.adds(&li, ACCOUNT).await;
    li.sees("Orders can be paid to it.");
    li.does_not_see("A new Alipay account was added");
    li.says("/accounts").await;
    li.presses("Add an account").await;
    li.says(SECOND).await;
    li.says(NAME).await;
    li.sees("orders can be paid to a new account only from");
    li.presses("Save the account").await;
    li.sees("New or changed: orders can be paid to it from");
    let notice = li.sees("A new Alipay account was added");
    assert!(notice.text.contains("Account: 158******22"), "{}", notice.text);
    assert!(notice.text.contains("If that was not you"), "{}", notice.text);
    assert_eq!(labels(&notice), ["My Alipay accounts"]);

    let page = world.is_asked_for_the_payee(&li, "100 USDT").await;
    assert_eq!(labels(&page)[..2], ["★ 139******82 · ***珠", "Another account"]);
    let why = "158******22 · ***珠: It was added or changed not long ago and can be used from";
    assert!(page.text.contains(why), "{}", page.text);

    world.away(hours(23) + minutes(59));
    world.is_asked_for_the_payee(&li, "100 USDT").await;
    assert!(!li.sees("Which account").labels().iter().any(|it| it.contains(SECOND_MASK)));
    world.away(minutes(1));
    world.is_asked_for_the_payee(&li, "100 USDT").await;
    li.presses(SECOND_MASK).await;
    li.presses("Sell now").await;
    wang.sees(SECOND);
}

#[tokio::test]
async fn another_account_can_be_added_in_the_middle_of_a_sale_but_not_used_for_it() {
    let world = World::open().await;
    let (li, _wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    world.adds(&li, ACCOUNT).await;
    world.is_asked_for_the_payee(&li, "100 USDT").await;
    li.presses("Another account").await;
    li.sees("Which Alipay account do you add?");
    li.says(SECOND).await;
    li.says(NAME).await;
    li.presses("Save the account").await;
    li.sees("The account is saved");
    assert_eq!(world.query_one("select count(*) from orders").await, Some(0));
    assert_eq!(world.balance(&li).await, "1,000 USDT");
}

#[tokio::test]
async fn whatever_is_typed_for_an_account_or_a_name_is_read_exactly_or_not_at_all() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    li.says("/accounts").await;
    li.presses("Add an account").await;
    for text in [
        "12800001234",
        "+852 9123 4567",
        "2088123412341234",
        "wang@localhost",
        "13800001234 13800001234",
        "成功收款5000元",
        "https://qr.alipay.com/fkx07326abc",
        "\u{202E}43210000831\u{202C}1",
        "<b>@example.com",
    ] {
        li.says(text).await;
        li.sees("neither a mobile number of mainland China nor an e-mail address");
    }
    li.says("＋８６ １３９\u{200B}７１６０－４４８２").await;
    li.sees("Account: 139******82");
    for text in ["成功收款5000元", "客服(**明)", "王", "<b>王小</b>", "13971604482"] {
        li.says(text).await;
        li.sees("That does not look like a real name");
    }
    li.says("欧阳\u{200B}明珠\u{202E}").await;
    li.sees("Account: 139******82 · ***珠");
    li.says("yes").await;
    li.sees("That page waits for one of its buttons");
    li.presses("Save the account").await;
    li.sees("The account is saved");
    world.adds(&li, "86 139-7160-4482").await;
    li.sees("You have saved this account already");
    assert_eq!(world.query_one("select count(*) from payees").await, Some(1));
}

#[tokio::test]
async fn five_accounts_are_enough() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    for last in 1..=5 {
        world.adds(&li, &format!("1390000000{last}")).await;
        li.sees("The account is saved");
    }
    world.adds(&li, "13900000006").await;
    li.sees("You have 5 accounts already. Please erase one first: /accounts");
}

#[tokio::test]
async fn a_code_is_read_strictly_waits_and_does_not_reach_open_orders() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    let sale = world.sale_between(&li, &wang).await;
    opens_card(&li, ACCOUNT_MASK).await;
    li.presses("Payment code").await;
    li.sees("Since 2022 personal codes are not meant for payments by people who are not there");
    for (text, problem) in [
        ("13971604482", "That is not a link that starts with https://"),
        ("http://qr.alipay.com/fkx07326abc", "That is not a link that starts with https://"),
        ("https://qr.alipay.com@evil.example/fkx07326abc", "leads somewhere else"),
        ("https://li@qr.alipay.com/fkx07326abc", "leads somewhere else"),
        ("https://qr.alipay.com.evil.example/fkx07326abc", "leads somewhere else"),
        ("https://qr.alipay.com/fkx07326abc?u=1", "There is something after the code"),
        ("https://qr.alipay.com/fkx07326abc#1", "There is something after the code"),
        ("https://qr.alipay.com/tsx07326abc", "That is a merchant's code"),
        ("https://qr.alipay.com/fkx07326abç", "That is not a personal code"),
    ] {
        li.says(text).await;
        li.sees(problem);
    }
    li.says("HTTPS://QR.ALIPAY.COM/FKX07326ABCDEFGH?_s=web-other").await;
    li.sees("Payment code: saved");
    li.sees("New or changed: orders can be paid to it from");
    li.sees("The payment code of an account was changed");
    assert_eq!(links(&sale.card(&wang).await), [""; 0]);
    sale.wang.presses("Cancel order").await;
    sale.wang.presses("I changed my mind").await;
    let page = world.is_asked_for_the_payee(&li, "100 USDT").await;
    assert_eq!(labels(&page), ["Another account", "‹ Back", "Leave"]);

    world.away(hours(24));
    let sale = world.sale_between(&li, &wang).await;
    assert_eq!(links(&sale.card(&wang).await), [CODE]);
    assert_eq!(links(&sale.card(&li).await), [""; 0]);
    assert_eq!(world.files_with("07326abcdefgh").await, [""; 0]);
    sale.marks_paid().await;
    assert_eq!(links(&sale.card(&wang).await), [""; 0], "it is paid");

    opens_card(&li, ACCOUNT_MASK).await;
    li.presses("Payment code").await;
    li.presses("Remove the code").await;
    li.sees("Payment code: none");
    li.sees("Orders can be paid to it.");
}

#[tokio::test]
async fn a_paused_account_is_not_paid_to_until_it_is_resumed() {
    let world = World::open().await;
    let li = world.seller_with_two().await;
    world.buyer("Wang", "en").await;
    opens_card(&li, ACCOUNT_MASK).await;
    li.presses("Pause").await;
    li.sees("Paused: no new order is paid to it");
    let page = world.is_asked_for_the_payee(&li, "100 USDT").await;
    assert_eq!(labels(&page)[..2], ["158******22 · ***珠", "Another account"]);
    assert!(page.text.contains("139******82 · ***珠: It is paused"), "{}", page.text);
    opens_card(&li, ACCOUNT_MASK).await;
    li.presses("Resume").await;
    let page = world.is_asked_for_the_payee(&li, "100 USDT").await;
    assert_eq!(labels(&page)[..2], ["★ 139******82 · ***珠", "158******22 · ***珠"]);
}

#[tokio::test]
async fn an_account_that_is_paused_in_the_middle_of_a_sale_takes_no_order() {
    let world = World::open().await;
    let li = world.seller_with_two().await;
    world.buyer("Wang", "en").await;
    world.is_asked_for_the_payee(&li, "100 USDT").await;
    li.presses(SECOND_MASK).await;
    opens_card(&li, SECOND_MASK).await;
    li.presses("Pause").await;
    li.presses("Sell now").await;
    li.sees("It is paused. Resume it under /accounts, or choose another one");
    assert_eq!(world.balance(&li).await, "1,000 USDT");
}

#[tokio::test]
async fn the_default_is_offered_first() {
    let world = World::open().await;
    let li = world.seller_with_two().await;
    opens_card(&li, SECOND_MASK).await;
    li.presses("Offer it first").await;
    li.sees("Offered first when you sell");
    li.says("/accounts").await;
    let page = li.sees("Your Alipay accounts");
    assert_eq!(labels(&page)[..2], ["★ 158******22 · ***珠", "139******82 · ***珠"]);
    li.presses(SECOND_MASK).await;
    li.presses("Erase the account").await;
    li.sees("An account that you add later has to wait again");
    li.presses("Yes, erase it").await;
    li.sees("An Alipay account was erased");
    li.says("/accounts").await;
    assert_eq!(labels(&li.sees("Your Alipay accounts"))[0], "★ 139******82 · ***珠");
}

#[tokio::test]
async fn caps_are_counted_by_the_days_of_shanghai_over_what_was_not_cancelled() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    world.adds(&li, ACCOUNT).await;
    opens_card(&li, ACCOUNT_MASK).await;
    li.presses("Limit a day").await;
    for (text, problem) in
        [("5百", "could not read that"), ("-1", "without a minus"), ("5 USDT", "another unit")]
    {
        li.says(text).await;
        li.sees(problem);
    }
    li.says("１，０００元").await;
    li.sees("Today: ¥0.00 of ¥1,000.00");

    let cancelled = world.sale_between(&li, &wang).await;
    let refused = "139******82 · ***珠: Your own limit for today leaves ¥280.00 of ¥1,000.00";
    let page = world.is_asked_for_the_payee(&li, "50 USDT").await;
    assert!(page.text.contains(refused), "{}", page.text);
    cancelled.wang.presses("Cancel order").await;
    cancelled.wang.presses("I changed my mind").await;

    let sale = world.sale_between(&li, &wang).await;
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    assert_eq!(sale.status().await, Kind::Released);
    opens_card(&li, ACCOUNT_MASK).await;
    // What was added so that payments differ is no part of the limit.
    li.sees("Today: ¥720.00 of ¥1,000.00");

    // It is 16:00 in Shanghai, and some seconds.
    world.away(hours(8) - minutes(1));
    let page = world.is_asked_for_the_payee(&li, "50 USDT").await;
    assert!(page.text.contains(refused), "{}", page.text);
    world.away(minutes(1));
    world.is_asked_for_the_payee(&li, "50 USDT").await;
    li.presses("★ 139******82").await;
    li.presses("Sell now").await;
    li.sees("is open. Here is its card");
    opens_card(&li, ACCOUNT_MASK).await;
    li.sees("Today: ¥360.00 of ¥1,000.00");
    li.sees("This month: ¥1,080.00, no limit");
    li.presses("Limit a month").await;
    li.says("1100").await;
    li.sees("This month: ¥1,080.00 of ¥1,100.00");
    let page = world.is_asked_for_the_payee(&li, "30 USDT").await;
    assert!(page.text.contains("limit for this month leaves ¥20.00 of ¥1,100.00"), "{}", page.text);
    opens_card(&li, ACCOUNT_MASK).await;
    li.presses("Limit a month").await;
    li.presses("No limit").await;
    li.sees("This month: ¥1,080.00, no limit");
}

#[tokio::test]
async fn an_account_that_an_open_order_is_paid_to_is_erased_only_afterwards() {
    let world = World::open().await;
    let sale = world.sale().await;
    let Sale { li, wang, .. } = &sale;
    opens_card(li, ACCOUNT_MASK).await;
    li.presses("Erase the account").await;
    li.presses("Yes, erase it").await;
    li.sees("An open order is paid to this account. Pause it now if you like");
    assert!(sale.card(wang).await.text.contains(ACCOUNT));

    sale.wang.presses("Cancel order").await;
    sale.wang.presses("I changed my mind").await;
    opens_card(li, ACCOUNT_MASK).await;
    li.presses("Erase the account").await;
    li.presses("Yes, erase it").await;
    li.sees("The account is erased");
    let kept = "select count(*) from payees where account is not null or lookup is not null";
    assert_eq!(world.query_one(kept).await, Some(0));

    // Nobody can be hurried into an account that was not there before.
    let page = world.is_asked_for_the_payee(li, "100 USDT").await;
    assert!(page.text.contains("An account that you add now can be used after a waiting time"));
    world.adds(li, ACCOUNT).await;
    li.sees("New or changed: orders can be paid to it from");
}

#[tokio::test]
async fn an_account_that_has_changed_meanwhile_is_looked_at_again() {
    let world = World::open().await;
    let li = world.seller_with_two().await;
    opens_card(&li, SECOND_MASK).await;
    let old = li.sees("Orders can be paid to it").message_id;
    opens_card(&li, SECOND_MASK).await;
    li.presses("Pause").await;
    li.presses_under(old, "Limit a day").await;
    li.sees("The account has changed meanwhile. Please look at it again: /accounts");
    let mallory = world.seller("Mallory", "en").await;
    mallory.says("/accounts").await;
    mallory.sees("You keep no account here yet");
}
