//! A browser, driven over WebDriver: a dozen commands, each a JSON object over HTTP, which need no client library.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Under this key an element is known to the driver, says the standard.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How long something on a page is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Browser {
    driver: Child,
    // The driver may write to it for as long as it lives.
    _stdout: BufReader<ChildStdout>,
    port: u16,
    session: String,
    _profile: TempDir,
}

#[derive(Clone, Debug)]
pub struct Element(String);

impl Browser {
    /// A Chromium with a window of this size. None, and a word about it that no test harness swallows, where there is none.
    pub fn start(width: u32, height: u32) -> Option<Self> {
        let driver =
            Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let Ok(mut driver) = driver else {
            let _ = writeln!(
                io::stderr(),
                "\n!!! SKIPPED: there is no browser here: `apt-get install chromium chromium-driver`\n"
            );
            return None;
        };
        let mut stdout = BufReader::new(driver.stdout.take().expect("it is piped"));
        let port = port_of(&mut stdout);
        let profile = TempDir::new().expect("there is room for temporary files");
        let mut args: Vec<String> = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
        ]
        .map(str::to_owned)
        .into();
        args.push(format!("--user-data-dir={}", profile.path().display()));
        let mut browser = Self { driver, _stdout: stdout, port, session: String::new(), _profile: profile };
        let mobile = json!({ "deviceMetrics": { "width": width, "height": height, "pixelRatio": 1.0, "touch": width < 600 } });
        let options = json!({ "args": args, "mobileEmulation": mobile });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "SEVERE" } } } });
        let session = browser.request("POST", "/session", &wanted);
        browser.session = session["sessionId"].as_str().expect("a session has an id").to_owned();
        Some(browser)
    }

    pub fn open(&self, page: &Path, hash: &str) {
        self.post("/url", json!({ "url": format!("file://{}{hash}", page.display()) }));
    }

    pub fn url(&self) -> String {
        self.get("/url").as_str().unwrap_or_default().to_owned()
    }

    /// What a script returns.
    pub fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", json!({ "script": script, "args": [] }))
    }

    pub fn all(&self, css: &str) -> Vec<Element> {
        let found = self.post("/elements", json!({ "using": "css selector", "value": css }));
        let element = |it: &Value| Element(it[ELEMENT].as_str().expect("elements have ids").to_owned());
        found.as_array().map(|found| found.iter().map(element).collect()).unwrap_or_default()
    }

    /// The elements that can be seen.
    pub fn visible(&self, css: &str) -> Vec<Element> {
        self.all(css).into_iter().filter(|it| self.of(it, "displayed") == true).collect()
    }

    /// The first element that can be seen, which may take its time to come.
    #[track_caller]
    pub fn find(&self, css: &str) -> Element {
        let mut found = None;
        self.until(css, || {
            found = self.visible(css).into_iter().next();
            found.is_some()
        });
        found.expect("it has been waited for")
    }

    #[track_caller]
    pub fn until(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        let start = Instant::now();
        while !is_so() {
            assert!(start.elapsed() < PATIENCE, "not so after {PATIENCE:?}: {what}, at {}", self.url());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    pub fn text(&self, element: &Element) -> String {
        self.of(element, "text").as_str().unwrap_or_default().to_owned()
    }

    pub fn click(&self, element: &Element) {
        self.post(&format!("/element/{}/click", element.0), json!({}));
    }

    /// Types into an element: keys come to whatever has the focus.
    pub fn keys(&self, element: &Element, text: &str) {
        self.post(&format!("/element/{}/value", element.0), json!({ "text": text }));
    }

    /// The errors that scripts and pages have caused since this was last asked for.
    pub fn errors(&self) -> Vec<String> {
        let entries = self.post("/se/log", json!({ "type": "browser" }));
        entries
            .as_array()
            .map(|it| it.iter().map(|entry| entry["message"].to_string()).collect())
            .unwrap_or_default()
    }

    fn of(&self, element: &Element, what: &str) -> Value {
        self.get(&format!("/element/{}/{what}", element.0))
    }

    fn get(&self, command: &str) -> Value {
        self.request("GET", &format!("/session/{}{command}", self.session), &Value::Null)
    }

    fn post(&self, command: &str, body: Value) -> Value {
        self.request("POST", &format!("/session/{}{command}", self.session), &body)
    }

    fn request(&self, method: &str, path: &str, body: &Value) -> Value {
        let (status, answer) =
            self.exchange(method, path, body).unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        assert!(status.contains(" 200 "), "{method} {path} {body}: {status} {answer:#}");
        answer["value"].clone()
    }

    fn exchange(&self, method: &str, path: &str, body: &Value) -> io::Result<(String, Value)> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(120)))?;
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{body}"
        )?;
        let mut stream = BufReader::new(stream);
        let mut status = String::new();
        stream.read_line(&mut status)?;
        let mut length = 0;
        loop {
            let mut header = String::new();
            stream.read_line(&mut header)?;
            let Some((name, value)) = header.split_once(':') else { break };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
        }
        let mut answer = vec![0; length];
        stream.read_exact(&mut answer)?;
        Ok((status, serde_json::from_slice(&answer)?))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let _ = self.exchange("DELETE", &format!("/session/{}", self.session), &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The driver chooses a port and says which.
fn port_of(stdout: &mut impl BufRead) -> u16 {
    let mut line = String::new();
    while stdout.read_line(&mut line).is_ok_and(|read| read > 0) {
        if let Some((_, port)) = line.trim_end().rsplit_once("started successfully on port ") {
            return port.trim_end_matches('.').parse().expect("a port is a number");
        }
        line.clear();
    }
    panic!("chromedriver does not start");
}
