//! The arguments and their help.
//!
//! The same arguments come from a shell (`cargo taskguard -p api`), from CI (`-- -D warnings`, as for Clippy) and from
//! editors, which pass everything that `cargo check` takes: what means nothing without a build is accepted and ignored.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{
    Arg, ArgAction, ArgMatches, Args, Command, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum,
};
use taskguard_lints::framework::{Level, Profile};

use crate::chain;
use crate::emit::{self, Format, Output};

/// Finds the tasks, workers, loops and connections of an async Rust service that can die in silence.
#[derive(Clone, Debug, Parser)]
#[command(name = "cargo-taskguard", bin_name = "cargo taskguard", version, args_override_self = true)]
#[command(after_help = AFTER_HELP)]
pub struct Options {
    #[command(subcommand)]
    pub verb: Option<Verb>,

    /// Files and folders to check [default: the workspace around the current folder]
    pub paths: Vec<PathBuf>,

    /// Check the workspace of this manifest
    #[arg(long, value_name = "PATH", help_heading = PACKAGES)]
    pub manifest_path: Option<PathBuf>,
    /// Check only this package: a name, a pattern such as `svc-*`, or a package id
    #[arg(short, long = "package", value_name = "SPEC", help_heading = PACKAGES)]
    pub packages: Vec<String>,
    /// Check every package of the workspace, which is what happens anyway unless `-p` is given
    #[arg(long, alias = "all", help_heading = PACKAGES)]
    pub workspace: bool,
    /// Leave out this package
    #[arg(long, value_name = "SPEC", help_heading = PACKAGES)]
    pub exclude: Vec<String>,
    /// Also check tests, benches, examples and `#[cfg(test)]` code
    #[arg(long, help_heading = PACKAGES)]
    pub test_code: bool,

    /// Turn on the lints made for a kind of program: `service`; names of cargo's profiles are ignored
    #[arg(long, value_name = "PROFILE", value_parser = parse_profile, help_heading = LINTS)]
    pub profile: Option<ProfileFlag>,
    /// Report only what is not in this baseline, which `cargo taskguard baseline create` writes
    #[arg(long, value_name = "FILE", help_heading = NEW)]
    pub baseline: Option<PathBuf>,
    /// Fail where entries of the baseline are not found any more
    #[arg(long, requires = "baseline", help_heading = NEW)]
    pub deny_stale: bool,
    /// Report only what was not there where the branch left this revision of git
    #[arg(long, value_name = "REV", help_heading = NEW)]
    pub since: Option<String>,
    #[arg(skip)]
    pub levels: Vec<LevelFlag>,
    #[arg(last = true, value_name = "LEVELS", help_heading = LINTS)]
    /// Levels once more, in the place where Clippy takes them: `-- -D warnings`
    trailing: Vec<String>,
    #[command(flatten)]
    pub changes: Changes,
    /// Report what the code allows too, with the reason that it gives
    #[arg(long, help_heading = LINTS)]
    pub no_suppressions: bool,

    /// Read this configuration instead of `taskguard.toml`
    #[arg(long, value_name = "PATH", help_heading = LINTS)]
    pub config_file: Option<PathBuf>,
    /// Read no configuration, neither from files nor from manifests
    #[arg(long, help_heading = LINTS)]
    pub no_config: bool,
    /// Show the settings that apply to a file or to the project, and where each comes from
    #[arg(long, value_name = "FILE", num_args = 0..=1, help_heading = LINTS)]
    print_config: Option<Option<PathBuf>>,
    /// List the lints: name, group, level and what they find
    #[arg(long, help_heading = LINTS)]
    list: bool,
    /// Show the documentation of a lint
    #[arg(long, value_name = "LINT", help_heading = LINTS)]
    explain: Option<String>,

