//! What a seller's phone tells, through the real web server: it marks, it asks, and it never moves
//! a coin.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fangbi::domain::order::Kind;
use fangbi::domain::payee::{Account, RealName};
use fangbi::domain::policy::{Policy, Receipts};
use fangbi::domain::signal::SignalKind;
use fangbi::stop::{Stopper, stop};
use fangbi::store::StoreError;
use fangbi::store::orders::Payee;
use fangbi::web::{Web, receipts};
use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use playground::Message;
use reqwest::{Client, Response};
use serde_json::json;
use sha2::Sha256;

use crate::world::sale::{ACCOUNT, NAME};
use crate::world::{Rules, Sale, Somebody, World, copies, labels, minutes, seconds};

const ALIPAY: &str = "com.eg.android.AlipayGphone";
/// What the operator has set; the calls themselves go to a port of this machine.
const DESK: &str = "https://desk.example";

/// A desk that phones can reach.
pub(crate) async fn world() -> World {
    let policy = Policy {
        receipts: Receipts { address: Some(DESK.to_owned()), ..Policy::default().receipts },
        ..Policy::default()
    };
    World::with(Rules { policy, ..Rules::default() }).await
}

/// A phone with one of the two apps, as its owner has set it up.
pub(crate) struct Phone {
    /// What comes after the desk's address.
    path: String,
    secret: String,
    http: Client,
    port: u16,
    _server: Stopper,
}

impl World {
    /// The seller keeps the account that the sales of these stories are paid to.
    async fn keeps_account(&self, li: &Somebody) {
        let process = self.process().await;
        let (store, seal) = (&process.as_ref().unwrap().store, self.seal().clone());
        let owner = fangbi::domain::UserId(li.id());
        if !store.payees_of(&seal, owner).await.unwrap().is_empty() {
            return;
        }
        let now = self.now();
        let payee = Payee {
            account: Account::parse(ACCOUNT).unwrap(),
            name: RealName::parse(NAME).unwrap(),
            code: None,
        };
        store
            .write(now, move |tx| {
                Box::pin(async move {
                    tx.keep_payee(&seal, owner, &payee, now).await?;
                    Ok::<_, StoreError>(())
                })
            })
            .await
            .unwrap();
    }

    /// Registers a phone and types everything into it.
    async fn registers(&self, li: &Somebody, app: &str) -> Phone {
        self.keeps_account(li).await;
        li.says("/devices").await;
        li.presses("Register a phone").await;
        li.presses(app).await;
        self.phone(&li.sees("Address: ")).await
    }

    async fn phone(&self, setup: &Message) -> Phone {
        assert!(setup.protected, "nobody forwards it");
        let copied = copies(setup);
        let address = &copied.iter().find(|it| it.0 == "Copy address").unwrap().1;
        let secret = &copied.iter().find(|it| it.0 == "Copy secret").unwrap().1;
        let (server, port) = self.serves().await;
        Phone {
            path: address.strip_prefix(DESK).unwrap().to_owned(),
            secret: secret.clone(),
            http: Client::new(),
            port,
            _server: server,
        }
    }

    #[expect(clippy::disallowed_methods, reason = "a test is the main of its world")]
    async fn serves(&self) -> (Stopper, u16) {
        let app = self.process().await.as_ref().unwrap().app.clone();
        let web = Web::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let port = web.address().unwrap().port();
        let (stopper, stopped) = stop();
        tokio::spawn(web.serve(receipts::routes(app), stopped));
        (stopper, port)
    }

    /// The same phone after the desk's program was started anew.
    async fn finds_again(&self, phone: Phone) -> Phone {
        let (server, port) = self.serves().await;
        Phone { port, _server: server, ..phone }
    }

    pub(crate) fn stamp(&self) -> i64 {
        self.now().timestamp_millis()
    }
}

impl Phone {
    /// The same app, at an address that nobody was given.
    pub(crate) fn elsewhere(&self, token: &str) -> Self {
        Self {
            path: format!("/hooks/receipts/{token}"),
            secret: self.secret.clone(),
            http: self.http.clone(),
            port: self.port,
            _server: stop().0,
        }
    }

