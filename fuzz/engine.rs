//! libFuzzer, looking for bytes that break the target that `FUZZ_TARGET` names.
#![no_main]

use std::sync::OnceLock;

static HOLDS: OnceLock<fuzz::Holds> = OnceLock::new();

libfuzzer_sys::fuzz_target!(
    init: {
        let wanted = std::env::var("FUZZ_TARGET").unwrap_or_default();
        let target = fuzz::TARGETS.iter().find(|(name, _)| *name == wanted);
        let names = || fuzz::TARGETS.map(|(name, _)| name).join(", ");
        let (_, holds) = target.unwrap_or_else(|| panic!("FUZZ_TARGET is one of {}", names()));
        HOLDS.get_or_init(|| *holds);
    },
    |data: &[u8]| HOLDS.get().expect("set before the first bytes come")(data)
);
