//! What Telegram reads in HTML, and what it says when it cannot.

use playground::parse_html;
use serde_json::json;

/// Entities as `type offset+length`.
#[track_caller]
fn reads(html: &str, text: &str, entities: &[&str]) {
    let (plain, found) = parse_html(html).unwrap();
    let found: Vec<String> =
        found.iter().map(|it| format!("{} {}+{}", it.kind.name(), it.offset, it.length)).collect();
    assert_eq!(
        (plain.as_str(), found),
        (text, entities.iter().map(|it| (*it).to_owned()).collect())
    );
}

#[track_caller]
fn refuses(html: &str, why: &str) {
    assert_eq!(parse_html(html).unwrap_err().to_string(), why);
}

#[test]
fn every_tag_makes_its_entity() {
    reads("plain", "plain", &[]);
    reads("<b>a</b><strong>b</strong>", "ab", &["bold 0+1", "bold 1+1"]);
    reads("<i>a</i><em>b</em>", "ab", &["italic 0+1", "italic 1+1"]);
    reads("<u>a</u><ins>b</ins>", "ab", &["underline 0+1", "underline 1+1"]);
    let struck = ["strikethrough 0+1", "strikethrough 1+1", "strikethrough 2+1"];
    reads("<s>a</s><strike>b</strike><del>c</del>", "abc", &struck);
    let hidden = "<tg-spoiler>a</tg-spoiler><span class=\"tg-spoiler\">b</span>";
    reads(hidden, "ab", &["spoiler 0+1", "spoiler 1+1"]);
    reads("<code>a</code>", "a", &["code 0+1"]);
    reads("<pre>a</pre>", "a", &["pre 0+1"]);
    reads("<blockquote>a</blockquote>", "a", &["blockquote 0+1"]);
    reads("<blockquote expandable>a</blockquote>", "a", &["expandable_blockquote 0+1"]);
    reads("<blockquote expandable asd>a</blockquote>", "a", &["expandable_blockquote 0+1"]);
    reads("<tg-emoji emoji-id=\"5368324170671202286\">👍</tg-emoji>", "👍", &["custom_emoji 0+2"]);
    reads("<a href=\"https://example.com\">a</a>", "a", &["text_link 0+1"]);
    reads("<a href=\"tg://user?id=7\">a</a>", "a", &["text_mention 0+1"]);
}

#[test]
fn tags_nest_and_case_does_not_matter() {
    reads("<B>a<I>b</I>c</B>", "abc", &["bold 0+3", "italic 1+1"]);
    reads("<b><i>x</i></b>", "x", &["bold 0+1", "italic 0+1"]);
    reads("a<b >b</b >c", "abc", &["bold 1+1"]);
    reads("<b>a</>b", "ab", &["bold 0+1"]);
    reads("<b></b>a", "a", &[]);
}

#[test]
fn offsets_are_utf_16_units() {
    reads("放币<b>放</b>", "放币放", &["bold 2+1"]);
    reads("😀<b>x</b>", "😀x", &["bold 2+1"]);
    reads("<b>😀放é</b><i>!</i>", "😀放é!", &["bold 0+4", "italic 4+1"]);
    reads("👨‍👩‍👧<code>1</code>", "👨‍👩‍👧1", &["code 8+1"]);
}

#[test]
fn character_references_are_read_and_others_left() {
    reads("&lt;b&gt; &amp; &quot;", "<b> & \"", &[]);
    reads("&#65;&#x42;&#x1f600;<b>x</b>", "AB😀x", &["bold 4+1"]);
    reads("&nbsp; &apos; & &;", "&nbsp; &apos; & &;", &[]);
    reads("a &lt b", "a < b", &[]);
    reads("&#0; &#x110000;", "&#0; &#x110000;", &[]);
    refuses(
        "&#xd83d;",
        "Text contains invalid Unicode characters after decoding HTML entities, \
         check for unmatched surrogate code units",
    );
}