    fn url(&self, rest: &str) -> String {
        format!("http://127.0.0.1:{}{}{rest}", self.port, self.path)
    }

    pub(crate) fn sign(&self, stamp: i64) -> String {
        signed(&self.secret, stamp)
    }

    /// As the template of the setup page has it.
    pub(crate) fn notification(
        &self,
        stamp: i64,
        (package, title, text): (&str, &str, &str),
    ) -> String {
        json!({
            "v": 1, "device": "Mi 10", "pkg": package, "title": title, "text": text,
            "at": "2027-01-15T16:00:00+0800", "ts": stamp.to_string(), "sign": self.sign(stamp),
        })
        .to_string()
    }

    pub(crate) async fn posts(&self, body: impl Into<reqwest::Body>) -> (u16, String) {
        heard(self.http.post(self.url("")).body(body).send().await.unwrap()).await
    }

    /// Alipay's notification of a payment by QR code.
    async fn tells(&self, world: &World, yuan: &str) -> (u16, String) {
        let title = format!("你已成功收款{yuan}元");
        let answer = self.posts(self.notification(world.stamp(), (ALIPAY, &title, "已转入余额")));
        let answer = answer.await;
        world.drain().await;
        answer
    }

    pub(crate) async fn calls(&self, rest: &str) -> (u16, String) {
        heard(self.http.get(self.url(rest)).send().await.unwrap()).await
    }
}

async fn heard(response: Response) -> (u16, String) {
    (response.status().as_u16(), response.text().await.unwrap())
}

/// SmsForwarder's sign, percent-encoded as it writes it.
pub(crate) fn signed(secret: &str, stamp: i64) -> String {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{stamp}\n{secret}").as_bytes());
    let base64 = STANDARD.encode(mac.finalize().into_bytes());
    base64.replace('/', "%2F").replace('+', "%2B").replace('=', "%3D")
}

fn md5(text: &str) -> String {
    Md5::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

const MARKED: &str = "fangbi:ok an order looks paid";
const NOTHING: &str = "fangbi:ok heard, nothing about money";

pub(crate) async fn sale_with_phone(world: &World) -> (Sale, Phone) {
    let sale = world.sale().await;
    let phone = world.registers(&sale.li, "SmsForwarder").await;
    sale.li.looks();
    sale.wang.looks();
    (sale, phone)
}

/// What the seller's card says of signals, and nothing else about the order has changed.
async fn is_marked(sale: &Sale, words: &str) {
    sale.is(Kind::AwaitingPayment).await;
    assert!(sale.card(&sale.li).await.text.contains(words), "{}", sale.li.transcript());
    assert!(!sale.card(&sale.wang).await.text.contains("Looks paid"));
}

async fn is_not_marked(sale: &Sale) {
    assert_eq!(sale.world.order(sale.id).await.seen, None);
    assert!(!sale.card(&sale.li).await.text.contains("Looks paid"));
}

#[tokio::test]
async fn a_phone_marks_the_order_and_that_is_all() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    let before = world.order(sale.id).await;
    assert_eq!(phone.tells(&world, "720.00").await, (200, MARKED.to_owned()));
    sale.li.sees("That is no proof: please look into Alipay yourself");
    is_marked(&sale, "Looks paid: your phone showed Alipay's notification of exactly this sum")
        .await;
    is_marked(&sale, "Only your own look into Alipay counts").await;
    sale.wang.sees_nothing();
    let after = world.order(sale.id).await;
    assert_eq!(
        (after.version, &after.status, after.due_at),
        (before.version, &before.status, before.due_at)
    );
    assert_eq!(after.seen.map(|it| it.signal), Some(SignalKind::Notification));

    sale.marks_paid().await;
    let card = sale.card(&sale.li).await;
    assert!(card.text.contains("Looks paid"), "{}", sale.li.transcript());
    sale.li.says("/devices").await;
    sale.li.sees("No. 1 · SmsForwarder");
    sale.li.presses("No. 1 · SmsForwarder").await;
    sale.li.sees("Watches the account 139******82");
}

