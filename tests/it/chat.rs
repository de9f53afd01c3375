//! What the two sides of an order write to each other.

use crate::world::{Sale, World};

#[tokio::test]
async fn each_side_hears_the_other_and_never_who_that_is() {
    let sale = World::open().await.sale().await;
    let Sale { li, wang, code, .. } = &sale;
    li.presses("Message").await;
    li.sees("write to the other side");
    wang.looks();
    li.says("Please put nothing into the memo.").await;
    let heard = wang.sees("the seller writes:");
    assert!(heard.text.contains(code.as_str()), "{}", heard.text);
    assert!(heard.text.contains("Please put nothing into the memo."), "{}", heard.text);
    for private in ["Li Na", "li_na", &li.id().to_string()] {
        assert!(!heard.text.contains(private), "{private}: {}", heard.text);
    }
    li.sees("✓ Delivered to the buyer");
    wang.presses_under(heard.message_id, "Reply").await;
    wang.says("It is empty, I promise.").await;
    li.sees("It is empty, I promise.");
    // What was begun goes on until it is left.
    wang.says("Sent just now, have a look.").await;
    li.sees("Sent just now, have a look.");
    wang.says("/cancel").await;
    wang.says("nobody is to hear this").await;
    assert_eq!(li.count("nobody is to hear this"), 0);
}
