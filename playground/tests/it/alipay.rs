//! The pretend Alipay: transfers, bills, and whose they are.

use playground::{Direction, Event, NewTransfer, Payer, Standing};
use serde_json::{Value, json};

use crate::world::{START, World};

const NONE: Value = Value::Null;
const LI_NAS: &str = "13800001234";

fn transfer(fen: i64) -> Value {
    json!({
        "payer": { "nickname": "追梦", "name": "王强", "account": "139 0000 5678" },
        "payee": LI_NAS,
        "fen": fen,
    })
}

#[tokio::test]
async fn the_payee_sees_what_alipay_would_show() {
    let world = World::new().await;
    let (code, made) = world.people("POST", "/api/alipay/transfers", transfer(72_500)).await;
    let number = made["number"].as_str().unwrap();
    assert_eq!((code, number.len()), (201, 32), "{made}");
    assert!(number.starts_with("20261120200040011100"), "{number}");

    let path = format!("/api/alipay/transfers?account={LI_NAS}");
    let (_, bill) = world.people("GET", &path, NONE).await;
    let expected = json!([{
        "number": number, "direction": "in", "refund": false, "standing": "arrived",
        "account": LI_NAS, "other_name": "追梦(*强)", "other_account": "139******78",
        "fen": 72_500, "memo": "转账", "memo_empty": true,
        "sent_at": START, "arrives_at": START, "returnable": true, "returned": false,
    }]);
    assert_eq!(bill, expected);
    let (_, bill) = world.people("GET", "/api/alipay/transfers?account=13900005678", NONE).await;
    assert_eq!(
        (&bill[0]["direction"], &bill[0]["other_account"]),
        (&json!("out"), &json!("138******34"))
    );
    assert!(!bill.to_string().contains(LI_NAS), "{bill}");
}

#[tokio::test]
async fn the_number_begins_with_the_day_in_china_and_never_repeats() {
    let world = World::new().await;
    world.pass(8 * 3_600);
    let mut numbers = std::collections::HashSet::new();
    for _ in 0..100 {
        let (_, made) = world.people("POST", "/api/alipay/transfers", transfer(1)).await;
        let number = made["number"].as_str().unwrap().to_owned();
        assert!(number.starts_with("20261121"), "{number}");
        assert!(numbers.insert(number));
    }
}

#[tokio::test]
async fn a_delayed_transfer_arrives_later() {
    let world = World::new().await;
    let alipay = world.playground.alipay();
    let payer =
        Payer { nickname: String::new(), name: "王强".into(), account: "13900005678".into() };
    let (payee, memo) = (LI_NAS.to_owned(), "usdt".to_owned());
    let made = alipay.pay(NewTransfer { payer, payee, fen: 100, memo, delay: 7_200 }).unwrap();
    let entry = || alipay.bill(LI_NAS).unwrap().remove(0);
    assert_eq!((entry().standing, entry().returnable), (Standing::Processing, false));
    assert_eq!((entry().memo.as_str(), entry().memo_empty), ("usdt", false));
    assert_eq!(entry().arrives_at, START + 7_200);
    let why = alipay.send_back(&made.number).unwrap_err().to_string();
    assert!(why.ends_with("has not arrived yet, so it cannot be sent back."), "{why}");
    world.pass(7_200);
    assert_eq!((entry().standing, entry().returnable), (Standing::Arrived, true));
}

#[tokio::test]
async fn money_goes_back_to_where_it_came_from_and_once() {
    let world = World::new().await;
    let (_, made) = world.people("POST", "/api/alipay/transfers", transfer(72_500)).await;
    let number = made["number"].as_str().unwrap();
    let path = format!("/api/alipay/transfers/{number}/send-back");
    let (code, back) = world.people("POST", &path, NONE).await;
    assert_eq!((code, &back["refund_of"], &back["fen"]), (201, &json!(number), &json!(72_500)));
    assert_eq!(
        (&back["payer"]["account"], &back["payee"]),
        (&json!(LI_NAS), &json!("13900005678"))
    );

    let alipay = world.playground.alipay();
    let bill = alipay.bill(LI_NAS).unwrap();
    let lines: Vec<_> = bill.iter().map(|it| (it.direction, it.refund, it.returned)).collect();
    assert_eq!(lines, [(Direction::Out, true, false), (Direction::In, false, true)]);

    let (code, why) = world.people("POST", &path, NONE).await;
    let expected = format!("The transfer {number} has been sent back already.");
    assert_eq!((code, why), (409, json!({ "error": expected })));
    let path = format!("/api/alipay/transfers/{}/send-back", back["number"].as_str().unwrap());
    assert_eq!(world.people("POST", &path, NONE).await.0, 409);
    assert_eq!(world.people("POST", "/api/alipay/transfers/1/send-back", NONE).await.0, 404);
}

#[tokio::test]
async fn an_account_that_one_types_into_the_chat_is_ones_own() {
    let world = World::new().await;
    let mut events = world.playground.events();
    let li_na = world.li_na();
    let path = format!("/api/people/{}/alipay", li_na.id());
    for text in ["100 USDT", "138 0000 1234", "138******34", "138 0000 1234"] {
        li_na.send(text).unwrap();
    }
    let (_, opened) = world.people("GET", &path, NONE).await;
    assert_eq!(opened, json!({ "accounts": [LI_NAS], "bill": [] }));
    let (_, opened) = world.people("POST", &path, json!({ "account": "Li@Example.com" })).await;
    assert_eq!(opened["accounts"], json!([LI_NAS, "li@example.com"]));
    let (code, why) = world.people("POST", &path, json!({ "account": "Li" })).await;
    let expected = "Li is no Alipay account; use a mainland mobile number or an e-mail address.";
    assert_eq!((code, why), (400, json!({ "error": expected })));

    world.people("POST", "/api/alipay/transfers", transfer(100)).await;
    let (_, opened) = world.people("GET", &path, NONE).await;
    assert_eq!(opened["bill"][0]["fen"], 100);

    let mut heard = Vec::new();
    while let Ok(event) = events.try_recv() {
        match event {
            Event::Account { person } => heard.push(format!("account of {person}")),
            Event::Transfer { people, transfer } => {
                heard.push(format!("{} for {people:?}", transfer.fen));
            }
            _ => {}
        }
    }
    let id = li_na.id();
    let account = format!("account of {id}");
    assert_eq!(heard, [account.clone(), account, format!("100 for [{id}]")]);
}

#[tokio::test]
async fn what_alipay_would_not_do_changes_nothing() {
    let world = World::new().await;
    let with = |key: &str, value: Value| {
        let mut it = transfer(100);
        it[key] = value;
        it
    };
    let nameless = json!({ "name": " ", "account": "13900005678" });
    let oneself = json!({ "name": "李娜", "account": LI_NAS });
    for wrong in [
        transfer(0),
        transfer(-1),
        transfer(100_000_001),
        with("payee", json!("12345")),
        with("payer", nameless),
        with("payer", oneself),
        with("memo", json!("字".repeat(51))),
        with("delay", json!(86_401)),
        with("delay", json!(-1)),
        with("yuan", json!(1)),
    ] {
        let (code, why) = world.people("POST", "/api/alipay/transfers", wrong.clone()).await;
        assert_eq!(code, 400, "{wrong}: {why}");
        assert!(why["error"].is_string(), "{why}");
    }
    assert!(world.playground.alipay().bill(LI_NAS).unwrap().is_empty());
    assert_eq!(world.people("GET", "/api/alipay/transfers?account=x", NONE).await.0, 400);
}
