//! What must hold for everything that is said, in each language, in a demo or not.

use super::cards::{FACES, READERS, drawn, reader};
use super::samples::{
    ACCOUNT, HOSTILE, MAIL_MASK, NAME, news, notices, page, payee, screens, toasts,
};
use super::show::{buttons, in_each_language, presses};
use crate::domain::UserId;
use crate::domain::order::Side;
use crate::domain::order::tests::samples::samples;
use crate::letter::{Notice, Screen};
use crate::telegram::html::{CAPTION, MESSAGE};
use crate::telegram::render::page::Page;
use crate::telegram::render::pen::Reading;
use crate::telegram::render::{notice, toast};

/// A phone cuts a label that is longer off.
const LABEL: usize = 44;

fn everything(mut check: impl FnMut(&str, i64, &Page)) {
    for demo in [false, true] {
        for sample in samples() {
            for reading in READERS {
                let user = reader(&sample, reading);
                in_each_language(user, demo, |pen| {
                    for face in FACES {
                        check(sample.name, user, &drawn(pen, &sample, reading, face));
                    }
                    for it in news() {
                        let news = crate::telegram::render::news::page;
                        if let Some(page) =
                            news(pen, &sample.order, reading, (it, None), sample.now)
                        {
                            check(&format!("{it:?}"), user, &page);
                        }
                    }
                });
            }
        }
        in_each_language(1001, demo, |pen| {
            for it in screens().into_iter().flat_map(|(_, it)| it) {
                check(&format!("{it:?}"), 1001, &page(pen, &it));
            }
            for it in notices() {
                check(&format!("{it:?}"), 1001, &notice::page(pen, &it));
            }
        });
    }
}

#[test]
fn telegram_takes_every_message() {
    everything(|what, _, page| {
        let (text, _) = playground::parse_html(page.text.as_str())
            .unwrap_or_else(|error| panic!("{what}: {error:?}"));
        assert_eq!(text.encode_utf16().count(), page.text.units(), "{what}");
        let most = if page.is_text() { MESSAGE } else { CAPTION };
        assert!((1..=most).contains(&page.text.units()), "{what}");
        assert_eq!(text, text.trim(), "{what}");
        assert!(!text.contains("\n\n\n"), "{what}");
        assert!(!text.contains('{') && !text.contains('\u{2068}'), "{what}");
    });
}

#[test]
fn telegram_takes_every_button() {
    everything(|what, user, page| {
        let _ = presses(page, user);
        for button in buttons(page) {
            let label = button["text"].as_str().expect("a label");
            assert!((1..=LABEL).contains(&label.chars().count()), "{what}: {label}");
            if let Some(data) = button["callback_data"].as_str() {
                assert!(data.len() <= 64, "{what}");
            }
        }
    });
}

#[test]
fn telegram_takes_every_answer_to_a_press() {
    in_each_language(1, false, |pen| {
        for it in toasts() {
            let length = toast::words(pen, &it).text.chars().count();
            assert!((1..=200).contains(&length), "{it:?}: {length}");
        }
    });
}

/// The account is on the page that is paid by, and that page cannot be forwarded; the whole name
/// is nowhere.
#[test]
fn nobody_reads_an_account_who_does_not_pay_to_it() {
    let buyer = samples()[0].order.party(Side::Buyer).0;
    let mut seen = 0;
    everything(|what, user, page| {
        let keyboard = serde_json::to_string(&page.keyboard).expect("JSON");
        let all = format!("{}{keyboard}", page.text.as_str());
        assert!(!all.contains(NAME) && !all.contains("李"), "{what}");
        if all.contains(ACCOUNT) {
            assert_eq!(user, buyer, "{what}");
            assert!(page.protect, "{what}");
            seen += 1;
        }
    });
    assert!(seen > 0);
}

