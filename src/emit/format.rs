//! The formats, and which of them are printed where.

use std::path::PathBuf;

use crate::cli::Options;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Human,
    Short,
    /// The messages of cargo.
    Json {
        /// The text inside carries colours, as rust-analyzer asks for.
        colours: bool,
    },
    JsonLines,
    Github,
    Gitlab,
    Sarif,
    Junit,
    Checkstyle,
    Rdjson,
    Agent,
    /// How often each lint found something.
    Statistics,
}

/// One output of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    pub format: Format,
    pub target: Target,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Stdout,
    Stderr,
    File(PathBuf),
}

const NAMES: &[(&str, Format)] = &[
    ("human", Format::Human),
    ("short", Format::Short),
    ("json", Format::Json { colours: false }),
    ("json-diagnostic-rendered-ansi", Format::Json { colours: true }),
    ("jsonl", Format::JsonLines),
    ("github", Format::Github),
    ("gitlab", Format::Gitlab),
    ("sarif", Format::Sarif),
    ("junit", Format::Junit),
    ("checkstyle", Format::Checkstyle),
    ("rdjson", Format::Rdjson),
    ("agent", Format::Agent),
    ("statistics", Format::Statistics),
];

impl Format {
    /// For `--message-format`. Cargo's values are taken too: whatever is some JSON to cargo is JSON here.
    pub fn parse_as_cargo(value: &str) -> Result<Self, String> {
        if value == "jsonl" || !value.split(',').any(|part| part.starts_with("json")) {
            return Self::parse(value);
        }
        Ok(Format::Json { colours: value.split(',').any(|part| part == "json-diagnostic-rendered-ansi") })
    }

    fn parse(value: &str) -> Result<Self, String> {
        let known = NAMES.iter().find(|(name, _)| *name == value);
        known.map(|&(_, format)| format).ok_or_else(|| {
            let likeness = |name: &str| strsim::jaro_winkler(value, name);
            let near = NAMES.iter().max_by(|a, b| likeness(a.0).total_cmp(&likeness(b.0)));
            let near = near.filter(|(name, _)| likeness(name) > 0.8);
            let near = near.map(|(name, _)| format!("did you mean `{name}`? ")).unwrap_or_default();
            let names: Vec<_> = NAMES.iter().map(|(name, _)| *name).collect();
            format!("{near}the formats are {}", names.join(", "))
        })
    }

    /// Whether other outputs may stand beside it on one stream. All else is read by programs, as a whole.
    fn is_text(self) -> bool {
        matches!(self, Format::Human | Format::Short | Format::Github | Format::Agent | Format::Statistics)
    }
}

impl Output {
    /// `sarif=report.sarif`, or `sarif` for stdout.
    pub fn parse(value: &str) -> Result<Self, String> {
        let (format, file) =
            value.split_once('=').map_or((value, None), |(format, file)| (format, Some(file)));
        let target = match file {
            None | Some("-") => Target::Stdout,
            Some("") => return Err("there is no file behind `=`".to_owned()),
            Some(file) => Target::File(file.into()),
        };
        Ok(Self { format: Format::parse(format)?, target })
    }

    pub fn to_stdout(format: Format) -> Self {
        Self { format, target: Target::Stdout }
    }
}

/// Why these outputs cannot be written side by side, if they cannot.
pub fn clash(outputs: &[Output]) -> Option<String> {
    for (index, output) in outputs.iter().enumerate() {
        let Some(other) = outputs[..index].iter().find(|other| other.target == output.target) else {
            continue;
        };
        match &output.target {
            Target::File(file) => {
                return Some(format!("two outputs would go to the file `{}`", file.display()));
            }
            _ if other.format.is_text() && output.format.is_text() => {}
            _ => {
                return Some(
                    "two outputs would go to stdout: name a file for one, `sarif=out.sarif`".to_owned(),
                );
            }
        }
    }
    None
}

/// The outputs of a run: those asked for, else those that suit the CI service it runs in; and in the second case a line that
/// says so.
pub fn outputs(options: &Options, env: &dyn Fn(&str) -> Option<String>) -> (Vec<Output>, Option<String>) {
    let asked = options.all_outputs();
    if !asked.is_empty() {
        return (asked, None);
    }
    let is_set = |name: &str| env(name).is_some_and(|value| value == "true" || value == "1");
    let human = Output::to_stdout(Format::Human);
    if is_set("GITHUB_ACTIONS") {
        let line = "GITHUB_ACTIONS is set: findings are also printed as annotations (choose with --output)";
        return (vec![human, Output::to_stdout(Format::Github)], Some(line.to_owned()));
    }
    if is_set("GITLAB_CI") {
        let line = "GITLAB_CI is set: the code quality report goes to stdout, findings for people to stderr \
                    (choose with --output)";
        let report = Output::to_stdout(Format::Gitlab);
        return (
            vec![report, Output { format: Format::Human, target: Target::Stderr }],
            Some(line.to_owned()),
        );
    }
    (vec![human], None)
}

/// What programs that read stdout expect there.
pub fn of_stdout(options: &Options) -> Option<Format> {
    let outputs = options.all_outputs();
    outputs.iter().find(|output| output.target == Target::Stdout).map(|output| output.format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_misspelt_ones_get_the_nearest() {
        for (name, format) in NAMES {
            assert_eq!(Format::parse_as_cargo(name), Ok(*format), "{name}");
            assert_eq!(Output::parse(&format!("{name}=a=b")).unwrap().target, Target::File("a=b".into()));
        }
        assert!(
            Output::parse("sarfi").unwrap_err().starts_with("did you mean `sarif`? the formats are human, ")
        );
        assert!(Output::parse("sarif=").is_err());
        assert_eq!(Output::parse("sarif=-").unwrap().target, Target::Stdout);
    }

    #[test]
    fn outputs_of_one_place_are_told() {
        let clash = |values: &[&str]| {
            clash(&values.iter().map(|value| Output::parse(value).unwrap()).collect::<Vec<_>>())
        };
        assert_eq!(clash(&["human", "github", "sarif=a", "junit=b"]), None);
        assert!(clash(&["human", "sarif"]).unwrap().contains("stdout"));
        assert!(clash(&["junit=a", "sarif=a"]).unwrap().contains("`a`"));
    }
}
