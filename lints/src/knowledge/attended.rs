//! What needs a person who sits before the program: prompts and windows. A program with them is no service.

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

/// Whether a function of a library, by its path, is there to show windows or to fill the screen of a terminal.
pub fn opens_window(path: &str) -> bool {
    let krate = path.split("::").next().unwrap_or_default();
    matches!(
        krate,
        "tauri"
            | "eframe"
            | "iced"
            | "winit"
            | "slint"
            | "gtk"
            | "gtk4"
            | "relm4"
            | "gpui"
            | "dioxus_desktop"
            | "tao"
            | "ratatui"
            | "tui"
            | "cursive"
    )
}
