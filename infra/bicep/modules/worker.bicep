import { identity } from 'identities.bicep'
import { queues } from 'names.bicep'

@description('Region of all resources.')
param location string

@description('Name that all names of resources begin with.')
param name string

@description('Tags of all resources.')
param tags object

@description('Id of the Container Apps environment.')
param environmentId string

@description('Identity of the worker.')
param workerIdentity identity

@description('Host name of the registry.')
param registryServer string

@description('Image with tag or digest.')
param image string

@description('Name of the workload profile: Consumption or gpu.')
@allowed(['Consumption', 'gpu'])
param profile string

@description('Cores and memory of one replica. A GPU replica takes the whole node of its profile.')
param size { cpu: string, memory: string }

@description('Name of the data account.')
param dataAccountName string

@description('Settings of the program.')
param settings { name: string, value: string }[]

@description('Most replicas at a time: what the quota allows, and what you are ready to pay.')
@minValue(1)
param maxReplicas int

@description('Messages for each replica: fewer start more replicas sooner.')
@minValue(1)
param messagesPerReplica int

@description('Seconds without a message until the last replica goes. A GPU replica takes minutes to start.')
@minValue(30)
param cooldownSeconds int

@description('Name of the Application Insights resource.')
param insightsName string

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource app 'Microsoft.App/containerApps@2026-01-01' = {
  name: 'ca-${name}-worker'
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${workerIdentity.id}': {}
    }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: profile
    configuration: {
      activeRevisionsMode: 'Single'
      registries: [
        {
          server: registryServer
          identity: workerIdentity.id
        }
      ]
      // No ingress: nothing can call the worker, it asks the queue.
    }
    template: {
      // It writes a checkpoint and gives its message back within ten seconds.
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'worker'
          image: image
          resources: {
            cpu: json(size.cpu)
            memory: size.memory
          }
          env: concat(
            [
              { name: 'AZURE_CLIENT_ID', value: workerIdentity.clientId }
              { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }
            ],
            settings
          )
          probes: [
            {
              type: 'Startup'
              httpGet: {
                path: '/health'
                port: 8080
              }
              periodSeconds: 5
              failureThreshold: 60
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/health'
                port: 8080
              }
              periodSeconds: 20
              timeoutSeconds: 5
              failureThreshold: 6
            }
          ]
        }
      ]
      scale: {
        minReplicas: 0
        maxReplicas: maxReplicas
        pollingInterval: 15
        cooldownPeriod: cooldownSeconds
        rules: [
          {
            name: 'optimize'
            custom: {
              type: 'azure-queue'
              metadata: {
                accountName: dataAccountName
                queueName: queues.optimize
                queueLength: string(messagesPerReplica)
                // A message in work is hidden but counts: else a busy worker would be scaled away.
                queueLengthStrategy: 'all'
              }
              identity: workerIdentity.id
            }
          }
        ]
      }
    }
  }
}

@description('Name of the container app.')
output appName string = app.name
