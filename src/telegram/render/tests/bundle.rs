//! The message that carries a bundle.

use super::show::{book, in_each_language, seal};
use crate::bundle::signer::Signer;
use crate::domain::order::OrderId;
use crate::telegram::html::CAPTION;
use crate::telegram::render::screen::bundle;

#[test]
fn a_bundle_reads_well_and_fits_a_caption() {
    let signer = Signer::of(&seal()).fingerprint();
    in_each_language(1001, true, |pen| {
        let phrase = "長".repeat(40);
        let pen = pen.with_phrase(Some(&phrase));
        let page = |is_side, left_out| {
            bundle::bundle(&pen, OrderId(17), is_side, (b"(zip)".to_vec(), left_out), signer)
        };
        let pages = [
            ("side".to_owned(), page(true, 0)),
            ("side, too large".to_owned(), page(true, 12)),
            ("arbiter".to_owned(), page(false, 1)),
        ];
        for (name, page) in &pages {
            assert!(page.text.units() <= CAPTION, "{name}: {}", page.text.units());
            assert!(!page.protect, "it is meant to be handed on");
        }
        insta::assert_snapshot!(format!("bundle_sent_{}", pen.language.tag()), book(pages));
    });
}
