# The worker. Built from the root of the repository: docker build -f infra/docker/worker.Dockerfile --build-arg FLAVOR=cuda .
# FLAVOR cpu or cuda: which libtorch is in it. libtorch brings its own CUDA, the system below it only the driver.
ARG FLAVOR=cpu
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0.401-noble
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0.12-noble

FROM ${SDK_IMAGE} AS build
ARG FLAVOR
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /source
COPY . .
RUN dotnet publish src/Worker/PhotoStyle.Worker.csproj --configuration Release --runtime linux-x64 --no-self-contained --output /app -p:LibTorch=${FLAVOR}

FROM ${RUNTIME_IMAGE}
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0 \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
WORKDIR /app
COPY --from=build --chown=root:root /app .
# The user without rights that .NET's images have.
USER $APP_UID
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "photostyle-worker.dll"]
