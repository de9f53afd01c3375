//! Only what we have written for this person is a button, and it means what was written.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fangbi::secrets::Seal;
use fangbi::telegram::press::Press;

/// The bytes are what a client sends, and once more what stands behind a MAC that fits.
pub fn holds(data: &[u8]) {
    let seal = Seal::from_key(&[3; 32]);
    assert_eq!(Press::decode(&crate::text(data), &seal, 1), None, "nobody can sign by chance");

    let mut signed = data.to_vec();
    signed.extend(seal.mac(1, data));
    let signed = URL_SAFE_NO_PAD.encode(signed);
    assert_eq!(Press::decode(&signed, &seal, 2), None, "it is somebody else's");
    if let Some(press) = Press::decode(&signed, &seal, 1) {
        let written = press.encode(&seal, 1);
        assert!(written.as_str().len() <= 64, "Telegram takes no more");
        assert_eq!(Press::decode(written.as_str(), &seal, 1), Some(press));
    }
}
