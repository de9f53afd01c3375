//! An amount of its own for each order that is paid to an account.

use fangbi::app::{Opening, Origin, PayTo, Reply};
use fangbi::domain::UserId;
use fangbi::domain::ad::AdId;
use fangbi::domain::amount::Quantity;
use fangbi::domain::money::Fen;
use fangbi::domain::payee::PayeeId;
use fangbi::domain::policy::Policy;

use crate::world::sale::{ACCOUNT, NAME, Sale};
use crate::world::{Rules, World, copies, hours, minutes};

async fn cancels(sale: &Sale) {
    let card = sale.card(&sale.wang).await.message_id;
    sale.wang.presses_under(card, "Cancel order").await;
    sale.wang.presses_under(card, "I changed my mind").await;
}

async fn fen(sale: &Sale) -> i64 {
    sale.world.order(sale.id).await.fen.0
}

#[tokio::test]
async fn two_open_orders_of_one_account_have_different_amounts_and_the_card_says_why() {
    let world = World::open().await;
    let li = world.seller("李娜", "zh-hans").await;
    let wang = world.buyer("Wang", "en").await;
    let first = world.sale_between(&li, &wang).await;
    assert!(!first.card(&wang).await.text.contains("more than the price"));
    world.reviews(&li, "100 USDT").await;
    li.sees("金额可能会多加几分钱");
    li.presses("立即出售").await;
    let second = world.sale_between(&li, &wang).await;
    let card = second.card(&wang).await;
    let why =
        "¥720.02: 2 fen more than the price, so that this payment cannot be mistaken for another";
    assert!(card.text.contains(why), "{}", card.text);
    assert!(copies(&card).iter().any(|(_, text)| text == "720.02"), "{card:?}");
    let card = second.card(&li).await;
    assert!(card.text.contains("¥720.02：比单价算出的多 2 分"), "{}", card.text);
    assert_eq!(world.query_one("select max(fen) - min(fen) from orders").await, Some(2));
}

#[tokio::test]
async fn an_amount_is_free_again_a_while_after_its_order() {
    let world = World::open().await;
    let first = world.sale().await;
    cancels(&first).await;
    let second = world.sale_between(&first.li, &first.wang).await;
    assert_eq!(fen(&second).await, 72_001, "somebody might still pay for the first one");
    cancels(&second).await;
    world.restart().await;
    world.pass(minutes(14)).await;
    let third = world.sale_between(&first.li, &first.wang).await;
    assert_eq!(fen(&third).await, 72_002);
    cancels(&third).await;
    world.pass(minutes(1)).await;
    let fourth = world.sale_between(&first.li, &first.wang).await;
    assert_eq!(fen(&fourth).await, 72_000);
}

#[tokio::test]
async fn two_people_with_the_same_account_share_its_amounts_and_others_do_not() {
    let world = World::open().await;
    let (li, zhao) = (world.seller("Li Na", "en").await, world.seller("Zhao", "en").await);
    let chen = world.seller("Chen", "en").await;
    let wang = world.buyer("Wang", "en").await;
    let first = world.sale_between(&li, &wang).await;
    let same = world.sale_between(&zhao, &wang).await;
    chen.says("/sell").await;
    chen.presses("USDT").await;
    chen.presses("¥7.20").await;
    for text in ["100 USDT", "chen@example.com", NAME] {
        chen.says(text).await;
    }
    chen.presses("Sell now").await;
    let other = world.order(world.newest_order().await).await;
    assert_eq!((fen(&first).await, fen(&same).await, other.fen.0), (72_000, 72_001, 72_000));
}

#[tokio::test]
async fn when_every_amount_near_is_taken_another_one_has_to_be_chosen() {
    let policy = Policy { open_orders: 200, ..Policy::default() };
    let world = World::with(Rules { policy, ..Rules::default() }).await;
    let li = world.seller("Li Na", "en").await;
    world.deposit(&li, "2000 USDT").await;
    let wang = world.somebody("Wang", "en").await;
    world.begins_ad(&wang).await;
    wang.presses("USDT").await;
    for text in ["7.2", "5000", "100", "2000"] {
        wang.says(text).await;
    }
    wang.presses("15 minutes").await;
    wang.presses("Post the ad").await;
    world.sells(&li, "100").await;
    let app = world.process().await.as_ref().unwrap().app.clone();
    for number in 1..100 {
        let opening = Opening {
            ad: AdId(1),
            version: 1,
            quantity: Quantity::Yuan(Fen::yuan(100)),
            payee: PayTo::Kept(PayeeId(1)),
        };
        let user = UserId(li.id());
        let origin = Origin { update_id: -1_000 - number, chat: user.0, user, meet: None };
        app.open(origin, opening, |order| {
            assert!(order.is_ok(), "{order:?}");
            Reply::default()
        })
        .await
        .unwrap();
    }
    world.drain().await;
    assert_eq!(world.query_one("select max(fen) from orders").await, Some(10_099));
    assert_eq!(world.query_one("select count(distinct fen) from orders").await, Some(100));
    world.sells(&li, "100").await;
    li.sees("Too many orders to this account ask for about the same amount");
    assert_eq!(world.query_one("select count(*) from orders").await, Some(100));
    li.says("101").await;
    world.names_payee(&li).await;
    li.presses("Sell now").await;
    li.sees("is open. Here is its card");
    assert_eq!(world.query_one("select max(fen) from orders").await, Some(10_100));
    world.away(hours(1));
    assert_eq!(world.files_with(ACCOUNT).await, [""; 0]);
}
