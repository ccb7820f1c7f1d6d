//! The recipes for CI: the shell parts are run, and the rest is held against what the program takes.

use std::process::Command;

use yaml_rust2::{Yaml, YamlLoader};

use super::{FINDING, Folder, Run, ran};
use crate::{read, root};

/// A folder with the program and stand-ins for what the scripts call, and nothing of ours on the PATH but it.
fn script(folder: &Folder, name: &str, env: &[(&str, &str)]) -> Run {
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new("bash");
    command.arg(root().join("ci").join(name)).current_dir(folder.path("service"));
    command.env("PATH", format!("{}:{path}", folder.path("bin").display())).env_remove("GITHUB_ACTIONS");
    for name in ["GITHUB_STEP_SUMMARY", "CARGO_BUILD_WARNINGS", "GITHUB_PATH", "RUNNER_TEMP"] {
        command.env_remove(name);
    }
    let workspace = folder.path("service");
    command
        .env("GITHUB_OUTPUT", folder.path("output"))
        .env("GITHUB_WORKSPACE", workspace)
        .envs(env.iter().copied());
    ran(&mut command)
}

#[cfg(unix)]
fn service() -> Folder {
    use std::os::unix::fs::symlink;
    let folder = Folder::new(&[("service/src/lib.rs", FINDING), ("output", ""), ("bin/.keep", "")]);
    folder.write("service/Cargo.toml", super::MANIFEST.as_bytes());
    symlink(env!("CARGO_BIN_EXE_cargo-taskguard"), folder.path("bin/cargo-taskguard")).unwrap();
    folder
}

#[test]
#[cfg(unix)]
fn the_action_checks_with_what_its_inputs_say() {
    let folder = service();
    let check = |env: &[(&str, &str)]| script(&folder, "check.sh", env);
    check(&[]).assert_code(0).assert_stdout("warning[taskguard::dropped_join_handle]");
    check(&[("TASKGUARD_ARGS", "-D warnings")]).assert_code(1);
    check(&[("TASKGUARD_ARGS", "-A 'dropped_join_handle'\n --quiet")]).assert_code(0);
    let sarif = check(&[("TASKGUARD_SARIF", "out.sarif")]);
    sarif.assert_code(0).assert_stdout("::warning ").assert_stdout("┌─ src/lib.rs");
    assert!(folder.read("service/out.sarif").contains("\"2.1.0\""));
    assert_eq!(folder.read("output"), "sarif=out.sarif\n");
    check(&[("TASKGUARD_BASELINE", "no such")])
        .assert_code(2)
        .assert_stderr("cannot read the baseline `no such`");
    check(&[("TASKGUARD_SINCE", "main")]).assert_code(2).assert_stderr("is not in a git checkout");
    // Inputs may come from the title of a pull request: none of it is run.
    check(&[("TASKGUARD_ARGS", "$(touch pwned) `touch pwned`"), ("TASKGUARD_SINCE", "$(touch pwned)")]);
    assert!(!folder.path("service/pwned").exists());
}

#[test]
#[cfg(unix)]
fn the_action_installs_a_release_or_compiles() {
    let folder = service();
    folder.write("release/bin/.keep", b"");
    let releases = folder.path("release");
    let target = if cfg!(target_arch = "aarch64") { "aarch64" } else { "x86_64" };
    let archive = folder.path(&format!("cargo-taskguard-{target}-unknown-linux-musl.tar.gz"));
    let packed = Command::new("tar")
        .args(["-czhf"])
        .arg(&archive)
        .arg("-C")
        .arg(folder.path("bin"))
        .arg("cargo-taskguard")
        .status();
    assert!(packed.unwrap().success());
    for place in ["latest/download", "v1.2.3"] {
        std::fs::create_dir_all(releases.join(place)).unwrap();
        std::fs::copy(&archive, releases.join(place).join(archive.file_name().unwrap())).unwrap();
    }
    let url = format!("file://{}", releases.display());
    let to = folder.path("temp");
    let to = to.to_str().unwrap();
    for version in ["", "1.2.3"] {
        let run = script(
            &folder,
            "install.sh",
            &[
                ("TASKGUARD_RELEASES", &url),
                ("TASKGUARD_VERSION", version),
                ("RUNNER_TEMP", to),
                ("GITHUB_PATH", folder.path("output").to_str().unwrap()),
            ],
        );
        if cfg!(target_os = "linux") {
            run.assert_code(0).assert_stdout(env!("CARGO_PKG_VERSION"));
            assert!(folder.read("output").ends_with("temp/taskguard\n"));
            assert!(folder.path("temp/taskguard/cargo-taskguard").is_file());
        }
    }
    // Where there is no release it is compiled; this cargo only says what it was asked.
    folder.write("bin/cargo", b"#!/bin/sh\necho \"$@\"\n");
    let executable = Command::new("chmod").arg("+x").arg(folder.path("bin/cargo")).status();
    assert!(executable.unwrap().success());
    let env = [("TASKGUARD_RELEASES", &*url), ("TASKGUARD_VERSION", "9.9.9"), ("RUNNER_TEMP", to)];
    let run = script(&folder, "install.sh", &env);
    run.assert_code(0).assert_stdout("install cargo-taskguard --locked --version 9.9.9");
}

