//! What a notification of Alipay's app on the seller's phone says. It can mark an order, never move
//! its coins: a nickname is somebody else's text, and whoever holds the phone can forge one.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::amount;
use super::money::Fen;

/// Alipay's Android app: no other app's notification counts.
pub const ALIPAY: &str = "com.eg.android.AlipayGphone";

/// A notification exactly as the phone has it: nothing trimmed, folded or removed.
#[derive(Clone, Copy)]
pub struct Notification<'a> {
    pub package: &'a str,
    pub title: &'a str,
    pub text: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// So much has come in.
    Received(Fen),
    /// Somebody has sent a transfer; Alipay does not say here how much.
    TransferNoAmount,
    /// Several amounts fit, or one that is no amount of money: a person has to look.
    Ambiguous,
    /// The phone repeats an earlier announcement.
    Broadcast,
    /// Another app than Alipay.
    OtherSource,
    /// Nothing about money that came in.
    Nothing,
}

/// Reads a notification. What stands in the nickname is never looked at.
pub fn read(it: Notification<'_>) -> Signal {
    if it.package != ALIPAY {
        return Signal::OtherSource;
    }
    if [it.title, it.text].iter().any(|text| text.contains("上一笔播报")) {
        return Signal::Broadcast;
    }
    // Before any rule with an amount: the nickname may hold one.
    if it.text.ends_with("已成功向你转了1笔钱") {
        return Signal::TransferNoAmount;
    }
    let hits = RULES.iter().filter_map(|rule| rule.amount(it));
    let mut amounts: Vec<Option<Fen>> = hits.map(fen).collect();
    amounts.dedup();
    match amounts.as_slice() {
        [] => Signal::Nothing,
        [Some(fen)] => Signal::Received(*fen),
        _ => Signal::Ambiguous,
    }
}

/// ASCII digits only: `\d` would also take full-width and Arabic ones.
const AMOUNT: &str = r"([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]+(?:\.[0-9]{1,2})?)";

struct Rule {
    in_title: bool,
    pattern: Regex,
}

impl Rule {
    fn amount<'a>(&self, it: Notification<'a>) -> Option<&'a str> {
        let field = if self.in_title { it.title } else { it.text };
        self.pattern.captures(field)?.get(1).map(|it| it.as_str())
    }
}

/// A payment by code: as today's app says it (title or text), by payer (a nickname may hold
/// anything, line breaks too, so the last place counts), to a shop's clerk, and as it once was.
static RULES: LazyLock<[Rule; 5]> = LazyLock::new(|| {
    [
        (true, r"^你已成功收款AMOUNT元(?:（[^（）]*）)?$"),
        (false, r"(?s)^.*通过扫码向你付款AMOUNT元$"),
        (false, r"(?s)^支付宝成功收款AMOUNT元(?:[。，].*)?$"),
        (false, r"(?s)^成功收款AMOUNT元(?:[。，].*)?$"),
        (false, r"^你已成功收款AMOUNT元(?:（[^（）]*）)?$"),
    ]
    .map(|(in_title, pattern)| {
        let pattern = Regex::new(&pattern.replace("AMOUNT", AMOUNT));
        Rule { in_title, pattern: pattern.expect("the five patterns are fixed, and tested") }
    })
});

/// `None` for what is no amount of money: nothing, or more than there is.
fn fen(digits: &str) -> Option<Fen> {
    amount::yuan(digits).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

    fn alipay(title: &str, text: &str) -> Signal {
        read(Notification { package: ALIPAY, title, text })
    }

    #[derive(Deserialize)]
    struct Vector {
        pkg: String,
        title: String,
        text: String,
        expect: String,
        expect_fen: Option<i64>,
    }

    #[test]
    fn the_known_notifications_are_read_as_they_should_be() {
        let vectors: Vec<Vector> = include_str!("../../tests/fixtures/notifications.jsonl")
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(vectors.len(), 17);
        for it in vectors {
            let notification = Notification { package: &it.pkg, title: &it.title, text: &it.text };
            let (label, fen) = match read(notification) {
                Signal::Received(fen) => ("ok", Some(fen.0)),
                Signal::TransferNoAmount => ("transfer_no_amount", None),
                Signal::Ambiguous => ("ambiguous", None),
                Signal::Broadcast => ("reject_broadcast", None),
                Signal::OtherSource => ("reject_source", None),
                Signal::Nothing => ("no_signal", None),
            };
            assert_eq!(
                (label, fen),
                (it.expect.as_str(), it.expect_fen),
                "{} {}",
                it.title,
                it.text
            );
        }
    }

    #[test]
    fn what_does_not_fit_exactly_is_no_signal() {
        #[track_caller]
        fn case(title: &str, text: &str, expected: Signal) {
            assert_eq!(alipay(title, text), expected, "{title} {text}");
        }
        case("你已成功收款5.00元", "你已成功收款5.00元", Signal::Received(Fen(500)));
        case("你已成功收款5.00元", "你已成功收款5.01元", Signal::Ambiguous);
        case("你已成功收款5.00元", "你已成功收款5元", Signal::Received(Fen(500)));
        case("", "甲\n乙通过扫码向你付款2元", Signal::Received(Fen(200)));
        case("", "甲\n乙已成功向你转了1笔钱", Signal::TransferNoAmount);
        case("你已成功收款５.00元", "", Signal::Nothing);
        case("你已成功收款٥元", "", Signal::Nothing);
        case(" 你已成功收款5.00元", "", Signal::Nothing);
        case("你已成功收款5.00元\n", "", Signal::Nothing);
        case("你已成功收款5.\u{200B}00元", "", Signal::Nothing);
        case("你已成功收款5.000元", "", Signal::Nothing);
        case("你已成功收款1,43元", "", Signal::Nothing);
        case("成功收款5.00元", "", Signal::Nothing);
        case("", "甲说支付宝成功收款5000元。", Signal::Nothing);
        case("", "支付宝成功收款5000元整", Signal::Nothing);
        case("", "成功收款0.00元。", Signal::Ambiguous);
        case(&format!("你已成功收款{}元", "9".repeat(50)), "", Signal::Ambiguous);
    }

    proptest! {
        /// Whatever somebody is called, only Alipay's own last words say what has come in.
        #[test]
        fn a_nickname_gives_no_amount(
            nickname in ".{0,20}|(你已成功收款|通过扫码向你付款|支付宝收款)[0-9]{1,6}元.{0,5}",
            fen in 1_i64..100_000_000,
        ) {
            prop_assume!(!nickname.contains("上一笔播报"));
            let said = Fen(fen).plain();
            prop_assert_eq!(
                alipay("收款通知", &format!("{nickname}通过扫码向你付款{said}元")),
                Signal::Received(Fen(fen))
            );
            prop_assert_eq!(
                alipay("支付宝消息", &format!("{nickname}已成功向你转了1笔钱")),
                Signal::TransferNoAmount
            );
        }

        #[test]
        fn another_app_says_nothing(package in any::<String>(), fen in 1_i64..100_000_000) {
            prop_assume!(package != ALIPAY);
            let title = format!("你已成功收款{}元", Fen(fen).plain());
            let it = Notification { package: &package, title: &title, text: "" };
            prop_assert_eq!(read(it), Signal::OtherSource);
        }
    }
}
