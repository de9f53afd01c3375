//! What the payer wrote beside the transfer. It must be empty: words about coins can get the
//! seller's Alipay account limited, so a seller may refuse such a payment.

use serde::{Deserialize, Serialize};

use super::folding;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Memo {
    Blank,
    /// What Alipay itself puts there when nothing was written.
    Neutral,
    /// Words about coins, an exchange or this order.
    Coins,
    Other,
}

/// What Alipay fills in by itself: 转账 in a transfer, 收款 and 商品 in a receipt by code.
const ALIPAYS_OWN: [&str; 3] = ["转账", "收款", "商品"];

/// Found anywhere, even with spaces or marks between their letters.
const ANYWHERE: [&str; 46] = [
    "币",
    "比特",
    "以太",
    "泰达",
    "区块链",
    "链上",
    "加密",
    "欧易",
    "欧意",
    "火必",
    "放行",
    "订单",
    "承兑",
    "u商",
    "买u",
    "卖u",
    "出u",
    "收u",
    "换u",
    "充u",
    "提u",
    "usdt",
    "usdc",
    "busd",
    "btc",
    "bitcoin",
    "ethereum",
    "tether",
    "crypto",
    "okx",
    "okex",
    "binance",
    "huobi",
    "bybit",
    "bitget",
    "kucoin",
    "mexc",
    "gateio",
    "trc20",
    "erc20",
    "bep20",
    "c2c",
    "p2p",
    "blockchain",
    "stablecoin",
    "web3",
];

/// Too short or too common to be found inside other words (together, notch, 100u).
const ALONE: [&str; 9] = ["eth", "otc", "htx", "trx", "tron", "coin", "coins", "token", "u"];

/// Judges a memo; full-width, upper-case, invisible, traditional and look-alike letters are folded.
pub fn judge(text: &str) -> Memo {
    let folded = folding::skeleton(text);
    let text = folded.trim();
    if matches!(text, "" | "/" | "-") {
        Memo::Blank
    } else if ALIPAYS_OWN.contains(&text) {
        Memo::Neutral
    } else if is_about_coins(text) {
        Memo::Coins
    } else {
        Memo::Other
    }
}

fn is_about_coins(text: &str) -> bool {
    let dense: String = text.chars().filter(|it| it.is_alphanumeric()).collect();
    let dense = dense.replace("人民币", "");
    ANYWHERE.iter().any(|it| dense.contains(it))
        || ALONE.contains(&dense.as_str())
        || text
            .split(|it: char| !it.is_ascii_alphanumeric())
            .map(|word| word.trim_matches(|it: char| it.is_ascii_digit()))
            .any(|word| ALONE.contains(&word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_memo_is_blank_neutral_about_coins_or_something_else() {
        #[track_caller]
        fn case(text: &str, expected: Memo) {
            assert_eq!(judge(text), expected, "{text:?}");
        }
        case("", Memo::Blank);
        case(" \u{3000}\u{200B}\t", Memo::Blank);
        case("/", Memo::Blank);
        case("转账", Memo::Neutral);
        case(" 轉賬 ", Memo::Neutral);
        case("收款", Memo::Neutral);
        case("商品", Memo::Neutral);
        case("BTC", Memo::Coins);
        case("usdt 100", Memo::Coins);
        case("ＵＳＤＴ", Memo::Coins);
        case("u\u{200B}s\u{200D}d\u{FE0F}t", Memo::Coins);
        case("U.S.D.T", Memo::Coins);
        case("ВТС", Memo::Coins);
        case("币", Memo::Coins);
        case("買幣", Memo::Coins);
        case("请放币", Memo::Coins);
        case("OKX订单号 K7M2QX", Memo::Coins);
        case("订单号123", Memo::Coins);
        case("虚拟货币", Memo::Coins);
        case("泰达", Memo::Coins);
        case("U商", Memo::Coins);
        case("买U", Memo::Coins);
        case("100u", Memo::Coins);
        case("eth", Memo::Coins);
        case("E T H", Memo::Coins);
        case("0.5ETH谢谢", Memo::Coins);
        case("C2C", Memo::Coins);
        case("转账usdt", Memo::Coins);
        case("together", Memo::Other);
        case("thank you", Memo::Other);
        case("人民币", Memo::Other);
        case("人民币换币", Memo::Coins);
        case("房租", Memo::Other);
        case("转账给妈妈", Memo::Other);
        case("5000", Memo::Other);
    }

    proptest! {
        /// However a word is dressed up, it is found.
        #[test]
        fn a_word_about_coins_is_found_in_any_dress(
            word in prop::sample::select(&ANYWHERE[..]),
            before in "[房租 ,。]{0,6}",
            after in "[房租 ,。]{0,6}",
            gap in "[\u{200B}\u{2060}\u{FEFF}. _-]{0,2}",
            wide in any::<bool>(),
        ) {
            let dress = |it: char| match it {
                '!'..='~' if wide => char::from_u32(u32::from(it) + 0xFEE0).unwrap(),
                it => it.to_ascii_uppercase(),
            };
            let word: String = word.chars().flat_map(|it| [dress(it).to_string(), gap.clone()]).collect();
            prop_assert_eq!(judge(&format!("{before}{word}{after}")), Memo::Coins);
        }

        #[test]
        fn nothing_written_can_break_the_judge(text in any::<String>()) {
            let blank = text.trim().is_empty();
            prop_assert!(!blank || judge(&text) == Memo::Blank);
        }
    }
}
