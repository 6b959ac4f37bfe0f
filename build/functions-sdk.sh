# Sourced by test.sh and .ci/run: finds out whether the packages of Azure Functions and ImageSharp can be restored here. In place of those that can not,
# src/Functions is built and tested against the declarations in tests/Functions.SdkContract. What is set already stays.
choose_functions_sdk() {
  [[ -z ${PHOTOSTYLE_FUNCTIONS_SDK:-} && -z ${PHOTOSTYLE_IMAGESHARP:-} ]] || return 0
  local choice sdk imagesharp
  for choice in 'package package' 'package contract' 'contract package'; do
    read -r sdk imagesharp <<<"$choice"
    if PHOTOSTYLE_FUNCTIONS_SDK=$sdk PHOTOSTYLE_IMAGESHARP=$imagesharp dotnet restore src/Functions -v quiet -tl:off >/dev/null 2>&1; then break; fi
    sdk=contract imagesharp=contract
  done
  export PHOTOSTYLE_FUNCTIONS_SDK=$sdk PHOTOSTYLE_IMAGESHARP=$imagesharp
  [[ $sdk == package ]] || echo 'The packages of Azure Functions can not be restored here: src/Functions is built and tested against declarations of them'
  [[ $imagesharp == package ]] || echo 'ImageSharp can not be restored here: src/Functions is built and tested against declarations of it'
}