    /// Print findings in a format, or write them to a file; may be given several times [default: human; in CI, as
    /// the service reads it]. Formats: human, short, json, jsonl, github, gitlab, sarif, junit, checkstyle, rdjson, agent
    #[arg(long = "output", value_name = "FORMAT[=FILE]", value_parser = Output::parse, help_heading = OUTPUT)]
    pub outputs: Vec<Output>,
    /// As `--output FORMAT`, in cargo's words
    #[arg(long, value_name = "FORMAT", value_parser = Format::parse_as_cargo, help_heading = OUTPUT)]
    pub message_format: Option<Format>,
    /// In SARIF, give the hashes of lines too by which GitHub knows an alert again: for uploads by its API, not for
    /// those by its action, which makes its own
    #[arg(long, help_heading = OUTPUT)]
    pub sarif_line_hash: bool,
    /// Print how often each lint found something, in place of the findings
    #[arg(long, help_heading = OUTPUT)]
    pub statistics: bool,
    /// Run this command of cargo too, with its arguments, and print what it says: for editors that run one command
    #[arg(long, value_name = "COMMAND", help_heading = OUTPUT)]
    pub chain: Option<chain::With>,
    /// The arguments that are cargo's.
    #[arg(skip)]
    pub cargo_args: Vec<OsString>,
    /// Exit with 0 though there are findings at deny
    #[arg(long, help_heading = OUTPUT)]
    pub exit_zero: bool,
    /// When to use colours [default: CARGO_TERM_COLOR, else auto]
    #[arg(long, value_name = "WHEN", help_heading = OUTPUT)]
    color: Option<Color>,
    /// Print findings only, without the summary
    #[arg(short, long, help_heading = OUTPUT)]
    pub quiet: bool,
    /// Say more: what was suppressed, which files nothing leads to
    #[arg(short, long, action = ArgAction::Count, help_heading = OUTPUT)]
    pub verbose: u8,

    /// Check again after each change of a file
    #[arg(long, conflicts_with_all = ["fix", "diff", "add_suppressions"], help_heading = OUTPUT)]
    pub watch: bool,
    /// Print how much was read and how long each step took
    #[arg(long, help_heading = OUTPUT)]
    pub timings: bool,

    /// Read every function, also those in which nothing is looked for: for tests that nothing is missed
    #[arg(long, hide = true)]
    pub no_skip: bool,

    /// How many threads to use [default: one a core]
    #[arg(long, short = 'j', alias = "jobs", value_name = "N")]
    pub threads: Option<usize>,
}

/// What is to be changed in the files.
#[derive(Clone, Args, Debug)]
#[command(next_help_heading = "Changes")]
pub struct Changes {
    /// Apply the suggestions that are right by all means, and report what remains
    #[arg(long)]
    pub fix: bool,
    /// Show what --fix would change, and exit with 1 if that is anything
    #[arg(long)]
    pub diff: bool,
    /// With --fix or --diff, apply suggestions too that may have to be looked after
    #[arg(long)]
    pub unsafe_fixes: bool,
    /// Write a suppression with this reason above each finding, and report what remains
    #[arg(long, value_name = "REASON", require_equals = true, value_parser = parse_reason, conflicts_with_all = ["fix", "diff"])]
    pub add_suppressions: Option<String>,
    /// Fix code that is in no git repository
    #[arg(long)]
    pub allow_no_vcs: bool,
    /// Fix code beside changes that are not committed
    #[arg(long)]
    pub allow_dirty: bool,
    /// Fix code beside changes that are staged
    #[arg(long)]
    pub allow_staged: bool,
}

const PACKAGES: &str = "What is checked";
const NEW: &str = "What is new";
const LINTS: &str = "Lints";
const OUTPUT: &str = "Output";

const AFTER_HELP: &str = "\
Exit codes:
  0  nothing found, or only warnings, or --exit-zero
  1  findings at deny
  2  taskguard could not do its work, or could not read something it should have checked";

/// Flags of `cargo check` that mean nothing here. Editors pass them.
const IGNORED_FLAGS: &[&str] = &[
    "all-features",
    "all-targets",
    "benches",
    "bins",
    "examples",
    "frozen",
    "future-incompat-report",
    "ignore-rust-version",
    "keep-going",
    "lib",
    "locked",
    "no-default-features",
    "offline",
    "release",
    "tests",
];

/// Options of `cargo check` with a value that mean nothing here.
const IGNORED_OPTIONS: &[&str] =
    &["bench", "bin", "config", "example", "features", "lockfile-path", "target", "target-dir", "test"];

