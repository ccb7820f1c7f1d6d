use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::*;
use crate::workspace::from_cargo;

/// A folder with these files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (path, text) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

/// What cargo says, as far as it is said here.
fn by_cargo(manifest: &Path) -> Result<(PathBuf, Vec<Package>), String> {
    let (root, mut packages) = from_cargo(manifest)?;
    packages.sort_by(|a, b| a.manifest.cmp(&b.manifest));
    let aborts = manifest::aborts_on_panic(&root.join("Cargo.toml"));
    packages.iter_mut().for_each(|package| package.aborts_on_panic = aborts);
    Ok((root, packages))
}

#[track_caller]
fn assert_read_as_by_cargo(manifest: &Path) -> Vec<Package> {
    let by_us = workspace(&mut Manifests::default(), manifest)
        .unwrap_or_else(|| panic!("no vouching for {}", manifest.display()));
    let by_cargo = by_cargo(manifest).unwrap();
    assert_eq!(by_us.0, by_cargo.0);
    for (by_us, by_cargo) in by_us.1.iter().zip(&by_cargo.1) {
        assert_eq!(format!("{by_us:#?}"), format!("{by_cargo:#?}"));
    }
    assert_eq!(by_us.1.len(), by_cargo.1.len());
    by_us.1
}

/// The names of the packages of the manifest in a folder, which are as cargo reads them.
#[track_caller]
fn packages(files: &[(&str, &str)], entry: &str) -> Vec<String> {
    let dir = folder(files);
    let manifest = dir.path().canonicalize().unwrap().join(entry).join("Cargo.toml");
    assert_read_as_by_cargo(&manifest).into_iter().map(|package| package.name).collect()
}

/// A package of its own, with these files and `more` in its manifest.
#[track_caller]
fn assert_package(more: &str, files: &[&str]) {
    let manifest = format!("[package]\nname = \"odd-one\"\nversion = \"0.1.0\"\n{more}");
    let mut files: Vec<_> = files.iter().map(|path| (*path, "")).collect();
    files.push(("Cargo.toml", &manifest));
    packages(&files, "");
}

/// Manifests that are left to cargo, which takes them or does not.
#[track_caller]
fn assert_left_to_cargo(files: &[(&str, &str)], entry: &str) {
    let dir = folder(files);
    let manifest = dir.path().canonicalize().unwrap().join(entry).join("Cargo.toml");
    assert!(
        workspace(&mut Manifests::default(), &manifest).is_none(),
        "{}",
        fs::read_to_string(&manifest).unwrap()
    );
}

const PACKAGE: &str = "[package]\nname = \"NAME\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";

fn package(name: &str, more: &str) -> String {
    PACKAGE.replace("NAME", name) + more
}

#[test]
fn our_own_manifests() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let packages = assert_read_as_by_cargo(&here.join("Cargo.toml"));
    assert!(packages.len() >= 5);
    assert_read_as_by_cargo(&here.join("lints/Cargo.toml"));
}

#[test]
fn targets_that_a_folder_shows() {
    let files = [
        "src/lib.rs",
        "src/main.rs",
        "src/bin/b.rs",
        "src/bin/a/main.rs",
        "src/bin/a/part.rs",
        "src/bin/none/x.rs",
        "src/bin/.hidden.rs",
        "src/bin/notes.txt",
        "src/bin/x.y.rs",
        "examples/e.rs",
        "examples/deep/main.rs",
        "tests/z.rs",
        "tests/a.rs",
        "tests/common/mod.rs",
        "tests/it/main.rs",
        "benches/fast.rs",
        "build.rs",
    ];
    assert_package("edition = \"2021\"\n", &files);
    assert_package("", &files);
    assert_package("edition = \"2018\"\nautobins = false\nautotests = false\n", &files);
    assert_package(
        "edition = \"2021\"\nautolib = false\nautoexamples = false\nautobenches = false\nbuild = false\n",
        &files,
    );
}

