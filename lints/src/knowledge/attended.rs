//! What needs a person who sits before the program, or speaks to one: prompts, windows, and the keys to press. A program with them is no service.

/// Whether a function asks a person for the next line, by its name: that of rustyline, dialoguer, inquire, rpassword. A plain
/// `prompt` may ask a language model.
pub fn asks_for_line(name: &str) -> bool {
    matches!(
        name,
        "readline"
            | "readline_with_initial"
            | "interact_text"
            | "interact_opt"
            | "prompt_skippable"
            | "prompt_password"
            | "read_password"
    )
}

/// Whether a function, by its path, gives what a person types.
pub fn reads_lines(path: &str) -> bool {
    matches!(path, "std::io::stdin" | "tokio::io::stdin")
}

/// A macro that writes where the answer to a command goes; what goes to standard error is as good as a log.
pub fn prints(name: &str) -> bool {
    matches!(name, "print" | "println")
}

/// Whether a text tells who reads it that Ctrl-C ends the program: `press Ctrl+C to stop`. What tells how to cut a shutdown
/// short, or to give up a question, is another matter.
pub fn invites_interrupt(text: &str) -> bool {
    const KEYS: [&str; 6] =
        ["ctrl+c to ", "ctrl-c to ", "ctrl c to ", "control-c to ", "control+c to ", "^c to "];
    const ENDS: [&str; 9] =
        ["stop", "exit", "quit", "end", "terminate", "interrupt", "finish", "disconnect", "shut"];
    let text = text.to_ascii_lowercase();
    let then = KEYS.iter().find_map(|keys| Some(text.split_once(keys)?.1));
    then.is_some_and(|then| ENDS.iter().any(|end| then.starts_with(end)) && !then.contains("immediately"))
}

/// Whether a function of a library, by its path, is there to show windows or to fill the screen of a terminal.
pub fn opens_window(path: &str) -> bool {
    WINDOW_CRATES.contains(&path.split("::").next().unwrap_or_default())
}

/// The crates that show windows, or fill the screen of a terminal.
#[rustfmt::skip]
pub static WINDOW_CRATES: &[&str] = &[
    "tauri", "eframe", "iced", "winit", "slint", "gtk", "gtk4", "relm4", "gpui", "dioxus_desktop", "tao", "ratatui", "tui",
    "cursive",
];
