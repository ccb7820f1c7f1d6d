//! Functions that bind a listener, take connections, or serve for the life of a process.

use std::sync::LazyLock;

use super::{Index, find, index};

#[derive(Debug)]
pub struct Serve {
    pub paths: &'static [&'static str],
    pub kind: ServeKind,
    /// It can give an `Err`.
    pub can_fail: bool,
    /// Its error panics when nobody has looked at it before it is dropped.
    pub panics_when_dropped: bool,
    pub source: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServeKind {
    /// Opens a listener.
    Bind,
    /// Takes the next connection.
    Accept,
    /// Serves until it is told to stop or something breaks.
    Serve,
    /// Never returns, or never `Ok`.
    ServeForever,
    /// Serves one connection until the peer goes.
    Connection,
}

/// What a function or method has to do with serving.
pub fn serve(path: &str) -> Option<&'static Serve> {
    static INDEX: LazyLock<Index<Serve>> = LazyLock::new(|| index(SERVES, |row| row.paths));
    find(&INDEX, path)
}

/// Whether a function opens a socket that is no sign of a server: those who ask others need one as well.
pub fn opens_datagram_socket(path: &str) -> bool {
    path.ends_with("::UdpSocket::bind") || path.ends_with("::UnixDatagram::bind")
}

const fn bind(paths: &'static [&'static str], source: &'static str) -> Serve {
    Serve { paths, kind: ServeKind::Bind, can_fail: true, panics_when_dropped: false, source }
}

const fn accept(paths: &'static [&'static str], source: &'static str) -> Serve {
    Serve { paths, kind: ServeKind::Accept, can_fail: true, panics_when_dropped: false, source }
}

const fn fallible(paths: &'static [&'static str], source: &'static str) -> Serve {
    Serve { paths, kind: ServeKind::Serve, can_fail: true, panics_when_dropped: false, source }
}

const fn infallible(paths: &'static [&'static str], source: &'static str) -> Serve {
    Serve { paths, kind: ServeKind::Serve, can_fail: false, panics_when_dropped: false, source }
}