#[test]
fn targets_that_are_listed() {
    let files = [
        "src/lib.rs",
        "src/main.rs",
        "src/bin/b.rs",
        "src/bin/a.rs",
        "lib/x.rs",
        "tool.rs",
        "examples/e.rs",
        "examples/plugin.rs",
        "tests/a.rs",
        "tests/b.rs",
        "benches/fast.rs",
        "script/build.rs",
    ];
    let listed = "default-run = \"tool\"\nbuild = \"./script/build.rs\"\n\
                  [lib]\nname = \"odd\"\npath = \"lib/x.rs\"\ntest = false\ndoctest = false\n\
                  [[bin]]\nname = \"tool\"\npath = \"tool.rs\"\nrequired-features = [\"fast\"]\ntest = false\ndoc = false\n\
                  [[bin]]\nname = \"main\"\npath = \"./src/main.rs\"\n[[bin]]\nname = \"a\"\n\
                  [[bin]]\nname = \"gone\"\npath = \"tools/gone.rs\"\n\
                  [[example]]\nname = \"plugin\"\ncrate-type = [\"cdylib\", \"staticlib\"]\n\
                  [[example]]\nname = \"outside\"\npath = \"../outside/o.rs\"\ncrate-type = [\"bin\"]\ntest = true\n\
                  [[test]]\nname = \"renamed\"\npath = \"tests/a.rs\"\nharness = false\n\
                  [[bench]]\nname = \"fast\"\nharness = false\ntest = true\n[features]\nfast = []\n";
    for edition in ["2015", "2018", "2021", "2024"] {
        assert_package(&format!("edition = \"{edition}\"\n{listed}"), &files);
        assert_package(
            &format!("edition = \"{edition}\"\nautobins = true\nautoexamples = false\n{listed}"),
            &files,
        );
    }
    assert_package(
        "[[bin]]\nname = \"z\"\npath = \"src/main.rs\"\n[[bin]]\nname = \"b\"\npath = \"src/bin/b.rs\"\n",
        &files,
    );
    assert_package(
        "autobins = false\n[[bin]]\nname = \"z\"\npath = \"src/main.rs\"\n[[bin]]\nname = \"b\"\npath = \"tool.rs\"\n",
        &files,
    );
    assert_package(
        "edition = \"2021\"\nautobins = false\n[[bin]]\nname = \"b\"\n[[bin]]\nname = \"a\"\n",
        &files,
    );
    for edition in ["2015", "2021"] {
        let manifest = package("listed", "").replace("2021", edition);
        let manifest = format!("bin = []\ntest = []\n{manifest}");
        packages(
            &[("Cargo.toml", &manifest), ("src/lib.rs", ""), ("src/main.rs", ""), ("tests/a.rs", "")],
            "",
        );
    }
}

#[test]
fn kinds_of_libraries() {
    for library in [
        "crate-type = [\"cdylib\", \"rlib\"]",
        "crate-type = [\"staticlib\"]",
        "crate_type = [\"dylib\"]",
        "crate-type = [\"lib\", \"cdylib\"]\ndoctest = true\ndoc = false",
        "crate-type = []",
        "crate-type = [\"cdylib\"]\ndoctest = true",
        "crate-type = [\"proc-macro\"]",
        "proc-macro = true",
        "proc_macro = true\ntest = false",
        "proc-macro = true\ndoctest = false",
        "edition = \"2018\"",
        "path = \"src/./x/../lib.rs\"",
        "name = \"other\"\nbench = false",
    ] {
        assert_package(&format!("[lib]\n{library}\n"), &["src/lib.rs"]);
    }
    assert_package("edition = \"2021\"\n[lib]\n", &["src/lib.rs"]);
    assert_package("[lib]\npath = \"gone.rs\"\n", &[]);
    assert_package("autolib = false\n[lib]\nname = \"it\"\n", &["src/lib.rs"]);
}

#[test]
fn fields_and_features() {
    for rust_version in ["1.70", "1.70.1"] {
        assert_package(&format!("rust-version = \"{rust_version}\"\n"), &["src/lib.rs"]);
    }
    assert_package(
        "edition = \"2021\"\nlinks = \"z\"\npublish = [\"mine\"]\nreadme = false\nresolver = \"2\"\n[badges]\nx = { y = \"z\" }\n\
         [features]\ndefault = [\"fast\", \"log/std\", \"serde?/derive\", \"dep:cc\"]\nfast = [\"log\"]\nserde = [\"dep:serde\"]\n\
         [dependencies]\nlog = { version = \"0.4\", optional = true }\nserde = { version = \"1\", optional = true }\n\
         cc = { version = \"1\", optional = true, default-features = false }\n\
         [profile.release]\npanic = \"abort\"\nlto = \"thin\"\ndebug = 1\n[profile.release.package.\"*\"]\nopt-level = \"s\"\n\
         [profile.dev.build-override]\nopt-level = 3\n[profile.slim]\ninherits = \"release\"\nstrip = \"symbols\"\n\
         [lints.rust]\nunsafe_code = \"forbid\"\nunexpected_cfgs = { level = \"warn\", check-cfg = [\"cfg(x)\"] }\n\
         [lints.clippy]\nall = { level = \"deny\", priority = -1 }\n\
         [patch.crates-io]\nlog = { git = \"https://github.com/rust-lang/log\", branch = \"x\" }\n",
        &["src/lib.rs", "build.rs"],
    );
    let dir = folder(&[("Cargo.toml", "[package]\nname = \"unversioned\"\n"), ("src/lib.rs", "")]);
    assert_read_as_by_cargo(&dir.path().canonicalize().unwrap().join("Cargo.toml"));
}

