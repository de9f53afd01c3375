//! People who want no more orders with each other.

use fangbi::domain::order::Kind;

use crate::world::{World, labels, minutes};

#[tokio::test]
async fn two_who_have_blocked_each_other_do_not_meet_again() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    wang.looks();
    li.presses("Block this person").await;
    let page = li.sees("Block this person?");
    assert!(page.text.contains(&sale.code) && page.text.contains("The other side is not told"));
    li.presses("Yes, block").await;
    li.sees("No new order between you will be opened");
    wang.sees_nothing();

    // The order that runs goes on.
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;

    li.says("/sell").await;
    li.presses("900 USDT").await;
    li.sees("Nobody buys USDT right now");
    let hong = world.seller("Hong", "en").await;
    let other = world.sale_between(&hong, wang).await;
    assert_eq!(other.status().await, Kind::AwaitingPayment);

    li.says("/blocks").await;
    let list = li.sees("People you have blocked");
    assert!(list.text.contains("Press one to lift the block"));
    let unblock = labels(&list).into_iter().find(|it| it.contains(&sale.code)).unwrap();
    li.presses(&unblock).await;
    li.sees("is no longer blocked");
    li.says("/blocks").await;
    li.sees("You have blocked nobody");
    let again = world.sale_between(li, wang).await;
    assert_eq!(again.status().await, Kind::AwaitingPayment);
}

#[tokio::test]
async fn it_works_in_both_directions_and_whoever_is_blocked_is_not_told() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    // Both have the other's page open when the block comes.
    world.reviews(li, "100 USDT").await;
    li.looks();
    wang.presses("Block this person").await;
    wang.presses("Yes, block").await;
    li.sees_nothing();
    li.presses("Sell now").await;
    li.sees("This ad takes no orders at the moment");
    li.does_not_see("block");
    li.says("/sell").await;
    li.presses("900 USDT").await;
    li.sees("Nobody buys USDT right now");

    // And the one who has blocked, as a seller: here the reason may be said.
    world.deposit(wang, "100 USDT").await;
    world.begins_ad(li).await;
    li.presses("USDT").await;
    for text in ["7.3", "1000", "100", "2000"] {
        li.says(text).await;
    }
    li.presses("15 minutes").await;
    li.presses("Post the ad").await;
    li.sees("Your ad is posted");
    wang.says("/sell").await;
    wang.presses("200 USDT").await;
    wang.sees("Nobody buys USDT right now");
}

#[tokio::test]
async fn a_blocker_with_the_page_open_hears_the_reason() {
    let world = World::open().await;
    let sale = world.sale().await;
    let li = &sale.li;
    li.says("/sell").await;
    li.presses("900 USDT").await;
    let offers = li.sees("The best price is on top").message_id;
    li.presses("Block this person").await;
    li.presses("Yes, block").await;
    li.presses_under(offers, "¥7.20 · ¥100–2,000 · 15 min · new").await;
    li.sees("You have blocked this merchant");
}

#[tokio::test]
async fn a_block_is_asked_for_once_and_only_by_a_side_of_the_order() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    li.presses("Block this person").await;
    li.presses("Yes, block").await;
    li.presses("Block this person").await;
    li.presses("Yes, block").await;
    li.sees("You have blocked this person already");
    assert_eq!(world.query_one("select count(*) from blocks").await, Some(1));

    // There is no such button while the coins are on their way.
    sale.marks_paid().await;
    sale.confirms().await;
    assert_eq!(sale.status().await, Kind::Releasing);
    for side in [li, wang] {
        let card = labels(&sale.card(side).await);
        assert!(!card.contains(&"Block this person".to_owned()), "{card:?}");
    }
    sale.cools_off().await;
    for side in [li, wang] {
        let card = labels(&sale.card(side).await);
        assert!(card.contains(&"Block this person".to_owned()), "{card:?}");
    }
}

#[tokio::test]
async fn at_most_two_hundred_people_can_be_blocked() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, order) = (sale.li.id(), sale.id);
    world
        .writes(
            "insert into users (id, language, seen_at)
             select value, 'en', 0 from json_each('[' || (
                 with recursive ids (id) as (values (50001) union all select id + 1 from ids
                                             where id < 50200)
                 select group_concat(id) from ids) || ']')"
                .to_owned(),
        )
        .await;
    world
        .writes(format!(
            "insert into blocks (blocker, blocked, order_id, at)
             select {li}, id, {order}, id from users where id > 50000"
        ))
        .await;
    sale.li.presses("Block this person").await;
    sale.li.presses("Yes, block").await;
    sale.li.sees("You have blocked 200 people already");
    sale.li.says("/blocks").await;
    sale.li.presses("Older ›").await;
    sale.li.presses("Unblock").await;
    sale.li.presses("Block this person").await;
    sale.li.presses("Yes, block").await;
    sale.li.sees("No new order between you will be opened");
    world.pass(minutes(1)).await;
}