pub static SERVES: &[Serve] = &[
    bind(
        &[
            "tokio::net::TcpListener::bind",
            "tokio::net::TcpListener::from_std",
            "tokio::net::UnixListener::bind",
            "tokio::net::UdpSocket::bind",
            "tokio::net::TcpSocket::listen",
        ],
        "tokio 1.54.1 S",
    ),
    bind(
        &[
            "std::net::TcpListener::bind",
            "std::net::UdpSocket::bind",
            "std::os::unix::net::UnixListener::bind",
            "std::os::unix::net::UnixDatagram::bind",
        ],
        "std 1.95.0 S",
    ),
    bind(
        &["async_std::net::TcpListener::bind", "async_net::TcpListener::bind", "async_net::UdpSocket::bind"],
        "async-std 1.13.2, async-net 2.0.0 S",
    ),
    accept(
        &[
            "tokio::net::TcpListener::accept",
            "tokio::net::UnixListener::accept",
            "tokio::net::windows::named_pipe::NamedPipeServer::connect",
        ],
        "tokio 1.54.1 S",
    ),
    accept(&["std::net::TcpListener::accept", "std::os::unix::net::UnixListener::accept"], "std 1.95.0 S"),
    accept(
        &["async_std::net::TcpListener::accept", "async_net::TcpListener::accept"],
        "async-std 1.13.2, async-net 2.0.0 S",
    ),
    accept(&["quinn::Endpoint::accept"], "quinn 0.11.12 S"),
    accept(&["iroh::Endpoint::accept"], "iroh 1.4.1 D"),
    accept(&["libp2p::swarm::Swarm::select_next_some"], "libp2p-swarm 0.47.1 S"),
    bind(
        &["iroh::endpoint::Builder::bind", "libp2p::swarm::Swarm::listen_on"],
        "iroh 1.4.1, libp2p-swarm 0.47.1 D",
    ),
    bind(&["quinn::Endpoint::server"], "quinn 0.11.12 S"),
    // Its output is a Result that is never an Err, and without a stop signal it never ends.
    Serve {
        paths: &["axum::serve"],
        kind: ServeKind::ServeForever,
        can_fail: false,
        panics_when_dropped: false,
        source: "axum 0.8.9 S",
    },
    // As above, until it is told to stop.
    infallible(&["axum::serve::Serve::with_graceful_shutdown"], "axum 0.8.9 S"),
    fallible(&["axum_server::Server::serve"], "axum-server 0.9.0 S"),
    // Before hyper 1 and axum 0.7; `bind` panics when it cannot, and the builder's `serve` gives the server.
    bind(&["hyper::Server::try_bind"], "hyper 0.14.32 D"),
    fallible(&["hyper::server::Builder::serve"], "hyper 0.14.32 D"),
    fallible(
        &[
            "tonic::transport::Server::serve",
            "tonic::transport::Server::serve_with_shutdown",
            "tonic::transport::Server::serve_with_incoming",
            "tonic::transport::Server::serve_with_incoming_shutdown",
            "tonic::transport::server::Router::serve",
            "tonic::transport::server::Router::serve_with_shutdown",
            "tonic::transport::server::Router::serve_with_incoming",
            "tonic::transport::server::Router::serve_with_incoming_shutdown",
        ],
        "tonic 0.14.9 S",
    ),
    // They give (), and panic when they cannot bind.
    infallible(
        &[
            "warp::Server::run",
            "warp::Server::run_incoming",
            "warp::Server::bind",
            "warp::Server::try_bind",
            "warp::Server::serve_incoming",
            "warp::Server::serve_incoming_with_graceful_shutdown",
            "warp::TlsServer::run",
            "warp::TlsServer::bind",
        ],
        "warp 0.3.7 S",
    ),
    bind(
        &[
            "actix_web::HttpServer::bind",
            "actix_web::HttpServer::bind_auto_h2c",
            "actix_web::HttpServer::bind_uds",
            "actix_web::HttpServer::bind_openssl",
            "actix_web::HttpServer::bind_rustls_0_23",
            "actix_web::HttpServer::listen",
            "actix_web::HttpServer::listen_uds",
        ],
        "actix-web 4.18.1 S",
    ),
    fallible(&["actix_web::HttpServer::run"], "actix-web 4.18.1 S"),
    fallible(&["poem::Server::run", "poem::Server::run_with_graceful_shutdown"], "poem 3.1.12 S"),
    Serve {
        paths: &["rocket::Rocket::launch"],
        kind: ServeKind::Serve,
        can_fail: true,
        panics_when_dropped: true,
        source: "rocket 0.5.1 D",
    },
    infallible(&["salvo_core::Server::serve"], "salvo_core 1.1.0 S"),
    fallible(&["salvo_core::Server::try_serve"], "salvo_core 1.1.0 S"),
    fallible(&["tide::Server::listen"], "tide 0.16.0 S"),
    bind(
        &["tide::Server::bind", "jsonrpsee::server::ServerBuilder::build"],
        "tide 0.16.0, jsonrpsee-server 0.26.1 S",
    ),
    // Starts a task of its own; `stopped` of the handle waits for its end.
    infallible(
        &["jsonrpsee::server::Server::start", "jsonrpsee::server::ServerHandle::stopped"],
        "jsonrpsee-server 0.26.1 S",
    ),
    Serve {
        paths: &["pingora_core::server::Server::run_forever"],
        kind: ServeKind::ServeForever,
        can_fail: false,
        panics_when_dropped: false,
        source: "pingora-core 0.6 D",
    },
    Serve {
        paths: &["thrift::server::TServer::listen"],
        kind: ServeKind::ServeForever,
        can_fail: true,
        panics_when_dropped: false,
        source: "thrift 0.17 D",
    },
    Serve {
        paths: &[
            "hyper::server::conn::http1::Builder::serve_connection",
            "hyper::server::conn::http2::Builder::serve_connection",
            "hyper_util::server::conn::auto::Builder::serve_connection",
            "hyper_util::server::conn::auto::Builder::serve_connection_with_upgrades",
        ],
        kind: ServeKind::Connection,
        can_fail: true,
        panics_when_dropped: false,
        source: "hyper 1.12.0, hyper-util 0.1.21 S",
    },
];