#[test]
fn dependencies_of_all_kinds_in_the_order_of_cargo() {
    assert_package(
        "edition = \"2021\"\n[dependencies]\nz = \"1\"\na = { version = \">=1, <2\", package = \"aa\", features = [\"y\", \"x\"] }\nb = { version = \"*\", package = \"b\" }\n\
         g = { git = \"https://example.com/g.git\", rev = \"abc\" }\nh = { git = \"ssh://git@example.com/g.git\", version = \"1\" }\n\
         [dev-dependencies]\na = { version = \"1\", package = \"aa\" }\nt = \"1\"\n[build-dependencies]\ncc = \"1\"\n\
         [target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"\n[target.'cfg(unix)'.build-dependencies]\ncc = \"1\"\n\
         [target.'cfg(unix)'.dev-dependencies]\nd = \"1\"\n\
         [target.x86_64-pc-windows-msvc.dependencies]\nwinapi = \"0.3\"\n[target.'cfg(all(not(windows), target_os = \"linux\"))'.dependencies]\nlibc = \"0.2\"\n",
        &["src/main.rs"],
    );
    assert_package(
        "[dev_dependencies]\nt = \"1\"\n[build_dependencies]\ncc = { version = \"1\", default_features = false }\n",
        &["src/main.rs"],
    );
}

#[test]
fn a_workspace_with_a_package_of_its_own_and_what_it_gives_to_members() {
    let root = package(
        "root",
        "[workspace]\nmembers = [\"crates/*\", \"./tools/?x\"]\nexclude = [\"crates/out\", \"crates/other\"]\ndefault-members = [\".\", \"crates/a\"]\nresolver = \"3\"\n\
         [workspace.package]\nversion = \"1.2.3-rc.1+x\"\nedition = \"2024\"\nrust-version = \"1.90.1\"\nlicense = \"MIT\"\nauthors = [\"me\"]\n\
         [workspace.lints.rust]\nunused = \"warn\"\n\
         [workspace.dependencies]\ntk = { package = \"tokio\", version = \"1\", features = [\"rt\"] }\na = { path = \"crates/a\", version = \"1\" }\nlog = \"0.4\"\n\
         [profile.release]\npanic = \"abort\"\n[dependencies]\nfar = { path = \"libs/far\" }\n",
    );
    let member = |name: &str, more: &str| {
        format!(
            "[package]\nname = \"{name}\"\nversion.workspace = true\nedition = {{ workspace = true }}\nrust-version.workspace = true\nlicense.workspace = true\n{more}"
        )
    };
    let a = member(
        "a",
        "[lints]\nworkspace = true\n[dependencies]\ntk = { workspace = true, features = [\"sync\"], optional = true }\nlog.workspace = true\n",
    );
    let b = member(
        "b-b",
        "authors.workspace = true\n[dev-dependencies]\na.workspace = true\nroot = { path = \"../..\" }\nout = { path = \"../out\" }\n[features]\nx = [\"a/tk\"]\n",
    );
    let tool = member("ax", "[build-dependencies]\ntk.workspace = true\n");
    let far = package(
        "far",
        "[dependencies]\nfarther = { path = \"../farther\" }\n[target.'cfg(unix)'.dev-dependencies]\nroot = { path = \"../..\" }\n",
    );
    let (farther, out) = (package("farther", "workspace = \"../..\"\n"), package("out", ""));
    let files = [
        ("Cargo.toml", &*root),
        ("src/lib.rs", ""),
        ("src/main.rs", ""),
        ("crates/a/Cargo.toml", &a),
        ("crates/a/src/lib.rs", ""),
        ("crates/b/Cargo.toml", &b),
        ("crates/b/src/lib.rs", ""),
        ("crates/b/tests/t.rs", ""),
        ("crates/README.md", ""),
        ("crates/out/Cargo.toml", &out),
        ("crates/out/src/lib.rs", ""),
        ("crates/other/notes.txt", ""),
        ("tools/ax/Cargo.toml", &tool),
        ("tools/ax/src/main.rs", ""),
        ("tools/long/Cargo.toml", "broken ["),
        ("libs/far/Cargo.toml", &far),
        ("libs/far/src/lib.rs", ""),
        ("libs/farther/Cargo.toml", &farther),
        ("libs/farther/src/lib.rs", ""),
    ];
    let all = ["root", "a", "b-b", "far", "farther", "ax"];
    for entry in ["", "crates/b", "libs/farther"] {
        assert_eq!(packages(&files, entry), all);
    }
    assert_eq!(packages(&files, "crates/out"), ["out"]);
}

