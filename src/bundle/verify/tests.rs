use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::bundle::manifest::{Head, LogEnd, signed as sign};
use crate::secrets::Seal;

/// A real one, of a released order, in the first format: it has to be found unchanged for ever.
const BUNDLE: &[u8] = include_bytes!("../../../tests/golden/bundle.zip");

fn seal() -> Seal {
    Seal::from_key(&[7; 32])
}

type Files = Vec<(String, Vec<u8>)>;

fn files() -> Files {
    let entries = archive::read(BUNDLE).unwrap();
    entries.iter().map(|it| (it.name.to_owned(), it.bytes.to_vec())).collect()
}

fn zipped(files: &Files) -> Vec<u8> {
    let entries: Vec<_> = files.iter().map(|(name, bytes)| Entry { name, bytes }).collect();
    archive::write(&entries)
}

fn manifest(files: &Files) -> Manifest {
    let (_, bytes) = files.iter().find(|(name, _)| name == MANIFEST).unwrap();
    serde_json::from_slice(bytes).unwrap()
}

/// Signed by a desk, whatever is in it.
fn signed_again(mut files: Files, seal: &Seal) -> Vec<u8> {
    let Manifest { order, reader, made_at, left_out, .. } = manifest(&files);
    files.retain(|(name, _)| name != MANIFEST && name != SIGNATURE);
    let (_, log) = files.iter().find(|(name, _)| name == LOG).unwrap();
    let end = serde_json::from_slice::<LogFile>(log)
        .map_or((0, None), |it| (it.rows.len(), it.rows.last().and_then(|it| it.link)));
    let log = LogEnd { rows: end.0, link: end.1 };
    let entries: Vec<_> = files.iter().map(|(name, bytes)| Entry { name, bytes }).collect();
    sign(seal, Head { order, reader, made_at, log, left_out }, &entries).unwrap()
}

/// With something changed in one of its files, and signed by the desk itself.
fn with(file: &str, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut files = files();
    let (_, bytes) = files.iter_mut().find(|(name, _)| name == file).unwrap();
    let mut value: Value = serde_json::from_slice(bytes).unwrap();
    change(&mut value);
    *bytes = serde_json::to_vec_pretty(&value).unwrap();
    signed_again(files, &seal())
}

/// The links of a log made anew, as whoever has the desk's key could.
fn linked_anew(log: &mut Value) {
    let mut file: LogFile = serde_json::from_value(log.clone()).unwrap();
    let mut previous = Hash::START;
    for line in &mut file.rows {
        previous = line.row.after(&previous);
        line.link = Some(previous);
    }
    *log = serde_json::to_value(file).unwrap();
}

#[test]
fn a_bundle_says_what_it_is() {
    let verified = verify(BUNDLE, Some(Signer::of(&seal()).fingerprint())).unwrap();
    insta::assert_snapshot!(verified, @r"
    evidence for order FHWCXD, made for its seller
    made at 2027-01-15T08:02:10.000Z (2027-01-15 16:02:10 in UTC+8)
    signed by BAAB 547B 8684 F3AF 7A92
    9 files and 18 rows of the order's log, all as they were signed
    nothing was changed
    ");
    assert_eq!(verify(&signed_again(files(), &seal()), None), Ok(verified));
}

#[test]
fn what_is_no_bundle_is_called_that() {
    for bytes in [&b""[..], b"PK", b"%PDF-1.7", &[0; 100]] {
        assert_eq!(verify(bytes, None), Err(Flaw::NotABundle));
    }
}

/// As anybody can make it who has no key: each is found.
#[test]
fn five_thousand_single_edits_are_all_found() {
    let mut chance = Chance(0x5EED_F00D_CAFE_0001);
    let files = files();
    for round in 0..5_000 {
        let (what, edited) = edit(&files, &mut chance);
        if edited == BUNDLE {
            continue;
        }
        assert!(verify(&edited, None).is_err(), "round {round}: {what} was not found");
    }
}

/// A generator that gives the same numbers in every run (xorshift64*).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16) as usize % end.max(1)
    }
}

