#!/usr/bin/env bash
# package.sh TARGET: builds a release for a target, and packs it where binstall and the Action look for it.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$1

cargo build --release --locked --target "$target"
built=${CARGO_TARGET_DIR:-target}/$target/release
binary=cargo-taskguard
if [ -f "$built/$binary.exe" ]; then binary=$binary.exe; fi
tar -czf "cargo-taskguard-$target.tar.gz" -C "$built" "$binary"
