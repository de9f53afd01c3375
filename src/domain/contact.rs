//! Ways to meet elsewhere: what a text gives away of them is not passed on in an order's chat.
//! Whoever leads a seller out of the bot leads them away from its escrow.
//!
//! A plain mention is not held back ("不收微信"): what is looked for is an id, or an invitation. Amounts,
//! order codes, Alipay's numbers, dates and times pass.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::folding;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contact {
    WeChat,
    Qq,
    Phone,
    Email,
    Link,
    /// `@name`, as Telegram writes people.
    Handle,
}

impl Contact {
    pub const ALL: [Self; 6] =
        [Self::WeChat, Self::Qq, Self::Phone, Self::Email, Self::Link, Self::Handle];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WeChat => "we_chat",
            Self::Qq => "qq",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Link => "link",
            Self::Handle => "handle",
        }
    }
}

/// No message is longer, and nothing is looked for beyond.
const MOST: usize = 4_096;

/// The first way to meet elsewhere that a text gives away.
pub fn find(text: &str) -> Option<Contact> {
    let folded = fold(text);
    find_by(&PATTERNS, &folded).or_else(|| has_mobile(&folded).then_some(Contact::Phone))
}

/// The same in the name of a file, without its ending. Clients put dates, times and the names of
/// programs there ("微信图片_20260101120000.jpg", "Screenshot_com.eg.android.AlipayGphone.jpg"), so that
/// only what cannot be one of these counts.
pub fn find_in_name(name: &str) -> Option<Contact> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let folded = fold(stem);
    let found = find_by(&PATTERNS, &folded).filter(|it| match it {
        Contact::WeChat | Contact::Link => !DEFAULT_NAME.is_match(&folded),
        Contact::Qq | Contact::Phone | Contact::Email | Contact::Handle => true,
    });
    found.or_else(|| has_mobile(&folded).then_some(Contact::Phone))
}

fn find_by(patterns: &[(Contact, Regex)], folded: &str) -> Option<Contact> {
    patterns.iter().find(|(_, it)| it.is_match(folded)).map(|(contact, _)| *contact)
}

/// Other widths, scripts, cases, digits and dots become one; whatever separates is one space.
fn fold(text: &str) -> String {
    let text: String = text.chars().take(MOST).collect();
    let bare = folding::bare(&text);
    let mut folded = String::with_capacity(bare.len());
    for char in bare.chars() {
        let char = match char {
            '〇' | '零' => '0',
            '一' | '壹' | '幺' => '1',
            '二' | '贰' => '2',
            '三' | '叁' => '3',
            '四' | '肆' => '4',
            '五' | '伍' => '5',
            '六' | '陆' => '6',
            '七' | '柒' => '7',
            '八' | '捌' => '8',
            '九' | '玖' => '9',
            '。' | '・' | '·' | '•' | '｡' => '.',
            '–' | '—' | '‐' | '‑' | '‒' => '-',
            it if it.is_whitespace() || it.is_control() => ' ',
            it => it,
        };
        if char != ' ' || !folded.ends_with(' ') {
            folded.push(char);
        }
    }
    folded
}