#[tokio::test]
async fn without_the_secret_nobody_learns_that_there_is_a_phone() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    let stamp = world.stamp();
    let good = phone.notification(stamp, (ALIPAY, "你已成功收款720.00元", "已转入余额"));
    let forged = good.replace(&phone.sign(stamp), &signed("another secret", stamp));
    let unsigned = good.replace(&phone.sign(stamp), "");
    let broken = &good[..good.len() - 1];
    for body in [forged.as_str(), &unsigned, broken, "", "hello", "from=x&content=y"] {
        assert_eq!(phone.posts(body.to_owned()).await, (404, String::new()), "{body}");
    }
    let stranger = Phone {
        path: "/hooks/receipts/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned(),
        secret: phone.secret.clone(),
        http: Client::new(),
        ..world.finds_again(phone).await
    };
    assert_eq!(stranger.posts(good).await, (404, String::new()));
    assert_eq!(stranger.calls("/appHeart?t=1&sign=x").await, (404, String::new()));
    let nowhere = Phone { path: "/nowhere".to_owned(), ..stranger };
    assert_eq!(nowhere.posts("").await, (404, String::new()));
    world.drain().await;
    is_not_marked(&sale).await;
    sale.li.sees_nothing();
    assert_eq!(world.query_one("select count(*) from signals").await, Some(0));
    assert_eq!(
        world.query_one("select count(*) from devices where heard_at is null").await,
        Some(1)
    );
}

#[tokio::test]
async fn what_was_said_before_is_answered_and_changes_nothing() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    let body = phone.notification(world.stamp(), (ALIPAY, "你已成功收款720.00元", "已转入余额"));
    assert_eq!(phone.posts(body.clone()).await, (200, MARKED.to_owned()));
    world.drain().await;
    sale.li.looks();
    for _ in 0..2 {
        let again = "fangbi:ok heard before".to_owned();
        assert_eq!(phone.posts(body.clone()).await, (200, again));
        world.drain().await;
    }
    sale.li.sees_nothing();
    // The desk dies and comes back: it still knows.
    world.restart().await;
    let phone = world.finds_again(phone).await;
    assert_eq!(phone.posts(body).await.1, "fangbi:ok heard before");
    is_marked(&sale, "Looks paid").await;
}

#[tokio::test]
async fn a_stamp_that_comes_again_with_another_message_is_refused_and_told() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    let olga = world.operator();
    let stamp = world.stamp();
    let alive = phone.notification(stamp, ("task", "still here", ""));
    assert_eq!(phone.posts(alive).await, (200, NOTHING.to_owned()));
    // Somebody has caught it: the sign does not cover what is said.
    let changed = phone.notification(stamp, (ALIPAY, "你已成功收款720.00元", "已转入余额"));
    olga.looks();
    for _ in 0..2 {
        let (status, words) = phone.posts(changed.clone()).await;
        assert_eq!(
            (status, words.as_str()),
            (409, "refused: this timestamp came before with another message")
        );
        world.drain().await;
    }
    is_not_marked(&sale).await;
    sale.li.sees("Somebody may be pretending to be your phone");
    olga.sees("Phone 1: a time stamp came again with another message");
    assert_eq!(olga.count("a time stamp came again"), 1, "once an hour is enough");
}

#[tokio::test]
async fn a_message_that_was_kept_back_is_refused() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    let caught = phone.notification(world.stamp(), (ALIPAY, "你已成功收款720.00元", "已转入余额"));
    world.pass(seconds(301)).await;
    let (status, words) = phone.posts(caught).await;
    assert_eq!(status, 403);
    assert_eq!(
        words,
        "refused: the timestamp is 301 s old, at most 300 are taken; set the phone's clock"
    );
    let early = world.stamp() + 301_000;
    let early = phone.notification(early, (ALIPAY, "你已成功收款720.00元", "已转入余额"));
    assert_eq!(phone.posts(early).await.0, 403);
    is_not_marked(&sale).await;
}

