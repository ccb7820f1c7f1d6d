//! Part of a command, which has nothing else to do meanwhile: so its file says.

use std::time::Duration;

pub async fn watch(path: &str) {
    loop {
        println!("{path}");
        std::thread::sleep(Duration::from_secs(1));
    }
}