/// In folded text. Latin words are told from longer ones by what stands around them.
static PATTERNS: LazyLock<Vec<(Contact, Regex)>> = LazyLock::new(|| {
    [
        // A name, an at, a domain. Alipay's masks (`wan***@example.com`) give nothing away.
        (Contact::Email, r"[a-z0-9._+-]*[a-z0-9] ?@ ?[a-z0-9-]+ ?\. ?[a-z]{2,}"),
        (Contact::Email, r"(?:gmail|outlook|hotmail|foxmail|proton|yahoo|163|126|qq) ?(?:\.|dot|点) ?com(?:[^a-z]|$)"),
        (Contact::Handle, r"(?:^|[^a-z0-9.*_])@ ?[a-z][a-z0-9_]{2,}"),
        (Contact::Handle, r"(?:^|[^a-z])(?:tg|telegram|电报|飞机|纸飞机) ?(?:号|id)? ?(?:[:=是]|is) ?@? ?[a-z][a-z0-9_]{3,}"),
        (Contact::Handle, r"(?:电报|飞机)号? ?[a-z][a-z0-9_]{3,}"),
        (Contact::Link, r"[a-z]{2,12} ?: ?/ ?/"),
        (Contact::Link, r"(?:^|[^a-z0-9])www ?\."),
        (Contact::Link, r"(?:^|[^a-z0-9])(?:t|telegram|wa) ?(?:\.|dot|点) ?me(?:[^a-z0-9]|$)"),
        (Contact::Link, concat!(
            r"(?:^|[^a-z0-9@*.-])[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*(?: ?\. ?| dot |点)",
            r"(?:com|net|org|cn|io|cc|xyz|top|vip|info|app|site|shop|club|hk|tw|tv|gg|ltd|icu|biz)",
            r"(?:[^a-z0-9]|$)"
        )),
        // Its names, its short forms, and how these are written to get past such a list.
        (Contact::WeChat, r"(?:微 ?信|薇 ?信|威 ?信|维 ?信|v ?信|微 ?x|微❤)(?: ?号| ?id)? ?[:=是为]? ?(?:我)?[a-z0-9_][a-z0-9_-]{4,}"),
        (Contact::WeChat, r"(?:微 ?信|薇 ?信|威 ?信|维 ?信|v ?信) ?(?:号|id) ?[:=是为]"),
        (Contact::WeChat, r"(?:加|\+) ?(?:一?1?下|个|我|你|的|他)* ?(?:微 ?信|薇 ?信|威 ?信|维 ?信|v ?信|微❤|微 ?x)"),
        (Contact::WeChat, r"(?:加|\+) ?(?:下|个|我|你|的)* ?(?:微|薇|v) ?(?:[^a-z0-9\u{4e00}-\u{9fff}]|聊|$)"),
        (Contact::WeChat, r"(?:加|\+) ?(?:下|个|我|你|的)* ?(?:vx|wx)(?:[^a-z0-9]|$)"),
        (Contact::WeChat, r"(?:^|[^a-z])(?:vx|wx|v ?xin|w ?xin) ?(?:号|id)? ?[:=是]? ?[a-z0-9_][a-z0-9_-]{4,}"),
        (Contact::WeChat, r"(?:^|[^a-z0-9])v ?[:=] ?[a-z0-9_][a-z0-9_-]{4,}"),
        (Contact::WeChat, r"(?:wechat|weixin|wei xin) ?(?:id|no|number)? ?(?:[:=是] ?[a-z0-9_][a-z0-9_-]{3,}|is [a-z0-9_][a-z0-9_-]{5,})"),
        (Contact::WeChat, r"(?:wechat|weixin|wei xin)[ :=]{0,3}(?:[a-z]+[_-]?[0-9_][a-z0-9_-]{2,}|[0-9][a-z0-9_-]{4,})"),
        (Contact::WeChat, r"add (?:me )?(?:my |on |in |via )*(?:wechat|weixin|vx|wx)"),
        (Contact::WeChat, r"my (?:wechat|weixin|vx|wx)(?:[^a-z]|$)"),
        (Contact::Qq, r"(?:^|[^a-z])(?:q ?q|扣 ?扣|扣 ?q|q ?号|企鹅号?|球球) ?(?:号|群)?[^0-9a-z]{0,4}[1-9](?: ?[0-9]){4,10}(?:[^0-9]|$)"),
        (Contact::Qq, r"(?:^|[^a-z0-9])q ?[:=] ?[1-9][0-9]{4,10}(?:[^0-9]|$)"),
        (Contact::Qq, r"(?:^|[^0-9.])[1-9][0-9]{5,10} ?(?:是|\()? ?(?:我的?)?(?:qq|扣扣)"),
        (Contact::Qq, r"(?:加|\+) ?(?:个|我|你|的)* ?(?:qq|扣扣|q ?号?|企鹅)(?:[^a-z0-9\u{4e00}-\u{9fff}]|聊|群|$)"),
        (Contact::Phone, r"(?:\+|(?:^|[^0-9])00) ?(?:86|852|853|886|[1-9][0-9]{0,2})[ -]?[0-9](?:[ -]?[0-9]){7,11}(?:[^0-9]|$)"),
        (Contact::Phone, r"(?:手机|电话|致电|whatsapp|phone|call me|tel)[^0-9]{0,12}[0-9](?:[ -]?[0-9]){6,14}(?:[^0-9]|$)"),
    ]
    .into_iter()
    .map(|(contact, pattern)| {
        // Fixed texts, compiled in the tests of this file.
        (contact, Regex::new(pattern).expect("a pattern of ours"))
    })
    .collect()
});

