//! Photos and documents, both ways.

use playground::Upload;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::world::World;

/// The head of a PNG of this size; Telegram looks no further here.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes
}

async fn send(world: &World, method: &str, form: Form) -> Value {
    let url = world.url(&format!("/bot{}/{method}", world.playground.token()));
    world.http.post(url).multipart(form).send().await.unwrap().json().await.unwrap()
}

async fn download(world: &World, file_id: &Value) -> Vec<u8> {
    let file = world.ok("getFile", json!({ "file_id": file_id })).await;
    let token = world.playground.token();
    let path = file["file_path"].as_str().unwrap();
    let answer = world.http.get(world.url(&format!("/file/bot{token}/{path}"))).send();
    let bytes = answer.await.unwrap().bytes().await.unwrap().to_vec();
    assert_eq!(file["file_size"], bytes.len());
    bytes
}

#[tokio::test]
async fn a_document_goes_out_and_comes_back_the_same() {
    let world = World::new().await;
    let li_na = world.li_na();
    let part =
        Part::bytes(b"a,b\n1,2\n".to_vec()).file_name("账单.csv").mime_str("text/csv").unwrap();
    let form = Form::new()
        .text("chat_id", li_na.id().to_string())
        .text("caption", "<b>bill</b>")
        .text("parse_mode", "HTML")
        .part("document", part);
    let sent = send(&world, "sendDocument", form).await["result"].clone();
    assert_eq!(sent["document"]["file_name"], "账单.csv");
    assert_eq!(sent["document"]["mime_type"], "text/csv");
    assert_eq!(sent["caption"], "bill");
    assert_eq!(sent["caption_entities"][0]["type"], "bold");
    assert!(sent["text"].is_null());
    assert_eq!(download(&world, &sent["document"]["file_id"]).await, b"a,b\n1,2\n");

    let seen = li_na.chat().pop().unwrap();
    let document = seen.document.unwrap();
    assert_eq!((seen.text.as_str(), document.file_name.as_str()), ("bill", "账单.csv"));
    let bytes = world.http.get(world.url(&document.url)).send().await.unwrap();
    assert_eq!(bytes.bytes().await.unwrap().as_ref(), b"a,b\n1,2\n");
}

#[tokio::test]
async fn a_photo_may_be_attached_by_name_and_sent_again_by_id() {
    let world = World::new().await;
    let id = world.li_na().id();
    let form = Form::new()
        .text("chat_id", id.to_string())
        .text("photo", "attach://qr")
        .part("qr", Part::bytes(png(300, 200)).file_name("qr.png"));
    let sent = send(&world, "sendPhoto", form).await["result"].clone();
    let photo = &sent["photo"][0];
    assert_eq!((photo["width"].as_i64(), photo["height"].as_i64()), (Some(300), Some(200)));
    let again = json!({ "chat_id": id, "photo": photo["file_id"] });
    assert_eq!(world.ok("sendPhoto", again).await["photo"][0]["file_id"], photo["file_id"]);
    let wrong = json!({ "chat_id": id, "document": photo["file_id"] });
    assert_eq!(
        world.refused("sendDocument", wrong).await,
        "Bad Request: can't use file of type Photo as Document"
    );
    let edit = json!({ "chat_id": id, "message_id": sent["message_id"], "text": "x" });
    assert_eq!(
        world.refused("editMessageText", edit).await,
        "Bad Request: there is no text in the message to edit"
    );
    let edit = json!({ "chat_id": id, "message_id": sent["message_id"], "caption": "x" });
    assert_eq!(world.ok("editMessageCaption", edit).await["caption"], "x");
}

#[tokio::test]
async fn what_is_no_photo_is_refused() {
    let world = World::new().await;
    let id = world.li_na().id();
    let photo = async |bytes: Vec<u8>| {
        let form = Form::new().text("chat_id", id.to_string());
        let form = form.part("photo", Part::bytes(bytes).file_name("x.png"));
        send(&world, "sendPhoto", form).await["description"].as_str().unwrap().to_owned()
    };
    assert_eq!(photo(b"text".to_vec()).await, "Bad Request: IMAGE_PROCESS_FAILED");
    assert_eq!(photo(png(9_000, 2_000)).await, "Bad Request: PHOTO_INVALID_DIMENSIONS");
    assert_eq!(photo(png(2_100, 100)).await, "Bad Request: PHOTO_INVALID_DIMENSIONS");
    assert_eq!(photo(Vec::new()).await, "Bad Request: file must be non-empty");
    assert_eq!(
        world.refused("sendPhoto", json!({ "chat_id": id })).await,
        "Bad Request: there is no photo in the request"
    );
    assert_eq!(
        world.refused("sendPhoto", json!({ "chat_id": id, "photo": "nonsense" })).await,
        "Bad Request: wrong file identifier/HTTP URL specified"
    );
    let caption = json!({ "chat_id": id, "photo": "nonsense", "caption": "x".repeat(1_025) });
    assert_eq!(
        world.refused("sendPhoto", caption).await,
        "Bad Request: message caption is too long"
    );
}

