//! The process is killed in every status of an order, and the sale goes on to its end.

use fangbi::domain::order::{Kind, Request, Side};

use crate::world::{Sale, World, hours, minutes, seconds};

impl Sale {
    /// Dies and comes back; nobody notices.
    async fn dies(&self) {
        let before = (self.status().await, self.money().await);
        let chats = [self.li.chat().len(), self.wang.chat().len()];
        self.world.restart().await;
        self.world.drain().await;
        assert_eq!((self.status().await, self.money().await), before);
        assert_eq!([self.li.chat().len(), self.wang.chat().len()], chats, "nothing is said twice");
    }
}

#[tokio::test]
async fn while_the_payment_is_waited_for() {
    let sale = World::open().await.sale().await;
    sale.dies().await;
    sale.world.pass(minutes(14)).await;
    sale.dies().await;
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn while_the_payment_is_waited_for_in_vain() {
    let sale = World::open().await.sale().await;
    sale.dies().await;
    sale.world.pass(minutes(25)).await;
    sale.is_returned(Kind::Expired).await;
}

#[tokio::test]
async fn when_the_time_to_pay_is_over() {
    let sale = World::open().await.sale().await;
    sale.world.pass(minutes(15)).await;
    sale.is(Kind::Overdue).await;
    sale.dies().await;
    sale.world.pass(minutes(10) - seconds(1)).await;
    sale.is(Kind::Overdue).await;
    sale.dies().await;
    sale.marks_paid().await;
    sale.dies().await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn when_the_payment_is_marked() {
    let sale = World::open().await.sale().await;
    sale.marks_paid().await;
    sale.dies().await;
    sale.li.looks();
    sale.world.pass(minutes(3)).await;
    sale.li.sees("Is ¥720.00 in your Alipay? Please look");
    sale.li.presses("I've received payment").await;
    sale.dies().await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn while_alipay_delays_the_transfer() {
    let sale = World::open().await.sale().await;
    sale.marks_paid().await;
    sale.li.presses("Something is wrong").await;
    sale.li.presses("Delayed 2 h").await;
    sale.is(Kind::Delayed).await;
    sale.dies().await;
    sale.world.pass(hours(2)).await;
    sale.is(Kind::Paid).await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn while_the_money_goes_back() {
    let sale = World::open().await.sale().await;
    sale.marks_paid().await;
    sale.li.presses("Something is wrong").await;
    sale.li.presses("Wrong amount: send back").await;
    sale.is(Kind::Refunding).await;
    sale.dies().await;
    sale.li.presses("I've sent the money back").await;
    sale.dies().await;
    sale.wang.presses("I've got the money back").await;
    sale.wang.presses("Yes, ¥720.00 is back").await;
    sale.is_returned(Kind::Cancelled).await;
}

#[tokio::test]
async fn in_the_ten_seconds_before_the_release() {
    let sale = World::open().await.sale().await;
    sale.marks_paid().await;
    sale.confirms().await;
    sale.is(Kind::Releasing).await;
    sale.world.pass(seconds(5)).await;
    sale.dies().await;
    sale.world.pass(seconds(4)).await;
    sale.is(Kind::Releasing).await;
    sale.world.pass(seconds(1)).await;
    sale.is_released().await;
}

#[tokio::test]
async fn in_a_dispute() {
    let sale = World::open().await.sale().await;
    let ada = sale.world.arbiter("Ada").await;
    sale.marks_paid().await;
    sale.world.pass(minutes(15)).await;
    sale.wang.presses("Refresh").await;
    sale.buyer_disputes().await;
    sale.is(Kind::Disputed).await;
    sale.dies().await;
    ada.presses("Take the case").await;
    sale.dies().await;
    sale.wang.sees("An arbiter has taken the case");
    assert_eq!(sale.world.asks(&ada, sale.id, Request::Award { to: Side::Buyer }).await, None);
    sale.is_released().await;
}

#[tokio::test]
async fn in_a_claim() {
    let sale = World::open().await.sale().await;
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.dies().await;
    sale.li.presses("Report a problem").await;
    assert_eq!(sale.status().await, Kind::Claimed);
    sale.dies().await;
    sale.li.presses("It is settled").await;
    sale.is_released().await;
}

#[tokio::test]
async fn when_it_is_over() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);

    let expired = world.sale_between(&li, &wang).await;
    world.pass(minutes(25)).await;
    expired.dies().await;
    // Who has not paid takes no orders for a while.
    world.pass(minutes(15)).await;
    let cancelled = world.sale_between(&li, &wang).await;
    wang.presses("Cancel order").await;
    wang.presses("I changed my mind").await;
    cancelled.dies().await;
    let released = world.sale_between(&li, &wang).await;
    released.marks_paid().await;
    released.confirms().await;
    released.cools_off().await;
    released.dies().await;

    world.pass(hours(1)).await;
    for (sale, kind) in
        [(expired, Kind::Expired), (cancelled, Kind::Cancelled), (released, Kind::Released)]
    {
        assert_eq!(sale.status().await, kind);
    }
    assert_eq!(
        (world.balance(&li).await, world.balance(&wang).await),
        ("900 USDT".into(), "100 USDT".into())
    );
}

#[tokio::test]
async fn in_every_step_of_a_wizard() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    li.says("/sell").await;
    world.restart().await;
    li.presses("USDT").await;
    world.restart().await;
    li.presses("¥7.20").await;
    for text in ["100 USDT", "li.na@example.com", "Li Na"] {
        world.restart().await;
        li.says(text).await;
    }
    world.restart().await;
    li.presses("Sell now").await;
    wang.sees("Alipay account: li.na@example.com");
}
