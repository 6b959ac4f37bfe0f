# The function app. Built from the root of the repository: docker build -f infra/docker/functions.Dockerfile .
# FLAVOR cpu or cuda: which libtorch is in it, for apps that solve themselves. libtorch brings its own CUDA, the system below it only the driver.
ARG FLAVOR=cpu
# MODELS: models that are fetched into the image, such as "vgg19-caffe": without them jobs can name the embedded encoder only.
ARG MODELS=
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0.401-noble
# Under this tag Microsoft publishes the Functions host for .NET 10 and mends it every month. A digest in its place builds the same image again.
ARG HOST_IMAGE=mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0

FROM ${SDK_IMAGE} AS build
ARG FLAVOR
ARG MODELS
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /source
COPY . .
# The system below the host is Microsoft's choice and may be older than libtorch's wrapper likes: "always" makes a wrapper for all of them.
RUN dotnet publish src/Functions/PhotoStyle.Functions.csproj --configuration Release --runtime linux-x64 --no-self-contained --output /app \
      -p:PhotoStyleFunctionsSdk=package -p:PhotoStyleImageSharp=package -p:PhotoStyleDurableTaskScheduler=true -p:PhotoStyleNativeCompatibility=always -p:LibTorch=${FLAVOR}
RUN mkdir /models && if [ -n "${MODELS}" ]; then PHOTOSTYLE_MODELS=/models dotnet run --project src/Cli --configuration Release -- models pull ${MODELS}; fi

FROM ${HOST_IMAGE}
# Durable Functions want to know what the host is called, and the platform tells its own name where it has one: without any, no trigger that starts a job runs.
# Port 80 is not for users without rights. The keys of the host lie in a storage account; it only watches a folder for notes on them.
ENV AzureWebJobsScriptRoot=/home/site/wwwroot \
    AzureFunctionsJobHost__Logging__Console__IsEnabled=true \
    ASPNETCORE_URLS=http://+:8080 \
    WEBSITE_HOSTNAME=localhost:8080 \
    DOTNET_EnableDiagnostics=0 \
    PHOTOSTYLE_MODELS=/models \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility \
    FUNCTIONS_SECRETS_PATH=/tmp/photostyle/secrets \
    FUNCTIONS_LOG_PATH=/tmp/photostyle/logs \
    HOME=/tmp/photostyle
COPY --from=build --chown=root:root /app /home/site/wwwroot
COPY --from=build --chown=root:root /models /models
RUN install -d -o 10001 -g 10001 /tmp/photostyle
# A number without a name: it has no rights on any base.
USER 10001:10001
EXPOSE 8080
