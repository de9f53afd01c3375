//! The key file, and what is made from it: sealed fields, look-up hashes and button MACs.

use std::fmt::{self, Display};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use ring::signature::{Ed25519KeyPair, KeyPair};
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;
use sha2::Sha256;

/// The first byte of a sealed field, so that another cipher can follow one day.
const VERSION: u8 = 1;
const NONCE: usize = 24;

/// Where a sealed field stands. It is bound to this place and cannot be read anywhere else.
#[derive(Clone, Copy, Debug)]
pub struct Place<Row> {
    pub table: &'static str,
    pub row: Row,
    pub column: &'static str,
}

impl<Row: Display> Display for Place<Row> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.table, self.row, self.column)
    }
}

/// A sealed field that was changed, moved, or sealed with another key.
#[derive(Debug, thiserror::Error)]
#[error("{place} cannot be opened: it was changed, moved, or sealed with another key")]
pub struct Unreadable {
    place: String,
}

/// Why a text could not be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error("the system gives no random bytes: {0}")]
    Random(getrandom::Error),
    #[error("{place}: the text is too long to be sealed")]
    TooLong { place: String },
}

/// Why the key file cannot be used. Each text names the file.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the key file {} cannot be read: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("the key file {} cannot be created: {source}", path.display())]
    Create { path: PathBuf, source: io::Error },
    #[error("the key file {} must be readable by its owner only: chmod 600 it", path.display())]
    Open { path: PathBuf },
    #[error("the key file {} must hold 64 hexadecimal digits and nothing else", path.display())]
    Malformed { path: PathBuf },
    #[error("the system gives no random bytes: {0}")]
    Random(getrandom::Error),
}

/// Everything that needs the key. Cloning is cheap; the key itself is never shown.
#[derive(Clone)]
pub struct Seal(Arc<Keys>);

struct Keys {
    fields: XChaCha20Poly1305,
    lookups: Hmac<Sha256>,
    buttons: Hmac<Sha256>,
    log: Hmac<Sha256>,
    ends: Hmac<Sha256>,
    bundles: Ed25519KeyPair,
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal(..)")
    }
}

impl Seal {
    /// Reads the key file, or creates it (mode 0600) where there is none.
    pub fn read_or_create(path: &Path) -> Result<Self, KeyError> {
        match OpenOptions::new().read(true).open(path) {
            Ok(file) => read(path, file),
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => create(path),
            Err(source) => Err(KeyError::Read { path: path.to_owned(), source }),
        }
    }

    /// The keys made from these 32 bytes: one for each purpose, none of which tells about another.
    pub fn from_key(key: &[u8; 32]) -> Self {
        Self(Arc::new(Keys {
            fields: XChaCha20Poly1305::new((&*derive(key, "fangbi fields 1")).into()),
            lookups: keyed(&derive(key, "fangbi lookups 1")),
            buttons: keyed(&derive(key, "fangbi buttons 1")),
            log: keyed(&derive(key, "fangbi log 1")),
            ends: keyed(&derive(key, "fangbi ends 1")),
            bundles: signing(&derive(key, "fangbi bundles 1")),
        }))
    }

    /// Seals `plain` for one place. Sealing twice gives different bytes: use `lookup` to find it.
    pub fn seal(&self, place: Place<impl Display>, plain: &str) -> Result<Vec<u8>, SealError> {
        self.seal_bytes(place, plain.as_bytes())
    }

