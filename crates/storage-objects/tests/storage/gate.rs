//! Faulty servers: a gate that, while shut, answers that the server behind it is overloaded, and
//! counts requests; and a server with one answer to every request.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

const OVERLOADED: &str = "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

pub struct Gate {
    address: SocketAddr,
    is_open: Arc<AtomicBool>,
    refused: Arc<AtomicUsize>,
}

impl Gate {
    /// A gate that is shut.
    pub async fn before(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (is_open, refused) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let (opened, counted) = (Arc::clone(&is_open), Arc::clone(&refused));
        tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                if opened.load(Ordering::SeqCst) {
                    tokio::spawn(pass(caller, server));
                } else {
                    counted.fetch_add(1, Ordering::SeqCst);
                    tokio::spawn(answer(caller, OVERLOADED.to_owned()));
                }
            }
        });
        Self { address, is_open, refused }
    }

    pub fn open(&self) {
        self.is_open.store(true, Ordering::SeqCst);
    }

    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The number of refused requests.
    pub fn refused(&self) -> usize {
        self.refused.load(Ordering::SeqCst)
    }
}

async fn pass(mut caller: TcpStream, server: SocketAddr) {
    let mut server = TcpStream::connect(server).await.unwrap();
    let _ = copy_bidirectional(&mut caller, &mut server).await;
}

/// The address of a server that answers every request with this text and then closes the
/// connection.
pub async fn answering(text: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let text = text.to_owned();
    tokio::spawn(async move {
        while let Ok((caller, _)) = listener.accept().await {
            tokio::spawn(answer(caller, text.clone()));
        }
    });
    endpoint
}

async fn answer(mut caller: TcpStream, text: String) {
    let mut request = [0; 4096];
    let _ = caller.read(&mut request).await;
    let _ = caller.write_all(text.as_bytes()).await;
}