#[test]
fn code_has_a_language_only_inside_pre() {
    let entity = |html| json!(parse_html(html).unwrap().1);
    let pre = json!([{ "type": "pre", "offset": 0, "length": 1, "language": "rust" }]);
    assert_eq!(entity("<pre><code class=\"language-rust\">x</code></pre>"), pre);
    assert_eq!(entity("<code class=\"language-rust\"><pre>x</pre></code>"), pre);
    let code = json!([{ "type": "code", "offset": 0, "length": 1 }]);
    assert_eq!(entity("<code class=\"language-rust\">x</code>"), code);
}

#[test]
fn a_time_carries_its_moment_and_format() {
    let entity = |html| json!(parse_html(html).unwrap().1);
    let time = |format: &str| {
        json!([{
            "type": "date_time", "offset": 0, "length": 5,
            "unix_time": 1793000000, "date_time_format": format,
        }])
    };
    assert_eq!(entity("<tg-time unix=\"1793000000\" format=\"r\">14:32</tg-time>"), time("r"));
    assert_eq!(entity("<tg-time unix=\"1793000000\">14:32</tg-time>"), time(""));
    assert_eq!(entity("<tg-time unix=1793000000 format=TDw>14:32</tg-time>"), time("wdt"));
    assert_eq!(entity("<tg-time unix=\"1793000000\" format=\"TDw\">14:32</tg-time>"), time("wDT"));
    assert_eq!(entity("<tg-time unix=\"0\" format=\"r\">14:32</tg-time>"), json!([]));
    refuses("<tg-time unix=\"1\" format=\"rt\">x</tg-time>", "Invalid date format used");
    refuses("<tg-time unix=\"1\" format=\"x\">x</tg-time>", "Invalid date format used");
}

#[test]
fn links_are_kept_as_telegram_writes_them() {
    let url = |href: &str| {
        let html = format!("<a href=\"{href}\">x</a>");
        let entities = json!(parse_html(&html).unwrap().1);
        entities[0]["url"].as_str().map(str::to_owned)
    };
    assert_eq!(url("https://Example.com").as_deref(), Some("https://example.com/"));
    assert_eq!(url("example.com/a?b=1&amp;c=2").as_deref(), Some("http://example.com/a?b=1&c=2"));
    assert_eq!(url("tg://resolve?domain=x").as_deref(), Some("tg://resolve?domain=x"));
    assert_eq!(url("javascript:alert(1)"), None);
    assert_eq!(url("ftp://example.com"), None);
    assert_eq!(url("http://localhost"), None);
}

#[test]
fn complaints_are_telegrams_own() {
    refuses("<x>a</x>", "Unsupported start tag \"x\" at byte offset 0");
    refuses("放币<p>", "Unsupported start tag \"p\" at byte offset 6");
    refuses("a <", "Unclosed start tag at byte offset 2");
    refuses("a < b", "Unsupported start tag \"\" at byte offset 2");
    refuses("a < b > c", "Unsupported start tag \"\" at byte offset 2");
    refuses("<b", "Unclosed start tag at byte offset 0");
    refuses("<a href", "Unclosed start tag \"a\" at byte offset 0");
    refuses("<a href=", "Unclosed start tag \"a\" at byte offset 0");
    refuses("<a href=\"x", "Unclosed start tag at byte offset 0");
    refuses("<a href=x_y>", "Unexpected end of name token at byte offset 8");
    refuses("<a =x>", "Empty attribute name in the tag \"a\" at byte offset 0");
    refuses("<span>a</span>", "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0");
    refuses("a</b>", "Unexpected end tag at byte offset 1");
    refuses("<b>a</b", "Unclosed end tag at byte offset 4");
    refuses("<b>a</i>", "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\"");
    refuses("<b>a", "Can't find end tag corresponding to start tag \"b\"");
    refuses("<tg-emoji emoji-id=\"x\">a</tg-emoji>", "Invalid custom emoji identifier specified");
    refuses("a\0b", "Text must not contain null bytes");
}
