//! A bundle that is found unchanged is one to the byte, and none can break whoever looks at it.

use fangbi::bundle::Entry;
use fangbi::bundle::manifest::{Head, LogEnd, signed};
use fangbi::bundle::verify::verify;
use fangbi::domain::chat::Voice;
use fangbi::domain::order::OrderId;
use fangbi::secrets::Seal;

/// The bytes are a zip; and once more the two files that a signed one would have, with a NUL between
/// them, because nobody comes that far by chance.
pub fn holds(data: &[u8]) {
    if verify(data, None).is_ok() {
        for at in [0, data.len() / 3, data.len() / 2, data.len() - 1] {
            let mut changed = data.to_vec();
            changed[at] ^= 1;
            assert!(verify(&changed, None).is_err(), "byte {at} can be changed");
        }
    }

    let split = data.iter().position(|it| *it == 0).unwrap_or(data.len());
    let (facts, log) = (&data[..split], data.get(split + 1..).unwrap_or_default());
    let files =
        [Entry { name: "bundle.json", bytes: facts }, Entry { name: "log.json", bytes: log }];
    let json = |bytes| serde_json::from_slice::<serde_json::Value>(bytes).unwrap_or_default();
    let (facts, log) = (json(facts), json(log));
    let order = log["order"].as_i64().unwrap_or(1);
    let rows = log["rows"].as_array().map_or(0, Vec::len);
    let link = log["rows"][rows.saturating_sub(1)]["link"].clone();
    let head = Head {
        order: OrderId(order).code(),
        reader: serde_json::from_value(facts["reader"].clone()).unwrap_or(Voice::Seller),
        made_at: serde_json::from_value(facts["made_at"].clone())
            .unwrap_or_else(|_none| fangbi::clock::from_millis(0).into()),
        log: LogEnd { rows, link: serde_json::from_value(link).unwrap_or_default() },
        left_out: Vec::new(),
    };
    let seal = Seal::from_key(&[3; 32]);
    let _ = verify(&signed(&seal, head, &files).expect("values of ours"), None);
}
