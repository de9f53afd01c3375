//! What people type, are called, and write to each other.

use std::net::TcpListener;

use fangbi::domain::amount::{self, Quantity};
use fangbi::domain::impostor::looks_like_staff;
use fangbi::domain::money::{Coin, Coins, Price};
use fangbi::domain::order::Kind;
use fangbi::telegram::html::{Html, visible};
use playground::{EntityKind, Upload, parse_html};
use torture::Dice;

use super::{Tried, some_text, standing, times};
use crate::world::{Sale, World, seconds};

const MARKUP: &[&str] = &[
    "<b>",
    "</b>",
    "<",
    ">",
    "&",
    "&lt;",
    "&#60;",
    "\"",
    "'",
    "<a href=\"https://evil.example\">",
    "</a>",
    "<tg-spoiler>",
    "</code>",
    "</blockquote>",
    "<tg-time unix=\"1\">",
    "a",
    "王",
    "\u{202E}",
    "\u{2066}",
    "\u{2069}",
    "\u{200B}",
    "\u{E000}",
    "\0",
    "\n",
    "<!--",
    "]]>",
    "*",
    "_",
    "`",
    "[x](y)",
];

/// Read back as Telegram reads it, a message has the tags that we have given it and no others.
pub(crate) async fn markup() -> Tried {
    let (mut tried, mut dice) = (Tried::default(), Dice::new(9));
    for _ in 0..times(20_000) {
        let text = some_text(&mut dice, MARKUP, 12);
        let seen: String = text.chars().filter_map(visible).collect();
        let html = Html::new().bold("ours").text(&text).name(&text, 40);
        let hit = match parse_html(html.as_str()) {
            Ok((read, entities)) => entities.len() != 1 || !read.contains(&seen),
            Err(_) => true,
        };
        tried.note(hit, || format!("{text:?} became {:?}", html.as_str()));
    }

    let world = World::open().await;
    let li = world.seller("<b>Support</b>", "en").await;
    let wang = world.buyer("</b><a href=\"https://evil.example\">click</a>", "en").await;
    let sale = world.sale_between(&li, &wang).await;
    let card = sale.card(&wang).await.message_id;
    for _ in 0..times(8) {
        wang.replies(card, &format!("<a href=\"tg://x\">{}</a>", some_text(&mut dice, MARKUP, 6)))
            .await;
        world.pass(seconds(20)).await;
    }
    for message in li.chat().into_iter().chain(wang.chat()) {
        let led_away =
            message.entities.iter().any(|it| matches!(it.kind, EntityKind::TextLink { .. }));
        tried.note(led_away, || format!("{:?} has a link", message.text));
    }
    tried
}

const STAFF: &[&str] = &[
    "admin",
    "support",
    "official",
    "moderator",
    "escrow",
    "fangbi",
    "operator",
    "客服",
    "管理员",
    "官方",
    "担保",
];

/// One disguise for one letter.
fn disguised(letter: char, dice: &mut Dice) -> String {
    let alike: &[(char, &str)] = &[
        ('a', "аα4@"),
        ('c', "с"),
        ('e', "еε3"),
        ('i', "іι1"),
        ('o', "оο0"),
        ('p', "рρ"),
        ('s', "ѕ5$"),
        ('t', "тτ"),
        ('r', "r"),
        ('n', "ν"),
        ('m', "мμ"),
        ('u', "υ"),
    ];
    let invisible =
        ["\u{200B}", "\u{200D}", "\u{2060}", "\u{202E}", "\u{FEFF}", "\u{00AD}", "\u{FE0F}"];
    match dice.below(6) {
        0 => match alike.iter().find(|it| it.0 == letter) {
            Some((_, others)) => {
                let others: Vec<char> = others.chars().collect();
                dice.pick(&others).to_string()
            }
            None => letter.to_string(),
        },
        1 => format!("{letter}{}", dice.pick(&invisible)),
        2 => letter.to_uppercase().to_string(),
        3 if letter.is_ascii_lowercase() => {
            char::from_u32(u32::from(letter) + 0xFEE0).unwrap().to_string()
        }
        4 => format!("{letter}{}", dice.pick(&[" ", ".", "_", "-", "·"])),
        _ => letter.to_string(),
    }
}

