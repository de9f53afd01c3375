//! From which account a buyer pays.

use crate::world::sale::{PAYER, PAYER_MASK, PAYER_NAME, PAYER_NAME_MASK};
use crate::world::{World, labels};

#[tokio::test]
async fn before_a_first_ad_the_buyer_says_who_pays() {
    let world = World::open().await;
    let wang = world.somebody("Wang", "en").await;
    wang.says("/ad").await;
    wang.sees("Who is the payer?");
    for text in ["王", "成功收款5000元", "<i>王小</i>", "13800001234"] {
        wang.says(text).await;
        let page = wang.sees("That does not look like a real name");
        assert!(page.text.contains("Who is the payer?"), "{}", page.text);
    }
    wang.says("诸葛\u{200B}清风").await;
    wang.sees("From which Alipay account does the payer pay?");
    for text in ["+852 9123 4567", "诸葛清风", "https://qr.alipay.com/fkx07326abc"] {
        wang.says(text).await;
        wang.sees("neither a mobile number of mainland China nor an e-mail address");
    }
    wang.presses("‹ Back").await;
    wang.says(PAYER_NAME).await;
    world.restart().await;
    wang.says("１８６ ２７７３ ０９１８").await;
    let page = wang.sees("Which coin");
    assert_eq!(labels(&page)[..3], ["USDT", "BTC", "ETH"]);
    wang.presses("Leave").await;
    wang.says("/ad").await;
    wang.does_not_see("payer");
    wang.says("/payer").await;
    wang.sees("You pay as ***风 from 186******18 now");
}

#[tokio::test]
async fn a_card_says_from_which_account_alone_a_payment_counts() {
    let world = World::open().await;
    let sale = world.sale().await;
    let seller = format!("Only this payer counts: {PAYER_NAME_MASK} · {PAYER_MASK}");
    let buyer = format!("From your declared account only: {PAYER_NAME_MASK} · {PAYER_MASK}");
    assert!(sale.card(&sale.li).await.text.contains(&seller), "{}", sale.li.transcript());
    let card = sale.card(&sale.wang).await;
    assert!(card.text.contains(&buyer) && card.text.contains("The memo must stay empty"));
    sale.marks_paid().await;
    assert!(sale.card(&sale.li).await.text.contains(&seller), "{}", sale.li.transcript());
    sale.confirms().await;
    sale.cools_off().await;
    for side in [&sale.li, &sale.wang] {
        assert!(!sale.card(side).await.text.contains(PAYER_MASK), "{}", side.transcript());
    }
}

#[tokio::test]
async fn an_open_order_keeps_the_payer_that_was_declared_for_it() {
    let world = World::open().await;
    let sale = world.sale().await;
    let wang = &sale.wang;
    wang.says("/payer").await;
    wang.says("司马南山").await;
    wang.says("sima@example.com").await;
    wang.sees("You pay as ***山 from sim***@example.com");
    assert!(sale.card(&sale.li).await.text.contains(PAYER_MASK));
    wang.presses("Cancel order").await;
    wang.presses("I changed my mind").await;
    let next = world.sale_between(&sale.li, wang).await;
    let card = next.card(&sale.li).await;
    assert!(card.text.contains("Only this payer counts: ***山 · sim***@example.com"));
    assert!(!card.text.contains(PAYER_MASK), "{}", card.text);
    for secret in [PAYER, PAYER_NAME, "司马南山", "sima@example.com"] {
        assert_eq!(world.files_with(secret).await, [""; 0], "{secret}");
    }
}

#[tokio::test]
async fn an_ad_whose_owner_has_not_said_who_pays_takes_no_orders() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    world.reviews(&li, "100 USDT").await;
    wang.says("/forget").await;
    wang.presses("Yes, erase them").await;
    li.presses("Sell now").await;
    li.sees("This merchant has not said yet from which account they pay");
    assert_eq!(world.balance(&li).await, "1,000 USDT");
    li.says("/sell").await;
    li.presses("USDT").await;
    li.sees("Nobody buys USDT right now");

    wang.says("/ads").await;
    wang.sees("Your ads take no orders until you say from which account you pay");
    wang.presses("Declare the payer").await;
    wang.says(PAYER_NAME).await;
    wang.says(PAYER).await;
    wang.presses("My ads").await;
    wang.does_not_see("Your ads take no orders");
    li.presses("‹ Back").await;
    li.presses("USDT").await;
    li.sees("Price · smallest to largest order");
}
