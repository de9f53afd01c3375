//! Two who want the end of an order at the same instant: both wishes wait for the writer at once, in
//! either order. One comes true, the other one is answered, and the coins go one way.

use fangbi::domain::factor::Factor;
use fangbi::domain::order::schedule::What;
use fangbi::domain::order::{
    CancelReason, DisputeReason, Fact, Kind, Refusal, Request, Side, WrongPayment,
};

use crate::world::{Rules, Sale, Somebody, World, minutes, seconds};

/// Who wants what. Nobody: the order's time has come.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Wish {
    Seller(Request),
    Buyer(Request),
    Arbiter(Request),
    Time,
}

use Wish::{Arbiter, Buyer, Seller, Time};

const CONFIRM: Wish = Seller(Request::ConfirmReceipt { factor: Factor::Totp });
const CONCEDE: Wish = Buyer(Request::Concede);
const TO_SELLER: Wish = Arbiter(Request::Award { to: Side::Seller });
const TO_BUYER: Wish = Arbiter(Request::Award { to: Side::Buyer });

impl Wish {
    /// Whether nothing can follow it.
    fn ends_it(self) -> bool {
        match self {
            Seller(request) | Buyer(request) | Arbiter(request) => matches!(
                request,
                Request::Concede
                    | Request::Award { .. }
                    | Request::Cancel { .. }
                    | Request::AgreeToCancel
                    | Request::GiveUp
                    | Request::RefundReceived
            ),
            Time => false,
        }
    }
}

/// What a wish has met: nothing, or why it was not granted.
async fn wants(sale: &Sale, ada: &Somebody, wish: Wish) -> Option<Refusal> {
    let (who, request) = match wish {
        Seller(request) => (&sale.li, request),
        Buyer(request) => (&sale.wang, request),
        Arbiter(request) => (ada, request),
        Time => {
            let app = sale.world.process().await.as_ref().unwrap().app.clone();
            app.learn(sale.id, Fact::TimeCame).await.unwrap();
            return None;
        }
    };
    sale.world.asks_and_goes_on(who, sale.id, request).await
}

/// Brings a new, small sale to where both wish something.
async fn brought_to(kind: Kind, world: &World, [li, wang, ada]: [&Somebody; 3]) -> Sale {
    world.pass(minutes(2)).await;
    world.sells(li, "20 USDT").await;
    let id = world.newest_order().await;
    let (world, code) = (world.clone(), id.code());
    let sale = Sale { world, li: li.clone(), wang: wang.clone(), id, code };
    let asks = async |who: &Somebody, request| {
        assert_eq!(sale.world.asks(who, id, request).await, None, "{request:?}");
    };
    match kind {
        Kind::AwaitingPayment => asks(li, Request::AgreeToCancel).await,
        Kind::Overdue => {
            sale.world.pass(minutes(15)).await;
            sale.answers_directly().await;
        }
        Kind::Paid => {
            asks(wang, Request::MarkPaid).await;
            sale.world.pass(minutes(16)).await;
            sale.answers_directly().await;
        }
        Kind::Refunding => {
            asks(wang, Request::MarkPaid).await;
            asks(li, Request::Refund { why: WrongPayment::Payer }).await;
            asks(li, Request::RefundSent).await;
        }
        Kind::Disputed | Kind::Releasing => {
            asks(wang, Request::MarkPaid).await;
            sale.world.pass(minutes(6)).await;
            asks(li, Request::Dispute { why: DisputeReason::NotReceived }).await;
            asks(ada, Request::Take).await;
            sale.answers_directly().await;
            if kind == Kind::Releasing {
                asks(li, Request::ConfirmReceipt { factor: Factor::Totp }).await;
            }
        }
        Kind::Delayed | Kind::Claimed | Kind::Released | Kind::Cancelled | Kind::Expired => {
            unreachable!("nobody races there")
        }
    }
    assert_eq!(sale.status().await, kind);
    sale
}

/// Every pair of these wishes, in both orders. That the coins are in one place, and went there once,
/// the world sees itself whenever it comes to rest.
async fn all_want(kind: Kind, wishes: &[Wish]) {
    let mut rules = Rules::default();
    rules.policy.open_orders = 100;
    // Whoever gives in, or loses, again and again would rest.
    rules.policy.ladder.steps = vec![1; 100];
    let world = World::with(rules).await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    let ada = world.arbiter("Ada").await;
    for first in wishes {
        for second in wishes.iter().filter(|it| *it != first) {
            let sale = brought_to(kind, &world, [&li, &wang, &ada]).await;
            if [first, second].contains(&&Time) {
                // The very instant at which the clock comes, before it has come.
                let schedule = world.order(sale.id).await.schedule(world.now());
                let end = schedule.iter().find(|it| matches!(it.what, What::End(_))).unwrap();
                world.pass(end.at - world.now() - seconds(1)).await;
                world.away(seconds(1));
            }
            let (won, lost) =
                futures::join!(wants(&sale, &ada, *first), wants(&sale, &ada, *second));
            let what = format!("{first:?}, then {second:?}");
            assert_eq!(won, None, "{what}: who came first has it");
            if first.ends_it() && *second != Time {
                assert!(matches!(lost, Some(Refusal::NotNow { .. })), "{what}: {lost:?}");
            }
            let order = world.order(sale.id).await;
            world.drain().await;
            assert_eq!(world.order(sale.id).await.status, order.status, "{what}");
        }
    }
}

#[tokio::test]
async fn in_a_dispute() {
    all_want(Kind::Disputed, &[CONFIRM, CONCEDE, TO_SELLER, TO_BUYER]).await;
}

#[tokio::test]
async fn in_the_ten_seconds_of_a_disputed_release() {
    all_want(Kind::Releasing, &[Seller(Request::Stop), TO_SELLER, TO_BUYER, Time]).await;
}

#[tokio::test]
async fn after_the_payment() {
    let dispute = Request::Dispute { why: DisputeReason::Other };
    let wishes = [CONFIRM, Seller(dispute), Buyer(dispute), Buyer(Request::TakeBack)];
    all_want(Kind::Paid, &wishes).await;
}

#[tokio::test]
async fn before_the_payment() {
    let cancel = Request::Cancel { why: CancelReason::ChangedMind };
    let wishes = [Buyer(Request::MarkPaid), Buyer(cancel), Buyer(Request::AgreeToCancel)];
    all_want(Kind::AwaitingPayment, &wishes).await;
}

#[tokio::test]
async fn when_the_time_to_pay_is_over() {
    let wishes = [CONFIRM, Buyer(Request::MarkPaid), Buyer(Request::GiveUp), Time];
    all_want(Kind::Overdue, &wishes).await;
}

#[tokio::test]
async fn while_the_money_goes_back() {
    let dispute = Request::Dispute { why: DisputeReason::RefundMissing };
    let wishes = [Buyer(Request::RefundReceived), Seller(dispute), Buyer(dispute)];
    all_want(Kind::Refunding, &wishes).await;
}
