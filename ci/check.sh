#!/usr/bin/env bash
# Runs taskguard with what the inputs of action.yml say. They come as variables: text in a script would be run.
set -euo pipefail

arguments=()
if [ -n "${TASKGUARD_SINCE:-}" ]; then arguments+=("--since=$TASKGUARD_SINCE"); fi
if [ -n "${TASKGUARD_BASELINE:-}" ]; then arguments+=("--baseline=$TASKGUARD_BASELINE"); fi
if [ -n "${TASKGUARD_SARIF:-}" ]; then
    arguments+=(--output human --output github --output "sarif=$TASKGUARD_SARIF")
    echo "sarif=$(realpath --relative-to "${GITHUB_WORKSPACE:-.}" -m "$TASKGUARD_SARIF")" >>"$GITHUB_OUTPUT"
fi
# Words, as in a shell, without anything being run or expanded.
if [ -n "${TASKGUARD_ARGS:-}" ]; then
    while IFS= read -r word; do arguments+=("$word"); done < <(xargs -n1 printf '%s\n' <<<"$TASKGUARD_ARGS")
fi
exec cargo-taskguard "${arguments[@]+"${arguments[@]}"}"
