#!/usr/bin/env bash
# Deploys PhotoStyle to a resource group, or brings it up to date: resources, images, programs, events.
#
#   infra/deploy.sh RESOURCE-GROUP [PARAMETERS]     PARAMETERS: infra/bicep/small.bicepparam (default), infra/bicep/gpu.bicepparam or your own
#
#   PHOTOSTYLE_TAG            tag of the images; default: the commit
#   PHOTOSTYLE_IMAGE_MODELS   models that jobs may name, fetched into the images, such as "vgg19-caffe"; default: none
#   PHOTOSTYLE_BUILD          acr: the registry builds the images (default); docker: this machine does; none: the tag is in the registry already
#
# Needs the Azure CLI, signed in (az login), and rights to create resources and role assignments in the group. docs/cloud/deploy.md explains each step.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

[[ $# -ge 1 && $1 != -* ]] || { sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 2; }
group=$1
parameters=${2:-infra/bicep/small.bicepparam}
tag=${PHOTOSTYLE_TAG:-$(git rev-parse --short=12 HEAD)}
build=${PHOTOSTYLE_BUILD:-acr}
[[ -f $parameters ]] || { echo "There is no file $parameters."; exit 2; }
[[ $build == acr || $build == docker || $build == none ]] || { echo "PHOTOSTYLE_BUILD is '$build': choose acr, docker or none."; exit 2; }
command -v az >/dev/null || { echo 'The Azure CLI is missing: https://aka.ms/azure-cli'; exit 2; }
az group show --name "$group" --output none || { echo "Make the resource group first: az group create --name $group --location REGION"; exit 2; }

deploy() { # NAME PARAMETER-FILE
  az deployment group create --resource-group "$group" --name "$1" --parameters "$2" --output none
}

output() { # DEPLOYMENT NAME: what a deployment gave out
  az deployment group show --resource-group "$group" --name "$1" --query "properties.outputs.$2.value" --output tsv
}

# What the group runs now keeps running while the images are built.
current() { # KIND: tag or digest of the image of a program that is deployed, or nothing
  az containerapp list --resource-group "$group" --query "[?ends_with(name, '-$1')].properties.template.containers[0].image | [0]" --output tsv | sed -nE 's/.*photostyle-[a-z]+[@:]//p'
}

echo '1/4 Resources'
PHOTOSTYLE_FUNCTIONS_IMAGE=$(current functions)
PHOTOSTYLE_WORKER_IMAGE=$(current worker)
export PHOTOSTYLE_FUNCTIONS_IMAGE PHOTOSTYLE_WORKER_IMAGE
deploy photostyle-resources "$parameters"
registry=$(output photostyle-resources registryName)
optimizer=$(output photostyle-resources optimizer)

flavor=cpu
[[ $optimizer != gpu ]] || flavor=cuda
images=(functions)
[[ $optimizer == inProcess ]] || images+=(worker)

digest() { # IMAGE: what the tag stands for; a tag can be moved, a digest can not
  az acr repository show --name "$registry" --image "photostyle-$1:$tag" --query digest --output tsv
}

echo "2/4 Images ($tag, $build)"
[[ $build != docker ]] || az acr login --name "$registry"
for image in "${images[@]}"; do
  options=(--file "infra/docker/$image.Dockerfile" --platform linux/amd64)
  [[ $image != worker ]] || options+=(--build-arg "FLAVOR=$flavor")
  [[ -z ${PHOTOSTYLE_IMAGE_MODELS:-} ]] || options+=(--build-arg "MODELS=$PHOTOSTYLE_IMAGE_MODELS")
  case $build in
    acr) az acr build --registry "$registry" --image "photostyle-$image:$tag" "${options[@]}" . --output none ;;
    docker)
      docker build --tag "$registry.azurecr.io/photostyle-$image:$tag" "${options[@]}" .
      docker push "$registry.azurecr.io/photostyle-$image:$tag"
      ;;
  esac
done

echo '3/4 Programs'
PHOTOSTYLE_FUNCTIONS_IMAGE=$(digest functions)
[[ $optimizer == inProcess ]] || PHOTOSTYLE_WORKER_IMAGE=$(digest worker)
deploy photostyle-programs "$parameters"
app=$(output photostyle-programs functionsAppName)
api=$(output photostyle-programs apiUrl)

echo '4/4 Events'
# The host makes the key of the web hook when it first starts. It is read here, put into the address at Event Grid, and kept nowhere.
key=
for ((try = 1; try <= 40; try++)); do
  # The keys are asked of a running replica; a call brings one up.
  curl --silent --output /dev/null --max-time 60 "$api/styles" || true
  key=$(az containerapp function keys list --resource-group "$group" --name "$app" --key-type systemKey \
    --query "(keys || value.keys)[?name=='blobs_extension'].value | [0]" --output tsv 2>/dev/null) || key=
  [[ -z $key || $key == None ]] || break
  key=
  echo "  waiting for the function app ($try/40)"
  sleep 15
done
[[ -n $key ]] || { echo "The function app has no key blobs_extension yet. See its log (az containerapp logs show -g $group -n $app), then run this again."; exit 1; }
account=$(output photostyle-programs dataAccountName)
people=$(output photostyle-programs actionGroupName)
PHOTOSTYLE_DATA_ACCOUNT=$account PHOTOSTYLE_ACTION_GROUP=$people PHOTOSTYLE_FUNCTIONS_APP=$app PHOTOSTYLE_BLOBS_EXTENSION_KEY=$key deploy photostyle-events infra/bicep/events.bicepparam

echo "Ready. Photos: $(output photostyle-programs blobEndpoint)  API: $api"
