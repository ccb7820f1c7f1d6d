//! A finding, as data.

use crate::framework::Level;
use crate::source::Span;

/// A finding at a place, with what a reader needs to believe it and to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The name of the lint, without prefix.
    pub lint: &'static str,
    pub level: Level,
    pub span: Span,
    /// Lower case, no final stop, code in backticks.
    pub message: String,
    /// What to say at the place itself, beside the message.
    pub label: Option<String>,
    /// The chain of evidence: other places and what is there.
    pub labels: Vec<Label>,
    pub notes: Vec<String>,
    pub helps: Vec<String>,
    pub suggestions: Vec<Suggestion>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub message: String,
}

/// A change of text that a reader may accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// An imperative phrase: "watch the task".
    pub message: String,
    pub edits: Vec<Edit>,
    pub applicability: Applicability,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub replacement: String,
}

/// Rustc's words for how far a suggestion can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    MachineApplicable,
    MaybeIncorrect,
    HasPlaceholders,
}

impl Diagnostic {
    pub fn labelled(&mut self, message: impl Into<String>) -> &mut Self {
        self.label = Some(message.into());
        self
    }

    /// Adds a place to the chain of evidence.
    pub fn label(&mut self, span: Span, message: impl Into<String>) -> &mut Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    pub fn labels(&mut self, labels: impl IntoIterator<Item = (Span, String)>) -> &mut Self {
        self.labels.extend(labels.into_iter().map(|(span, message)| Label { span, message }));
        self
    }

    pub fn note(&mut self, message: impl Into<String>) -> &mut Self {
        self.notes.push(message.into());
        self
    }

    pub fn help(&mut self, message: impl Into<String>) -> &mut Self {
        self.helps.push(message.into());
        self
    }

    pub fn suggest(
        &mut self,
        message: impl Into<String>,
        edits: Vec<Edit>,
        applicability: Applicability,
    ) -> &mut Self {
        self.suggestions.push(Suggestion { message: message.into(), edits, applicability });
        self
    }
}
