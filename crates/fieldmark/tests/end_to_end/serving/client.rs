//! Requests to the service, and its answers.

use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::http::Request;

use super::server::Server;

/// Long enough for a slow machine.
const PATIENCE: Duration = Duration::from_secs(120);
/// What waits for nothing takes no longer, on a slow machine either.
const AT_ONCE: Duration = Duration::from_secs(8);
const BOUNDARY: &str = "a-line-that-no-file-has";

/// What was answered.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.bytes)))
    }

    /// The data of an answer with this status.
    #[track_caller]
    pub fn data(&self, status: u16) -> Value {
        let body = self.json();
        assert_eq!((self.status, &body["success"]), (status, &Value::Bool(true)), "{body}");
        body["data"].clone()
    }

    /// Status and code of an answer that failed.
    #[track_caller]
    pub fn failure(&self) -> (u16, String) {
        (self.status, self.json()["error"]["code"].as_str().unwrap_or_default().to_owned())
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Server {
    /// Asks for something below the API's address.
    pub fn ask(&self, method: &str, path: &str) -> Reply {
        self.send(method, path, &[], Vec::new())
    }

    /// Sends JSON.
    pub fn send_json(&self, method: &str, path: &str, body: &Value) -> Reply {
        self.send(method, path, &[("Content-Type", "application/json")], body.to_string().into_bytes())
    }

    /// Sends a form with files, each with its name.
    pub fn send_files(&self, path: &str, files: &[(&str, &[u8])]) -> Reply {
        let mut body = Vec::new();
        for (name, content) in files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
            );
            body.extend([head.as_bytes(), content, b"\r\n"].concat());
        }
        body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        self.send(
            "POST",
            path,
            &[("Content-Type", &format!("multipart/form-data; boundary={BOUNDARY}"))],
            body,
        )
    }

    /// Asks with headers and a body.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Reply {
        self.send_to(method, &format!("/api/v1{path}"), headers, body, PATIENCE)
    }

    /// Asks for something at the root, which is there at once.
    pub fn at_root(&self, path: &str) -> Reply {
        self.send_to("GET", path, &[], Vec::new(), AT_ONCE)
    }

    fn send_to(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
        patience: Duration,
    ) -> Reply {
        let agent: Agent =
            Agent::config_builder().http_status_as_error(false).timeout_global(Some(patience)).build().into();
        let mut request = Request::builder().method(method).uri(self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = match body.is_empty() {
            true => agent.run(request.body(()).unwrap()),
            false => agent.run(request.body(body).unwrap()),
        };
        let answer = answer.unwrap_or_else(|error| panic!("{method} {path}: {error}\n{}", self.log()));
        let (head, mut body) = answer.into_parts();
        let bytes = body.with_config().limit(50 << 20).read_to_vec().unwrap();
        Reply { status: head.status.as_u16(), headers: head.headers, bytes }
    }
}