/// How clients name what they save.
static DEFAULT_NAME: LazyLock<Regex> = LazyLock::new(|| {
    // A fixed text, compiled in the tests of this file.
    Regex::new(
        r"^(?:微信(?:图片|视频|截图)|wechat ?(?:img|image)|screenshot|screenrecord|mmexport)",
    )
    .expect("a pattern of ours")
});

/// A mobile number of mainland China: eleven digits that begin with 13 to 19, in one group, after
/// 86, or cut the way people cut them. Longer rows of digits are Alipay's numbers, times and stamps.
fn has_mobile(folded: &str) -> bool {
    let groups = groups(folded);
    (0..groups.len()).any(|from| {
        let mut digits = String::new();
        for (at, group) in groups[from..].iter().enumerate() {
            if at > 0 && group.before.is_none_or(|it| Some(it) != groups[from + 1].before) {
                return false;
            }
            digits.push_str(&group.digits);
            let number = match digits.strip_prefix("86") {
                Some(rest) if rest.len() == 11 => rest,
                Some(_) | None => &digits,
            };
            if is_mobile(number) && is_cut_like_one(&groups[from..=from + at]) {
                return true;
            }
            if digits.len() > 13 {
                return false;
            }
        }
        false
    })
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9')
}

/// `139 1234 5678`, or digit by digit. Sums beside each other are cut otherwise.
fn is_cut_like_one(groups: &[Group]) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|it| it.digits.len()).collect();
    let lengths = match lengths.as_slice() {
        [2, rest @ ..] if groups[0].digits == "86" => rest,
        all => all,
    };
    matches!(lengths, [_] | [3, ..]) || lengths.iter().all(|it| *it <= 2)
}

/// Digits without anything between them, and the one character between them and those before.
struct Group {
    digits: String,
    before: Option<char>,
}

fn groups(folded: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let (mut between, mut apart) = (None, usize::MAX);
    for char in folded.chars() {
        if !char.is_ascii_digit() {
            between = Some(char);
            apart = apart.saturating_add(1);
            continue;
        }
        match groups.last_mut() {
            Some(last) if apart == 0 => last.digits.push(char),
            _ => {
                let joins = apart == 1 && between.is_some_and(separates);
                let before = between.filter(|_| joins);
                groups.push(Group { digits: char.to_string(), before });
            }
        }
        apart = 0;
    }
    groups
}

