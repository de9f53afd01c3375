//! Whatever somebody is called or writes, a message has our tags and no others.

use chrono::DateTime;
use fangbi::telegram::html::{Html, TimeFormat, visible};
use playground::EntityKind;

/// The bytes are a name or a text, in every place in which one can stand.
pub fn holds(data: &[u8]) {
    let text = crate::text(data);
    let seen: String = text.chars().filter_map(visible).collect();
    let html = Html::new()
        .bold(&*text)
        .line()
        .name(&*text, 40)
        .line()
        .code(&*text)
        .html(Html::new().quote(Html::new().spoiler(&*text)))
        .link(&text, "a link")
        .link("https://desk.example/x", &*text)
        .time(DateTime::UNIX_EPOCH, TimeFormat::Relative, &text);

    let (read, entities) = playground::parse_html(html.as_str()).expect("well-formed");
    assert_eq!(read.encode_utf16().count(), html.units(), "{text:?}");
    let is_there = seen.is_empty() || read.matches(&seen).count() >= 5;
    assert!(is_there, "{text:?} is not as it was");
    assert!(read.chars().all(|it| visible(it).is_some() || "\u{2068}\u{2069}".contains(it)));
    for char in ['\u{2068}', '\u{2069}'] {
        assert_eq!(read.matches(char).count(), 1, "only a name of ours is isolated");
    }
    let mut left = [1_i32, 1, 1, 1, 1, 2];
    for entity in entities {
        let place = match &entity.kind {
            EntityKind::Bold => 0,
            EntityKind::Code => 1,
            EntityKind::Blockquote => 2,
            EntityKind::Spoiler => 3,
            EntityKind::DateTime { .. } => 4,
            EntityKind::TextLink { url } => {
                let scheme = url.to_ascii_lowercase();
                assert!(scheme.starts_with("https:") || scheme.starts_with("tg:"), "{url:?}");
                5
            }
            // What `tg://user?id=1` is to Telegram.
            EntityKind::TextMention { .. } => 5,
            other => panic!("{other:?} is none of ours: {text:?}"),
        };
        left[place] -= 1;
    }
    assert!(left.iter().all(|it| *it >= 0), "a tag too many: {text:?}");
}
