# The worker. Built from the root of the repository: docker build -f infra/docker/worker.Dockerfile --build-arg FLAVOR=cuda .
# FLAVOR cpu or cuda: which libtorch is in it. libtorch brings its own CUDA, the system below it only the driver.
ARG FLAVOR=cpu
# MODELS: models that are fetched into the image, such as "vgg19-caffe": without them jobs can name the embedded encoder only.
ARG MODELS=
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0.401-noble
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0.12-noble

FROM ${SDK_IMAGE} AS build
ARG FLAVOR
ARG MODELS
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /source
COPY . .
RUN dotnet publish src/Worker/PhotoStyle.Worker.csproj --configuration Release --runtime linux-x64 --no-self-contained --output /app -p:LibTorch=${FLAVOR}
RUN mkdir /models && if [ -n "${MODELS}" ]; then PHOTOSTYLE_MODELS=/models dotnet run --project src/Cli --configuration Release -- models pull ${MODELS}; fi

FROM ${RUNTIME_IMAGE}
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0 \
    PHOTOSTYLE_MODELS=/models \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
WORKDIR /app
COPY --from=build --chown=root:root /app .
COPY --from=build --chown=root:root /models /models
# The user without rights that .NET's images have.
USER $APP_UID
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "photostyle-worker.dll"]