#[test]
fn the_action_hands_every_input_to_its_scripts() {
    let action = read(&root().join("action.yml"));
    let scripts = read(&root().join("ci/check.sh")) + &read(&root().join("ci/install.sh"));
    let inputs = action.split_once("\ninputs:\n").unwrap().1.split_once("\noutputs:").unwrap().0;
    let names = inputs.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names: Vec<&str> = names.map(|line| line.trim().trim_end_matches(':')).collect();
    assert!(names.len() > 5, "{names:?}");
    for name in names {
        assert!(action.contains(&format!("${{{{ inputs.{name} }}}}")), "{name} is not used");
    }
    for (variable, _) in action.lines().filter_map(|line| line.trim().split_once(": ${{ inputs.")) {
        let is_folder = variable == "working-directory";
        assert!(is_folder || scripts.contains(&format!("${{{variable}:-}}")), "{variable} is not read");
    }
    // Text from outside in a script would be run.
    assert!(action.lines().filter(|line| line.contains("run:")).all(|line| !line.contains("${{")));
}

#[test]
fn releases_are_where_they_are_looked_for() {
    let manifest = read(&root().join("Cargo.toml"));
    let [install, package, release] = ["ci/install.sh", "ci/package.sh", ".github/workflows/release.yml"]
        .map(|path| read(&root().join(path)));
    assert!(package.contains("cargo-taskguard-$target.tar.gz"));
    assert!(install.contains("/v$version/cargo-taskguard-$1.tar.gz"));
    assert!(manifest.contains("/releases/download/v{ version }/cargo-taskguard-{ target }.tar.gz"));
    let built =
        release.lines().filter_map(|line| line.trim().strip_prefix("- { target: ")?.split(',').next());
    let built: Vec<&str> = built.collect();
    assert_eq!(built.len(), 6);
    for target in built {
        assert!(install.contains(&format!("echo {target} ")), "{target} is not installed");
    }
}

fn yaml(text: &str) -> Yaml {
    let mut documents = YamlLoader::load_from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(documents.len(), 1, "{text}");
    documents.remove(0)
}

fn yaml_of(file: &str) -> Yaml {
    yaml(&read(&root().join(file)))
}

/// The value behind a key, as text.
#[track_caller]
fn text<'y>(of: &'y Yaml, key: &str) -> &'y str {
    of[key].as_str().filter(|text| !text.is_empty()).unwrap_or_else(|| panic!("no {key} in {of:?}"))
}

/// Whether a shell can read it.
#[track_caller]
fn assert_is_shell(script: &str) {
    let run = ran(Command::new("bash").args(["-n", "-c", script]));
    assert_eq!((run.code, &*run.stderr), (Some(0), ""), "{script}");
}

#[test]
fn the_action_is_one() {
    let action = yaml_of("action.yml");
    // The marketplace shows no more of it.
    assert!(!text(&action, "name").is_empty() && text(&action, "description").len() < 125);
    for (name, input) in action["inputs"].as_hash().unwrap() {
        assert!(input["default"].as_str().is_some(), "{name:?} has no default, and is not required");
        text(input, "description");
    }
    let runs = &action["runs"];
    assert_eq!(text(runs, "using"), "composite");
    let steps = runs["steps"].as_vec().unwrap();
    for step in steps {
        assert_eq!(text(step, "shell"), "bash", "in a composite action each step says its shell");
        assert_is_shell(text(step, "run"));
        let script = text(step, "run").split('"').nth(1).unwrap().replace("$GITHUB_ACTION_PATH/", "");
        assert_is_shell(&read(&root().join(script)));
    }
    for (name, output) in action["outputs"].as_hash().unwrap() {
        let (value, name) = (text(output, "value"), name.as_str().unwrap());
        let is_of = |step: &&Yaml| {
            step["id"].as_str().is_some_and(|id| value == format!("${{{{ steps.{id}.outputs.{name} }}}}"))
        };
        assert!(steps.iter().any(|step| is_of(&step)), "{value}");
    }
}

#[test]
fn the_template_for_gitlab_is_one() {
    let template = yaml_of("ci/gitlab.yml");
    let job = &template["taskguard"];
    for key in ["before_script", "script"] {
        job[key].as_vec().unwrap().iter().for_each(|line| assert_is_shell(line.as_str().unwrap()));
    }
    let variables = job["variables"].as_hash().unwrap();
    assert!(variables.values().all(|value| value.as_str().is_some()), "variables are texts");
    assert_eq!(text(&job["artifacts"], "when"), "always", "the report of a job that fails is wanted most");
    text(&job["artifacts"]["reports"], "codequality");
}

