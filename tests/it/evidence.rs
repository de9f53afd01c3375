//! Evidence: everything about an order in a zip that anybody can check, and what helps against a
//! frozen account.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use chrono::TimeDelta;
use fangbi::bundle::signer::Signer;
use fangbi::bundle::verify::{Verified, verify};
use fangbi::domain::UserId;
use fangbi::domain::chat::{Form, Proof, Purpose, Voice};
use fangbi::domain::contact::Contact;
use fangbi::domain::order::{Kind, Request, Side};
use fangbi::secrets::Seal;
use fangbi::store::StoreError;
use fangbi::store::files::NewFile;
use fangbi::store::messages::NewMessage;
use playground::Message;
use serde_json::Value;

use crate::world::sale::{ACCOUNT, ACCOUNT_MASK, NAME, PAYER, PAYER_MASK};
use crate::world::{Sale, Somebody, World, minutes, seconds};

const PICTURE: &[u8] = b"\xFF\xD8\xFF a picture";

fn seal() -> Seal {
    Seal::from_key(&[7; 32])
}

/// What a zip has, by name.
type Files = BTreeMap<String, Vec<u8>>;

fn unzipped(zip: &[u8]) -> Files {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut files = Files::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        files.insert(entry.name().unwrap().into_owned(), bytes);
    }
    files
}

struct Opened {
    zip: Vec<u8>,
    files: Files,
    verified: Verified,
}

impl Opened {
    fn text(&self, file: &str) -> String {
        String::from_utf8(self.files[file].clone()).unwrap()
    }

    fn json(&self, file: &str) -> Value {
        serde_json::from_slice(&self.files[file]).unwrap()
    }

    /// Whether it stands anywhere in it.
    fn has(&self, text: &str) -> bool {
        self.files.values().any(|it| String::from_utf8_lossy(it).contains(text))
    }
}

impl Sale {
    /// The newest bundle in somebody's chat, checked.
    async fn bundle_of(&self, somebody: &Somebody) -> Opened {
        let message = somebody.sees(&self.code_of_bundle(somebody));
        self.opened(&message).await
    }

    fn code_of_bundle(&self, somebody: &Somebody) -> String {
        let chinese = somebody.chat().iter().any(|it| it.text.contains("证据包"));
        if chinese {
            format!("订单 {}", self.code)
        } else {
            format!("Evidence for order {}", self.code)
        }
    }

    async fn opened(&self, message: &Message) -> Opened {
        let document = message.document.as_ref().expect("a file");
        assert_eq!(document.file_name, format!("fangbi-evidence-{}.zip", self.code));
        assert!(!message.protected, "it is meant to be handed on");
        let zip = self.world.file_of(message).await;
        let signer = Signer::of(&seal()).fingerprint();
        assert!(message.text.contains(&signer.to_string()));
        let verified = verify(&zip, Some(signer)).unwrap();
        Opened { files: unzipped(&zip), zip, verified }
    }

    /// As it comes through the order's chat: kept, with its file.
    async fn is_told(
        &self,
        voice: Voice,
        purpose: Purpose,
        text: &str,
        held: Option<Contact>,
        file: Option<&[u8]>,
    ) {
        let author = match voice {
            Voice::Seller => self.li.id(),
            Voice::Buyer => self.wang.id(),
            Voice::Arbiter => 9_009,
        };
        let (id, text, file) = (self.id, text.to_owned(), file.map(<[u8]>::to_vec));
        let store = self.world.process().await.as_ref().unwrap().store.clone();
        let now = self.world.now();
        store
            .write(now, move |tx| {
                Box::pin(async move {
                    let order = tx.order(id).await?.unwrap();
                    let author = UserId(author);
                    let message = NewMessage { author, voice, purpose, held, text: text.into() };
                    let said = tx.keep_message(&seal(), &order, &message).await?;
                    if let Some(bytes) = file {
                        let form = if bytes == PICTURE { Form::Photo } else { Form::Document };
                        let file = NewFile {
                            form,
                            place: "telegram's".into(),
                            name: Some("statement.pdf".into()),
                            bytes: bytes.len() as u64,
                        };
                        let file = tx.await_file(&seal(), said, &file).await?;
                        tx.keep_file(&seal(), &order, file, &bytes).await?;
                    }
                    Ok::<_, StoreError>(())
                })
            })
            .await
            .unwrap();
    }

