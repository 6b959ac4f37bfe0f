#!/usr/bin/env bash
# Compiles and lints all Bicep files and checks their format; a warning is an error. The compiled templates go to artifacts/bicep.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
out=$PWD/artifacts/bicep
mkdir -p "$out"

dotnet restore infra/bicep/compiler.csproj --packages "$out/packages" -v quiet -tl:off
bicep=$(find "$out/packages" -path '*/tools/bicep*' -not -name '*.xml' -type f | sort -V | tail -n 1)
chmod +x "$bicep"
"$bicep" --version
cd infra

status=0
# The compiler is content with warnings. Here, whatever it says is a reason to stop.
check() {
  local said
  said=$("$bicep" "$@" 2>&1) || status=1
  if [[ -n $said ]]; then
    echo "$said"
    status=1
  fi
}

check lint --pattern '{bicep,logic-apps}/**/*.bicep'

# The entry points; the modules are compiled into them.
check build bicep/main.bicep --outdir "$out"
check build bicep/events.bicep --outdir "$out"
check build logic-apps/logic-app.bicep --outdir "$out"

# The parameters of events.bicep come from the environment.
export PHOTOSTYLE_DATA_ACCOUNT=account PHOTOSTYLE_FUNCTIONS_APP=app PHOTOSTYLE_BLOBS_EXTENSION_KEY=none
for file in bicep/*.bicepparam; do
  check build-params "$file" --outfile "$out/$(basename "$file" .bicepparam).parameters.json"
done

rm -rf "$out/formatted"
mkdir "$out/formatted"
cp -r bicepconfig.json bicep logic-apps "$out/formatted"
(cd "$out/formatted" && "$bicep" format --pattern '**/*.bicep' >/dev/null)
for folder in bicep logic-apps; do
  diff -r "$folder" "$out/formatted/$folder" || { echo 'The format is not right: run bicep format'; status=1; }
done

((status == 0)) && echo 'Bicep: no warnings'
exit "$status"
