# Sourced by test.sh and .ci/run: finds out whether the packages of Azure Functions and ImageSharp can be restored here. Where they can not, src/Functions
# is built and tested against the declarations in tests/Functions.SdkContract. What is set already stays.
choose_functions_sdk() {
  [[ -z ${PHOTOSTYLE_FUNCTIONS_SDK:-} && -z ${PHOTOSTYLE_IMAGESHARP:-} ]] || return 0
  if dotnet restore src/Functions -v quiet -tl:off >/dev/null 2>&1; then
    export PHOTOSTYLE_FUNCTIONS_SDK=package PHOTOSTYLE_IMAGESHARP=package
  else
    export PHOTOSTYLE_FUNCTIONS_SDK=contract PHOTOSTYLE_IMAGESHARP=contract
    echo 'The packages of Azure Functions or ImageSharp can not be restored here: src/Functions is built and tested against declarations of them'
  fi
}