/// What can be done other than to check.
#[derive(Clone, Debug, Subcommand)]
pub enum Verb {
    /// Settings of a project
    #[command(subcommand)]
    Config(ConfigVerb),
    /// Findings that were there before, in a file for `--baseline`; takes all options of a check
    #[command(subcommand)]
    Baseline(BaselineVerb),
    /// Speak with an editor by the language server protocol; takes the options of a check that choose lints
    Lsp,
    /// Print completions for a shell
    Completions { shell: clap_complete::Shell },
    /// Print the manual page
    Man,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Subcommand, ValueEnum)]
pub enum BaselineVerb {
    /// Write the file [default: taskguard-baseline.txt, in the workspace]
    Create,
    /// Take what is found now in place of what was
    Update,
    /// Take out what is not found any more
    Prune,
    /// Print the entries, and where each of them is now
    Show,
}

#[derive(Clone, Copy, Debug, Subcommand)]
pub enum ConfigVerb {
    /// Write a `taskguard.toml` to start from
    Init,
    /// Print the JSON schema of `taskguard.toml`
    Schema,
}

/// What the user wants done.
pub enum Action<'a> {
    Check,
    Baseline(BaselineVerb),
    List,
    Explain(&'a str),
    PrintConfig(Option<&'a Path>),
    Config(ConfigVerb),
    Lsp,
    Completions(clap_complete::Shell),
    Man,
}

/// `-D dropped_join_handle`, in the place among its like where it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelFlag {
    pub level: Level,
    /// A lint, a group, `all` or `warnings`.
    pub name: String,
}

/// `--profile` is a word of cargo's too, which editors pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileFlag {
    Ours(Profile),
    /// How cargo would build, which does not happen here.
    OfCargo,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

impl Options {
    /// Reads the arguments of the process. Ends it for `--help`, `--version` and usage errors.
    pub fn from_env() -> Self {
        let mut options = Self::parse_from(std::env::args_os()).unwrap_or_else(|error| error.exit());
        let warnings = std::env::var("CARGO_BUILD_WARNINGS").unwrap_or_default();
        match build_warnings(&warnings) {
            // The flags win: the last one that speaks of warnings decides.
            Ok(flag) => options.levels.splice(0..0, flag),
            Err(text) => Self::command().error(ErrorKind::InvalidValue, text).exit(),
        };
        options
    }

    /// Reads arguments, the program's name being the first, with or without the `taskguard` that cargo puts after it.
    pub fn parse_from(args: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let mut args: Vec<OsString> = args.into_iter().collect();
        if args.get(1).is_some_and(|arg| arg == "taskguard") {
            args.remove(1);
        }
        let verb = take_verb(&mut args);
        let matches = command().try_get_matches_from(args)?;
        let mut options = Self::from_arg_matches(&matches)?;
        options.verb = options.verb.or(verb);
        options.cargo_args = cargo_args(&matches);
        options.levels = level_flags(&matches);
        options.levels.extend(trailing_level_flags(&options.trailing)?);
        match emit::clash(&options.all_outputs()) {
            Some(clash) => Err(Self::command().error(ErrorKind::ArgumentConflict, clash)),
            None => Ok(options),
        }
    }

    pub fn action(&self) -> Action<'_> {
        match (&self.verb, &self.explain, &self.print_config) {
            (Some(Verb::Config(verb)), ..) => Action::Config(*verb),
            (Some(Verb::Lsp), ..) => Action::Lsp,
            (Some(Verb::Completions { shell }), ..) => Action::Completions(*shell),
            (Some(Verb::Man), ..) => Action::Man,
            (Some(Verb::Baseline(verb)), ..) => Action::Baseline(*verb),
            (None, Some(name), _) => Action::Explain(name),
            (None, None, Some(file)) => Action::PrintConfig(file.as_deref()),
            (None, None, None) if self.list => Action::List,
            (None, None, None) => Action::Check,
        }
    }

    /// The outputs that are asked for in one word or another; none where the environment decides.
    pub fn all_outputs(&self) -> Vec<Output> {
        let statistics = self.statistics.then_some(Format::Statistics);
        let to_stdout = self.message_format.into_iter().chain(statistics).map(Output::to_stdout);
        self.outputs.iter().cloned().chain(to_stdout).collect()
    }

    /// When to use colours: as the flag says, else as cargo is told to.
    pub fn color(&self) -> Color {
        let from_cargo = || Color::from_str(&std::env::var("CARGO_TERM_COLOR").ok()?, true).ok();
        self.color.or_else(from_cargo).unwrap_or(Color::Auto)
    }
}

