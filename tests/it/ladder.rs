//! The penalty ladder: who leaves orders unpaid takes no new ones for a while.

use fangbi::domain::money::Fen;
use fangbi::domain::order::{Kind, Request, Side};
use fangbi::domain::policy::Policy;
use fangbi::store::check::books;

use crate::world::{Rules, Sale, World, hours, labels, minutes};

/// The buyer does nothing, and the time to pay and the grace pass.
async fn expires(sale: &Sale) {
    sale.world.pass(minutes(25)).await;
    assert_eq!(sale.status().await, Kind::Expired);
}

#[tokio::test]
async fn a_buyer_who_does_not_pay_rests_and_hears_why() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    expires(&sale).await;
    let told = wang.sees("You take no new orders for a while");
    assert!(told.text.contains(&sale.code), "{}", told.text);
    assert!(told.text.contains("the first such order of the day"), "{}", told.text);
    li.does_not_see("take no new orders");

    wang.says("/ads").await;
    wang.sees("Sellers do not see your ads until");
    wang.says("/ad").await;
    wang.sees("Sellers do not see your ads until");
    wang.does_not_see("Which coin do you want to buy?");
    li.says("/sell").await;
    li.presses("1,000 USDT").await;
    li.sees("Nobody buys USDT right now");

    world.pass(minutes(15)).await;
    wang.says("/ads").await;
    wang.does_not_see("Sellers do not see your ads");
    world.sale_between(li, wang).await.is(Kind::AwaitingPayment).await;
}

#[tokio::test]
async fn a_seller_who_has_the_page_open_hears_until_when_the_buyer_rests() {
    let world = World::open().await;
    let sale = world.sale().await;
    let hong = world.seller("Hong", "zh").await;
    let chen = world.seller("Chen", "en").await;
    world.reviews(&hong, "100 USDT").await;
    chen.says("/sell").await;
    chen.presses("1,000 USDT").await;
    expires(&sale).await;
    hong.presses("立即出售").await;
    hong.sees("这位商家刚有订单没有付款");
    chen.presses("¥7.20").await;
    chen.sees("This merchant has left an order unpaid and takes no orders until");
    assert_eq!(world.newest_order().await, sale.id);
    assert_eq!(world.balance(&hong).await, "1,000 USDT");
}

#[tokio::test]
async fn a_paused_ad_cannot_be_resumed_and_nothing_new_is_posted_meanwhile() {
    let world = World::open().await;
    let sale = world.sale().await;
    let wang = &sale.wang;
    wang.says("/ads").await;
    wang.presses("USDT · ¥7.20").await;
    wang.presses("Pause").await;
    world.begins_ad(wang).await;
    wang.presses("USDT").await;
    for text in ["7.1", "1000", "100", "2000"] {
        wang.says(text).await;
    }
    wang.presses("15 minutes").await;
    expires(&sale).await;
    wang.presses("Post the ad").await;
    wang.sees("so you take no new ones until");
    assert_eq!(world.query_one("select count(*) from ads").await, Some(1));
    let window = wang.presses("Resume").await;
    assert!(window.contains("so you take no new ones until"), "{window}");
    assert_eq!(world.query_one("select count(*) from ads where status = 'paused'").await, Some(1));
    world.pass(minutes(15)).await;
    wang.presses("Resume").await;
    wang.sees("Your ad is active");
}

#[tokio::test]
async fn it_takes_longer_each_time_and_begins_anew_the_next_day() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    // It is four in the afternoon in Shanghai.
    for (number, rest) in [(1, 15), (2, 30), (3, 60), (4, 240)] {
        expires(&world.sale_between(&li, &wang).await).await;
        let order = if number == 1 { "the first such order" } else { "such order no." };
        wang.sees(order);
        let newest = "select (until - at) / 60000 from strikes order by at desc limit 1";
        assert_eq!(world.query_one(newest).await, Some(rest));
        world.pass(minutes(rest)).await;
    }
    expires(&world.sale_between(&li, &wang).await).await;
    wang.sees("such order no. 5 of the day");
    let hour = "select (until / 3600000 + 8) % 24 from strikes order by at desc limit 1";
    assert_eq!(world.query_one(hour).await, Some(0), "the rest of the day");
    world.pass(hours(1)).await;
    expires(&world.sale_between(&li, &wang).await).await;
    wang.sees("the first such order of the day");
}