    /// Everything that can be said in it.
    async fn has_a_chat(&self) {
        let chat = Purpose::Chat;
        self.is_told(Voice::Buyer, chat, "你好，马上付款", None, None).await;
        self.is_told(Voice::Seller, chat, "<b>好的</b> & 谢谢", None, None).await;
        self.is_told(Voice::Buyer, chat, "see for yourself", None, Some(PICTURE)).await;
        let held = Some(Contact::WeChat);
        self.is_told(Voice::Buyer, chat, "add my WeChat wxid_k29", held, None).await;
        let question = Purpose::Question { to: Side::Seller };
        self.is_told(Voice::Arbiter, question, "Which bill entry is it?", None, None).await;
        let evidence = Purpose::Evidence { what: Proof::Bill };
        self.is_told(Voice::Seller, evidence, "my own bill, page 3", None, Some(b"%PDF a bill"))
            .await;
    }
}

#[tokio::test]
async fn a_released_order_is_told_whole_and_can_be_checked_without_us() {
    let sale = World::open().await.sale().await;
    sale.has_a_chat().await;
    sale.marks_paid().await;
    let number = format!(
        "{}200040011100670012345678",
        (sale.world.now() + TimeDelta::hours(8)).format("%Y%m%d")
    );
    sale.wang.says(&number).await;
    sale.world.pass(minutes(2)).await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;

    sale.li.says(&format!("/evidence {}", sale.code)).await;
    sale.li.sees("It comes below in a moment");
    let bundle = sale.bundle_of(&sale.li).await;
    assert_eq!(bundle.verified.reader, Voice::Seller);
    assert!(bundle.verified.derived);
    let names: Vec<&str> = bundle.files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "bundle.json",
            "files/001-photo.jpg",
            "files/002-document.pdf",
            "freeze.en.html",
            "freeze.zh-CN.html",
            "log.json",
            "manifest.json",
            "manifest.sig",
            "signer.pem",
            "timeline.en.html",
            "timeline.zh-CN.html",
        ]
    );
    assert_eq!(bundle.files["files/001-photo.jpg"], PICTURE);

    let facts = bundle.json("bundle.json");
    let order = &facts["from_log"]["order"];
    assert_eq!((&order["code"], &order["fen"]), (&sale.code.as_str().into(), &72_000.into()));
    assert_eq!(order["status"]["kind"], "released");
    assert_eq!(facts["reference_price"], Value::Null);
    assert_eq!(facts["sides"][1]["telegram_id"], sale.wang.id());
    assert_eq!(facts["sides"][1]["declared"]["account"], PAYER_MASK);
    assert_eq!(facts["numbers"][0]["number"], *number);
    assert_eq!(facts["ledger"].as_array().unwrap().len(), 2);
    let gate = facts["from_log"]["gate"].as_array().unwrap();
    assert_eq!(gate.len(), 6, "five answers and the confirmation: {gate:?}");

    for (page, words) in [
        (
            "timeline.en.html",
            [
                "Confirms the receipt. Proof: the last four digits of the amount.",
                "not recorded",
                "请勿将本回单作为收款方发货的凭据使用",
                "&lt;b&gt;好的&lt;/b&gt; &amp; 谢谢",
                "A picture is no proof of payment.",
                "released to the buyer",
            ],
        ),
        (
            "timeline.zh-CN.html",
            [
                "确认收款。验证方式：金额末四位。",
                "未记录",
                "请勿将本回单作为收款方发货的凭据使用",
                "&lt;b&gt;好的&lt;/b&gt; &amp; 谢谢",
                "图片不是到账凭证。",
                "放币给买家",
            ],
        ),
    ] {
        let page = bundle.text(page);
        for words in words {
            assert!(page.contains(words), "{words}\n{page}");
        }
        assert!(page.contains(&*number) && page.contains(ACCOUNT_MASK));
    }
    assert!(bundle.text("freeze.zh-CN.html").contains("不找中介"));
    // Whole accounts and names are nowhere, whosever they are.
    assert!(!bundle.has(ACCOUNT) && !bundle.has(PAYER) && !bundle.has(NAME));
    // What was held back was passed on to nobody, and is not passed on by this either.
    assert!(!bundle.has("wxid_k29") && bundle.has("Which bill entry is it?"));

    // The same contents are the same bytes.
    sale.li.says(&format!("/evidence {}", sale.code)).await;
    assert_eq!(sale.bundle_of(&sale.li).await.zip, bundle.zip);
    if let Some(path) = std::env::var_os("KEEP_BUNDLE") {
        std::fs::write(path, bundle.zip).unwrap();
    }
}