#[test]
fn the_hooks_are_some() {
    let hooks = yaml_of(".pre-commit-hooks.yaml");
    for hook in hooks.as_vec().unwrap() {
        ["id", "name", "entry"].iter().for_each(|key| _ = text(hook, key));
        assert!(["rust", "system"].contains(&text(hook, "language")));
        assert_eq!(hook["pass_filenames"].as_bool(), Some(false));
        assert!(hook["args"].as_vec().unwrap().iter().all(|arg| arg.as_str().is_some()));
    }
}

#[test]
fn the_release_and_the_book_are_workflows() {
    for file in [".github/workflows/release.yml", ".github/workflows/book.yml"] {
        assert_is_workflow(&yaml_of(file));
    }
    assert_is_shell(&read(&root().join("ci/package.sh")));
}

#[track_caller]
fn assert_is_workflow(workflow: &Yaml) {
    for (name, job) in workflow["jobs"].as_hash().unwrap() {
        text(job, "runs-on");
        let needs = job["needs"].as_str();
        assert!(needs.is_none_or(|needed| !workflow["jobs"][needed].is_badvalue()), "{name:?}");
        for step in job["steps"].as_vec().unwrap() {
            match (step["uses"].as_str(), step["run"].as_str()) {
                (Some(action), None) => assert!(action.contains('@'), "{action}"),
                (None, Some(script)) => assert_is_shell(script),
                _ => panic!("neither an action nor a script: {step:?}"),
            }
        }
    }
}

#[test]
fn the_recipes_of_the_page_about_ci_are_yaml() {
    let page = read(&root().join("docs/ci.md"));
    let recipes: Vec<&str> =
        page.split("```yaml\n").skip(1).map(|it| it.split("```").next().unwrap()).collect();
    assert_eq!(recipes.len(), 3);
    let [github, gitlab, hooks] = [0, 1, 2].map(|index| yaml(recipes[index]));
    let action = yaml_of("action.yml");
    let step =
        github["steps"].as_vec().unwrap().iter().find(|step| text(step, "uses").starts_with("taskguard/"));
    for (input, _) in step.expect("the action is used")["with"].as_hash().unwrap() {
        assert!(!action["inputs"][input.as_str().unwrap()].is_badvalue(), "{input:?} is no input");
    }
    assert!(text(&gitlab["include"], "remote").ends_with("/ci/gitlab.yml"));
    let id = text(&hooks["repos"][0]["hooks"][0], "id");
    assert!(yaml_of(".pre-commit-hooks.yaml").as_vec().unwrap().iter().any(|hook| text(hook, "id") == id));
}

#[test]
fn the_hooks_call_with_what_is_taken() {
    let hooks = read(&root().join(".pre-commit-hooks.yaml"));
    assert_eq!(hooks.matches("args: [--, -D, warnings]").count(), 2);
    assert_eq!(hooks.matches("pass_filenames: false").count(), 2);
    let folder = Folder::package(&[("src/lib.rs", FINDING)]);
    folder.run(&["--", "-D", "warnings"]).assert_code(1);
    let gitlab = read(&root().join("ci/gitlab.yml"));
    let line = gitlab.lines().find_map(|line| line.trim().strip_prefix("- cargo-taskguard ")).unwrap();
    let args: Vec<&str> = line
        .split(' ')
        .flat_map(|arg| if arg == "$TASKGUARD_ARGS" { vec!["-D", "warnings"] } else { vec![arg] })
        .collect();
    folder.run(&args).assert_code(1).assert_stdout("┌─ src/lib.rs");
    assert!(folder.read("gl-code-quality-report.json").contains("\"fingerprint\""));
    assert!(gitlab.contains("codequality: gl-code-quality-report.json"));
}

#[test]
fn the_recipes_for_editors_are_short() {
    let text = read(&root().join("docs/editors.md"));
    let recipes: Vec<&str> = text.split("```").skip(1).step_by(2).collect();
    assert!(recipes.len() >= 5);
    for recipe in recipes {
        let lines = recipe.lines().skip(1).count();
        assert!(lines <= 5 && recipe.contains("taskguard"), "{recipe}");
    }
    for editor in ["VS Code", "Neovim", "Helix", "Zed", "JetBrains", "Emacs"] {
        assert!(text.contains(editor), "{editor}");
    }
}

#[test]
fn the_page_about_ci_names_what_there_is() {
    let text = read(&root().join("docs/ci.md"));
    let main = read(&root().join("src/main.rs"));
    for (name, value) in [("CLEAN", 0), ("FINDINGS", 1), ("FAILURE", 2)] {
        assert!(text.contains(&format!("| {value} | `{name}` |")));
        assert!(main.contains(&format!("const {name}: u8 = {value};")));
    }
    let folder = Folder::new(&[]);
    let error = folder.run(&["--output", "?"]).stderr;
    let formats = error.split_once("the formats are ").unwrap().1.lines().next().unwrap();
    for format in formats.split(", ").filter(|format| *format != "statistics") {
        assert!(text.contains(&format!("`{format}`")), "{format}");
    }
}
