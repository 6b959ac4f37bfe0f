#!/usr/bin/env bash
# Restores, builds and runs all tests; the last line tells how many passed, failed and were skipped.
#   ./test.sh                        everything
#   ./test.sh Matting                the tests whose full name contains Matting
#   ./test.sh --filter-trait a=b     options of the test runner, as they are
#   ./test.sh --no-build ...         what was built last, in Release
set -uo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")" || exit 1
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1

finish() {
  printf '%d passed, %d failed, %d skipped\n' "$1" "$2" "$3"
  exit "$4"
}

stop() {
  echo "$1"
  finish 0 0 0 1
}

# shellcheck source=build/functions-sdk.sh
source build/functions-sdk.sh
choose_functions_sdk

if [[ ${1:-} == --no-build ]]; then
  shift
else
  echo 'Restoring packages'
  dotnet restore PhotoStyle.sln -v quiet -tl:off || stop 'Restoring failed.'
  echo 'Building in Release'
  dotnet build PhotoStyle.sln -c Release --no-restore -v quiet -tl:off || stop 'The build failed.'
fi

filter=("$@")
[[ $# -eq 0 || $1 == -* ]] || filter=(--filter-method "*$1*")

echo "Running the tests${*:+ ($*)}"
output=$(mktemp)
trap 'rm -f "$output"' EXIT
# One project after the other: each uses all cores. Exit code 8 says that a project has no test (that fits the filter).
dotnet test --solution PhotoStyle.sln -c Release --no-restore --no-build --max-parallel-test-modules 1 --ignore-exit-code 8 \
  --no-progress --no-ansi ${filter[@]+"${filter[@]}"} 2>&1 | tee "$output"
status=${PIPESTATUS[0]}

count() { sed -nE "s/^ +$1: ([0-9]+)\$/\1/p" "$output" | tail -n 1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped) crashed=$(count error)
: "${passed:=0}" "${failed:=0}" "${skipped:=0}" "${crashed:=0}"

if ((passed + failed + skipped == 0)); then
  echo 'No test ran.'
  status=1
fi
((failed + crashed == 0)) || status=1
finish "$passed" "$((failed + crashed))" "$skipped" "$status"
