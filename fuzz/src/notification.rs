//! A notification gives the amount that Alipay says, and never one out of a nickname.

use fangbi::domain::money::Fen;
use fangbi::domain::receipt::{ALIPAY, Notification, Signal, read};

/// The bytes are a title and a text, with a NUL between them.
pub fn holds(data: &[u8]) {
    let whole = crate::text(data);
    let (title, text) = whole.split_once('\0').unwrap_or(("", &whole));
    let alipay = |title: &str, text: &str| read(Notification { package: ALIPAY, title, text });
    if let Signal::Received(fen) = alipay(title, text) {
        assert!(fen.0 > 0);
        // The amount stands in front of 元, after 款, in one of the two.
        let says = |it: &str| {
            it.split('元').any(|before| {
                let number = before.rsplit('款').next().unwrap_or_default();
                fangbi::domain::amount::yuan(number) == Ok(fen)
            })
        };
        assert!(says(title) || says(text), "{fen} out of {title:?} {text:?}");
    }
    // Another app, and the same words.
    let other = Notification { package: text, title, text };
    assert!(text == ALIPAY || read(other) == Signal::OtherSource);

    // All of it as somebody's nickname.
    let nickname = whole.as_ref();
    let transfer = alipay("支付宝消息", &format!("{nickname}已成功向你转了1笔钱"));
    assert!(matches!(transfer, Signal::TransferNoAmount | Signal::Broadcast), "{nickname:?}");
    let by_code = alipay("收款通知", &format!("{nickname}通过扫码向你付款0.01元"));
    let fits = match by_code {
        Signal::Received(fen) => fen == Fen(1),
        Signal::Ambiguous | Signal::Broadcast => true,
        Signal::TransferNoAmount | Signal::OtherSource | Signal::Nothing => false,
    };
    assert!(fits, "{by_code:?} out of {nickname:?}");
}
