//! A whole sale is told again and again, each time with the process killed at another place: at
//! every commit boundary, and between commit, send and mark.

use fangbi::domain::order::Kind;
use playground::FaultKind;

use crate::world::sale::{ACCOUNT, NAME};
use crate::world::{Sale, Somebody, World, minutes, seconds};

/// What people do in a sale, one act after the other.
const ACTS: usize = 12;
/// What the program does after each: poll, handle, tick, send, send, send.
const STEPS: usize = 6;

struct Story {
    world: World,
    li: Somebody,
    wang: Somebody,
}

impl Story {
    async fn begin() -> Self {
        let world = World::open().await;
        let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
        Self { world, li, wang }
    }

    /// One act. Whoever acts has read what was written so far.
    async fn act(&self, act: usize) {
        let Self { world, li, wang } = self;
        world.drain().await;
        match act {
            0 => drop(li.person.send("/sell").unwrap()),
            1 => drop(li.presses_and_goes_on("USDT")),
            2 => drop(li.presses_and_goes_on("¥7.20")),
            3 => drop(li.person.send("100 USDT").unwrap()),
            4 => drop(li.person.send(ACCOUNT).unwrap()),
            5 => drop(li.person.send(NAME).unwrap()),
            6 => drop(li.presses_and_goes_on("Sell now")),
            7 => drop(wang.presses_and_goes_on("I've paid")),
            8 => drop(li.presses_and_goes_on("I've received payment")),
            // What a death between two questions does, the gate's own stories tell.
            9 => {
                for _ in 0..4 {
                    li.presses("Yes").await;
                }
                drop(li.presses_and_goes_on("Yes"));
            }
            10 => drop(li.person.send("2000").unwrap()),
            _ => world.away(seconds(10)),
        }
    }

    async fn step(&self, step: usize) {
        let world = &self.world;
        match step {
            0 => world.poll().await,
            1 => world.handle().await,
            2 => world.tick().await,
            _ => world.send().await,
        };
    }

    async fn end(self) -> Sale {
        let Self { world, li, wang } = self;
        world.drain().await;
        let id = world.newest_order().await;
        let sale = Sale { world, li, wang, id, code: id.code() };
        sale.is_released().await;
        sale
    }
}

/// How often each side reads what must be read once.
fn told(sale: &Sale) -> [usize; 5] {
    [
        sale.li.count("is open. Here is its card"),
        sale.li.count("The merchant says it has paid ¥720.00"),
        sale.li.count("100 USDT have gone to the merchant. Keep the Alipay bill of this payment."),
        sale.wang.count("The seller has confirmed your payment. The coins go"),
        sale.wang.count("100 USDT are in your balance now"),
    ]
}

/// Dies after the `k`th step of the whole story.
async fn dies_after(k: usize) {
    let story = Story::begin().await;
    for act in 0..ACTS {
        story.act(act).await;
        for step in 0..STEPS {
            if k == act * (STEPS + 1) + step {
                story.world.restart().await;
            }
            story.step(step).await;
        }
        if k == act * (STEPS + 1) + STEPS {
            story.world.restart().await;
        }
    }
    let sale = story.end().await;
    // Between two steps nothing is on its way, so nothing is said twice.
    assert_eq!(told(&sale), [1; 5], "died after {k}");
    // The announcement, the card, "paid", the card again below it, and below the digits, "released".
    let all = sale.li.count(&format!("Order {}", sale.code));
    assert_eq!(all, 6, "died after {k}\n{}", sale.li.transcript());
}

const ALL: usize = ACTS * (STEPS + 1);

#[tokio::test]
async fn a_death_between_any_two_steps_of_the_wizard_changes_nothing() {
    for k in 0..ALL / 2 {
        dies_after(k).await;
    }
}

#[tokio::test]
async fn a_death_between_any_two_steps_of_the_order_changes_nothing() {
    for k in ALL / 2..ALL {
        dies_after(k).await;
    }
}

/// Dies while the `n`th message after the beginning goes to one side: before it has arrived, or
/// after, but before that could be noted. False: there are not so many.
async fn dies_at_message(n: usize, to_seller: bool, kind: FaultKind) -> bool {
    let story = Story::begin().await;
    let to = if to_seller { &story.li } else { &story.wang };
    let start = to.chat().len();
    let mut died = false;
    for act in 0..ACTS {
        story.act(act).await;
        for step in 0..STEPS {
            if !died && step > 2 && to.chat().len() == start + n {
                died = story.world.dies_while_sending(to, kind).await;
            } else {
                story.step(step).await;
            }
        }
    }
    let sale = story.end().await;
    let told = told(&sale);
    // One message was on its way to each side. Of this one we know whether it had arrived.
    let repeated = if kind == FaultKind::LostAnswer { 2 } else { 1 };
    assert!(told.iter().all(|it| (1..=2).contains(it)), "message {n}: {told:?}");
    assert!(told.iter().sum::<usize>() <= told.len() + repeated, "message {n}: {told:?}");
    died
}

async fn dies_at_every_message(kind: FaultKind) {
    for to_seller in [true, false] {
        let mut n = 0;
        while dies_at_message(n, to_seller, kind).await {
            n += 1;
        }
        assert!(n >= if to_seller { 8 } else { 3 }, "{n} messages");
    }
}

#[tokio::test]
async fn a_death_before_a_message_has_left_loses_nothing() {
    dies_at_every_message(FaultKind::HangUp).await;
}

#[tokio::test]
async fn a_death_after_a_message_has_arrived_repeats_at_most_that_message() {
    dies_at_every_message(FaultKind::LostAnswer).await;
}

#[tokio::test]
async fn a_death_while_telegram_does_not_answer_loses_nothing() {
    dies_at_every_message(FaultKind::Timeout).await;
}

/// An order that nobody pays, with the process killed after the `k`th step around its two ends.
async fn expires_and_dies_after(k: usize) {
    let story = Story::begin().await;
    let Story { world, li, wang } = &story;
    let sale = world.sale_between(li, wang).await;
    for (act, wait) in [minutes(15), minutes(10)].into_iter().enumerate() {
        world.pass(wait - seconds(1)).await;
        world.away(seconds(1));
        for step in 0..=STEPS {
            if k == act * (STEPS + 1) + step {
                world.restart().await;
            }
            if step < STEPS {
                story.step(step).await;
            }
        }
        world.drain().await;
    }
    sale.is_returned(Kind::Expired).await;
    for (who, words) in [
        (li, "The time to pay is over, and the merchant"),
        (li, "Nobody paid in time, so the order is closed. 100 USDT"),
        (wang, "The time to pay is over. Did you pay?"),
        (wang, "The order was not paid in time and is closed"),
    ] {
        assert_eq!(who.count(words), 1, "died after {k}: «{words}»\n{}", who.transcript());
    }
}

#[tokio::test]
async fn a_death_between_any_two_steps_of_an_expiry_changes_nothing() {
    for k in 0..2 * (STEPS + 1) {
        expires_and_dies_after(k).await;
    }
}