/// What people put between the digits of a number: not what stands in a time or between yuan and fen.
fn separates(it: char) -> bool {
    matches!(it, ' ' | '-' | '_' | '/' | '.' | ',' | '~' | '*' | '#' | '|')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn finds(contact: Contact, texts: &[&str]) {
        for text in texts {
            assert_eq!(find(text), Some(contact), "{text}");
        }
    }

    #[test]
    fn wechat_is_found_under_all_its_names() {
        finds(
            Contact::WeChat,
            &[
                "加我微信",
                "加微信聊",
                "微信 zhang_san88",
                "微信：wxid_a1b2c3",
                "微信号是 lina2020",
                "薇信 lina2020",
                "威❤信号: 加v信",
                "v信 lina2020",
                "VX lina2020",
                "ｖｘ：ｌｉｎａ２０２０",
                "wx:lina2020",
                "wx lina_2020",
                "加V",
                "加v，便宜点",
                "+V 聊",
                "加个vx吧 lina88",
                "v: lina2020",
                "WeChat: lina",
                "my wechat is lina",
                "Wechat lina2020",
                "add me on WeChat",
                "微\u{200B}信 lina2020",
                "微 信 lina2020",
                "weixin lina_88",
            ],
        );
    }

    #[test]
    fn qq_is_found_with_its_number() {
        finds(
            Contact::Qq,
            &[
                "QQ 12345678",
                "qq:12345678",
                "qq号是12345678",
                "扣扣 12345678",
                "q号 12345678",
                "Q：12345678",
                "ＱＱ１２３４５６７８",
                "加QQ",
                "12345678 我的qq",
                "qq 1 2 3 4 5 6 7",
            ],
        );
    }

    #[test]
    fn phone_numbers_are_found_in_every_writing() {
        finds(
            Contact::Phone,
            &[
                "13912345678",
                "call 139 1234 5678 now",
                "139-1234-5678",
                "139.1234.5678",
                "１３９１２３４５６７８",
                "一三九一二三四五六七八",
                "幺三九 一二三四 五六七八",
                "1三9一2三4五6七8",
                "+86 139 1234 5678",
                "8613912345678",
                "0086-13912345678",
                "1 3 9 1 2 3 4 5 6 7 8",
                "13-91-23-45-67-8",
                "电话 021-6234567",
                "+1 415 555 0123",
                "whatsapp 4155550123",
                "①③⑨①②③④⑤⑥⑦⑧",
            ],
        );
    }

    #[test]
    fn addresses_and_names_are_found() {
        finds(
            Contact::Email,
            &["li.na@example.com", "li.na @ example . com", "lina＠qq.com", "lina gmail dot com"],
        );
        finds(
            Contact::Link,
            &[
                "https://example.org/x",
                "hxxp://example",
                "www.example.de",
                "t.me/lina",
                "t . me / lina",
                "see example.com",
                "example。com",
                "example dot com",
                "pay.okx-p2p.vip now",
                "example点com",
            ],
        );
        finds(
            Contact::Handle,
            &["@lina", "write to @li_na88!", "＠lina", "tg: lina88", "飞机号 lina88"],
        );
    }

    #[test]
    fn what_an_order_is_about_passes() {
        for text in [
            "",
            "ok",
            "我已经付款了，请查收",
            "¥1,580.00 and 12000",
            "1580.00 12000",
            "720.03元 / 100.00 USDT",
            "K7M2QX",
            "order K7M2QX, 15:32",
            "2026-11-24 13:05:06",
            "20261124130506",
            "2026112422001400000012345678",
            "20261124200040011100670012345678",
            "2026 1124 2200 1400 0000 1234 5678",
            "尾号 4482",
            "186******18",
            "wan***@example.com",
            "**明 139******82",
            "不收微信，只收支付宝",
            "微信支付不行",
            "I can't pay by WeChat please",
            "请用支付宝付款，不要用QQ红包",
            "加急处理一下",
            "稍加微调",
            "另加扣除 3 元",
            "我加了 5000",
            "+500",
            "vip 用户",
            "I paid.Please look",
            "到账时间 24 小时",
            "一二三四五六七",
            "3 x 20,000.00",
            "等 10 分钟；第 2 次了",
            "TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE",
            "付款截图.jpg",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn a_file_may_be_called_as_clients_call_it() {
        for name in [
            "bill.csv",
            "微信图片_20260101120000.jpg",
            "mmexport1767225600000.jpg",
            "Screenshot_2026-01-01-12-00-00-123_com.eg.android.AlipayGphone.jpg",
            "IMG_20260101_120000.jpg",
            "alipay_record_20260101_0800_1.zip",
            "2026112422001400000012345678.pdf",
        ] {
            assert_eq!(find_in_name(name), None, "{name}");
        }
        assert_eq!(find_in_name("13912345678.jpg"), Some(Contact::Phone));
        assert_eq!(find_in_name("加我微信 lina2020.jpg"), Some(Contact::WeChat));
        assert_eq!(find_in_name("@lina88.mp4"), Some(Contact::Handle));
    }

    #[test]
    fn every_kind_reads_as_it_is_written() {
        for contact in Contact::ALL {
            let json = serde_json::to_string(&contact).unwrap();
            assert_eq!(json, format!("\"{}\"", contact.as_str()));
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in any::<String>(), name in "[0-9微信vxq@.:+ 一三-]{0,40}") {
            let _ = (find(&text), find_in_name(&text), find(&name), find_in_name(&name));
        }

        /// Whatever stands around it.
        #[test]
        fn a_mobile_number_does_not_hide(before in "[a-z 付款]{0,9}", after in "[ a-z款]{0,9}", n in 3_000_000_000_u64..10_000_000_000) {
            let text = format!("{before} 1{n} {after}");
            prop_assert!(find(&text).is_some(), "{}", text);
        }

        #[test]
        fn amounts_and_numbers_of_alipay_pass(yuan in 0_u32..1_000_000, fen in 0_u32..100, number in "20[2-9][0-9]{25}") {
            let text = format!("¥{yuan}.{fen:02} {yuan}.{fen:02}元 {number}");
            prop_assert_eq!(find(&text), None, "{}", text);
        }
    }
}