#[tokio::test]
async fn orders_that_run_go_on_to_their_end() {
    let world = World::open().await;
    let sale = world.sale().await;
    world.pass(minutes(12)).await;
    let hong = world.seller("Hong", "en").await;
    let other = world.sale_between(&hong, &sale.wang).await;
    world.pass(minutes(13)).await;
    assert_eq!(sale.status().await, Kind::Expired);
    let card = other.card(&other.wang).await.message_id;
    other.wang.presses_under(card, "I've paid").await;
    other.confirms().await;
    other.cools_off().await;
    assert_eq!(other.status().await, Kind::Released);
}

#[tokio::test]
async fn a_paid_that_was_not_true_counts_and_what_is_honest_does_not() {
    let world = World::open().await;
    let strikes = "select count(*) from strikes";

    // Taken back and cancelled in time.
    let sale = world.sale().await;
    let (li, wang) = (&sale.li, &sale.wang);
    sale.marks_paid().await;
    wang.presses("I have not paid after all").await;
    wang.presses("Cancel order").await;
    wang.presses("I can't pay now").await;
    sale.is_returned(Kind::Cancelled).await;
    assert_eq!(world.query_one(strikes).await, Some(0));

    // Sent back by the seller.
    let sale = world.sale_between(li, wang).await;
    sale.marks_paid().await;
    li.presses("Something is wrong").await;
    li.presses("Wrong amount: send back").await;
    wang.presses("I've got the money back").await;
    wang.presses("Yes, ¥720").await;
    assert_eq!(sale.status().await, Kind::Cancelled);
    assert_eq!(world.query_one(strikes).await, Some(0));

    // Never said to be paid: arbiters give the coins back, and nobody has lied.
    let sale = world.sale_between(li, wang).await;
    let ada = world.arbiter("Ada").await;
    world.pass(minutes(15)).await;
    sale.buyer_disputes().await;
    assert_eq!(world.asks(&ada, sale.id, Request::Take).await, None);
    assert_eq!(world.asks(&ada, sale.id, Request::Award { to: Side::Seller }).await, None);
    assert_eq!(world.query_one(strikes).await, Some(0));

    // Said, and given in.
    let sale = world.sale_between(li, wang).await;
    sale.marks_paid().await;
    world.pass(minutes(15)).await;
    wang.presses("Refresh").await;
    sale.buyer_disputes().await;
    wang.presses("Give in").await;
    wang.presses("Yes, return 100 USDT").await;
    wang.sees("you said that you had paid, and it was not so");
    assert_eq!(world.query_one(strikes).await, Some(1));
    assert_eq!(
        world.query_one("select count(*) from strikes where offence = 'false_paid'").await,
        Some(1)
    );
}

#[tokio::test]
async fn a_claim_that_is_closed_does_not_count_a_second_time() {
    let world = World::open().await;
    let sale = world.sale().await;
    expires(&sale).await;
    sale.wang.presses("Report a problem").await;
    assert_eq!(sale.status().await, Kind::Claimed);
    sale.wang.presses("It is settled").await;
    assert_eq!(sale.status().await, Kind::Expired);
    assert_eq!(world.query_one("select count(*) from strikes").await, Some(1));
    assert_eq!(sale.wang.count("You take no new orders for a while"), 1);
}

#[tokio::test]
async fn strikes_follow_from_the_log_and_survive_a_restart() {
    let world = World::open().await;
    let sale = world.sale().await;
    expires(&sale).await;
    world.restart().await;
    sale.wang.says("/ads").await;
    sale.wang.sees("Sellers do not see your ads until");
    for change in [
        "delete from strikes",
        "update strikes set offence = 'false_paid'",
        "update strikes set buyer = (select seller from orders)",
        "update strikes set at = at - 1",
    ] {
        let folder = world.copied_files().await;
        let said = {
            let options =
                sqlx_sqlite::SqliteConnectOptions::new().filename(folder.path().join("fangbi.db"));
            let mut file = sqlx::ConnectOptions::connect(&options).await.unwrap();
            sqlx::query(change).execute(&mut file).await.unwrap();
            books(&mut file, Some(world.seal())).await.unwrap()
        };
        let row = format!("strikes row {}: it is not what the order's log makes of it", sale.id);
        assert_eq!(said, [row], "{change}");
    }
}

#[tokio::test]
async fn a_desk_may_have_steps_of_its_own() {
    let mut policy = Policy { least: Fen::yuan(10), ..Policy::default() };
    policy.ladder.steps = vec![];
    let world = World::with(Rules { policy, ..Rules::default() }).await;
    let sale = world.sale().await;
    expires(&sale).await;
    sale.wang.says("/ads").await;
    let page = sale.wang.sees("Sellers do not see your ads until 2027-01-16 00:00 (UTC+8)");
    assert!(labels(&page).contains(&"Post an ad".to_owned()));
}