    /// As [`Seal::seal`], for what is no text.
    pub fn seal_bytes(
        &self,
        place: Place<impl Display>,
        plain: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(SealError::Random)?;
        let place = place.to_string();
        let payload = Payload { msg: plain, aad: place.as_bytes() };
        let Ok(text) = self.0.fields.encrypt(&XNonce::from(nonce), payload) else {
            return Err(SealError::TooLong { place });
        };
        let mut sealed = Vec::with_capacity(1 + NONCE + text.len());
        sealed.push(VERSION);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&text);
        Ok(sealed)
    }

    /// Opens what was sealed for this very place.
    pub fn open(
        &self,
        place: Place<impl Display>,
        sealed: &[u8],
    ) -> Result<SecretString, Unreadable> {
        let place = place.to_string();
        let text = self.plain(&place, sealed).and_then(|it| String::from_utf8(it).ok());
        text.map(SecretString::from).ok_or(Unreadable { place })
    }

    /// Opens what [`Seal::seal_bytes`] has sealed for this very place.
    pub fn open_bytes(
        &self,
        place: Place<impl Display>,
        sealed: &[u8],
    ) -> Result<Vec<u8>, Unreadable> {
        let place = place.to_string();
        self.plain(&place, sealed).ok_or(Unreadable { place })
    }

    fn plain(&self, place: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (version, sealed) = sealed.split_first()?;
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        if *version != VERSION {
            return None;
        }
        let payload = Payload { msg: sealed, aad: place.as_bytes() };
        self.0.fields.decrypt(&XNonce::from(*nonce), payload).ok()
    }

    /// The keyed hash by which a sealed text is found again; `kind` keeps kinds apart.
    pub fn lookup(&self, kind: &str, text: &str) -> [u8; 32] {
        let mut mac = self.0.lookups.clone();
        mac.update(&(kind.len() as u64).to_le_bytes());
        mac.update(kind.as_bytes());
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// The MAC on a row of the log, over its hash in the chain of all rows.
    pub fn log_mac(&self, hash: &[u8; 32]) -> [u8; 32] {
        let mut mac = self.0.log.clone();
        mac.update(hash);
        mac.finalize().into_bytes().into()
    }

    /// The MAC on the ends of the chains, as they are written beside a backup.
    pub fn ends_mac(&self, ends: &str) -> [u8; 32] {
        let mut mac = self.0.ends.clone();
        mac.update(ends.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// The Ed25519 signature under an evidence bundle, which anybody can check.
    pub fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        // Ed25519 signatures are 64 bytes, all of them.
        signature.copy_from_slice(self.0.bundles.sign(bytes).as_ref());
        signature
    }

    /// The key by which [`Seal::sign`] is checked. It tells nothing about any other.
    pub fn public_key(&self) -> [u8; 32] {
        let mut key = [0; 32];
        // So are its public keys 32.
        key.copy_from_slice(self.0.bundles.public_key().as_ref());
        key
    }

    /// The MAC on a button: these bytes, pressed by this user.
    pub fn mac(&self, user: i64, bytes: &[u8]) -> [u8; 10] {
        let mut mac = self.0.buttons.clone();
        mac.update(&user.to_le_bytes());
        mac.update(bytes);
        let whole: [u8; 32] = mac.finalize().into_bytes().into();
        std::array::from_fn(|at| whole[at])
    }
}

/// 32 hexadecimal digits, by chance: what makes a digest of few words say nothing about them.
pub fn random_salt() -> Result<String, SealError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(SealError::Random)?;
    Ok(bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}")))
}

/// What nobody can guess: 24 random bytes, written in 32 letters, digits, `-` and `_`.
pub fn random_token() -> Result<SecretString, SealError> {
    let mut bytes = Zeroizing::new([0; 24]);
    getrandom::fill(&mut *bytes).map_err(SealError::Random)?;
    Ok(URL_SAFE_NO_PAD.encode(*bytes).into())
}

fn read(path: &Path, file: File) -> Result<Seal, KeyError> {
    let unread = |source| KeyError::Read { path: path.to_owned(), source };
    if file.metadata().map_err(unread)?.permissions().mode() & 0o077 != 0 {
        return Err(KeyError::Open { path: path.to_owned() });
    }
    let mut text = Zeroizing::new(Vec::new());
    file.take(1_000).read_to_end(&mut text).map_err(unread)?;
    let key =
        from_hex(text.trim_ascii()).ok_or_else(|| KeyError::Malformed { path: path.to_owned() })?;
    Ok(Seal::from_key(&key))
}

/// Writes a new key. It is on the disk, folder entry included, before anything is sealed with it.
fn create(path: &Path) -> Result<Seal, KeyError> {
    let mut key = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *key).map_err(KeyError::Random)?;
    let text = Zeroizing::new(to_hex(&*key) + "\n");
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| match path.parent() {
            Some(folder) if folder != Path::new("") => File::open(folder)?.sync_all(),
            _ => Ok(()),
        });
    match written {
        Ok(()) => Ok(Seal::from_key(&key)),
        Err(source) => {
            // Half a key must not stay; a file that somebody else created must.
            if source.kind() != io::ErrorKind::AlreadyExists {
                let _ = fs::remove_file(path);
            }
            Err(KeyError::Create { path: path.to_owned(), source })
        }
    }
}

/// One key a purpose: HMAC-SHA256 of the purpose's name under the file's key.
fn derive(key: &[u8; 32], purpose: &str) -> Zeroizing<[u8; 32]> {
    let mut mac = keyed(key);
    mac.update(purpose.as_bytes());
    Zeroizing::new(mac.finalize().into_bytes().into())
}

fn signing(seed: &[u8; 32]) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(seed).expect("any 32 bytes are a seed")
}

fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    // HMAC fills a short key up with zeros to the block's 64 bytes; done here, nothing can fail.
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key);
    <Hmac<Sha256> as KeyInit>::new((&*block).into())
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let digit = |byte: u8| (byte as char).to_digit(16).and_then(|it| u8::try_from(it).ok());
    if text.len() != 64 {
        return None;
    }
    let mut key = Zeroizing::new([0; 32]);
    for (byte, pair) in key.iter_mut().zip(text.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use ring::signature::UnparsedPublicKey;
    use secrecy::ExposeSecret;

    use super::*;

    fn place(row: i64) -> Place<i64> {
        Place { table: "payees", row, column: "account" }
    }

    fn seal() -> Seal {
        Seal::from_key(&[7; 32])
    }

    /// A key that cannot be read just now must never be replaced by a new one: nothing that was
    /// sealed could be opened again.
    #[test]
    fn what_is_there_and_cannot_be_read_is_no_reason_for_a_new_key() {
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("fangbi.key");
        std::os::unix::fs::symlink("fangbi.key", &key).unwrap();
        assert!(matches!(Seal::read_or_create(&key), Err(KeyError::Read { .. })));
        assert!(fs::symlink_metadata(&key).unwrap().is_symlink());
    }

    #[test]
    fn what_is_drawn_by_chance_is_another_each_time() {
        assert_ne!(random_salt().unwrap(), random_salt().unwrap());
        assert_eq!(random_salt().unwrap().len(), 32);
        let [one, other] = [(); 2].map(|()| random_token().unwrap());
        assert_ne!(one.expose_secret(), other.expose_secret());
        assert_eq!(one.expose_secret().len(), 32);
    }

    #[test]
    fn what_was_sealed_opens_in_its_place_only() {
        let sealed = seal().seal(place(1), "138****0000").unwrap();
        assert_eq!(seal().open(place(1), &sealed).unwrap().expose_secret(), "138****0000");
        assert!(seal().open(place(2), &sealed).is_err());
        let column = Place { column: "name", ..place(1) };
        assert!(seal().open(column, &sealed).is_err());
        assert!(Seal::from_key(&[8; 32]).open(place(1), &sealed).is_err());
    }

    #[test]
    fn bytes_that_were_sealed_open_in_their_place_only() {
        let sealed = seal().seal_bytes(place(1), b"\x00\xffbytes").unwrap();
        assert_eq!(seal().open_bytes(place(1), &sealed).unwrap(), b"\x00\xffbytes");
        assert!(seal().open_bytes(place(2), &sealed).is_err());
    }

    #[test]
    fn each_mac_has_its_text_its_purpose_and_its_key() {
        let (hash, other) = ([b'a'; 32], [b'b'; 32]);
        let text = str::from_utf8(&hash).unwrap();
        assert_eq!(seal().log_mac(&hash), seal().log_mac(&hash));
        assert_eq!(seal().ends_mac(text), seal().ends_mac(text));
        assert_ne!(seal().log_mac(&hash), seal().log_mac(&other));
        assert_ne!(seal().ends_mac(text), seal().ends_mac("b"));
        assert_ne!(seal().log_mac(&hash), seal().ends_mac(text), "the same bytes, elsewhere");
        let stranger = Seal::from_key(&[8; 32]);
        assert_ne!(seal().log_mac(&hash), stranger.log_mac(&hash));
        assert_ne!(seal().ends_mac(text), stranger.ends_mac(text));
    }

    #[test]
    fn anybody_can_check_a_signature_and_only_we_can_make_it() {
        let signature = seal().sign(b"bundle");
        let checks = |key: [u8; 32], bytes: &[u8]| {
            let key = UnparsedPublicKey::new(&ring::signature::ED25519, key);
            key.verify(bytes, &signature).is_ok()
        };
        assert!(checks(seal().public_key(), b"bundle"));
        assert!(!checks(seal().public_key(), b"bundlf"));
        assert!(!checks(Seal::from_key(&[8; 32]).public_key(), b"bundle"));
    }

    #[test]
    fn a_changed_byte_is_noticed_wherever_it_is() {
        let sealed = seal().seal(place(1), "abc").unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(seal().open(place(1), &changed).is_err(), "byte {at}");
            assert!(seal().open(place(1), &sealed[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn sealing_twice_gives_different_bytes_but_one_lookup() {
        let seal = seal();
        assert_ne!(seal.seal(place(1), "a").unwrap(), seal.seal(place(1), "a").unwrap());
        assert_eq!(seal.lookup("account", "a"), seal.lookup("account", "a"));
        assert_ne!(seal.lookup("account", "a"), seal.lookup("name", "a"));
        assert_ne!(seal.lookup("ab", "c"), seal.lookup("a", "bc"));
    }

    #[test]
    fn a_mac_belongs_to_its_user() {
        assert_ne!(seal().mac(1, b"release"), seal().mac(2, b"release"));
        assert_ne!(seal().mac(1, b"release"), seal().mac(1, b"refresh"));
    }

    #[test]
    fn a_key_file_is_created_once_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fangbi.key");
        let first = Seal::read_or_create(&path).unwrap();
        let again = Seal::read_or_create(&path).unwrap();
        assert_eq!(first.lookup("", "x"), again.lookup("", "x"));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn an_open_or_malformed_key_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fangbi.key");
        Seal::read_or_create(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(Seal::read_or_create(&path), Err(KeyError::Open { .. })));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        for text in ["", "abc", &"0".repeat(63), &"g".repeat(64), &"0".repeat(66)] {
            fs::write(&path, text).unwrap();
            assert!(matches!(Seal::read_or_create(&path), Err(KeyError::Malformed { .. })));
        }
    }

    #[test]
    fn debug_shows_no_key() {
        assert_eq!(format!("{:?}", seal()), "Seal(..)");
    }
}
