//! The pages for whoever watches the program, and for sellers' phones.

use std::io;
use std::net::SocketAddr;

use axum::Router;
use tokio::net::TcpListener;

use crate::stop::Stop;

pub mod health;
pub mod receipts;

/// A port that is ours.
#[derive(Debug)]
pub struct Web(TcpListener);

/// Why nothing can be served, in one line.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {listen}: {source}")]
pub struct ListenError {
    listen: SocketAddr,
    source: io::Error,
}

impl Web {
    /// Takes the port.
    ///
    /// # Errors
    /// When it is in use or not ours to take.
    pub async fn listen(listen: SocketAddr) -> Result<Self, ListenError> {
        let listener = TcpListener::bind(listen).await;
        listener.map(Self).map_err(|source| ListenError { listen, source })
    }

    /// Where it listens.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }

    /// Serves these until it is asked to stop.
    pub async fn serve(self, routes: Router, mut stop: Stop) -> io::Result<()> {
        axum::serve(self.0, routes).with_graceful_shutdown(async move { stop.asked().await }).await
    }
}
