//! A section is written once: its keys, their meaning, default and range.

use std::fmt::Display;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use secrecy::SecretString;

/// One key, as it is shown.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) section: &'static str,
    pub(super) about_section: &'static str,
    pub(super) key: &'static str,
    pub(super) meaning: &'static str,
    /// As TOML; `None`: not set.
    pub(super) value: Option<String>,
}

impl Entry {
    pub(super) fn full_key(&self) -> String {
        format!("{}.{}", self.section, self.key)
    }
}

/// A value that can be shown as TOML.
pub(super) trait Shown {
    fn shown(&self) -> Option<String>;
}

impl Shown for u32 {
    fn shown(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Shown for String {
    fn shown(&self) -> Option<String> {
        Some(quoted(self))
    }
}

impl Shown for PathBuf {
    fn shown(&self) -> Option<String> {
        Some(quoted(&self.to_string_lossy()))
    }
}

impl Shown for SocketAddr {
    fn shown(&self) -> Option<String> {
        Some(quoted(&self.to_string()))
    }
}

impl Shown for SecretString {
    fn shown(&self) -> Option<String> {
        Some(quoted("***"))
    }
}

impl<T: Shown> Shown for Option<T> {
    fn shown(&self) -> Option<String> {
        self.as_ref().and_then(T::shown)
    }
}

impl<T: Display> Shown for Vec<T> {
    fn shown(&self) -> Option<String> {
        let items: Vec<_> = self.iter().map(T::to_string).collect();
        Some(format!("[{}]", items.join(", ")))
    }
}

/// Plain quotes: keys and paths hold nothing that TOML escapes in another way than Rust.
fn quoted(text: &str) -> String {
    format!("{text:?}")
}

/// A key with its value and its range.
pub(super) type Ranged = (&'static str, u32, RangeInclusive<u32>);

/// The first value that is out of its range, and why.
pub(super) fn in_range(section: &str, values: &[Ranged]) -> Result<(), (String, String)> {
    match values.iter().find(|(_, value, range)| !range.contains(value)) {
        Some((key, value, range)) => {
            let (from, to) = (range.start(), range.end());
            let why = format!("{value} is out of range, it must be {from} to {to}");
            Err((format!("{section}.{key}"), why))
        }
        None => Ok(()),
    }
}

/// Makes the section's struct, its defaults, its checks and its description.
macro_rules! section {
    (
        #[doc = $about:literal]
        $name:ident {
            $(
                #[doc = $meaning:literal]
                $key:ident: $type:ty = $default:expr $(, in $range:expr)?;
            )*
        }
    ) => {
        #[doc = $about]
        #[derive(Clone, Debug, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $(#[doc = $meaning] pub $key: $type,)*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($key: $default,)* }
            }
        }

        impl $name {
            fn entries(&self, section: &'static str) -> Vec<$crate::config::section::Entry> {
                vec![$($crate::config::section::Entry {
                    section,
                    about_section: $about.trim_ascii(),
                    key: stringify!($key),
                    meaning: $meaning.trim_ascii(),
                    value: $crate::config::section::Shown::shown(&self.$key),
                },)*]
            }

            fn check(&self, section: &str) -> Result<(), (String, String)> {
                let ranges: &[$crate::config::section::Ranged] = &[
                    $($((stringify!($key), self.$key, $range),)?)*
                ];
                $crate::config::section::in_range(section, ranges)
            }
        }
    };
}

pub(super) use section;
