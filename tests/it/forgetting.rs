//! Names and accounts are erased when somebody wants it.

use fangbi::domain::order::Kind;

use crate::world::sale::{ACCOUNT_MASK, PAYER_MASK};
use crate::world::{World, hours, labels};

#[tokio::test]
async fn nothing_is_erased_while_an_order_is_open() {
    let world = World::open().await;
    let sale = world.sale().await;
    for side in [&sale.li, &sale.wang] {
        side.says("/forget").await;
        let page = side.sees("These orders still need your names and accounts");
        assert_eq!(labels(&page), [sale.code.clone(), "My orders".to_owned()]);
    }
    sale.li.presses(&sale.code).await;
    sale.li.sees(&format!("Order {}", sale.code));
    sale.is(Kind::AwaitingPayment).await;
}

#[tokio::test]
async fn an_order_that_is_opened_meanwhile_is_not_forgotten() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    wang.says("/forget").await;
    wang.sees("What stays, because both sides and the books need it");
    let sale = world.sale_between(&li, &wang).await;
    wang.presses("Yes, erase them").await;
    wang.sees("Not while orders are open");
    assert!(sale.card(&li).await.text.contains(PAYER_MASK));
    assert_eq!(world.query_one("select count(*) from payers").await, Some(1));
}

#[tokio::test]
async fn names_and_accounts_go_and_the_books_stay() {
    let world = World::open().await;
    let sale = world.sale().await;
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    let (li, wang) = (&sale.li, &sale.wang);

    li.says("/forget").await;
    li.presses("Leave").await;
    li.says("/accounts").await;
    li.sees("Your Alipay accounts");
    li.presses(ACCOUNT_MASK).await;

    for side in [li, wang] {
        side.says("/forget").await;
        side.presses("Yes, erase them").await;
        side.sees("Your names and accounts are erased");
    }
    for table in ["order_payees", "payers", "order_payers"] {
        let rows = world.query_one(&format!("select count(*) from {table}")).await;
        assert_eq!(rows, Some(0), "{table}");
    }
    let kept = "select count(*) from payees
                where coalesce(account, name, link, lookup) is not null";
    assert_eq!(world.query_one(kept).await, Some(0));
    li.says("/accounts").await;
    li.sees("You keep no account here yet");
    wang.says("/ad").await;
    wang.sees("Who is the payer?");

    // The books are whole, and say what was sold.
    world.restart().await;
    sale.expect(sale.money().await, ("900 USDT", "0 USDT", "100 USDT"));
    li.says("/orders").await;
    li.presses("Past orders").await;
    li.presses("¥720.00").await;
    li.sees("completed");

    // A new account has to wait: who was hurried into erasing the old one gains time.
    li.says("/accounts").await;
    li.presses("Add an account").await;
    li.says("15810002222").await;
    li.says("欧阳明珠").await;
    li.presses("Save the account").await;
    li.sees("New or changed: orders can be paid to it from");
}

#[tokio::test]
async fn numbers_go_when_no_claim_is_possible_any_more_and_still_belong_to_their_order() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    let number = "20270115200040011100670012345678";
    sale.marks_paid().await;
    wang.says(number).await;
    sale.confirms().await;
    sale.cools_off().await;
    let sealed = "select count(*) from bill_numbers where number is not null";

    wang.says("/forget").await;
    wang.presses("Yes, erase them").await;
    assert_eq!(world.query_one(sealed).await, Some(1), "a claim may need it");
    world.away(hours(73));
    world.drain().await;
    // It is the buyer's to forget.
    for (side, left) in [(li, 1), (wang, 0)] {
        side.says("/forget").await;
        side.presses("Yes, erase them").await;
        assert_eq!(world.query_one(sealed).await, Some(left));
    }
    li.says(&format!("/order {}", sale.code)).await;
    li.does_not_see("345678");

    let mei = world.seller("Mei", "en").await;
    world.begins_ad(wang).await;
    wang.says("/cancel").await;
    let second = world.sale_between(&mei, wang).await;
    second.marks_paid().await;
    wang.says("20270118200040011100670012345678").await;
    wang.sees("Thank you");
    assert_eq!(world.query_one("select count(*) from bill_numbers").await, Some(2));
}