#[tokio::test]
async fn each_reader_gets_what_that_reader_may_see() {
    let world = World::open().await;
    let sale = world.sale().await;
    sale.has_a_chat().await;
    sale.wang.presses("Evidence file").await;
    let wang = sale.bundle_of(&sale.wang).await;
    assert_eq!(wang.verified.reader, Voice::Buyer);
    assert!(wang.has("wxid_k29"), "one's own words");
    assert!(!wang.has("Which bill entry is it?") && !wang.has("my own bill, page 3"));
    assert!(!wang.files.contains_key("files/002-document.pdf"));
    let withheld = wang.json("bundle.json");
    let withheld =
        withheld["chat"].as_array().unwrap().iter().filter(|it| it["words"]["state"] == "withheld");
    assert_eq!(withheld.count(), 2, "they are there, with their digests only");

    // An arbiter gets it only with the case, and strangers do not hear that there is such an order.
    let ada = world.arbiter("Ada").await;
    let command = format!("/evidence {}", sale.code);
    ada.says(&command).await;
    ada.sees("I cannot find that order among yours");
    sale.marks_paid().await;
    world.pass(minutes(6)).await;
    sale.li.presses("Refresh").await;
    sale.seller_disputes().await;
    ada.presses("Take the case").await;
    ada.says(&command).await;
    let bundle = sale.bundle_of(&ada).await;
    assert_eq!(bundle.verified.reader, Voice::Arbiter);
    assert!(bundle.has("my own bill, page 3") && bundle.has("wxid_k29"));
    assert!(!bundle.has(ACCOUNT));
    let zhao = world.somebody("Zhao", "en").await;
    for said in [command.as_str(), &format!("/frozen {}", sale.code)] {
        zhao.says(said).await;
        zhao.sees("I cannot find that order among yours");
    }
    zhao.says("/evidence nonsense").await;
    zhao.sees("That is not an order code");
    zhao.says("/evidence").await;
    zhao.sees("You have no orders yet");
    let letter = sale.wang.chat().into_iter().find(|it| it.document.is_some());
    assert!(letter.is_some());
}

#[tokio::test]
async fn a_bundle_survives_a_restart_and_is_not_in_the_file() {
    let sale = World::open().await.sale().await;
    sale.has_a_chat().await;
    sale.li.says("/evidence").await;
    sale.li.presses_and_goes_on(&sale.code);
    sale.world.poll().await;
    sale.world.handle().await;
    sale.world.restart().await;
    sale.world.drain().await;
    let bundle = sale.bundle_of(&sale.li).await;
    assert_eq!(bundle.verified.order, sale.code);
    let folder = sale.world.process().await.as_ref().unwrap().copied_files();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let has = |it: &[u8]| bytes.windows(it.len()).any(|window| window == it);
        assert!(!has(b"timeline.en.html") && !has("好的".as_bytes()) && !has(PICTURE));
    }
}