#[tokio::test]
async fn what_is_too_long_is_not_read() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    let long = "长".repeat(6_000);
    let body = phone.notification(world.stamp(), (ALIPAY, "你已成功收款720.00元", &long));
    assert!(body.len() > 16 * 1_024);
    assert_eq!(phone.posts(body).await, (413, String::new()));
    is_not_marked(&sale).await;
}

#[tokio::test]
async fn neither_other_apps_nor_nicknames_mark_anything() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    for (at, (package, title, text)) in [
        ("com.example.fake", "你已成功收款720.00元", "已转入余额"),
        ("com.eg.android.AlipayGphone.fake", "你已成功收款720.00元", "已转入余额"),
        (ALIPAY, "支付宝", "上一笔播报：支付宝到账 720.00 元。收钱提醒助手正在为您服务"),
        (ALIPAY, "支付宝", "您有一条新的系统消息"),
        (ALIPAY, "你已成功收款７２０.００元", "已转入余额"),
    ]
    .into_iter()
    .enumerate()
    {
        let body = phone.notification(world.stamp() + at as i64, (package, title, text));
        assert_eq!(phone.posts(body).await, (200, NOTHING.to_owned()), "{package} {title} {text}");
    }
    // A nickname that says a sum, before the sum that was really paid.
    let text = "成功收款720.00元通过扫码向你付款0.01元";
    let body = phone.notification(world.stamp() + 10, (ALIPAY, "收款通知", text));
    assert_eq!(phone.posts(body).await.1, "fangbi:ok no order of this sum waits");
    world.drain().await;
    sale.li.sees_nothing();
    is_not_marked(&sale).await;
}

#[tokio::test]
async fn two_sums_in_one_notification_are_a_matter_for_the_seller() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    let text = "支付宝成功收款720元。通过扫码向你付款0.01元";
    let body = phone.notification(world.stamp(), (ALIPAY, "收款通知", text));
    assert_eq!(phone.posts(body).await.1, "fangbi:ok the seller was asked to look");
    world.drain().await;
    let notice = sale.li.sees("A notification that names two amounts");
    assert!(labels(&notice).contains(&format!("Order {}", sale.code)), "{notice:?}");
    is_not_marked(&sale).await;
}

#[tokio::test]
async fn a_transfer_without_a_sum_asks_the_seller_to_look() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    let body = |stamp| {
        let text = "成功收款720.00元已成功向你转了1笔钱";
        phone.notification(stamp, (ALIPAY, "支付宝消息", text))
    };
    assert_eq!(phone.posts(body(world.stamp())).await.1, "fangbi:ok the seller was asked to look");
    world.drain().await;
    let notice = sale.li.sees("Alipay's notification does not say how much or from whom");
    is_not_marked(&sale).await;
    sale.li.presses_under(notice.message_id, &format!("Order {}", sale.code)).await;
    sale.li.sees(&sale.code);
    // The same notification, grouped: once is enough.
    sale.li.looks();
    assert_eq!(
        phone.posts(body(world.stamp() + 1)).await.1,
        "fangbi:ok this money was told of before"
    );
    world.pass(minutes(25)).await;
    assert_eq!(sale.status().await, Kind::Expired);
    // Nothing waits any more: what else comes in is the seller's own affair.
    sale.li.looks();
    let (_, words) = phone.posts(body(world.stamp())).await;
    assert_eq!(words, "fangbi:ok no order of this sum waits");
    world.drain().await;
    sale.li.sees_nothing();
}

#[tokio::test]
async fn of_two_orders_that_have_ended_with_one_sum_neither_is_chosen() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    world.pass(minutes(45)).await;
    let second = world.sale_between(&sale.li, &sale.wang).await;
    assert_eq!(world.order(second.id).await.fen, world.order(sale.id).await.fen);
    world.pass(minutes(26)).await;
    assert_eq!(second.status().await, Kind::Expired);
    sale.li.looks();
    sale.wang.looks();
    assert_eq!(phone.tells(&world, "720.00").await.1, "fangbi:ok the seller was asked to look");
    let notice = sale.li.sees("more than one of your orders has this amount");
    for code in [&sale.code, &second.code] {
        assert!(labels(&notice).contains(&format!("Order {code}")), "{notice:?}");
    }
    sale.wang.sees_nothing();
}