fn edit(files: &Files, chance: &mut Chance) -> (&'static str, Vec<u8>) {
    let mut zip = BUNDLE.to_vec();
    let at = chance.below(zip.len());
    let to = at + 1 + chance.below(40).min(zip.len() - at - 1);
    let mut edited = files.clone();
    let which = chance.below(files.len());
    let what = match chance.below(14) {
        0 | 1 => {
            zip[at] ^= 1 << chance.below(8);
            return ("a bit that was flipped", zip);
        }
        2 => {
            zip[at] = chance.below(256) as u8;
            return ("another byte", zip);
        }
        3 => {
            zip.drain(at..to);
            return ("bytes that were cut out", zip);
        }
        4 => {
            zip.splice(at..at, (0..to - at).map(|it| it as u8));
            return ("bytes that were put in", zip);
        }
        5 => {
            let copied = zip[at..to].to_vec();
            zip.splice(at..at, copied);
            return ("bytes that were doubled", zip);
        }
        6 => {
            zip.truncate(at);
            return ("an end that was cut off", zip);
        }
        7 => {
            edited.swap(which, chance.below(files.len()));
            "two entries that were swapped"
        }
        8 => {
            edited.remove(which);
            "an entry that was taken out"
        }
        9 => {
            let more = ("files/999-photo.jpg".to_owned(), b"x".to_vec());
            edited.insert(which, more);
            "an entry that was put in"
        }
        10 => {
            edited[which].0.push('x');
            "an entry that was renamed"
        }
        // With the right checksum in the zip…
        kind => {
            let bytes = &mut edited[which].1;
            let place = chance.below(bytes.len());
            bytes[place] ^= 1 << chance.below(8);
            // …and, for one in three, the right hash in the manifest, which nobody can sign.
            if kind == 13 && which < files.len() - 2 {
                let mut manifest = manifest(files);
                let (name, bytes) = &edited[which];
                manifest.files[which] = Listed::of(&Entry { name, bytes });
                let at = files.len() - 2;
                edited[at].1 = serde_json::to_vec_pretty(&manifest).unwrap();
            }
            "a content that was changed"
        }
    };
    (what, zipped(&edited))
}

/// Somebody else's signature under the same facts is a good one, and still somebody else's.
#[test]
fn another_signer_is_known_as_such() {
    let other = Seal::from_key(&[8; 32]);
    let forged = signed_again(files(), &other);
    let (is, expected) = (Signer::of(&other).fingerprint(), Signer::of(&seal()).fingerprint());
    assert_eq!(verify(&forged, None).unwrap().signer, Signer::of(&other));
    assert_eq!(verify(&forged, Some(expected)), Err(Flaw::OtherSigner { is, expected }));
}

/// Not even the desk can sign what does not fit together.
#[test]
fn each_part_that_does_not_fit_is_named() {
    #[track_caller]
    fn case(zip: &[u8], says: &str) {
        assert_eq!(verify(zip, None).unwrap_err().to_string(), says);
    }
    let log = |change: fn(&mut Value)| with(LOG, change);
    let facts = |change: fn(&mut Value)| with(FACTS, change);

    case(
        &log(|it| it["rows"][3]["status"] = "released".into()),
        "log.json, row 4: it was changed, or one before it was changed, removed or moved",
    );
    case(
        &log(|it| {
            it["rows"].as_array_mut().unwrap().swap(7, 8);
        }),
        "log.json, row 8: it was changed, or one before it was changed, removed or moved",
    );
    case(
        &log(|it| {
            it["rows"].as_array_mut().unwrap().remove(5);
        }),
        "log.json, row 6: it was changed, or one before it was changed, removed or moved",
    );
    case(
        &log(|it| it["rows"][2]["link"] = Value::Null),
        "log.json, row 3: it has no link, and rows before it do",
    );
    case(&log(|it| it["rows"][2]["order"] = 2.into()), "log.json, row 3: it is of another order");
    case(
        &log(|it| it["order"] = 2.into()),
        "bundle.json says the order otherwise than manifest.json",
    );
    case(&log(|it| it["rows"] = "none".into()), "log.json cannot be read");

    // The same by somebody who can make the links anew.
    case(
        &log(|it| {
            it["rows"].as_array_mut().unwrap().remove(1);
            linked_anew(it);
        }),
        "bundle.json: message 1 is not what the log says of it",
    );
    case(
        &log(|it| {
            it["rows"][0]["at"] = 0.into();
            linked_anew(it);
        }),
        "log.json, row 1: no order has such times or amounts",
    );
    case(
        &log(|it| {
            it["rows"][17]["status"] = "expired".into();
            linked_anew(it);
        }),
        "log.json, row 18: it leaves the order at released, version 4, and says expired, version 4",
    );

    case(
        &facts(|it| it["chat"][0]["words"]["text"] = "你好，已付款".into()),
        "bundle.json: message 1 is not what the log says of it",
    );
    case(
        &facts(|it| it["chat"][1]["at"]["utc8"] = "2027-01-15 12:00:00".into()),
        "bundle.json: message 2 is not what the log says of it",
    );
    case(
        &facts(|it| {
            it["chat"].as_array_mut().unwrap().remove(2);
        }),
        "bundle.json: message 3 is not what the log says of it",
    );
    case(
        &facts(|it| {
            let line = it["chat"][0].clone();
            it["chat"].as_array_mut().unwrap().push(line);
        }),
        "bundle.json: message 1 is there twice",
    );
    case(
        &facts(|it| it["chat"][2]["files"][0]["content"]["path"] = "files/002-document.pdf".into()),
        "bundle.json: file 1 is not what the log says of it",
    );
    case(
        &facts(|it| it["chat"][2]["files"] = json!([])),
        "bundle.json: file 1 is not what the log says of it",
    );
    case(
        &facts(|it| it["from_log"]["order"]["fen"] = 72_001.into()),
        "bundle.json: the order is not what its log makes of it",
    );
    case(
        &facts(|it| it["from_log"]["gate"][0]["yes"] = false.into()),
        "bundle.json: the order is not what its log makes of it",
    );
    case(
        &facts(|it| it["ledger"][1]["credit"] = "user:1".into()),
        "bundle.json: row 3 of the ledger does not follow from the one before",
    );
    case(
        &facts(|it| it["ledger"] = json!([])),
        "bundle.json: the ledger has other transfers than the log",
    );
    case(
        &facts(|it| it["reader"] = "buyer".into()),
        "bundle.json says the reader otherwise than manifest.json",
    );
    case(
        &facts(|it| it["format"] = 2.into()),
        "bundle.json says the format otherwise than manifest.json",
    );
}

