import { identity } from 'identities.bicep'

@description('Region of all resources.')
param location string

@description('Name that all names of resources begin with.')
param name string

@description('Tags of all resources.')
param tags object

@description('Id of the Container Apps environment.')
param environmentId string

@description('Identity of the function app.')
param functionsIdentity identity

@description('Host name of the registry.')
param registryServer string

@description('Image with tag or digest.')
param image string

@description('Name of the account of the Functions host.')
param hostAccountName string

@description('Settings of the program.')
param settings { name: string, value: string }[]

@description('Address and task hub of the Durable Task Scheduler, or null where the state of orchestrations is kept in the account of the host.')
param scheduler { endpoint: string, hubName: string }?

@description('Name of the Application Insights resource.')
param insightsName string

@description('Cores and memory of one replica.')
param size { cpu: string, memory: string }

@description('Replicas.')
param replicas { min: int, max: int }

@description('Address ranges from which the API and the web hook may be called; empty: from everywhere.')
param allowedIpRanges string[]

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

var hostSettings = [
  { name: 'FUNCTIONS_WORKER_RUNTIME', value: 'dotnet-isolated' }
  { name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }
  // A fixed id: by it the host finds its locks and its keys again after each deployment.
  { name: 'AzureFunctionsWebHost__hostid', value: take(name, 32) }
  { name: 'AzureWebJobsStorage__accountName', value: hostAccountName }
  { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
  { name: 'AzureWebJobsStorage__clientId', value: functionsIdentity.clientId }
  // The host makes its keys itself and keeps them in its account. The file system of a container does not live long enough.
  { name: 'AzureWebJobsSecretStorageType', value: 'blob' }
  { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }
  {
    name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING'
    value: 'ClientId=${functionsIdentity.clientId};Authorization=AAD'
  }
  { name: 'AZURE_CLIENT_ID', value: functionsIdentity.clientId }
]

// Each of these replaces a value of host.json.
var schedulerSettings = scheduler == null
  ? []
  : [
      {
        name: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
        value: 'Endpoint=${scheduler!.endpoint};Authentication=ManagedIdentity;ClientID=${functionsIdentity.clientId}'
      }
      { name: 'AzureFunctionsJobHost__extensions__durableTask__hubName', value: scheduler!.hubName }
      { name: 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__type', value: 'azureManaged' }
      {
        name: 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName'
        value: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
      }
    ]

resource app 'Microsoft.App/containerApps@2026-01-01' = {
  name: 'ca-${name}-functions'
  location: location
  tags: tags
  kind: 'functionapp'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${functionsIdentity.id}': {}
    }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      // Two revisions at a time would share the locks and the orchestrations of one account.
      activeRevisionsMode: 'Single'
      registries: [
        {
          server: registryServer
          identity: functionsIdentity.id
        }
      ]
      ingress: {
        external: true
        targetPort: 8080
        transport: 'auto'
        allowInsecure: false
        ipSecurityRestrictions: [
          for (range, i) in allowedIpRanges: {
            name: 'allowed-${i}'
            ipAddressRange: range
            action: 'Allow'
          }
        ]
      }
    }
    template: {
      terminationGracePeriodSeconds: 60
      containers: [
        {
          name: 'functions'
          image: image
          resources: {
            cpu: json(size.cpu)
            memory: size.memory
          }
          env: concat(hostSettings, schedulerSettings, settings)
          probes: [
            {
              type: 'Startup'
              tcpSocket: {
                port: 8080
              }
              periodSeconds: 5
              failureThreshold: 48
            }
            {
              type: 'Liveness'
              tcpSocket: {
                port: 8080
              }
              periodSeconds: 20
              failureThreshold: 6
            }
          ]
        }
      ]
      // The platform derives the rules from the triggers.
      scale: {
        minReplicas: replicas.min
        maxReplicas: replicas.max
      }
    }
  }
}

@description('Name of the container app.')
output appName string = app.name

@description('Host name of the API.')
output hostName string = app.properties.configuration.ingress.fqdn