#[tokio::test]
async fn another_sum_is_nobodys_business() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    for (at, yuan) in ["719.99", "720.01", "7200.00", "72.00"].into_iter().enumerate() {
        world.pass(seconds(at as i64 + 1)).await;
        sale.li.looks();
        let answer = phone.tells(&world, yuan).await;
        assert_eq!(answer, (200, "fangbi:ok no order of this sum waits".to_owned()));
        sale.li.sees_nothing();
    }
    is_not_marked(&sale).await;
}

#[tokio::test]
async fn money_that_a_phone_sees_after_the_end_is_told_to_all() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    world.pass(minutes(26)).await;
    sale.is_returned(Kind::Expired).await;
    assert_eq!(phone.tells(&world, "720.00").await.1, "fangbi:ok fits an order that has ended");
    sale.li.sees("may have come after this order was closed");
    sale.wang.sees("A payment seems to have come after this order was closed");
    world.operator().sees("Money was reported after this order was closed");
    sale.is_returned(Kind::Expired).await;
}

#[tokio::test]
async fn a_second_phone_tells_of_the_same_money_once() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    let weak = world.registers(&sale.li, "V免签").await;
    sale.li.looks();
    let push = |stamp: i64| {
        let sign = md5(&format!("2720.0{stamp}{}", weak.secret));
        format!("/appPush?t={stamp}&type=2&price=720.0&sign={sign}")
    };
    let (status, answer) = weak.calls(&push(world.stamp())).await;
    assert_eq!(status, 200);
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!((&answer["code"], &answer["msg"]), (&json!(1), &json!(MARKED)));
    world.drain().await;
    is_marked(&sale, "V免签 told of exactly this sum").await;
    sale.li.looks();
    assert_eq!(phone.tells(&world, "720.00").await.1, "fangbi:ok this money was told of before");
    sale.li.sees_nothing();
    // A minute on, the stronger sign takes its place on the card, and nothing rings.
    world.pass(seconds(61)).await;
    sale.li.looks();
    assert_eq!(phone.tells(&world, "720.00").await.1, MARKED);
    sale.li.does_not_see("That is no proof");
    is_marked(&sale, "Looks paid").await;
}

#[tokio::test]
async fn v_mianqian_is_heard_on_each_of_its_paths() {
    let world = world().await;
    let sale = world.sale().await;
    let phone = world.registers(&sale.li, "V免签").await;
    for (at, path) in ["/appHeart", "/api/monitor/heart"].into_iter().enumerate() {
        let t = world.stamp() + at as i64;
        let heart = format!("{path}?t={t}&sign={}", md5(&format!("{t}{}", phone.secret)));
        let (status, words) = phone.calls(&heart).await;
        assert_eq!(status, 200);
        assert!(words.contains(NOTHING), "{words}");
        assert_eq!(phone.calls(&heart.replace("sign=", "sign=0")).await, (404, String::new()));
    }
    // Another way to pay, and a price that is none.
    for (at, (kind, price, word)) in
        [("1", "720.0", NOTHING), ("2", "1.0E7", "no sum in yuan and fen")].into_iter().enumerate()
    {
        let t = world.stamp() + 10 + at as i64;
        let sign = md5(&format!("{kind}{price}{t}{}", phone.secret));
        let push = format!("/appPush?t={t}&type={kind}&price={price}&sign={sign}");
        let (status, words) = phone.calls(&push).await;
        assert!(status == 200 && words.contains(word), "{words}");
    }
    is_not_marked(&sale).await;
    // A fork that posts, and tries again with a word more.
    let t = world.stamp() + 20;
    let sign = md5(&format!("2720.0{t}{}", phone.secret));
    let form = format!("t={t}&type=2&price=720.0&sign={sign}");
    let url = phone.url("/api/monitor/push");
    let post =
        async |form: String| heard(phone.http.post(&url).body(form).send().await.unwrap()).await;
    assert!(post(form.clone()).await.1.contains(MARKED));
    assert!(post(format!("{form}&force_push=true")).await.1.contains("heard before"));
    world.drain().await;
    is_marked(&sale, "V免签").await;
}