const LEVELS: [(&str, char, Level, &str); 4] = [
    ("allow", 'A', Level::Allow, "Do not report this lint, group, or `all`"),
    ("warn", 'W', Level::Warn, "Report it as a warning"),
    ("deny", 'D', Level::Deny, "Report it as an error; `warnings` stands for all that warn"),
    ("forbid", 'F', Level::Forbid, "As --deny, and neither flags nor the code can lower it"),
];

fn command() -> Command {
    let levels = LEVELS.map(|(name, short, _, help)| {
        let arg = Arg::new(name).short(short).long(name).value_name("LINT").action(ArgAction::Append);
        arg.help(help).help_heading(LINTS)
    });
    let flags = IGNORED_FLAGS.iter().map(|name| Arg::new(name).long(name).action(ArgAction::SetTrue));
    let options = IGNORED_OPTIONS.iter().map(|name| Arg::new(name).long(name).action(ArgAction::Append));
    let unstable = Arg::new("unstable").short('Z').action(ArgAction::Append);
    let ignored = flags.chain(options).chain([unstable]).map(|arg| arg.hide(true));
    let help = format!("{AFTER_HELP}\n\n{}", ignored_help());
    Options::command().args(levels).args(ignored).after_long_help(help)
}

fn ignored_help() -> String {
    let mut text =
        "Options of cargo check that are accepted and ignored (nothing is built, every target is read):"
            .to_owned();
    for names in IGNORED_FLAGS.iter().chain(IGNORED_OPTIONS).collect::<Vec<_>>().chunks(5) {
        let names: Vec<_> = names.iter().map(|name| format!("--{name}")).collect();
        text.push_str(&format!("\n  {}", names.join(" ")));
    }
    text + "\n  -Z"
}

/// Takes `baseline update` or `lsp` from the front of the arguments, because what follows are the options of any check.
fn take_verb(args: &mut Vec<OsString>) -> Option<Verb> {
    if args.get(1)? == "lsp" && !args.iter().any(|arg| arg == "--help" || arg == "-h") {
        args.remove(1);
        return Some(Verb::Lsp);
    }
    let [_, first, second, ..] = &**args else { return None };
    let verb = BaselineVerb::from_str(second.to_str()?, false).ok().filter(|_| first == "baseline")?;
    args.drain(1..3);
    Some(Verb::Baseline(verb))
}

/// Cargo's `build.warnings`, by which one switch is for all tools.
fn build_warnings(value: &str) -> Result<Option<LevelFlag>, String> {
    let level = match value {
        "" => return Ok(None),
        "allow" => Level::Allow,
        "warn" => Level::Warn,
        "deny" => Level::Deny,
        _ => return Err(format!("CARGO_BUILD_WARNINGS is `{value}`, not allow, warn or deny")),
    };
    Ok(Some(LevelFlag { level, name: "warnings".to_owned() }))
}