#[tokio::test]
async fn what_a_person_uploads_reaches_the_bot() {
    let world = World::new().await;
    let li_na = world.li_na();
    let receipt = Upload {
        name: "receipt.png".to_owned(),
        bytes: png(640, 480),
        caption: "paid".to_owned(),
        photo: true,
    };
    li_na.upload(receipt).unwrap();
    let update = world.updates(-1).await.remove(0);
    assert_eq!(update["message"]["caption"], "paid");
    let photo = &update["message"]["photo"][0];
    assert_eq!(photo["width"], 640);
    assert_eq!(download(&world, &photo["file_id"]).await, png(640, 480));
    assert_eq!(
        world.refused("getFile", json!({ "file_id": "x" })).await,
        "Bad Request: wrong file_id or the file is temporarily unavailable"
    );
}

#[tokio::test]
async fn what_one_person_sends_reaches_another_by_its_id() {
    let world = World::new().await;
    let (li_na, wang) = (world.li_na(), world.playground.person("Wang", "en"));
    wang.send("/start").unwrap();
    let upload = |name: &str| Upload {
        name: name.to_owned(),
        bytes: b"moving pictures".to_vec(),
        caption: "look".to_owned(),
        photo: false,
    };
    li_na.upload(upload("screen.mp4")).unwrap();
    let update = world.updates(-1).await.remove(0);
    let video = &update["message"]["video"];
    assert_eq!((&video["mime_type"], &video["file_size"]), (&json!("video/mp4"), &json!(15)));
    assert!(update["message"]["document"].is_null());
    assert_eq!(download(&world, &video["file_id"]).await, b"moving pictures");
    let again = json!({ "chat_id": wang.id(), "video": video["file_id"], "caption": "passed on" });
    let sent = world.ok("sendVideo", again).await;
    assert_eq!(sent["video"]["file_id"], video["file_id"]);
    let seen = wang.chat().pop().unwrap();
    assert_eq!(
        (seen.text.as_str(), seen.video.unwrap().file_name),
        ("passed on", "screen.mp4".into())
    );
    let wrong = json!({ "chat_id": wang.id(), "photo": video["file_id"] });
    assert_eq!(
        world.refused("sendPhoto", wrong).await,
        "Bad Request: can't use file of type Video as Photo"
    );
    // An id that this bot was never given.
    let unknown = json!({ "chat_id": wang.id(), "video": "BAACAgUAAxk999999999999" });
    assert_eq!(
        world.refused("sendVideo", unknown).await,
        "Bad Request: wrong file identifier/HTTP URL specified"
    );
    li_na.upload(upload("hello.ogg")).unwrap();
    let update = world.updates(-1).await.remove(0);
    assert_eq!(update["message"]["voice"]["duration"], 3);
}

#[tokio::test]
async fn a_file_may_answer_a_message_and_the_bot_sees_its_buttons() {
    let world = World::new().await;
    let li_na = world.li_na();
    let rows = json!({ "inline_keyboard": [[{ "text": "Reply", "callback_data": "r1" }]] });
    let ask = json!({ "chat_id": li_na.id(), "text": "Proof?", "reply_markup": rows });
    let asked = world.ok("sendMessage", ask).await["message_id"].as_i64().unwrap();
    let upload = Upload {
        name: "bill.csv".to_owned(),
        bytes: b"a,b".to_vec(),
        caption: String::new(),
        photo: false,
    };
    let sent = li_na.upload_reply(asked, upload.clone()).unwrap();
    let update = world.updates(-1).await.remove(0);
    let replied = &update["message"]["reply_to_message"];
    assert_eq!(replied["reply_markup"]["inline_keyboard"][0][0]["callback_data"], "r1");
    assert_eq!(update["message"]["document"]["file_name"], "bill.csv");
    assert!(li_na.upload_reply(99, upload).is_err());
    // What a person deletes is gone for them, and the bot hears nothing of it.
    li_na.delete(sent.message_id).unwrap();
    assert!(li_na.chat().last().unwrap().deleted);
    assert!(li_na.delete(99).is_err());
}

#[tokio::test]
async fn a_bot_gets_no_more_than_telegram_gives() {
    let world = World::new().await;
    let upload = Upload {
        name: "long.mp4".to_owned(),
        bytes: vec![0; (20 << 20) + 1],
        caption: String::new(),
        photo: false,
    };
    world.li_na().upload(upload).unwrap();
    let update = world.updates(-1).await.remove(0);
    let file = json!({ "file_id": update["message"]["video"]["file_id"] });
    assert_eq!(world.refused("getFile", file).await, "Bad Request: file is too big");
}
