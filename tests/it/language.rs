//! Everybody reads the own language.

use fangbi::domain::order::Kind;

use crate::world::sale::{ACCOUNT, ACCOUNT_MASK, NAME_MASK};
use crate::world::{World, copies, countdowns, labels, minutes, seconds};

#[tokio::test]
async fn a_whole_sale_in_chinese() {
    let world = World::open().await;
    let (li, wang) = (world.seller("李娜", "zh-hans").await, world.buyer("王伟", "zh-CN").await);
    let sale = world.sale_between(&li, &wang).await;
    let code = &sale.code;
    let until = (world.now() + minutes(15)).timestamp();
    let card = wang.sees("· 待付款");
    assert!(card.text.contains(&format!("订单 {code}")), "{}", card.text);
    assert!(card.text.contains("应付：¥720.00"), "{}", card.text);
    assert!(card.text.contains(&format!("支付宝账号：{ACCOUNT}")), "{}", card.text);
    assert!(card.text.contains(&format!("{NAME_MASK} · {ACCOUNT_MASK}")), "{}", card.text);
    assert!(card.text.contains("再点“我已付款”"), "{}", card.text);
    assert_eq!(countdowns(&card), [until]);
    let copied: Vec<String> = copies(&card).into_iter().map(|it| it.1).collect();
    assert_eq!(copied, [ACCOUNT, NAME_MASK, "720.00"]);
    li.sees("100 USDT 已为这笔订单锁定");
    li.looks();

    wang.presses("我已付款").await;
    let news = li.sees("对方称已付款 ¥720.00");
    assert!(news.text.contains(&format!("订单 {code}")), "{}", news.text);
    assert!(news.text.contains("· 100 USDT · ¥720.00"), "{}", news.text);
    li.presses("我已收到款").await;
    li.sees("1/5 · 这笔钱在余额或账单里有记录吗？");
    sale.passes_gate().await;
    li.sees("现在还来得及叫停");
    assert_eq!(labels(&sale.card(&li).await), ["停止放币", "发消息"]);
    world.pass(seconds(10)).await;
    assert_eq!(sale.status().await, Kind::Released);
    sale.expect(sale.money().await, ("900 USDT", "0 USDT", "100 USDT"));
    wang.sees("100 USDT 已到你的账户");
    assert!(sale.card(&li).await.text.contains("已完成"));
    for person in [&li, &wang] {
        let english = person.chat().into_iter().find(|it| it.text.contains("rder"));
        assert!(english.is_none(), "{english:?}");
    }
}

#[tokio::test]
async fn each_side_of_an_order_reads_the_own_language() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "zh-hans").await, world.buyer("Wang", "en").await);
    world.sale_between(&li, &wang).await;
    li.looks();
    wang.presses("I've paid").await;
    li.sees("对方称已付款");
    wang.sees("waiting for the seller");
}

#[tokio::test]
async fn a_changed_language_holds_for_what_comes_next() {
    let world = World::open().await;
    let sale = world.sale().await;
    sale.li.says("/language").await;
    let page = sale.li.sees("Which language do you read?");
    assert_eq!(labels(&page), ["English", "简体中文"]);
    sale.li.presses("简体中文").await;
    sale.li.sees("你想做什么？");
    sale.wang.presses("I've paid").await;
    sale.li.sees("对方称已付款");
    world.restart().await;
    sale.li.says("/balance").await;
    sale.li.sees("我的资产");
}

#[tokio::test]
async fn the_language_is_chosen_before_the_terms_are_accepted() {
    let world = World::open().await;
    let ivan = world.stranger("Ivan", "ru");
    ivan.says("/start").await;
    let page = ivan.sees("Sell crypto for yuan, safely");
    assert_eq!(labels(&page), ["I have read this and accept", "简体中文"]);
    ivan.presses("简体中文").await;
    ivan.sees("请先了解可能的风险");
    ivan.presses("我已阅读并接受").await;
    ivan.sees("准备就绪");
    ivan.says("/start").await;
    ivan.sees("你想做什么？");
}