/// The arguments that a cargo beside us gets: those that are not ours alone.
fn cargo_args(matches: &ArgMatches) -> Vec<OsString> {
    const OURS_TOO: &[&str] =
        &["package", "exclude", "manifest-path", "message-format", "color", "profile", "jobs"];
    let option = |id: &str, name: &str| {
        let values = matches.get_raw(id).into_iter().flatten().map(OsString::from);
        let name = name.to_owned();
        values.map(move |value| {
            let mut arg = OsString::from(format!("--{name}="));
            arg.push(value);
            arg
        })
    };
    let is_set = |id: &str| matches.value_source(id) == Some(ValueSource::CommandLine);
    let flags =
        IGNORED_FLAGS.iter().chain(&["workspace"]).filter(|flag| is_set(flag) && matches.get_flag(flag));
    let flags = flags.map(|flag| OsString::from(format!("--{flag}")));
    let ours = OURS_TOO.iter().flat_map(|name| option(id_of(name), name));
    let options = IGNORED_OPTIONS.iter().flat_map(|name| option(name, name));
    let unstable = matches.get_raw("unstable").into_iter().flatten();
    let unstable = unstable.flat_map(|value| [OsString::from("-Z"), value.to_owned()]);
    flags.chain(ours).chain(options).chain(unstable).collect()
}