/// An impostor would send just such a notice: of coins, of a payment, of a changed account.
#[test]
fn a_notice_about_money_has_the_readers_phrase() {
    in_each_language(1001, false, |pen| {
        let pen = pen.with_phrase(Some("山高水长"));
        for it in notices() {
            let is_for_operators = matches!(it, Notice::Alarm { .. });
            let text = notice::page(&pen, &it).text;
            assert!(is_for_operators || text.as_str().contains("山高水长"), "{it:?}");
        }
    });
}

/// What shows a secret cannot be forwarded, and is taken away.
#[test]
fn a_secret_passes() {
    let secret = crate::domain::factor::Totp::new([7; 20]).base32();
    let mut seen = 0;
    everything(|what, _, page| {
        let keyboard = serde_json::to_string(&page.keyboard).expect("JSON");
        let all = format!("{}{keyboard}", page.text.as_str());
        let shows = all.contains(&secret) || all.contains("00000-00000") || page.picture.is_some();
        assert_eq!(shows, page.passing, "{what}");
        assert!(!shows || page.protect, "{what}");
        seen += usize::from(shows);
    });
    assert_eq!(
        seen,
        3 * 2 * 2,
        "the key, the codes and a payment code, in both languages, in a demo or not"
    );
}

/// A client would make a link of `***@example.com`.
#[test]
fn what_is_masked_is_no_link() {
    let masks = [payee().account.mask(), payee().name.mask(), MAIL_MASK.to_owned()];
    let shown_in = |text: &str| masks.iter().any(|it| text.contains(it.as_str()));
    let mut seen = 0;
    everything(|what, _, page| {
        let text = page.text.as_str();
        let outside = text.split("<code>").map(|it| it.split_once("</code>").map_or(it, |it| it.1));
        assert!(!outside.into_iter().any(shown_in), "{what}");
        seen += usize::from(shown_in(text));
    });
    assert!(seen > 0);
}

#[test]
fn an_order_of_a_demo_says_so() {
    for sample in samples() {
        for reading in READERS {
            for (demo, expected) in [(true, true), (false, false)] {
                in_each_language(1, demo, |pen| {
                    let page = drawn(pen, &sample, reading, crate::letter::Face::Plain);
                    let mark = pen.t.demo_mark();
                    assert_eq!(page.text.as_str().contains(&mark), expected, "{}", sample.name);
                });
            }
        }
    }
}

#[test]
fn a_page_about_money_says_so_in_a_demo() {
    for (demo, expected) in [(true, true), (false, false)] {
        in_each_language(1001, demo, |pen| {
            let mark = pen.t.demo_mark();
            let about_money = ["lists", "sell", "ads", "sure"];
            let subjects = screens().into_iter().filter(|(it, _)| about_money.contains(it));
            for screen in subjects.flat_map(|(_, it)| it) {
                let page = page(pen, &screen);
                assert_eq!(page.text.as_str().contains(&mark), expected, "{screen:?}");
            }
        });
    }
}

#[test]
fn what_somebody_typed_is_shown_as_text() {
    let mut shown = 0;
    everything(|what, _, page| {
        assert!(!page.text.as_str().contains(HOSTILE), "{what}");
        assert!(!page.text.as_str().contains('\u{202E}'), "{what}");
        shown += usize::from(page.text.as_str().contains("&lt;b&gt;&amp;&quot;0x1&lt;/b&gt;"));
    });
    assert!(shown > 0);
}

#[test]
fn the_risk_notice_can_be_read_at_once() {
    in_each_language(1, false, |pen| {
        let units = page(pen, &Screen::Terms).text.units();
        assert!(units <= 1_600, "{units}");
    });
}

#[test]
fn an_operator_decides_nothing() {
    for sample in samples() {
        in_each_language(3001, false, |pen| {
            let page = drawn(
                pen,
                &sample,
                Reading::Staff { user: UserId(3001), arbiter: false },
                crate::letter::Face::Plain,
            );
            assert!(presses(&page, 3001).is_empty());
        });
    }
}