/// A name of staff in look-alike letters is seen through, and no name moves or hides what stands
/// beside it.
pub(crate) async fn disguised_names() -> Tried {
    let (mut tried, mut dice) = (Tried::default(), Dice::new(10));
    for _ in 0..times(20_000) {
        let word = dice.pick(STAFF);
        let name: String = word.chars().map(|it| disguised(it, &mut dice)).collect();
        tried.note(!looks_like_staff(&name), || format!("{name:?} passes"));
        let html = Html::new().text("From ").name(&name, 64).text(", paid");
        let (read, _) = parse_html(html.as_str()).unwrap();
        let moves = |it: char| {
            matches!(
                it,
                '\u{202A}'..='\u{202E}' | '\u{2066}' | '\u{2067}' | '\u{200E}' | '\u{200F}'
            )
        };
        let hit = read.chars().any(moves) || !read.ends_with("\u{2069}, paid");
        tried.note(hit, || format!("{name:?} is shown as {read:?}"));
    }
    tried
}

const PIECES: &[&str] = &[
    "1",
    "0",
    "9",
    ".",
    ",",
    "-",
    "+",
    "e",
    "E",
    "x",
    "，",
    "．",
    "０",
    "９",
    "−",
    "¥",
    "元",
    " ",
    "USDT",
    "NaN",
    "inf",
    "1e9",
    "99999999999999999999",
    "_",
    "%",
    "٣",
    "½",
    "①",
    "\u{200B}",
    "k",
    "万",
];

/// Whatever is read says what its digits say, and nothing comes to more than there can be.
pub(crate) async fn amounts() -> Tried {
    let (mut tried, mut dice) = (Tried::default(), Dice::new(12));
    let plain = |text: &str| {
        let digits = text.chars().map(|it| match it {
            '０'..='９' => char::from_u32(u32::from(it) - 0xFEE0).unwrap(),
            '．' => '.',
            it => it,
        });
        digits.filter(|it| it.is_ascii_digit() || *it == '.').collect::<String>()
    };
    for _ in 0..times(50_000) {
        let text = some_text(&mut dice, PIECES, 6);
        let hit = match amount::quantity(&text, Coin::Usdt) {
            // As it would be written plainly.
            Ok(Quantity::Yuan(fen)) => {
                fen.0 <= 0
                    || amount::yuan(&plain(&text)) != Ok(fen)
                    || text.contains(['-', '−', 'e'])
            }
            Ok(Quantity::Coins(coins)) => {
                let again = amount::quantity(&format!("{} USDT", plain(&text)), Coin::Usdt);
                coins.units <= 0
                    || again != Ok(Quantity::Coins(coins))
                    || text.contains(['-', '−', 'e'])
            }
            Err(_) => false,
        };
        tried
            .note(hit, || format!("{text:?} is read as {:?}", amount::quantity(&text, Coin::Usdt)));
    }
    // Products near the end of what a number holds are refused, not wrapped around.
    for _ in 0..times(10_000) {
        let (units, price) =
            ((dice.throw() >> 1) as i64, (dice.throw() >> (1 + dice.below(50))) as i64);
        if let Ok(fen) = Price(price).fen_for(Coins::new(Coin::Usdt, units)) {
            // Fen a thousand fens a coin of a million units: rounded up.
            let exact = i128::from(units) * i128::from(price);
            let hit = i128::from(fen.0) * 10_000_000 < exact || fen.0 < 0;
            tried.note(hit, || format!("{units} at {price} is {fen:?}"));
        } else {
            tried.note(false, String::new);
        }
    }

    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let wang = world.buyer("Wang", "en").await;
    let before = standing(&world).await;
    li.says("/sell").await;
    li.presses("USDT").await;
    li.presses("¥7.20").await;
    for text in [
        "1e9",
        "-100",
        "NaN",
        "１０^19",
        "99999999999999999999",
        "0",
        "0.0000001",
        "1,00",
        "1.000.5",
        "+∞",
    ] {
        li.says(text).await;
        let asked_on = !li.news().iter().any(|it| it.text.contains("How much USDT"));
        let hit = asked_on && li.news().iter().any(|it| it.text.contains("Which Alipay account"));
        tried.note(hit, || format!("{text} was taken\n{}", li.transcript()));
    }
    let tao = world.treasurer();
    for text in ["-5", "1e3", "0", "99999999999999999999", "1.1234567"] {
        tao.says(&format!("/deposit {} {text} USDT 9f86d0{}", wang.id(), world.number())).await;
        let after = standing(&world).await;
        tried.note(after != before, || format!("{text} was credited"));
    }
    tried
}

