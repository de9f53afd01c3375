use proptest::prelude::*;

use super::*;

/// The secret of RFC 6238's appendix B for SHA-1.
fn rfc() -> Totp {
    Totp::new(*b"12345678901234567890")
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

/// The code of that moment, as an authenticator shows it.
fn code(totp: &Totp, now: DateTime<Utc>) -> String {
    totp.0.generate(now.timestamp().try_into().unwrap()).to_string()
}

#[test]
fn the_vectors_of_rfc_6238() {
    for (seconds, eight_digits) in [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ] {
        let code = &eight_digits[2..];
        assert_eq!(rfc().check(code, None, at(seconds)), Ok(seconds / 30), "{seconds}");
    }
}

#[test]
fn a_code_counts_in_its_own_half_minute_and_the_ones_around() {
    let code = code(&rfc(), at(3_000));
    for (seconds, expected) in [
        (2_969, Err(Miss::Wrong)),
        (2_970, Ok(100)),
        (3_029, Ok(100)),
        (3_059, Ok(100)),
        (3_060, Err(Miss::Wrong)),
    ] {
        assert_eq!(rfc().check(&code, None, at(seconds)), expected, "{seconds}");
    }
}

#[test]
fn a_code_counts_once_and_none_before_it_afterwards() {
    let (now, totp) = (at(3_000), rfc());
    let step = totp.check(&code(&totp, now), None, now).unwrap();
    assert_eq!(totp.check(&code(&totp, now), Some(step), now), Err(Miss::Used));
    assert_eq!(totp.check(&code(&totp, at(2_970)), Some(step), now), Err(Miss::Used));
    assert_eq!(totp.check(&code(&totp, at(3_030)), Some(step), now), Ok(step + 1));
    assert_eq!(totp.check("000000", Some(step), now), Err(Miss::Wrong));
}

#[test]
fn a_secret_is_written_and_read_and_never_shown() {
    let written = rfc().base32();
    assert_eq!(written, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assert_eq!(Totp::from_base32(&written).unwrap().base32(), written);
    assert_eq!(
        rfc().link(UserId(1001)),
        "otpauth://totp/fangbi:1001?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=fangbi"
    );
    assert_eq!(format!("{:?}", rfc()), "Totp(..)");
    for text in ["", "GEZDGNBV", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1"] {
        assert!(Totp::from_base32(text).is_none(), "{text}");
    }
}

#[test]
fn five_tries_then_ever_longer_pauses() {
    let mut throttle = Throttle::default();
    let mut now = at(0);
    for hours_and_minutes in [(0, 15), (1, 0), (24, 0), (24, 0)] {
        for left in (1..Throttle::TRIES).rev() {
            throttle = throttle.attempt(now).unwrap();
            assert_eq!(throttle.refusal(Miss::Wrong), FactorRefusal::Wrong { left });
        }
        throttle = throttle.attempt(now).unwrap();
        let (hours, minutes) = hours_and_minutes;
        let until = now + TimeDelta::hours(hours) + TimeDelta::minutes(minutes);
        let locked = FactorRefusal::Locked { until };
        assert_eq!(throttle.refusal(Miss::Wrong), locked);
        assert_eq!(throttle.refusal(Miss::Used), locked);
        assert_eq!(throttle.attempt(until - TimeDelta::milliseconds(1)), Err(locked));
        now = until;
    }
}

#[track_caller]
fn reads(text: &str, expected: &str) {
    let found = match Typed::read(text) {
        Typed::Code(code) => format!("code {code}"),
        Typed::Recovery(code) => format!("recovery {code}"),
        Typed::Other => "other".to_owned(),
    };
    assert_eq!(found, expected, "{text:?}");
}

#[test]
fn codes_are_read_as_they_are_typed() {
    reads("123456", "code 123456");
    reads(" 123 456\n", "code 123456");
    reads("１２３　４５６", "code 123456");
    reads("\u{202A}123456\u{202C}", "code 123456");
    reads("123-456", "code 123456");
    reads("7KQ2M-X9D4R", "recovery 7KQ2MX9D4R");
    reads("7kq2m x9d4r", "recovery 7KQ2MX9D4R");
    reads("oil2m-x9d4r", "recovery 0112MX9D4R");
    reads("12345", "other");
    reads("1234567", "other");
    reads("12345六", "other");
    reads("١٢٣٤٥٦", "other");
    reads("7KQ2M-X9D4U", "other");
    reads("+123456", "other");
    reads("", "other");
    reads(&"1".repeat(100_000), "other");
}

#[test]
fn the_last_characters_are_repeated_or_not() {
    for (typed, last, expected) in [
        ("2003", "2003", true),
        ("20.03", "2003", true),
        ("２００３", "2003", true),
        ("cbls", "cbLS", true),
        ("2004", "2003", false),
        ("72003", "2003", false),
        ("", "2003", false),
        ("", "", false),
        ("2003元", "2003", false),
    ] {
        assert_eq!(repeats(typed, last), expected, "{typed:?}");
    }
}

/// Fifty bits: every byte leads to one of all 32 letters, each to as many bytes.
#[test]
fn every_letter_of_a_recovery_code_is_as_likely() {
    let mut counts = std::collections::BTreeMap::new();
    for byte in 0..=u8::MAX {
        let letter = recovery_code([byte; RECOVERY_LENGTH]).chars().next();
        *counts.entry(letter).or_insert(0) += 1;
    }
    assert_eq!(counts.len(), 32);
    assert!(counts.values().all(|it| *it == 8), "{counts:?}");
}

proptest! {
    #[test]
    fn a_recovery_code_is_read_as_it_was_written(random in any::<[u8; RECOVERY_LENGTH]>()) {
        let code = recovery_code(random);
        prop_assert_eq!(code.chars().count(), RECOVERY_LENGTH + 1);
        let expected = Typed::Recovery(code.replace('-', ""));
        prop_assert!(Typed::read(&code) == expected);
        prop_assert!(Typed::read(&code.to_lowercase()) == expected);
    }

    /// Whoever guesses, at whatever pace, gets five tries between two pauses.
    #[test]
    fn no_pace_gives_more_tries(waits in prop::collection::vec(0_i64..100_000, 1..200)) {
        let (mut throttle, mut now) = (Throttle::default(), at(0));
        let mut tried = vec![];
        for wait in waits {
            now += TimeDelta::seconds(wait);
            if let Ok(counted) = throttle.attempt(now) {
                throttle = counted;
                tried.push(now);
            }
        }
        for (place, batch) in tried.chunks(Throttle::TRIES as usize).enumerate() {
            let Some(next) = tried.get((place + 1) * Throttle::TRIES as usize) else { break };
            prop_assert!(*next - batch[batch.len() - 1] >= pause(place as u32 + 1));
        }
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>()) {
        let _ = Typed::read(&text);
        let _ = rfc().check(&text, None, at(3_000));
        prop_assert!(!repeats(&text, ""));
    }
}

#[test]
fn six_letters_are_no_code_and_what_is_too_long_is_not_looked_at() {
    let code = |text: &str| matches!(Typed::read(text), Typed::Code(code) if code == "123456");
    assert!(code("\u{FEFF}123 456") && code("１２３４５６"));
    assert!(Typed::read("abcdef") == Typed::Other);
    for (length, read) in [(64, true), (65, false), (90, false)] {
        assert_eq!(code(&format!("{:->length$}", "123456")), read, "{length}");
    }
}
