//! What must always be true, whatever the story.

use std::collections::HashMap;
use std::sync::atomic::Ordering;

use fangbi::store::check::books;
use fangbi::telegram::press::Press;
use playground::{Action, Message, Playground};

use super::Surroundings;
use super::process::Process;

/// One line for each thing that is wrong.
pub(super) async fn check(
    process: &Process,
    telegram: &Playground,
    around: &Surroundings,
) -> Vec<String> {
    let mut problems = found(process, AT_REST).await;
    // The books change only when the log or the ledger grows.
    let grown = process.grown().await;
    if process.looked_at.swap(grown, Ordering::Relaxed) != grown {
        problems.extend(found(process, IN_THE_BOOKS).await);
        let mut conn = process.store.readers().acquire().await.unwrap();
        problems.extend(books(&mut conn, Some(&around.seal)).await.unwrap());
    }
    if telegram.faults().is_empty() {
        problems.extend(cards(process, telegram, around).await);
    }
    problems
}

async fn found(process: &Process, never: &[(&str, &'static str)]) -> Vec<String> {
    let mut problems = Vec::new();
    for (what, sql) in never {
        let rows: Vec<String> =
            sqlx::query_scalar(*sql).fetch_all(process.store.readers()).await.unwrap();
        problems.extend(rows.into_iter().map(|row| format!("{what}: {row}")));
    }
    problems
}

/// What may not be found whenever the world has come to rest, and how to look for it.
const AT_REST: &[(&str, &str)] = &[
    ("a dead letter", "select letter || ' ' || coalesce(why, '') from outbox where state = 'dead'"),
    (
        "an update that was not handled",
        "select update_id || ' ' || state from inbox where state <> 'done'",
    ),
    (
        "an open order without a clock",
        "select id || ' ' || status from orders
         where (due_at is null) <> (status in ('released', 'cancelled', 'expired'))",
    ),
];

/// What may not be found in the books.
const IN_THE_BOOKS: &[(&str, &str)] = &[
    (
        "coins out of nothing",
        "select coin || ' ' || sum(units) from balances group by coin having sum(units) <> 0",
    ),
    (
        "a debt",
        "select account || ' ' || units from balances where units < 0 and account <> 'outside'",
    ),
    (
        "a balance that its transfers do not give",
        "select account || ' ' || coin || ' ' || units from balances
         where units <> (select coalesce(sum(case when credit = account then units else -units end), 0)
                         from transfers
                         where transfers.coin = balances.coin
                           and (credit = account or debit = account))",
    ),
    (
        "an escrow that is not its order's",
        "select coalesce(account, 'no escrow') || ' of ' || coalesce(orders.id, 'no order')
         from (select * from balances where account like 'escrow:%' and units <> 0) as escrow
         full join (select * from orders
                    where status not in ('claimed', 'released', 'cancelled', 'expired')) as orders
              on account = 'escrow:' || orders.id
         where account is null or orders.id is null
            or escrow.units <> orders.units or escrow.coin <> orders.coin",
    ),
    (
        "a set-aside that is not its withdrawal's",
        "select coalesce(account, 'nothing') || ' of ' || coalesce(asked.id, 'no withdrawal')
         from (select * from balances where account like 'withdrawal:%' and units <> 0) as aside
         full join (select * from withdrawals where status = 'waiting') as asked
              on account = 'withdrawal:' || asked.id
         where account is null or asked.id is null
            or aside.units <> asked.units or aside.coin <> asked.coin",
    ),
    (
        "two ends of one order",
        "select key || ' ' || count(*) from transfers
         where kind in ('release', 'return') group by key having count(*) > 1",
    ),
    (
        "a release that nobody confirmed or awarded",
        "select transfers.key from transfers join orders on orders.id = transfers.key
         where transfers.kind = 'release'
           and not exists (select 1 from order_log where order_id = orders.id
                           and (entry ->> 'request' in ('confirm_receipt', 'award')))",
    ),
    (
        "an order without an amount of its own",
        "select orders.id || ' ' || orders.fen from orders
         left join amounts on order_id = orders.id and amounts.fen = orders.fen
                          and free_at is null
         where orders.status not in ('claimed', 'released', 'cancelled', 'expired')
           and amounts.fen is null",
    ),
    (
        "an ad that has less than nothing or more than all",
        "select id || ' ' || units_left from ads where units_left < 0 or units_left > total",
    ),
];

/// Both sides of an open order have its card, and no button of it is old. Whoever has blocked us,
/// and what still waits to be sent, is another story.
async fn cards(process: &Process, telegram: &Playground, around: &Surroundings) -> Vec<String> {
    let waiting: i64 = sqlx::query_scalar("select count(*) from outbox")
        .fetch_one(process.store.readers())
        .await
        .unwrap();
    if waiting > 0 {
        return Vec::new();
    }
    let rows: Vec<(i64, i64, i64, Option<i64>)> = sqlx::query_as(
        "select orders.id, orders.version, users.id, cards.message_id
         from orders join users on users.id in (seller, buyer) and users.reachable = 1
         left join cards on cards.order_id = orders.id and cards.chat = users.id
         where due_at is not null",
    )
    .fetch_all(process.store.readers())
    .await
    .unwrap();
    let mut chats: HashMap<i64, Vec<Message>> = HashMap::new();
    let mut problems = Vec::new();
    for (order, version, user, card) in rows {
        let person = telegram.find_person(user).unwrap();
        if person.info().blocked {
            continue;
        }
        let chat = chats.entry(user).or_insert_with(|| person.chat());
        let Some(card) = chat.iter().find(|it| Some(it.message_id) == card) else {
            problems.push(format!("person {user} has no card of order {order}"));
            continue;
        };
        for button in card.buttons.iter().flatten() {
            let Action::Callback(data) = &button.action else { continue };
            let press = Press::decode(data, &around.seal, user);
            if !press.is_some_and(|it| it.subject == order && it.version == version) {
                let label = &button.text;
                problems.push(format!("«{label}» on order {order} of person {user} is old"));
            }
        }
    }
    problems
}
