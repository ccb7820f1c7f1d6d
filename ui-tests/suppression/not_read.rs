//! Text that only looks like a suppression.

async fn next_row() -> Result<u32, std::fmt::Error> {
    Err(std::fmt::Error)
}

async fn poll() -> Result<(), std::fmt::Error> {
    loop {
        next_row().await?;
    }
}

/// taskguard: allow(dropped_join_handle) -- documentation is for readers
fn in_a_doc_comment() {
    tokio::spawn(poll()); //~ dropped_join_handle
}

/** taskguard: allow(dropped_join_handle) -- documentation is for readers */
fn in_a_doc_block() {
    tokio::spawn(poll()); //~ dropped_join_handle
}

fn in_a_string() {
    let _text = "
    // taskguard: allow(dropped_join_handle) -- this is text";
    tokio::spawn(poll()); //~ dropped_join_handle
}

fn in_a_raw_string() {
    let _text = r##"a quote " and "# a hash
    // taskguard: allow(dropped_join_handle) -- this is text
"##; tokio::spawn(poll()); //~ dropped_join_handle
}

fn after_a_quote_character() {
    let quotes = ['"', '\'', b'"' as char];
    // taskguard: allow(dropped_join_handle) -- this is a comment, the string never began
    tokio::spawn(poll());
    drop(quotes);
}

fn after_lifetimes<'a>(text: &'a str) -> &'a str {
    // taskguard: allow(dropped_join_handle) -- this is a comment, no character began
    tokio::spawn(poll());
    text
}

fn after_an_address() {
    let _url = "https://example.org"; // taskguard: allow(dropped_join_handle) -- for its own line only
    //~^ unused_suppression
    tokio::spawn(poll()); //~ dropped_join_handle
}

macro_rules! start {
    () => {
        // taskguard: allow(dropped_join_handle) -- there is no code here yet
        //~^ unused_suppression
        tokio::spawn(poll());
    };
}

fn by_macro() {
    start!();
}

fn talk_about_it() {
    // How to write it: `// taskguard: allow(dropped_join_handle) -- reason`.
    tokio::spawn(poll()); //~ dropped_join_handle
}
