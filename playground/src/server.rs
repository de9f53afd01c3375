//! HTTP: takes connections, hands Bot API calls to `bot_api`, everything else to the router.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tower_service::Service;

use crate::state::Inner;
use crate::{bot_api, page, people};

/// The connection a request came on. A fault may cut it before the answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Connection(Arc<Notify>);

impl Connection {
    /// Closes it; the request is never answered.
    pub(crate) async fn cut(&self) -> Response {
        self.0.notify_one();
        std::future::pending().await
    }
}

/// Serves until it is dropped, and then lets go of every connection.
pub(crate) async fn serve(listener: TcpListener, inner: Arc<Inner>) {
    let router = page::routes().merge(people::routes(Arc::clone(&inner)));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, Arc::clone(&inner), router.clone()));
                }
                Err(error) => {
                    tracing::warn!(%error, "could not take a connection");
                    tokio::task::yield_now().await;
                }
            },
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
}

async fn connection(stream: TcpStream, inner: Arc<Inner>, router: Router) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "the connection stays slow");
    }
    let connection = Connection::default();
    let cut = Arc::clone(&connection.0);
    let service = service_fn(move |request: Request<Incoming>| {
        answer(request, Arc::clone(&inner), router.clone(), connection.clone())
    });
    let served = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        result = served => {
            if let Err(error) = result {
                tracing::debug!(%error, "a connection ended early");
            }
        }
        () = cut.notified() => {}
    }
}

async fn answer(
    request: Request<Incoming>,
    inner: Arc<Inner>,
    mut router: Router,
    connection: Connection,
) -> Result<Response, Infallible> {
    let request = request.map(Body::new);
    let path = request.uri().path();
    if path.starts_with("/bot") {
        Ok(bot_api::answer(request, &inner, &connection).await)
    } else if path.starts_with("/file/bot") {
        Ok(bot_api::download(path, &inner))
    } else {
        router.call(request).await
    }
}