/// What an argument of cargo's is called in `Options`.
fn id_of(name: &'static str) -> &'static str {
    match name {
        "package" => "packages",
        "manifest-path" => "manifest_path",
        "message-format" => "message_format",
        "jobs" => "threads",
        name => name,
    }
}

/// The flags `-A -W -D -F` in the order of the command line.
fn level_flags(matches: &ArgMatches) -> Vec<LevelFlag> {
    let of_level = |(id, _, level, _): (&str, char, Level, &str)| {
        let names = matches.get_many::<String>(id).unwrap_or_default();
        let places = matches.indices_of(id).unwrap_or_default();
        places
            .zip(names)
            .map(|(place, name)| (place, LevelFlag { level, name: name.clone() }))
            .collect::<Vec<_>>()
    };
    let mut flags: Vec<_> = LEVELS.into_iter().flat_map(of_level).collect();
    flags.sort_by_key(|&(place, _)| place);
    flags.into_iter().map(|(_, flag)| flag).collect()
}

/// What follows `--`: nothing but levels, as Clippy takes them there.
fn trailing_level_flags(args: &[String]) -> Result<Vec<LevelFlag>, clap::Error> {
    if args.is_empty() {
        return Ok(Vec::new());
    }
    let command = Command::new("cargo taskguard --").no_binary_name(true).disable_help_flag(true);
    let levels = LEVELS.map(|(name, short, ..)| {
        Arg::new(name).short(short).long(name).value_name("LINT").action(ArgAction::Append)
    });
    let matches = command.args(levels).try_get_matches_from(args).map_err(|error| {
        let what = args.join(" ");
        let why = format!("after `--` only -A, -W, -D and -F are understood, not `{what}`");
        Options::command()
            .error(if error.use_stderr() { error.kind() } else { ErrorKind::UnknownArgument }, why)
    })?;
    Ok(level_flags(&matches))
}

/// A reason is what stands on the rest of a line.
fn parse_reason(value: &str) -> Result<String, String> {
    let reason = value.trim();
    match reason {
        "" => Err("say why the findings are fine".to_owned()),
        _ if reason.contains(['\n', '\r']) => Err("a reason is one line".to_owned()),
        _ => Ok(reason.to_owned()),
    }
}

/// Completions of a shell for the command, as a script of it.
pub fn completions(shell: clap_complete::Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "cargo-taskguard", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The manual page, as roff.
pub fn manual() -> String {
    let mut page = Vec::new();
    clap_mangen::Man::new(command()).render(&mut page).expect("memory can be written to");
    String::from_utf8_lossy(&page).into_owned()
}

/// Any name may be that of a profile in somebody's manifest, unless it is one of ours with a slip of the pen.
fn parse_profile(name: &str) -> Result<ProfileFlag, String> {
    if let Ok(profile) = name.parse() {
        return Ok(ProfileFlag::Ours(profile));
    }
    let near =
        Profile::ALL.map(Profile::name).into_iter().find(|known| strsim::jaro_winkler(name, known) > 0.8);
    match near {
        Some(near) => Err(format!("did you mean `{near}`?")),
        None => Ok(ProfileFlag::OfCargo),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &str) -> Options {
        try_parse(args).unwrap_or_else(|error| panic!("{args}: {error}"))
    }

    fn try_parse(args: &str) -> Result<Options, clap::Error> {
        Options::parse_from(
            std::iter::once("cargo-taskguard").chain(args.split_whitespace()).map(OsString::from),
        )
    }

    fn levels(args: &str) -> Vec<String> {
        parse(args).levels.iter().map(|flag| format!("{} {}", flag.level, flag.name)).collect()
    }

    #[test]
    fn the_definition_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn levels_keep_the_order_of_the_command_line() {
        let expected = ["deny all", "allow a", "warn b", "deny c", "forbid d", "deny warnings", "allow e"];
        assert_eq!(levels("-D all --allow=a src -Wb -D c -F d -- -Dwarnings -A e"), expected);
        assert_eq!(levels("-W a -A a"), ["warn a", "allow a"]);
        assert_eq!(levels("-A a -W a"), ["allow a", "warn a"]);
    }

    #[test]
    fn after_two_dashes_there_are_levels_only() {
        assert!(try_parse("-- -D").is_err());
        assert!(try_parse("-- --cap-lints warn").is_err());
        assert!(try_parse("-- src").is_err());
    }

    #[test]
    fn cargos_word_for_us_is_skipped_once() {
        assert!(parse("taskguard").paths.is_empty());
        assert_eq!(parse("taskguard taskguard").paths, [PathBuf::from("taskguard")]);
        assert_eq!(parse("src taskguard").paths.len(), 2);
    }

    #[test]
    fn editors_may_pass_what_cargo_check_takes() {
        let all =
            "--workspace --message-format=json --manifest-path /w/Cargo.toml --keep-going --all-targets";
        assert_eq!(parse(all).message_format, Some(Format::Json { colours: false }));
        let one = "taskguard -p path+file:///w#0.1.0 --bin a --bin b --lib --test t --example e --bench b --features x,y \
                   --all-features --no-default-features --target t1 --target-dir d --config k=v --locked --offline --frozen \
                   --message-format=json-diagnostic-rendered-ansi -Z unstable --profile dev --all";
        let options = parse(one);
        assert_eq!(options.packages, ["path+file:///w#0.1.0"]);
        assert_eq!(options.message_format, Some(Format::Json { colours: true }));
    }

    #[test]
    fn a_profile_is_ours_or_cargos() {
        let profile = |args| parse(args).profile;
        assert_eq!(profile("--profile service"), Some(ProfileFlag::Ours(Profile::Service)));
        assert_eq!(profile("--profile=release"), Some(ProfileFlag::OfCargo));
        assert_eq!(profile(""), None);
        assert!(try_parse("--profile servise").is_err());
    }

    #[test]
    fn a_cargo_beside_us_gets_its_own_arguments_and_not_ours() {
        let args = |args: &str| {
            let args: Vec<String> =
                parse(args).cargo_args.into_iter().map(|it| it.into_string().unwrap()).collect();
            args.join(" ")
        };
        let from_editor = "--chain clippy -p path+file:///w#0.1.0 --message-format=json --manifest-path /w/Cargo.toml --bin a \
                           --keep-going --all-targets --features x,y --target-dir d -Z unstable -j 2 --profile dev";
        assert_eq!(
            args(from_editor),
            "--all-targets --keep-going --package=path+file:///w#0.1.0 --manifest-path=/w/Cargo.toml \
             --message-format=json --profile=dev --jobs=2 --bin=a --features=x,y --target-dir=d -Z unstable"
        );
        assert_eq!(
            args("--workspace -D warnings --since main --output sarif=x -q src -- -W all"),
            "--workspace"
        );
    }

    #[test]
    fn any_json_of_cargo_is_json() {
        let format = |value| parse(&format!("--message-format {value}")).message_format.unwrap();
        assert_eq!(format("json-render-diagnostics"), Format::Json { colours: false });
        assert_eq!(format("json,json-diagnostic-rendered-ansi"), Format::Json { colours: true });
        assert_eq!(format("short"), Format::Short);
        assert!(try_parse("--message-format yaml").is_err());
    }

    #[test]
    fn a_repeated_option_is_taken_at_its_last_word() {
        assert_eq!(parse("--message-format json --message-format short").message_format, Some(Format::Short));
        assert_eq!(parse("--color never --color always").color(), Color::Always);
    }
}
