//! Whole sales, from the seller's first word to the release, many at once.

use std::time::{Duration, Instant};

use playground::{Message, NewPerson};
use serde::Serialize;
use tokio::task::JoinSet;

use crate::Problem;
use crate::actor::{Actor, Bells};
use crate::bot::{self, Program, TREASURER};
use crate::folder::Folder;
use crate::stand::Stand;

#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Sales {
    pub(crate) count: usize,
    pub(crate) per_second: f64,
    pub(crate) updates_per_sale: f64,
    pub(crate) letters_per_sale: f64,
}

/// All their ads are on one page.
const BUYERS: usize = 5;
/// What a seller has before the sale, and sells, in USDT.
const DEPOSIT: u64 = 1_000;
const SOLD: u64 = 20;
/// What the outbox may still be busy with when the last seller has seen the release.
const TAIL: Duration = Duration::from_millis(500);

/// Everything that the bot sends.
const LETTERS: [&str; 4] =
    ["sendMessage", "editMessageText", "editMessageReplyMarkup", "answerCallbackQuery"];

/// Makes so many sales, each by a seller of its own, and looks at what became of them.
pub(crate) async fn measure(sales: usize, folder: &Folder) -> Result<Sales, Problem> {
    let stand = Stand::start(Program::Fangbi, folder).await?;
    let bells = Bells::of(&stand.playground);
    let mut buyers = come_in(&stand, &bells, "Buyer", BUYERS).await?;
    for (number, buyer) in buyers.iter_mut().enumerate() {
        post_ad(buyer, number, sales).await?;
    }
    let mut sellers = come_in(&stand, &bells, "Seller", sales).await?;
    give_coins(&stand, &bells, &sellers).await?;

    let letters = letters(&stand);
    let start = Instant::now();
    let mut paying = JoinSet::new();
    for buyer in &buyers {
        paying.spawn(pay(bells.actor(buyer.person.clone())));
    }
    let mut selling = JoinSet::new();
    for (number, seller) in sellers.drain(..).enumerate() {
        selling.spawn(sell(seller, number));
    }
    let mut released = start;
    while let Some(seller) = selling.join_next().await {
        let (seller, at) = seller??;
        released = released.max(at);
        sellers.push(seller);
    }
    tokio::time::sleep(TAIL).await;
    let letters = self::letters(&stand) - letters;
    // A seller says or presses so much; the buyers press once for each.
    let updates: u64 = sellers.iter().map(|it| it.acts).sum::<u64>() + sales as u64;

    paying.shutdown().await;
    look_at_sellers(sellers).await?;
    look_at_buyers(buyers, sales).await?;
    bot::check(stand.stop().await?.path())?;
    Ok(Sales {
        count: sales,
        per_second: sales as f64 / (released - start).as_secs_f64(),
        updates_per_sale: updates as f64 / sales as f64,
        letters_per_sale: letters as f64 / sales as f64,
    })
}

async fn come_in(
    stand: &Stand,
    bells: &Bells,
    name: &str,
    people: usize,
) -> Result<Vec<Actor>, Problem> {
    let mut coming = JoinSet::new();
    for number in 1..=people {
        let mut actor = bells.actor(stand.playground.person(&format!("{name} {number}"), "en"));
        coming.spawn(async move {
            actor.comes_in().await?;
            actor.acts = 0;
            Ok(actor)
        });
    }
    coming.join_all().await.into_iter().collect()
}

/// An ad that is large enough for all sellers, at a price of its own.
async fn post_ad(buyer: &mut Actor, number: usize, sales: usize) -> Result<(), Problem> {
    buyer.says("/ad")?;
    buyer.sees("the payer's question", |it| it.text.contains("payer")).await?;
    buyer.says("李小龙")?;
    buyer.sees_button("Back").await?;
    buyer.says(&format!("1390000{number:04}"))?;
    let page = buyer.sees_button("USDT").await?;
    buyer.presses(&page, "USDT").await?;
    buyer.sees_button("Back").await?;
    let price = format!("7.2{number}");
    let total = (sales as u64 * SOLD).max(DEPOSIT).to_string();
    for typed in [price.as_str(), total.as_str(), "100"] {
        buyer.says(typed)?;
        buyer.sees_button("Back").await?;
    }
    buyer.says("2000")?;
    let page = buyer.sees_button("15 minutes").await?;
    buyer.presses(&page, "15 minutes").await?;
    let page = buyer.sees_button("Post the ad").await?;
    buyer.presses(&page, "Post the ad").await?;
    buyer.sees_button("My ads").await?;
    Ok(())
}

/// The treasurer records a deposit for each seller.
async fn give_coins(stand: &Stand, bells: &Bells, sellers: &[Actor]) -> Result<(), Problem> {
    let treasurer =
        NewPerson { name: "Treasurer".to_owned(), id: Some(TREASURER), ..NewPerson::default() };
    let mut treasurer = bells.actor(stand.playground.add_person(treasurer)?);
    treasurer.comes_in().await?;
    for seller in sellers {
        let id = seller.person.id();
        treasurer.says(&format!("/deposit {id} {DEPOSIT} USDT deposit-{id}"))?;
    }
    for seller in sellers {
        seller.sees("the deposit", |it| it.text.contains("deposit-")).await?;
    }
    Ok(())
}