const STATEMENTS: &[&str] = &[
    "'; drop table orders; --",
    "0 or 1=1",
    "' union select key from settings --",
    "%",
    "_%_%",
    "\\'; update balances set units = 1000000; --",
    "$1",
    "?1",
    "x'); delete from staff; --",
];

/// In every place in which something can be typed. That no text becomes part of a statement is also
/// looked for in the source.
pub(crate) async fn statements() -> Tried {
    let mut tried = Tried::default();
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, tao, olga) = (&sale.li, world.treasurer(), world.operator());
    let before = standing(&world).await;
    let card = sale.card(li).await.message_id;
    for text in STATEMENTS {
        for (who, said) in [
            (li, format!("/order {text}")),
            (li, format!("/evidence {text}")),
            (li, format!("/frozen {text}")),
            (li, format!("/start {text}")),
            (li, (*text).to_owned()),
            (&tao, format!("/deposit {text}")),
            (&tao, format!("/deposit {} 5 USDT {text}", li.id())),
            (&olga, format!("/allow {text}")),
            (&olga, format!("/stopad {text}")),
        ] {
            who.says(&said).await;
            let after = standing(&world).await;
            tried.note(after != before, || format!("{said}: {before:?} became {after:?}"));
        }
        li.replies(card, text).await;
        li.says("/cancel").await;
    }
    sale.is(Kind::AwaitingPayment).await;

    // What SQL is put together out of: fixed pieces of ours.
    let mut files = vec![std::path::PathBuf::from("src")];
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(&path).unwrap().map(|it| it.unwrap().path()));
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap_or_default();
        if path.ends_with("store/tests.rs") || path.extension().is_none_or(|it| it != "rs") {
            continue;
        }
        for piece in source.split("AssertSqlSafe(").skip(1) {
            let piece: String = piece.split("))").next().unwrap_or_default().to_owned();
            let arguments = piece.matches("{}").count() + piece.matches("{COLUMNS}").count();
            let named = piece.matches('{').count();
            tried.note(named > arguments || arguments == 0, || {
                format!("{}: {piece}", path.display())
            });
        }
    }
    tried
}

/// Nothing that somebody names is ever called or opened: a listener waits for it in vain.
pub(crate) async fn addresses() -> Tried {
    let mut tried = Tried::default();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let world = World::open().await;
    let li = world.seller(&format!("http://127.0.0.1:{port}/name"), "en").await;
    let wang = world.buyer("../../../etc/passwd", "en").await;
    let Sale { id, .. } = world.sale_between(&li, &wang).await;
    let sale =
        Sale { world: world.clone(), li: li.clone(), wang: wang.clone(), id, code: id.code() };
    let card = sale.card(&wang).await.message_id;
    let texts = [
        format!("http://127.0.0.1:{port}/chat"),
        format!("http://localhost:{port}@example.com/"),
        "file:///etc/passwd".to_owned(),
        "../../fangbi.key".to_owned(),
        "http://169.254.169.254/latest/meta-data".to_owned(),
    ];
    for text in &texts {
        wang.replies(card, text).await;
        for (name, caption) in
            [(text.replace('/', "%2F"), text.clone()), ("../../x.csv".to_owned(), String::new())]
        {
            let upload = Upload { name, bytes: b"a,b\n1,2\n".to_vec(), caption, photo: false };
            wang.person.upload_reply(card, upload.clone()).unwrap();
            li.person.upload(upload).unwrap();
            world.pass(seconds(20)).await;
            let called = listener.accept().is_ok();
            tried.note(called, || format!("{text} was called"));
        }
        li.says(text).await;
        li.says(&format!("/start {text}")).await;
        tried.note(listener.accept().is_ok(), || format!("{text} was called"));
    }
    // What is in a bundle is called what we call it.
    sale.marks_paid().await;
    li.says(&format!("/evidence {}", sale.code)).await;
    let sent = li.chat().into_iter().rev().find(|it| it.document.is_some()).expect("a bundle");
    let zip = world.file_of(&sent).await;
    let archive = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
    for name in archive.file_names().map(|it| it.unwrap().into_owned()) {
        let hit = name.contains("..")
            || name.starts_with('/')
            || name.contains('\\')
            || name.contains("passwd");
        tried.note(hit, || format!("a bundle has {name}"));
    }
    tried
}