#[tokio::test]
async fn a_form_without_the_template_is_read_too() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    let t = world.stamp();
    let content = format!(
        "{ALIPAY}\n已转入余额\n你已成功收款720.00元\nUID：10086\n2027-01-15 16:00:00\nMi 10"
    );
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("from", ALIPAY)
        .append_pair("content", &content)
        .append_pair("timestamp", &t.to_string())
        .append_pair("sign", &phone.sign(t))
        .finish();
    assert_eq!(phone.posts(form).await, (200, MARKED.to_owned()));
    world.drain().await;
    is_marked(&sale, "Looks paid").await;
}

#[tokio::test]
async fn a_revoked_phone_is_nobody() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    let li = &sale.li;
    li.says("/devices").await;
    li.presses("No. 1 · SmsForwarder").await;
    li.presses("Revoke").await;
    li.presses("Yes, revoke it").await;
    li.sees("Phone no. 1 is no longer heard");
    assert_eq!(phone.tells(&world, "720.00").await, (404, String::new()));
    is_not_marked(&sale).await;
    li.presses("My phones").await;
    li.sees("No phone is registered yet");
}

#[tokio::test]
async fn a_phone_ends_with_its_account() {
    let world = world().await;
    let (_sale, phone) = sale_with_phone(&world).await;
    world
        .writes(
            "update payees set status = 'removed', account = null, name = null, lookup = null,
                               is_default = 0"
                .to_owned(),
        )
        .await;
    assert_eq!(phone.tells(&world, "720.00").await, (404, String::new()));
}

#[tokio::test]
async fn a_silent_phone_is_told_once_and_once_when_it_is_back() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    sale.marks_paid().await;
    let alive = |at| phone.notification(at, ("task", "still here", ""));
    phone.posts(alive(world.stamp())).await;
    sale.li.looks();
    world.pass(minutes(29)).await;
    assert_eq!(sale.li.count("A phone has fallen silent"), 0);
    world.pass(minutes(2)).await;
    sale.li.sees("No. 1 · SmsForwarder was last heard or set up");
    world.restart().await;
    let phone = world.finds_again(phone).await;
    world.pass(minutes(60)).await;
    assert_eq!(sale.li.count("A phone has fallen silent"), 1);
    let alive = |at| phone.notification(at, ("task", "still here", ""));
    for at in 0..2 {
        phone.posts(alive(world.stamp() + at)).await;
        world.drain().await;
    }
    assert_eq!(sale.li.count("The phone is heard again"), 1);
}

#[tokio::test]
async fn silence_matters_only_while_money_is_waited_for() {
    let world = world().await;
    let (sale, _phone) = sale_with_phone(&world).await;
    world.pass(minutes(26)).await;
    assert_eq!(sale.status().await, Kind::Expired);
    world.pass(minutes(60)).await;
    assert_eq!(sale.li.count("A phone has fallen silent"), 0);
    world.sale_between(&sale.li, &sale.wang).await;
    assert_eq!(sale.li.count("A phone has fallen silent"), 1, "now it does");
}

#[tokio::test]
async fn an_outage_of_ours_is_not_a_silence_of_theirs() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    sale.marks_paid().await;
    phone.posts(phone.notification(world.stamp(), ("task", "still here", ""))).await;
    world.away(minutes(40));
    world.drain().await;
    assert_eq!(sale.li.count("A phone has fallen silent"), 0);
    world.pass(minutes(31)).await;
    assert_eq!(sale.li.count("A phone has fallen silent"), 1);
}

