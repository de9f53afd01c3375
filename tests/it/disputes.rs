//! When the two sides do not agree: disputes, awards, claims, and money that comes too late.

use fangbi::domain::money::Fen;
use fangbi::domain::order::{Fact, Kind, Request, Side};
use fangbi::domain::signal::SignalKind;
use fangbi::store::users::StaffRole;

use crate::world::{Rules, Sale, Somebody, World, labels, minutes};

async fn disputed(world: &World) -> (Sale, Somebody) {
    let sale = world.sale().await;
    let ada = world.arbiter("Ada").await;
    sale.marks_paid().await;
    world.pass(minutes(15)).await;
    sale.wang.presses("Refresh").await;
    sale.buyer_disputes().await;
    sale.is(Kind::Disputed).await;
    (sale, ada)
}

#[tokio::test]
async fn a_dispute_can_be_opened_when_its_time_has_come_and_not_before() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    sale.marks_paid().await;
    for side in [li, wang] {
        assert!(!labels(&sale.card(side).await).contains(&"Open a dispute".to_owned()));
        assert!(sale.card(side).await.text.contains("A dispute can be opened"));
    }
    world.pass(minutes(5)).await;
    li.presses("Refresh").await;
    assert!(labels(&sale.card(li).await).contains(&"Open a dispute".to_owned()));
    wang.presses("Refresh").await;
    assert!(!labels(&sale.card(wang).await).contains(&"Open a dispute".to_owned()));
    sale.seller_disputes().await;
    sale.is(Kind::Disputed).await;
    assert!(sale.card(wang).await.text.contains("the seller does not see the payment"));
    world.operator().sees("A dispute was opened. Somebody has to take the case");
}

#[tokio::test]
async fn an_arbiter_takes_the_case_and_both_sides_hear_the_award() {
    let world = World::open().await;
    let (sale, ada) = disputed(&world).await;
    let (li, wang) = (&sale.li, &sale.wang);
    let refused = world.asks(&ada, sale.id, Request::Award { to: Side::Seller }).await;
    assert_eq!(refused.as_deref(), Some("it has to be taken first"));
    ada.presses("Take the case").await;
    li.sees("An arbiter has taken the case");
    let bo = world.arbiter("Bo").await;
    let refused = world.asks(&bo, sale.id, Request::Take).await;
    assert_eq!(refused.as_deref(), Some("an arbiter has taken it already"));
    sale.is(Kind::Disputed).await;
    assert_eq!(world.asks(&ada, sale.id, Request::Award { to: Side::Seller }).await, None);
    sale.is_returned(Kind::Cancelled).await;
    li.sees("The arbiters have decided: 100 USDT go back to the seller");
    wang.sees("The arbiters have decided: 100 USDT go back to the seller");
}

#[tokio::test]
async fn a_large_order_is_awarded_by_two() {
    let mut rules = Rules::default();
    rules.policy.terms.two_arbiters_above = Fen::yuan(100);
    let world = World::with(rules).await;
    let (sale, ada) = disputed(&world).await;
    let bo = world.arbiter("Bo").await;
    ada.presses("Take the case").await;
    let award = Request::Award { to: Side::Buyer };
    world.asks(&ada, sale.id, award).await;
    sale.is(Kind::Disputed).await;
    bo.sees("A second arbiter has to confirm");
    world.asks(&ada, sale.id, award).await;
    sale.is(Kind::Disputed).await;
    world.asks(&bo, sale.id, award).await;
    sale.is_released().await;
}

#[tokio::test]
async fn an_arbiter_has_no_say_in_an_own_trade() {
    let world = World::open().await;
    let (sale, _ada) = disputed(&world).await;
    let both = vec![sale.li.id(), sale.wang.id()];
    let app = world.process().await.as_ref().unwrap().app.clone();
    app.appoint(StaffRole::Arbiter, both).await.unwrap();
    for (side, to) in [(&sale.li, Side::Seller), (&sale.wang, Side::Buyer)] {
        for request in [Request::Take, Request::Award { to }] {
            let refused = world.asks(side, sale.id, request).await;
            assert_eq!(refused.as_deref(), Some("only the other side may ask that"));
        }
    }
    sale.is(Kind::Disputed).await;
}

#[tokio::test]
async fn a_buyer_gives_in_after_a_second_question() {
    let world = World::open().await;
    let (sale, _ada) = disputed(&world).await;
    let (li, wang) = (&sale.li, &sale.wang);
    wang.presses("Give in").await;
    wang.sees("Do you give in? 100 USDT go back to the seller. That cannot be undone.");
    sale.is(Kind::Disputed).await;
    wang.presses("Yes, return 100 USDT").await;
    sale.is_returned(Kind::Cancelled).await;
    li.sees("The buyer gave in: 100 USDT go back to the seller");
}

#[tokio::test]
async fn a_seller_confirms_in_a_dispute_after_all() {
    let world = World::open().await;
    let (sale, ada) = disputed(&world).await;
    ada.presses("Take the case").await;
    let card = sale.card(&sale.li).await;
    sale.li.presses_under(card.message_id, "I've received payment").await;
    sale.passes_gate().await;
    sale.is(Kind::Releasing).await;
    sale.li.presses("Stop").await;
    sale.is(Kind::Disputed).await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn a_closed_order_is_looked_at_again_and_no_coin_moves() {
    let world = World::open().await;
    let sale = world.sale().await;
    let ada = world.arbiter("Ada").await;
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.li.presses("Report a problem").await;
    assert_eq!(sale.status().await, Kind::Claimed);
    sale.wang.sees("The other side has asked us to look at this closed order again");
    ada.sees("A closed order is to be looked at again");
    ada.presses("Take the case").await;
    world.pass(minutes(30)).await;
    sale.expect(sale.money().await, ("900 USDT", "0 USDT", "100 USDT"));
    assert_eq!(world.asks(&ada, sale.id, Request::CloseClaim).await, None);
    sale.wang.sees("The second look at this order is over. It stays as it was");
    sale.is_released().await;
}

#[tokio::test]
async fn a_claim_is_told_once_where_the_operators_arbitrate() {
    let world = World::open().await;
    let sale = world.sale().await;
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.li.presses("Report a problem").await;
    assert_eq!(world.operator().count("A closed order is to be looked at again"), 1);
}

#[tokio::test]
async fn money_that_comes_after_the_end_is_told_to_all() {
    let world = World::open().await;
    let sale = world.sale().await;
    world.pass(minutes(25)).await;
    sale.is_returned(Kind::Expired).await;
    let olga = world.operator();
    for person in [&sale.li, &sale.wang, &olga] {
        person.looks();
    }
    let app = world.process().await.as_ref().unwrap().app.clone();
    app.learn(sale.id, Fact::PaymentSeen { signal: Some(SignalKind::Notification) }).await.unwrap();
    world.drain().await;
    sale.li.sees("¥720.00 may have come after this order was closed");
    sale.wang.sees("A payment seems to have come after this order was closed");
    olga.sees("Money was reported after this order was closed");
    sale.is_returned(Kind::Expired).await;
}

#[tokio::test]
async fn a_sign_of_a_payment_only_tells() {
    let world = World::open().await;
    let sale = world.sale().await;
    let app = world.process().await.as_ref().unwrap().app.clone();
    sale.li.looks();
    app.learn(sale.id, Fact::PaymentSeen { signal: Some(SignalKind::Notification) }).await.unwrap();
    world.drain().await;
    sale.li.sees("That is no proof: please look into Alipay yourself");
    sale.is(Kind::AwaitingPayment).await;
}
