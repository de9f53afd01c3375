//! Guesses, and proofs that prove nothing.

use chrono::{DateTime, TimeDelta};
use fangbi::domain::bill;
use fangbi::domain::factor::{Throttle, Totp};
use fangbi::domain::order::Kind;
use torture::Dice;

use super::{Tried, times};
use crate::world::{World, minutes};

/// A script that guesses as fast as it is let, for a year: every try that is not locked is compared
/// with three codes that count.
pub(crate) async fn guesses() -> Tried {
    let (mut tried, mut dice) = (Tried::default(), Dice::new(15));
    let totp = Totp::new([7; 20]);
    let start = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
    for year in 0..times(1) {
        let (mut throttle, mut now) =
            (Throttle::default(), start + TimeDelta::days(365 * year as i64));
        let end = now + TimeDelta::days(365);
        let mut compared = 0;
        while now < end {
            match throttle.attempt(now) {
                Ok(counted) => {
                    compared += 1;
                    throttle = counted;
                    let code = format!("{:06}", dice.below(1_000_000));
                    let hit = totp.check(&code, None, now).is_ok();
                    tried.note(hit, || format!("{code} was right at {now}"));
                    now += TimeDelta::milliseconds(100);
                }
                Err(_locked) => {
                    tried.note(false, String::new);
                    now += TimeDelta::minutes(5);
                }
            }
        }
        // Five a day, and those of the first two, shorter locks.
        assert!(compared <= 5 * 367, "{compared} guesses were compared in a year");
    }
    tried
}

/// Each guess is followed by SIGKILL at another step: none is forgotten.
pub(crate) async fn guesses_and_crashes() -> Tried {
    let mut tried = Tried::default();
    for round in 0..times(4) {
        let world = World::open().await;
        let sale = world.sale().await;
        sale.marks_paid().await;
        sale.answers_all().await;
        for guess in 0..5 {
            sale.li.person.send(&format!("{guess}{guess}{guess}{guess}")).unwrap();
            if round % 4 >= 1 {
                world.poll().await;
            }
            if round % 4 >= 2 {
                world.handle().await;
            }
            if round % 4 >= 3 {
                world.send().await;
            }
            world.restart().await;
            world.drain().await;
            tried.note(sale.status().await != Kind::Paid, || format!("{guess} was right"));
        }
        // Five were counted: even what is right is not looked at now.
        sale.li.says(&sale.last_digits().await).await;
        let hit = sale.status().await != Kind::Paid;
        tried.note(hit, || format!("killed after step {}, a try was given back", round % 4));
        world.pass(minutes(15)).await;
        sale.li.says(&sale.last_digits().await).await;
        assert_eq!(sale.status().await, Kind::Releasing, "it was the lock that held");
    }
    tried
}

const NUMBERS: [&str; 4] = [
    "20270115200040011100670012345678",
    " 2027 0115 2000 4001 1100 6700 1234 5678 ",
    "２０２７０１１５200040011100670012345678",
    "2027\u{200B}0115200040011100670012345678",
];

/// One number of Alipay for several orders; and files that are made to break whoever reads them.
pub(crate) async fn used_proofs() -> Tried {
    let mut tried = Tried::default();
    let world = World::open().await;
    let sale = world.sale().await;
    sale.marks_paid().await;
    sale.wang.says(NUMBERS[0]).await;
    sale.wang.sees("…345678");
    let mei = world.seller("Mei", "en").await;
    let second = world.sale_between(&mei, &sale.wang).await;
    second.marks_paid().await;
    for number in NUMBERS {
        second.wang.says(number).await;
        let card = second.card(&mei).await.text;
        let hit = card.contains("345678") || second.status().await != Kind::Paid;
        tried.note(hit, || format!("{number} counts for a second order"));
    }

    let mut dice = Dice::new(22);
    let zip = {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("../../etc/bill.csv", options).unwrap();
        std::io::Write::write_all(&mut zip, &vec![b'0'; 3_000_000]).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let csv =
        "交易时间,收/支,金额,交易状态,交易订单号\n2027-01-15 16:00:00,收入,720.00,交易成功,x\n";
    for _ in 0..times(400) {
        let mut file = if dice.below(4) == 0 { zip.clone() } else { csv.as_bytes().to_vec() };
        for _ in 0..dice.below(8) {
            let at = dice.below(file.len());
            file[at] = dice.throw() as u8;
        }
        file.truncate(file.len() - dice.below(file.len() / 4));
        // A panic would end this story; an income that is none would be one.
        let hit = bill::read(&file).is_ok_and(|it| it.income.iter().any(|row| row.fen.0 <= 0));
        tried.note(hit, || "an income of nothing was read".to_owned());
    }
    tried
}