#[test]
fn a_virtual_workspace() {
    let (a, b) = (
        package("a", "[dependencies]\nb = { path = \"../b\" }\nelsewhere = { path = \"../../elsewhere\" }\n"),
        package("b", ""),
    );
    let elsewhere = package("elsewhere", "");
    let files = [
        ("w/Cargo.toml", "[workspace]\nmembers = [\"a\"]\nresolver = \"2\"\n[workspace.metadata]\nx = 1\n"),
        ("w/a/Cargo.toml", &a),
        ("w/a/src/lib.rs", ""),
        ("w/b/Cargo.toml", &b),
        ("w/b/src/lib.rs", ""),
        ("elsewhere/Cargo.toml", &elsewhere),
        ("elsewhere/src/lib.rs", ""),
        ("w/c/Cargo.toml", "[package]\nname = \"c\"\nversion = \"1.0.0\"\n[workspace]\n"),
        ("w/c/src/main.rs", ""),
    ];
    assert_eq!(packages(&files, "w"), ["a", "b"]);
    assert_eq!(packages(&files, "w/b"), ["a", "b"]);
    assert_eq!(packages(&files, "w/c"), ["c"]);
    assert_eq!(packages(&files, "elsewhere"), ["elsewhere"]);
}

#[test]
fn a_member_beside_the_folder_of_its_workspace() {
    let (member, user) = (
        package("member", "workspace = \"../w\"\n"),
        package("user", "[dependencies]\nmember = { path = \"../../member\" }\n"),
    );
    let files = [
        ("w/Cargo.toml", "[workspace]\nmembers = [\"../member\", \"user\"]\n"),
        ("w/user/Cargo.toml", &*user),
        ("w/user/src/lib.rs", ""),
        ("member/Cargo.toml", &member),
        ("member/src/lib.rs", ""),
    ];
    assert_eq!(packages(&files, "w"), ["member", "user"]);
    assert_eq!(packages(&files, "member"), ["member", "user"]);
}

#[test]
fn ids_of_packages_in_odd_folders() {
    let manifest = package("a-b", "");
    for name in ["a-b", "a b", "é", "x+y@1", "50%", "a#b", "q?", "{x}", "it's", "a&b=c;d,e", "(x)", "~x!$"] {
        let path = format!("{name}/Cargo.toml");
        packages(&[(&path, &manifest), (&format!("{name}/src/lib.rs"), "")], name);
    }
}