/// From the first word to the release. Returns when it was seen.
async fn sell(mut seller: Actor, number: usize) -> Result<(Actor, Instant), Problem> {
    seller.says("/sell")?;
    let page = seller.sees_button("USDT").await?;
    seller.presses(&page, "USDT").await?;
    // The label of an offer names its price and its window.
    let page = seller.sees_button(" min · ").await?;
    let labels = page.labels().into_iter();
    let offers: Vec<_> = labels.filter(|it| it.contains(" min · ")).collect();
    seller.presses(&page, offers[number % offers.len()]).await?;
    seller.sees_button("All of it").await?;
    seller.says(&format!("{SOLD} USDT"))?;
    seller.sees_button("Back").await?;
    // Each has an account of the own: payments to one account have different amounts.
    seller.says(&format!("138{number:08}"))?;
    seller.sees_button("Back").await?;
    seller.says("王小明")?;
    let page = seller.sees_button("Sell now").await?;
    seller.presses(&page, "Sell now").await?;

    let card = seller.sees_button("I've received payment").await?;
    seller.presses(&card, "I've received payment").await?;
    // The gate asks on one card: each answer brings the next question.
    for question in 1..=5 {
        let asks = format!("{question} of 5");
        let card = seller.sees("a question", |it| it.text.contains(&asks)).await?;
        seller.presses(&card, "Yes").await?;
    }
    let end = |it: &Message| it.text.contains("last four digits");
    let card = seller.sees("the end of the gate", end).await?;
    seller.says(&last_digits(&card.text))?;
    seller.sees("the release", is_completed).await?;
    Ok((seller, Instant::now()))
}

/// Of the amount on a card, the fen included: `You receive: ¥1,234.56` gives `3456`.
fn last_digits(card: &str) -> String {
    let amount = card.split("You receive: ¥").nth(1).and_then(|it| it.lines().next());
    let digits: String = amount.unwrap_or("").chars().filter(char::is_ascii_digit).collect();
    digits[digits.len().saturating_sub(4)..].to_owned()
}

fn is_completed(card: &Message) -> bool {
    card.text.contains("· completed")
}

/// Pays each order as soon as its card is there.
async fn pay(buyer: Actor) {
    const PAID: &str = "I've paid";
    let mut seen = 0;
    loop {
        for message in buyer.sees_news(&mut seen).await {
            if message.labels().contains(&PAID) {
                // Whether it worked shows at the seller's.
                let _ = buyer.person.press_no_wait(message.message_id, PAID);
            }
        }
    }
}

fn letters(stand: &Stand) -> u64 {
    LETTERS.iter().map(|it| stand.playground.count(it).done).sum()
}

/// Each seller has sold once, and has the rest.
async fn look_at_sellers(sellers: Vec<Actor>) -> Result<(), Problem> {
    let looking: JoinSet<Result<(), Problem>> = sellers
        .into_iter()
        .map(|mut seller| async move {
            let id = seller.person.id();
            let orders = past_orders(&mut seller).await?;
            if !matches!(&orders[..], [order] if order.contains("completed")) {
                return Err(format!("{id} has not sold once but: {orders:?}").into());
            }
            match balance(&mut seller).await? {
                left if left == DEPOSIT - SOLD => Ok(()),
                left => Err(format!("{id} has {left} USDT left").into()),
            }
        })
        .collect();
    looking.join_all().await.into_iter().collect()
}

/// The buyers have what was sold, together.
async fn look_at_buyers(buyers: Vec<Actor>, sales: usize) -> Result<(), Problem> {
    let mut bought = 0;
    for mut buyer in buyers {
        bought += balance(&mut buyer).await?;
    }
    let sold = sales as u64 * SOLD;
    if bought == sold {
        return Ok(());
    }
    Err(format!("{sold} USDT were sold, but the buyers have {bought}").into())
}

async fn past_orders(actor: &mut Actor) -> Result<Vec<String>, Problem> {
    actor.says("/orders")?;
    let page = actor.sees_button("Past orders").await?;
    actor.presses(&page, "Past orders").await?;
    let page = actor.sees_button("Open orders").await?;
    Ok(page.labels().into_iter().filter(|it| it.contains('¥')).map(str::to_owned).collect())
}

/// Whole USDT; none is 0.
async fn balance(actor: &mut Actor) -> Result<u64, Problem> {
    actor.says("/balance")?;
    let page = actor.sees("the balance", |it| it.text.contains("Your coins")).await?;
    let line = page.text.lines().find_map(|it| it.strip_suffix(" USDT available"));
    Ok(line.map_or(Ok(0), |it| it.replace(',', "").parse())?)
}
