# Sourced by test.sh and .ci/run: finds out whether the packages of Azure Functions and ImageSharp can be restored here. Where they can not, src/Functions
# is built and tested against the declarations in tests/Functions.SdkContract. What is set already stays.
choose_functions_sdk() {
  [[ -z ${PHOTOSTYLE_FUNCTIONS_SDK:-} || -z ${PHOTOSTYLE_IMAGESHARP:-} ]] || return 0
  local sdk images
  for choice in 'package package' 'package contract' 'contract package' 'contract contract'; do
    read -r sdk images <<<"$choice"
    sdk=${PHOTOSTYLE_FUNCTIONS_SDK:-$sdk} images=${PHOTOSTYLE_IMAGESHARP:-$images}
    [[ $choice == 'contract contract' ]] || PHOTOSTYLE_FUNCTIONS_SDK=$sdk PHOTOSTYLE_IMAGESHARP=$images dotnet restore src/Functions -v quiet -tl:off >/dev/null 2>&1 || continue
    break
  done
  export PHOTOSTYLE_FUNCTIONS_SDK=$sdk PHOTOSTYLE_IMAGESHARP=$images
  [[ $sdk == package ]] || echo 'The packages of Azure Functions can not be restored here: src/Functions is built against declarations of them'
  [[ $images == package ]] || echo 'The package of ImageSharp can not be restored here: src/Functions is built against declarations of it'
}
