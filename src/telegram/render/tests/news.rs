//! What rings about an order.

use super::cards::READERS;
use super::samples::news;
use super::show::{book, in_each_language, presses};
use crate::domain::order::tests::samples::{Sample, samples};
use crate::domain::order::{Asker, Kind, News};
use crate::domain::{UserId, order::Side};
use crate::telegram::action::Action;
use crate::telegram::render::news as words;
use crate::telegram::render::pen::Reading;

/// An order in a status in which the news may come.
fn fitting(news: News) -> Sample {
    let kind = match news {
        News::PayNow { .. } | News::Extended { .. } | News::CancelOffered | News::TakenBack => {
            Kind::AwaitingPayment
        }
        News::WindowOver { .. } | News::GraceEnding { .. } => Kind::Overdue,
        News::Delayed { .. } => Kind::Delayed,
        News::RefundStarted { .. } | News::RefundSent | News::RefundWaiting { .. } => {
            Kind::Refunding
        }
        News::Releasing { .. } => Kind::Releasing,
        News::Released => Kind::Released,
        News::Cancelled | News::Conceded | News::Awarded { .. } => Kind::Cancelled,
        News::Expired | News::LateMoney => Kind::Expired,
        News::DisputeOpened
        | News::DisputeWaiting
        | News::DisputeTaken
        | News::EvidenceWanted { .. }
        | News::EvidenceLate
        | News::EvidenceMissing { .. }
        | News::Unattended
        | News::AwardOverdue
        | News::AwardProposed { .. } => Kind::Disputed,
        News::ClaimOpened { .. } | News::ClaimWaiting | News::ClaimClosed => Kind::Claimed,
        News::Paid { .. }
        | News::LookNow { .. }
        | News::SellerSilent
        | News::NotArrivedYet
        | News::Short { .. }
        | News::NumberReused
        | News::ArrivalDue
        | News::Stopped
        | News::Outage { .. }
        | News::Unreachable { .. }
        | News::LooksPaid => Kind::Paid,
    };
    let name = match news {
        News::CancelOffered => "the seller has agreed to cancel",
        News::RefundSent | News::RefundWaiting { sent: true } => "sent",
        _ => "",
    };
    samples()
        .into_iter()
        .find(|it| it.order.status.kind() == kind && it.name.starts_with(name))
        .expect("a sample of each status")
}

/// What an arbiter has written, where the page has it.
fn reason(news: News) -> Option<&'static str> {
    let decides =
        matches!(news, News::AwardProposed { .. } | News::Awarded { .. } | News::ClaimClosed);
    decides.then_some("The bill has no such entry.\n<b>Page 3</b>")
}

#[test]
fn news_read_well() {
    for reading in READERS {
        in_each_language(1, false, |pen| {
            let pages = news().into_iter().map(|it| {
                let Sample { order, now, .. } = fitting(it);
                let page = words::page(pen, &order, reading, (it, reason(it)), now);
                (format!("{it:?}"), page.expect("it fits the status"))
            });
            let of = match reading {
                Reading::Side(Side::Seller) => "seller",
                Reading::Side(Side::Buyer) => "buyer",
                Reading::Staff { .. } => "arbiter",
            };
            insta::assert_snapshot!(format!("news_{of}_{}", pen.language.tag()), book(pages));
        });
    }
}

/// Whatever has happened meanwhile, a reminder has no button that the order would refuse.
#[test]
fn every_button_of_the_news_would_be_granted() {
    for sample in samples() {
        for reading in READERS {
            let user = super::cards::reader(&sample, reading);
            in_each_language(user, false, |pen| {
                for news in news() {
                    let page = words::page(pen, &sample.order, reading, (news, None), sample.now);
                    for press in page.iter().flat_map(|it| presses(it, user)) {
                        let Action::Ask(request) = press.action else { continue };
                        let arbiter = matches!(reading, Reading::Staff { .. });
                        let asker = Asker { user: UserId(user), arbiter };
                        let seen = Some(press.version);
                        let answer = sample.order.clone().ask(request, asker, seen, sample.now);
                        assert!(answer.is_ok(), "{news:?} {}: {answer:?}", sample.name);
                    }
                }
            });
        }
    }
}

#[test]
fn a_reminder_of_what_is_over_is_not_sent() {
    in_each_language(1, false, |pen| {
        let sample = fitting(News::Paid { late: false });
        let late = words::page(
            pen,
            &sample.order,
            Reading::Side(Side::Buyer),
            (News::PayNow { until: sample.now }, None),
            sample.now,
        );
        assert_eq!(late, None);
    });
}