#[tokio::test]
async fn the_setup_is_its_owners_alone_and_is_in_no_file() {
    let world = world().await;
    let (sale, phone) = sale_with_phone(&world).await;
    let token = phone.path.rsplit('/').next().unwrap().to_owned();
    for secret in [&token, &phone.secret] {
        assert_eq!(world.files_with(secret).await, [""; 0]);
    }
    // A button of hers under his message: it was not drawn for him.
    sale.li.says("/devices").await;
    sale.li.presses("No. 1 · SmsForwarder").await;
    let card = sale.li.sees("Watches the account");
    let data = match &card.buttons[0][1].action {
        playground::Action::Callback(data) => data.clone(),
        other => panic!("{other:?}"),
    };
    let message = sale.wang.chat().last().unwrap().message_id;
    let said = sale.wang.forges(message, &data).await;
    assert!(!said.is_empty());
    assert_eq!(sale.wang.count("Secret: "), 0);
    // She may read it again, below.
    sale.li.presses("Setup").await;
    let again = world.phone(&sale.li.sees("Address: ")).await;
    assert_eq!((again.path, again.secret), (phone.path, phone.secret));
}

/// Whoever reads what was typed into a phone can play it: that stays in no chat.
#[tokio::test]
async fn the_setup_leaves_the_chat() {
    let world = world().await;
    let li = world.somebody("Li Na", "en").await;
    let phone = world.registers(&li, "SmsForwarder").await;
    assert_eq!(li.count("Secret: "), 1);
    phone.posts(phone.notification(world.stamp(), ("task", "still here", ""))).await;
    world.drain().await;
    assert_eq!(li.count("Secret: "), 0, "the phone was heard: it is set up");

    // Read once more, twice, it is there once; and gone when it is typed in.
    li.says("/devices").await;
    li.presses("No. 1 · SmsForwarder").await;
    let card = li.sees("Watches the account").message_id;
    li.presses_under(card, "Setup").await;
    li.presses_under(card, "Setup").await;
    assert_eq!(li.count("Secret: "), 1);
    phone.posts(phone.notification(world.stamp() + 1, ("task", "still here", ""))).await;
    world.drain().await;
    assert_eq!(li.count("Secret: "), 1, "it is being read");
    li.presses("Everything is typed in").await;
    li.sees("Watches the account");
    assert_eq!(li.count("Secret: "), 0);

    li.presses("Setup").await;
    li.presses_under(card, "Revoke").await;
    li.presses("Yes, revoke it").await;
    assert_eq!(li.count("Secret: "), 0);
}

#[tokio::test]
async fn where_no_hooks_are_open_the_seller_hears_who_can_open_them() {
    let world = World::open().await;
    let li = world.somebody("Li Na", "en").await;
    li.says("/devices").await;
    li.sees("Its operator has to set web.listen and web.public_url");
    li.presses("Register a phone").await;
    li.sees("You have no payee account at this desk yet");
    world.keeps_account(&li).await;
    li.says("/devices").await;
    li.presses("Register a phone").await;
    li.presses("SmsForwarder").await;
    let page = li.sees("Its operator has to set web.listen and web.public_url");
    assert!(copies(&page).is_empty());
}

#[tokio::test]
async fn one_registers_a_phone_once_and_ten_at_most() {
    let world = world().await;
    let li = world.somebody("Li Na", "en").await;
    world.keeps_account(&li).await;
    li.says("/devices").await;
    li.presses("Register a phone").await;
    let (first, second) =
        (li.presses_and_goes_on("SmsForwarder"), li.presses_and_goes_on("SmsForwarder"));
    world.drain().await;
    li.answer_to(&first, "SmsForwarder");
    assert!(li.answer_to(&second, "SmsForwarder").contains("no longer current"));
    assert_eq!(world.query_one("select count(*) from devices").await, Some(1));
    for _ in 0..10 {
        li.says("/devices").await;
        li.presses("Register a phone").await;
        li.presses("V免签").await;
    }
    li.sees("You have 10 phones registered, and more are not possible");
    assert_eq!(world.query_one("select count(*) from devices").await, Some(10));
}
