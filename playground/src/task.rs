//! The one place where the playground starts something that runs beside its caller.

use tokio::task::JoinHandle;

/// Runs until it ends or is dropped.
#[derive(Debug)]
pub(crate) struct Task(Option<JoinHandle<()>>);

impl Task {
    #[expect(
        clippy::disallowed_methods,
        reason = "a task of ours ends with the value that owns it"
    )]
    pub(crate) fn start(work: impl Future<Output = ()> + Send + 'static) -> Self {
        Self(Some(tokio::spawn(work)))
    }

    /// Ends it and waits until all it held is let go.
    pub(crate) async fn stop(mut self) {
        if let Some(handle) = self.0.take() {
            handle.abort();
            // Aborted is what we asked for; a panic was printed when it happened.
            let _ = handle.await;
        }
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        if let Some(handle) = &self.0 {
            handle.abort();
        }
    }
}
