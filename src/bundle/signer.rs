//! Who has signed a bundle: the public half of a desk's key, and the short form of it that people
//! compare.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::ledger::Hash;
use crate::secrets::Seal;

/// What stands before an Ed25519 key in DER (RFC 8410), for programs like `openssl`.
const DER: [u8; 12] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00];
/// Bytes of a fingerprint: two keys with the same 80 bits are beyond anybody's reach.
const SHORT: usize = 10;

/// An Ed25519 public key; in JSON 64 hexadecimal digits, as a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Signer(Hash);

impl Signer {
    /// This desk.
    pub fn of(seal: &Seal) -> Self {
        Self(Hash(seal.public_key()))
    }

    pub fn has_signed(&self, bytes: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.0.0).verify(bytes, signature).is_ok()
    }

    pub fn fingerprint(&self) -> Fingerprint {
        let whole = Sha256::digest(self.0.0);
        Fingerprint(std::array::from_fn(|at| whole[at]))
    }

    /// The key as other programs read it.
    pub fn pem(&self) -> String {
        let key = STANDARD.encode([&DER[..], &self.0.0].concat());
        format!("-----BEGIN PUBLIC KEY-----\n{key}\n-----END PUBLIC KEY-----\n")
    }
}

/// `3F2A 91C0 55E7 08BD A1F4`: the first 80 bits of the SHA-256 of a [`Signer`]'s key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; SHORT]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, [one, two]) in self.0.as_chunks::<2>().0.iter().enumerate() {
            let space = if place == 0 { "" } else { " " };
            write!(f, "{space}{one:02X}{two:02X}")?;
        }
        Ok(())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a fingerprint is 20 hexadecimal digits, as in 3F2A 91C0 55E7 08BD A1F4")]
pub struct NoFingerprint;

impl FromStr for Fingerprint {
    type Err = NoFingerprint;

    /// As it is shown, in either case and with any spaces.
    fn from_str(text: &str) -> Result<Self, NoFingerprint> {
        let digits = text.chars().filter(|it| !it.is_whitespace()).map(|it| it.to_digit(16));
        let digits: Option<Vec<u8>> = digits.map(|it| u8::try_from(it?).ok()).collect();
        let digits = digits.ok_or(NoFingerprint)?;
        let (pairs, []) = digits.as_chunks::<2>() else { return Err(NoFingerprint) };
        let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
        <[u8; SHORT]>::try_from(bytes).map(Self).map_err(|_longer_or_shorter| NoFingerprint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_as_it_is_shown() {
        let signer = Signer::of(&Seal::from_key(&[7; 32]));
        let shown = signer.fingerprint().to_string();
        assert_eq!(shown.len(), 24);
        for typed in [shown.clone(), shown.to_lowercase(), shown.replace(' ', "")] {
            assert_eq!(typed.parse(), Ok(signer.fingerprint()));
        }
        for wrong in ["", "3F2A", "3F2A 91C0 55E7 08BD A1FG", &format!("{shown} 00")] {
            assert_eq!(wrong.parse::<Fingerprint>(), Err(NoFingerprint), "{wrong}");
        }
    }

    #[test]
    fn only_what_was_signed_is_signed() {
        let seal = Seal::from_key(&[7; 32]);
        let signer = Signer::of(&seal);
        let signature = seal.sign(b"facts");
        assert!(signer.has_signed(b"facts", &signature));
        assert!(!signer.has_signed(b"fact", &signature));
        assert!(!Signer::of(&Seal::from_key(&[8; 32])).has_signed(b"facts", &signature));
    }
}
