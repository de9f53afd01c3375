//! Each kind of trouble, one by one.

use playground::{Fault, FaultKind};
use serde_json::{Value, json};

use crate::world::{World, ids};

fn hello(id: i64) -> Value {
    json!({ "chat_id": id, "text": "hello" })
}

#[tokio::test]
async fn refusals_hit_as_often_as_asked_and_have_no_effect() {
    let world = World::new().await;
    let li_na = world.li_na();
    for (kind, code, words) in [
        (FaultKind::TooManyRequests, 429, "Too Many Requests: retry after 3"),
        (FaultKind::Forbidden, 403, "Forbidden: bot was blocked by the user"),
        (FaultKind::BadRequest, 400, "Bad Request: chat not found"),
        (FaultKind::InternalError, 500, "Internal Server Error"),
    ] {
        world.playground.fault(Fault::new(kind).method("sendMessage").times(2));
        for _ in 0..2 {
            let answer = world.call("sendMessage", hello(li_na.id())).await;
            assert_eq!(
                (&answer["error_code"], &answer["description"]),
                (&json!(code), &json!(words))
            );
        }
        assert!(world.playground.faults().is_empty());
    }
    assert_eq!(li_na.chat().len(), 1);
    world.ok("sendMessage", hello(li_na.id())).await;
}

#[tokio::test]
async fn words_and_waits_can_be_chosen() {
    let world = World::new().await;
    let id = world.li_na().id();
    world.playground.fault(Fault::new(FaultKind::TooManyRequests).retry_after(17));
    let answer = world.call("sendMessage", hello(id)).await;
    assert_eq!(answer["parameters"]["retry_after"], 17);
    let words = "Bad Request: message is not modified";
    world.playground.fault(Fault::new(FaultKind::BadRequest).description(words));
    assert_eq!(world.refused("sendMessage", hello(id)).await, words);
}

#[tokio::test]
async fn a_fault_may_be_about_one_method_or_one_person() {
    let world = World::new().await;
    let (li_na, bob) = (world.li_na(), world.playground.person("Bob", "en"));
    bob.send("/start").unwrap();
    world.playground.fault(Fault::new(FaultKind::Forbidden).person(bob.id()).lasting());
    world.ok("sendMessage", hello(li_na.id())).await;
    world.refused("sendMessage", hello(bob.id())).await;
    world.refused("sendMessage", hello(bob.id())).await;
    world.playground.clear_faults();

    world.playground.fault(Fault::new(FaultKind::BadRequest).method("editmessagetext"));
    world.ok("sendMessage", hello(bob.id())).await;
    // Without a method a fault leaves polling alone.
    world.playground.clear_faults();
    world.playground.fault(Fault::new(FaultKind::Conflict).lasting());
    world.ok("getUpdates", json!({})).await;
    world.playground.fault(Fault::new(FaultKind::Conflict).method("getUpdates"));
    assert!(world.refused("getUpdates", json!({})).await.starts_with("Conflict: terminated by"));
}

#[tokio::test]
async fn a_bad_gateway_speaks_html() {
    let world = World::new().await;
    world.playground.fault(Fault::new(FaultKind::BadGatewayHtml));
    let url = world.url(&format!("/bot{}/getMe", world.playground.token()));
    let answer = world.http.get(url).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 502);
    assert!(answer.text().await.unwrap().contains("<title>502 Bad Gateway</title>"));
}

#[tokio::test]
async fn a_lost_answer_has_its_effect_and_a_hang_up_does_not() {
    let world = World::new().await;
    let li_na = world.li_na();
    for (kind, messages) in
        [(FaultKind::LostAnswer, 2), (FaultKind::HangUp, 2), (FaultKind::Timeout, 2)]
    {
        world.playground.fault(Fault::new(kind));
        assert!(world.try_call("sendMessage", &hello(li_na.id())).await.is_err());
        assert_eq!(li_na.chat().len(), messages);
    }
    let codes: Vec<_> = world.playground.calls().into_iter().map(|it| it.code).collect();
    assert_eq!(codes, [None, None, None]);
    world.ok("sendMessage", hello(li_na.id())).await;
}

#[tokio::test]
async fn a_timeout_holds_the_answer_back_until_the_client_goes() {
    let world = World::real().await;
    let li_na = world.li_na();
    world.playground.fault(Fault::new(FaultKind::Timeout));
    let url = world.url(&format!("/bot{}/sendMessage", world.playground.token()));
    let request = world.http.post(url).json(&hello(li_na.id()));
    let patience = std::time::Duration::from_millis(50);
    let error = request.timeout(patience).send().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(li_na.chat().len(), 1);
}

#[tokio::test]
async fn a_late_answer_has_its_effect_at_once() {
    let world = World::real().await;
    let li_na = world.li_na();
    world.playground.fault(Fault::new(FaultKind::LateAnswer));
    let url = world.url(&format!("/bot{}/sendMessage", world.playground.token()));
    let request = world.http.post(url).json(&hello(li_na.id()));
    let patience = std::time::Duration::from_millis(200);
    let error = request.timeout(patience).send().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(li_na.chat().len(), 2);
}

#[tokio::test]
async fn batches_come_twice_or_backwards() {
    let world = World::new().await;
    let li_na = world.li_na();
    li_na.send("two").unwrap();
    let first = 100_000_001;
    world.playground.fault(Fault::new(FaultKind::DuplicateUpdates));
    assert_eq!(ids(&world.updates(0).await), [first, first, first + 1, first + 1]);
    world.playground.fault(Fault::new(FaultKind::ReorderUpdates));
    assert_eq!(ids(&world.updates(0).await), [first + 1, first]);
    assert_eq!(ids(&world.updates(0).await), [first, first + 1]);
}

#[tokio::test]
async fn a_probability_is_thrown_with_the_same_dice_each_time() {
    let outcome = async || {
        let world = World::new().await;
        let fault = Fault::new(FaultKind::BadRequest).lasting().probability(0.5);
        world.playground.fault(fault);
        let mut hits = String::new();
        for _ in 0..40 {
            let hit = world.call("getMe", json!({})).await["ok"] == false;
            hits.push(if hit { 'x' } else { '.' });
        }
        hits
    };
    let (first, second) = (outcome().await, outcome().await);
    assert_eq!(first, second);
    let hits = first.matches('x').count();
    assert!((8..=32).contains(&hits), "{first}");
}

#[tokio::test]
async fn faults_are_switched_over_http() {
    let world = World::new().await;
    let fault = json!({ "kind": "429", "method": "sendMessage", "retry_after": 5, "times": null });
    let (code, shown) = world.people("POST", "/api/faults", fault).await;
    assert_eq!((code, &shown["times"], &shown["probability"]), (201, &Value::Null, &json!(1.0)));
    let single = json!({ "kind": "502_html" });
    assert_eq!(world.people("POST", "/api/faults", single).await.1["times"], 1);
    let (_, all) = world.people("GET", "/api/faults", Value::Null).await;
    assert_eq!(all.as_array().unwrap().len(), 2);
    assert_eq!(world.people("DELETE", "/api/faults", Value::Null).await.0, 204);
    assert!(world.playground.faults().is_empty());
    let (code, why) = world.people("POST", "/api/faults", json!({ "kind": "fire" })).await;
    assert_eq!(code, 400);
    assert!(why["error"].as_str().unwrap().contains("unknown variant `fire`"));
}
