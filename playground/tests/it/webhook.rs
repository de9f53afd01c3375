//! Updates pushed to the bot.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::world::World;

/// A bot that takes one delivery at a time and answers as it is told.
struct Bot {
    listener: TcpListener,
    url: String,
}

/// One delivery, not yet answered.
struct Delivery {
    stream: TcpStream,
    head: String,
    update: Value,
}

impl Bot {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        Self { listener, url }
    }

    async fn next(&self) -> Delivery {
        let (mut stream, _) = self.listener.accept().await.unwrap();
        let mut read = Vec::new();
        loop {
            let text = String::from_utf8_lossy(&read).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n")
                && let Ok(update) = serde_json::from_str(body)
            {
                return Delivery { stream, head: head.to_owned(), update };
            }
            let mut chunk = [0; 4_096];
            let length = stream.read(&mut chunk).await.unwrap();
            read.extend_from_slice(&chunk[..length]);
        }
    }
}

impl Delivery {
    async fn answer(mut self, status: &str) -> Value {
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
        self.stream.write_all(answer.as_bytes()).await.unwrap();
        self.update
    }
}

#[tokio::test]
async fn an_update_is_posted_with_the_secret_and_confirmed_by_200() {
    let (world, bot) = (World::new().await, Bot::new().await);
    let hook = json!({ "url": bot.url, "secret_token": "s3cret_-" });
    let answer = world.call("setWebhook", hook.clone()).await;
    assert_eq!(answer, json!({ "ok": true, "result": true, "description": "Webhook was set" }));
    let again = world.call("setWebhook", hook).await;
    assert_eq!(again["description"], "Webhook is already set");

    world.li_na();
    let delivery = bot.next().await;
    assert!(delivery.head.starts_with("POST /hook HTTP/1.1\r\n"), "{}", delivery.head);
    assert!(delivery.head.contains("X-Telegram-Bot-Api-Secret-Token: s3cret_-"));
    assert_eq!(delivery.answer("200 OK").await["message"]["text"], "/start");

    let info = world.ok("getWebhookInfo", json!({})).await;
    assert_eq!((&info["url"], &info["max_connections"]), (&json!(bot.url), &json!(40)));
}

#[tokio::test]
async fn a_chat_is_delivered_in_order_one_at_a_time() {
    let (world, bot) = (World::new().await, Bot::new().await);
    world.ok("setWebhook", json!({ "url": bot.url })).await;
    let (li_na, bob) = (world.li_na(), world.playground.person("Bob", "en"));
    li_na.send("second").unwrap();
    let first = bot.next().await;
    assert_eq!(first.update["message"]["text"], "/start");
    // Another chat does not wait for the first one's answer; the same chat does.
    bob.send("from Bob").unwrap();
    let other = bot.next().await;
    assert_eq!(other.answer("204 No Content").await["message"]["text"], "from Bob");
    first.answer("200 OK").await;
    assert_eq!(bot.next().await.answer("200 OK").await["message"]["text"], "second");
}

#[tokio::test]
async fn what_is_not_taken_comes_again_at_once_and_then_later() {
    let (world, bot) = (World::new().await, Bot::new().await);
    world.ok("setWebhook", json!({ "url": bot.url })).await;
    world.li_na();
    let first = bot.next().await.answer("500 Internal Server Error").await;
    let second = bot.next().await.answer("500 Internal Server Error").await;
    assert_eq!(first, second);
    while world.ok("getWebhookInfo", json!({})).await["last_error_message"]
        != "Wrong response from the webhook: 500 Internal Server Error"
    {}
    // The clock is ours: two seconds pass when we say so.
    let time_passes = async {
        loop {
            world.pass(2);
            world.ok("getMe", json!({})).await;
        }
    };
    let third = tokio::select! {
        delivery = bot.next() => delivery,
        () = time_passes => unreachable!(),
    };
    assert_eq!(third.answer("200 OK").await, first);
}

#[tokio::test]
async fn a_wait_beyond_the_updates_life_drops_it() {
    let (world, bot) = (World::new().await, Bot::new().await);
    let li_na = world.li_na();
    let markup = json!({ "inline_keyboard": [[{ "text": "Go", "callback_data": "go" }]] });
    world
        .ok("sendMessage", json!({ "chat_id": li_na.id(), "text": "x", "reply_markup": markup }))
        .await;
    world.ok("setWebhook", json!({ "url": bot.url, "drop_pending_updates": true })).await;
    li_na.press_no_wait(2, "Go").unwrap();
    bot.next().await.answer("503 Busy\r\nRetry-After: 300").await;
    while world.playground.pending_updates() > 0 {
        world.ok("getMe", json!({})).await;
    }
}

#[tokio::test]
async fn without_the_webhook_what_waits_is_polled() {
    let (world, bot) = (World::new().await, Bot::new().await);
    world.ok("setWebhook", json!({ "url": bot.url })).await;
    world.li_na();
    let unanswered = bot.next().await;
    let gone = world.call("deleteWebhook", json!({})).await;
    assert_eq!(gone["description"], "Webhook was deleted");
    drop(unanswered);
    assert_eq!(world.updates(0).await.len(), 1);
}

#[tokio::test]
async fn a_webhook_that_cannot_be_is_refused() {
    let world = World::new().await;
    let set = async |url: &str, secret: &str| {
        world.refused("setWebhook", json!({ "url": url, "secret_token": secret })).await
    };
    assert_eq!(set("nonsense", "").await, "Bad Request: invalid webhook URL specified");
    assert_eq!(
        set("http://127.0.0.1:9/", "no spaces").await,
        "Bad Request: secret token contains unallowed characters"
    );
    assert_eq!(
        set("http://127.0.0.1:9/", &"x".repeat(257)).await,
        "Bad Request: secret token is too long"
    );
}
