#!/usr/bin/env bash
# Puts a released taskguard on the PATH of a runner; without one for its system it is compiled.
set -euo pipefail

repository=https://github.com/taskguard/taskguard
version=${TASKGUARD_VERSION:-}

target() {
    case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) echo x86_64-unknown-linux-musl ;;
    Linux-aarch64 | Linux-arm64) echo aarch64-unknown-linux-musl ;;
    Darwin-x86_64) echo x86_64-apple-darwin ;;
    Darwin-arm64) echo aarch64-apple-darwin ;;
    MINGW*-x86_64 | MSYS*-x86_64) echo x86_64-pc-windows-msvc ;;
    MINGW*-aarch64 | MSYS*-aarch64) echo aarch64-pc-windows-msvc ;;
    esac
}

url() {
    if [ -n "$version" ]; then
        echo "${TASKGUARD_RELEASES:-$repository/releases/download}/v$version/cargo-taskguard-$1.tar.gz"
    else
        echo "${TASKGUARD_RELEASES:-$repository/releases}/latest/download/cargo-taskguard-$1.tar.gz"
    fi
}

compile() {
    echo "taskguard: there is no release for this system, it is compiled" >&2
    if [ -n "$version" ]; then
        cargo install cargo-taskguard --locked --version "$version"
    else
        cargo install cargo-taskguard --locked
    fi
}

main() {
    local target folder
    target=$(target)
    folder=${RUNNER_TEMP:-${TMPDIR:-/tmp}}/taskguard
    mkdir -p "$folder"
    if [ -z "$target" ] || ! curl -sSfL --retry 3 -o "$folder/archive.tar.gz" "$(url "$target")"; then
        compile
        return
    fi
    tar -xzf "$folder/archive.tar.gz" -C "$folder"
    rm "$folder/archive.tar.gz"
    if [ -n "${GITHUB_PATH:-}" ]; then echo "$folder" >>"$GITHUB_PATH"; fi
    PATH="$folder:$PATH" cargo-taskguard --version
}

main
