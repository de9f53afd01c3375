//! The wish to leave, told to every loop at once.

use tokio::sync::watch;

/// Asks all loops to end.
#[derive(Debug)]
pub struct Stopper(watch::Sender<bool>);

/// A loop's view of it.
#[derive(Clone, Debug)]
pub struct Stop(watch::Receiver<bool>);

/// A wish that nobody has had yet.
pub fn stop() -> (Stopper, Stop) {
    let (sender, receiver) = watch::channel(false);
    (Stopper(sender), Stop(receiver))
}

impl Stopper {
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    pub fn is_asked(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until we are asked to end. A stopper that is gone asks, too.
    pub async fn asked(&mut self) {
        let _ = self.0.wait_for(|it| *it).await;
    }
}
