//! Whoever can reach the port, without the secret of any phone.

use torture::Dice;

use super::{Tried, some_bytes, times};
use crate::receipts;

/// Right in everything but the signature: none, somebody else's, one of another message, cut, and
/// as another app; at the phone's own address and at made-up ones. (That the comparison takes the same
/// time wherever two signatures differ is not measured here.)
pub(crate) async fn unsigned_calls() -> Tried {
    let mut tried = Tried::default();
    let world = receipts::world().await;
    let (sale, phone) = receipts::sale_with_phone(&world).await;
    let mut dice = Dice::new(6);
    for _ in 0..times(400) {
        let stamp = world.stamp() + dice.below(1_000) as i64;
        let good = phone.notification(
            stamp,
            ("com.eg.android.AlipayGphone", "你已成功收款720.00元", "已转入余额"),
        );
        let sign = phone.sign(stamp);
        let forged = match dice.below(5) {
            0 => String::new(),
            1 => receipts::signed("another secret", stamp),
            2 => phone.sign(stamp + 1),
            3 => sign[..dice.below(sign.len() - 8)].to_owned(),
            _ => sign.chars().rev().collect(),
        };
        let (status, said) = match dice.below(4) {
            0 => {
                let path = format!("/appPush?t={stamp}&type=2&price=720.0&sign={forged}");
                phone.calls(&path).await
            }
            1 => phone.elsewhere(&format!("{:032}", dice.throw())).posts(good).await,
            2 => phone.posts(some_bytes(&mut dice, 2_000)).await,
            _ => phone.posts(good.replace(&sign, &forged)).await,
        };
        tried.note(status == 200 || !said.is_empty(), || format!("{status}: {said}"));
    }
    world.drain().await;
    let seen = world.order(sale.id).await.seen;
    tried.note(seen.is_some(), || "an order was marked".to_owned());
    let signals = world.query_one("select count(*) from signals").await;
    tried.note(signals != Some(0), || format!("{signals:?} signals were kept"));
    tried
}