#[tokio::test]
async fn a_frozen_account_is_noted_and_what_helps_is_said() {
    let world = World::open().await;
    let sale = world.sale().await;
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    let li = &sale.li;
    li.says(&format!("/frozen {}", sale.code)).await;
    li.sees("Who froze the account?");
    li.says("the police").await;
    li.sees("press");
    li.presses("Police, procurator or court").await;
    li.sees("Which body is it?");
    for (wrong, answer) in
        [("two\nlines", "It has line breaks"), (&*"局".repeat(121), "at most 120 characters")]
    {
        li.says(wrong).await;
        li.sees(answer);
    }
    li.says("杭州市公安局西湖分局").await;
    li.presses("I don't know yet").await;
    li.presses("Back").await;
    li.sees("What is the case number?");
    li.says("杭西公冻〔2027〕17号").await;
    li.says("2027-01-15 to 2027-07-14").await;
    li.says("陈警官 0571-87654321").await;
    li.sees("Is that right? Nothing is kept before you say so.");
    // Not before it is confirmed.
    li.says(&format!("/evidence {}", sale.code)).await;
    assert!(!sale.bundle_of(li).await.has("西湖分局"));
    world.restart().await;
    li.presses("Keep it").await;
    let kept = li.sees("A judicial freeze lasts six months");
    assert!(kept.text.contains("No agents, no private settlement") && kept.text.contains("陈警官"));
    assert!(kept.protected, "it names people");
    li.presses("All orders with this person").await;
    li.presses(&sale.code).await;
    let bundle = sale.bundle_of(li).await;
    let page = bundle.text("freeze.en.html");
    for noted in
        ["杭州市公安局西湖分局", "杭西公冻〔2027〕17号", "0571-87654321", "judicial freeze"]
    {
        assert!(page.contains(noted), "{noted}");
    }
    // It is the seller's own: the other side's bundle has an empty sheet.
    sale.wang.says(&format!("/evidence {}", sale.code)).await;
    assert!(!sale.bundle_of(&sale.wang).await.has("西湖分局"));
    sale.wang.says(&format!("/frozen {}", sale.code)).await;
    sale.wang.sees("Who froze the account?");

    li.says(&format!("/frozen {}", sale.code)).await;
    li.sees("That is what you have noted so far");
    li.presses("Erase my answers").await;
    li.sees("Erased");
    assert_eq!(world.query_one("select count(*) from freezes").await, Some(0));
    li.says(&format!("/evidence {}", sale.code)).await;
    assert!(!sale.bundle_of(li).await.has("西湖分局"));
}

#[tokio::test]
async fn every_way_that_an_order_takes_can_be_checked() {
    let world = World::open().await;
    let sale = world.sale().await;
    sale.marks_paid().await;
    assert_eq!(world.asks(&sale.li, sale.id, Request::NotArrived).await, None);
    world.pass(minutes(6)).await;
    sale.li.presses("Refresh").await;
    sale.seller_disputes().await;
    world.away(minutes(5));
    world.drain().await;
    sale.confirms().await;
    sale.li.presses("Stop").await;
    assert_eq!(sale.status().await, Kind::Disputed);
    assert_eq!(world.asks(&sale.wang, sale.id, Request::Concede).await, None);
    world.pass(seconds(60)).await;
    sale.li.presses("Report a problem").await;
    for somebody in [&sale.li, &sale.wang] {
        somebody.says(&format!("/evidence {}", sale.code)).await;
        let bundle = sale.bundle_of(somebody).await;
        assert!(bundle.verified.derived);
        assert_eq!(bundle.json("bundle.json")["from_log"]["order"]["status"]["kind"], "claimed");
        let page = bundle.text("timeline.en.html");
        assert!(!page.contains("A row that this program cannot read"), "{page}");
        for said in ["Stops the release.", "Opens a dispute.", "could not be reached for"] {
            assert!(page.contains(said), "{said}");
        }
    }
}

#[tokio::test]
async fn a_number_that_was_forgotten_is_not_in_it() {
    let world = World::open().await;
    let sale = world.sale().await;
    sale.marks_paid().await;
    let number = "20270115200040011100670012345678";
    sale.wang.says(number).await;
    sale.confirms().await;
    sale.cools_off().await;
    world.away(TimeDelta::hours(73));
    world.drain().await;
    sale.li.says(&format!("/evidence {}", sale.code)).await;
    assert!(sale.bundle_of(&sale.li).await.has(number));
    sale.wang.says("/forget").await;
    sale.wang.presses("Yes, erase them").await;
    sale.li.says(&format!("/evidence {}", sale.code)).await;
    let bundle = sale.bundle_of(&sale.li).await;
    assert_eq!(bundle.json("bundle.json")["numbers"], Value::Array(vec![]));
    assert!(!bundle.has(number));
}