#[test]
fn a_newer_format_is_not_called_damaged() {
    let mut files = files();
    let at = files.len() - 2;
    let mut manifest: Value = serde_json::from_slice(&files[at].1).unwrap();
    manifest["format"] = 2.into();
    files[at].1 = serde_json::to_vec(&manifest).unwrap();
    assert_eq!(verify(&zipped(&files), None), Err(Flaw::Newer { format: 2 }));
}

/// What comes to its reader, signed by anybody.
#[test]
fn nothing_that_is_made_up_breaks_the_derivation() {
    let years = ["1970-01-01T00:00:00Z", "+262142-12-31T23:59:59Z", "-262143-01-01T00:00:00Z"];
    let numbers = [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX / 1_000, i64::MAX];
    let mut odd: Vec<Value> = numbers.into_iter().map(Value::from).collect();
    odd.extend(years.map(Value::from));
    odd.extend([Value::Null, json!([]), json!({}), json!("")]);
    let original: Value = {
        let files = files();
        let (_, bytes) = files.iter().find(|(name, _)| name == LOG).unwrap();
        serde_json::from_slice(bytes).unwrap()
    };
    for row in 0..original["rows"].as_array().unwrap().len() {
        let entry: Value =
            serde_json::from_str(original["rows"][row]["entry"].as_str().unwrap()).unwrap();
        for path in paths(&entry, "") {
            for odd in &odd {
                let mut entry = entry.clone();
                *entry.pointer_mut(&path).unwrap() = odd.clone();
                let mut log = original.clone();
                log["rows"][row]["entry"] = entry.to_string().into();
                linked_anew(&mut log);
                let rows: LogFile = serde_json::from_value(log).unwrap();
                let rows: Vec<Row> = rows.rows.into_iter().map(|it| it.row).collect();
                if possible(&rows).is_ok() {
                    let _ = derive(OrderId(1), &rows);
                }
            }
        }
    }
}

/// Every value in it, by its JSON pointer.
fn paths(value: &Value, at: &str) -> Vec<String> {
    let mut found = vec![];
    if !at.is_empty() {
        found.push(at.to_owned());
    }
    match value {
        Value::Object(all) => {
            found.extend(all.iter().flat_map(|(key, it)| paths(it, &format!("{at}/{key}"))));
        }
        Value::Array(all) => {
            found.extend(
                all.iter().enumerate().flat_map(|(key, it)| paths(it, &format!("{at}/{key}"))),
            );
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    found
}

proptest! {
    #[test]
    fn no_bytes_break_it(bytes in any::<Vec<u8>>(), from in any::<prop::sample::Index>()) {
        let _ = verify(&bytes, None);
        let mut zip = BUNDLE.to_vec();
        zip.truncate(from.index(BUNDLE.len()));
        zip.extend(bytes);
        prop_assert!(verify(&zip, None).is_err());
    }
}
