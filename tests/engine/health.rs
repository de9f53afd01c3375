use chrono::TimeDelta;
use fangbi::stop::stop;
use fangbi::store::outbox::Urgency;
use fangbi::web::Web;
use fangbi::web::health::{Health, routes};
use playground::{Fault, FaultKind};

use crate::desk::{Desk, letter};

fn health(desk: &Desk) -> Health {
    Health {
        store: desk.store.clone(),
        clock: desk.clock.clone(),
        contact: desk.inbox.contact(),
        started: desk.clock.now(),
    }
}

#[tokio::test]
async fn we_are_well_while_telegram_answers_us_and_us_alone() {
    let mut desk = Desk::open().await;
    let health = health(&desk);
    desk.drain().await;
    assert!(health.report().await.ok);

    desk.pass(TimeDelta::seconds(121));
    assert!(!health.report().await.ok, "two minutes of silence");
    desk.drain().await;
    assert!(health.report().await.ok);

    desk.telegram.fault(Fault::new(FaultKind::Conflict).method("getUpdates"));
    desk.inbox.poll_once().await.unwrap();
    let report = health.report().await;
    assert!(!report.ok && report.last_conflict.is_some());
    desk.pass(TimeDelta::seconds(121));
    desk.drain().await;
    assert!(health.report().await.ok, "nobody else for two minutes");
}

#[tokio::test]
async fn what_waits_is_counted() {
    let desk = Desk::open().await;
    let li = desk.person("Li");
    desk.enqueue(vec![letter(&li, Urgency::Notice, "a"), letter(&li, Urgency::Notice, "b")]).await;
    desk.inbox.poll_once().await.unwrap();
    desk.pass(TimeDelta::seconds(9));
    let report = health(&desk).report().await;
    assert_eq!((report.updates_waiting, report.letters_waiting), (Some(2), Some(2)));
    assert_eq!(report.oldest_waiting_seconds, Some(9));
}

#[expect(clippy::disallowed_methods, reason = "a test is the main of its desk")]
#[tokio::test]
async fn the_report_is_served_with_its_status() {
    let mut desk = Desk::open().await;
    desk.drain().await;
    let web = Web::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let address = web.address().unwrap();
    let (stopper, stopped) = stop();
    let serving = tokio::spawn(web.serve(routes(health(&desk)), stopped));
    let status = async || reqwest::get(format!("http://{address}/healthz")).await.unwrap();
    let answer = status().await;
    assert_eq!(answer.status(), 200);
    let report: serde_json::Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    assert_eq!((&report["ok"], &report["letters_waiting"]), (&true.into(), &0.into()));
    desk.pass(TimeDelta::hours(1));
    assert_eq!(status().await.status(), 503);
    stopper.stop();
    serving.await.unwrap().unwrap();
}