#[test]
fn what_is_odd_or_broken_is_left_to_cargo() {
    let lib = ("src/lib.rs", "");
    for more in [
        "edition = \"2027\"\n",
        "edition.workspace = true\n",
        "version = \"1\"\n",
        "authors = 3\n",
        "unknown = 1\n",
        "rust-version = \"1.x\"\n",
        "edition = \"2024\"\nrust-version = \"1.80\"\n",
        "links = \"z\"\n",
        "default-run = \"x\"\n",
        "publish = true\n",
        "build = [\"a.rs\", \"b.rs\"]\n",
        "[[bin]]\nname = \"gone\"\n",
        "[[bin]]\npath = \"src/lib.rs\"\n",
        "[[bin]]\nname = \"deps\"\npath = \"src/lib.rs\"\n",
        "[lib]\nname = \"a-b\"\n",
        "[lib]\ncrate-type = [\"dylib\", \"cdylib\"]\n",
        "edition = \"2024\"\n[lib]\ncrate_type = [\"lib\"]\n",
        "[[bin]]\nname = \"x\"\npath = \"x.rs\"\n[[bin]]\nname = \"x\"\npath = \"y.rs\"\n",
        "[features]\na = [\"b\"]\n",
        "[features]\na = [\"dep:b\"]\n",
        "[features]\n\"a/b\" = []\n",
        "[features]\na = [\"b?/c\"]\n[dependencies]\nb = \"1\"\n",
        "[dependencies]\nb = \"one\"\n",
        "[dependencies]\nb = {}\n",
        "[dependencies]\nb.workspace = true\n",
        "[dependencies]\nb = { version = \"1\", features = [\"x/y\"] }\n",
        "[dependencies]\nb = { git = \"https://a.b/c\", path = \"c\" }\n",
        "[dependencies]\nb = { registry = \"mine\", version = \"1\" }\n",
        "[workspace]\n[dependencies]\nb = { path = \"b\" }\n",
        "[target.'cfg('.dependencies]\nb = \"1\"\n",
        "[dev-dependencies]\nb = { version = \"1\", optional = true }\n",
        "[profile.release]\npanic = \"never\"\n",
        "[profile.build]\nlto = true\n",
        "[lints.rust]\nx = \"loud\"\n",
        "[lints]\nworkspace = true\n",
        "[unknown]\n",
        "[workspace]\nmembers = [\"gone\"]\n",
        "[workspace]\nresolver = \"9\"\n",
        "[workspace]\nmembers = [\"[a-b]\"]\n",
        "[project]\nname = \"x\"\n",
    ] {
        let version = if more.starts_with("version") || more.starts_with("publish") {
            ""
        } else {
            "version = \"0.1.0\"\n"
        };
        let manifest = format!("[package]\nname = \"a\"\n{version}{more}");
        assert_left_to_cargo(&[("Cargo.toml", &manifest), lib], "");
    }
    for manifest in [
        "",
        "[package\n",
        "[package]\n",
        "[package]\nname = 1\n",
        "[package]\nname = \"a b\"\n",
        "[dependencies]\nb = \"1\"\n",
        "[workspace]\n[lib]\nname = \"x\"\n",
    ] {
        assert_left_to_cargo(&[("Cargo.toml", manifest), lib], "");
    }
    // No target at all.
    assert_left_to_cargo(&[("Cargo.toml", &package("a", "")), ("build.rs", "")], "");
}

#[test]
fn a_nightly_cargo_may_be_asked_for_what_changes_no_package() {
    let a = package("a", "");
    let root = "[workspace]\nmembers = [\"a\"]\n";
    let read = |line: &str| {
        let (root, a) = (format!("{line}{root}"), format!("{line}{a}"));
        let dir = folder(&[("Cargo.toml", &root), ("a/Cargo.toml", &a), ("a/src/lib.rs", "")]);
        let folder = dir.path().canonicalize().unwrap();
        let read = workspace(&mut Manifests::default(), &folder.join("Cargo.toml"));
        read.map(|(_, packages)| format!("{packages:#?}").replace(&*folder.to_string_lossy(), ""))
    };
    let plain = read("").unwrap();
    for line in ["cargo-features = []\n", "cargo-features = [\"profile-rustflags\", \"codegen-backend\"]\n"] {
        assert_eq!(read(line).as_ref(), Some(&plain), "{line}");
    }
    for line in ["cargo-features = \"profile-rustflags\"\n", "cargo-features = [\"different-binary-name\"]\n"]
    {
        assert_eq!(read(line), None, "{line}");
    }
}

#[test]
fn workspaces_that_do_not_agree_are_left_to_cargo() {
    let (a, b) = (package("a", ""), package("b", ""));
    let root = ("Cargo.toml", "[workspace]\nmembers = [\"a\", \"b\"]\n");
    let libs = [("a/src/lib.rs", ""), ("b/src/lib.rs", ""), ("c/src/lib.rs", "")];
    let with = |more: &[(&'static str, &str)], entry: &str| {
        let files = [&libs[..], more].concat();
        assert_left_to_cargo(&files, entry);
    };
    // Two of one name, a workspace in a workspace, a broken member, a package that no list has.
    with(&[root, ("a/Cargo.toml", &a), ("b/Cargo.toml", &a)], "");
    with(&[root, ("a/Cargo.toml", &a), ("b/Cargo.toml", &format!("{b}[workspace]\n"))], "");
    with(&[root, ("a/Cargo.toml", &a), ("b/Cargo.toml", "[package]\n")], "a");
    with(&[root, ("a/Cargo.toml", &a), ("b/Cargo.toml", &b), ("c/Cargo.toml", &package("c", ""))], "c");
    with(
        &[
            ("Cargo.toml", "[workspace]\nmembers = [\"a\"]\ndefault-members = [\"b\"]\n"),
            ("a/Cargo.toml", &a),
            ("b/Cargo.toml", &b),
        ],
        "",
    );
    with(&[("Cargo.toml", "broken"), ("a/Cargo.toml", &a)], "a");
    with(
        &[
            ("Cargo.toml", &package("root", "")),
            ("src/lib.rs", ""),
            ("a/Cargo.toml", &package("a", "workspace = \"..\"\n")),
        ],
        "a",
    );
}
