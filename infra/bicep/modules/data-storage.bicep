import { containers, queues } from 'names.bicep'
import { containerAccess, queueAccess } from 'roles.bicep'
import { accountNetwork } from 'storage-account.bicep'

@description('Region of all resources.')
param location string

@description('Name of the account.')
param name string

@description('Tags of all resources.')
param tags object

@description('Redundancy.')
param sku string

@description('The private network, or null.')
param network accountNetwork?

@description('Address ranges of the internet that reach a private account all the same.')
param allowedIpRanges string[]

@description('Ids of Azure resources that reach a private account all the same.')
param allowedResourceIds string[]

@description('Who may do what with which container.')
param containerAccesses containerAccess[]

@description('Who may do what with which queue.')
param queueAccesses queueAccess[]

@description('Days after which an artefact that nothing has read is deleted. The next job that needs it makes it again.')
@minValue(1)
param artifactDays int

@description('Days after which results are deleted; 0 keeps them.')
@minValue(0)
param resultDays int

@description('Id of the Log Analytics workspace.')
param workspaceId string

module storage 'storage-account.bicep' = {
  name: 'data-storage-account'
  params: {
    location: location
    name: name
    tags: tags
    sku: sku
    services: ['blob', 'queue']
    network: network
    allowedIpRanges: allowedIpRanges
    allowedResourceIds: allowedResourceIds
  }
}

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: name
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    // A photo that somebody deletes by mistake can be had back for a week.
    deleteRetentionPolicy: {
      enabled: true
      days: 7
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: 7
    }
    lastAccessTimeTrackingPolicy: {
      enable: true
      name: 'AccessTimeTracking'
      trackingGranularityInDays: 1
      blobType: ['blockBlob']
    }
  }
  dependsOn: [storage]
}

var containerNames = map(items(containers), entry => entry.value)

resource blobContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = [
  for container in containerNames: {
    parent: blobService
    name: container
    properties: {
      publicAccess: 'None'
    }
  }
]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-06-01' = {
  parent: account
  name: 'default'
  dependsOn: [storage]
}

var queueNames = map(items(queues), entry => entry.value)

resource storageQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' = [
  for queue in queueNames: {
    parent: queueService
    name: queue
  }
]

var artifactRule = {
  name: 'forget-artifacts'
  enabled: true
  type: 'Lifecycle'
  definition: {
    filters: {
      blobTypes: ['blockBlob']
      prefixMatch: ['${containers.artifacts}/']
    }
    actions: {
      baseBlob: {
        delete: {
          daysAfterLastAccessTimeGreaterThan: artifactDays
        }
      }
    }
  }
}

var resultRule = {
  name: 'forget-results'
  enabled: true
  type: 'Lifecycle'
  definition: {
    filters: {
      blobTypes: ['blockBlob']
      prefixMatch: ['${containers.results}/']
    }
    actions: {
      baseBlob: {
        delete: {
          daysAfterCreationGreaterThan: resultDays
        }
      }
    }
  }
}

// There is no rule for what people drop: it is never deleted.
resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: resultDays > 0 ? [artifactRule, resultRule] : [artifactRule]
    }
  }
  dependsOn: [blobService]
}

resource containerRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for access in containerAccesses: {
    scope: blobContainers[indexOf(containerNames, access.container)]
    name: guid(account.id, access.container, access.principalId, access.role)
    properties: {
      principalId: access.principalId
      principalType: access.principalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', access.role)
    }
  }
]

resource queueRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for access in queueAccesses: {
    scope: storageQueues[indexOf(queueNames, access.queue)]
    name: guid(account.id, access.queue, access.principalId, access.role)
    properties: {
      principalId: access.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', access.role)
    }
  }
]

// Storage has no metric of a single queue, so the alerts on poison queues count the writes to them.
resource queueLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: queueService
  name: 'writes'
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      {
        category: 'StorageWrite'
        enabled: true
      }
      {
        category: 'StorageDelete'
        enabled: true
      }
    ]
  }
}

@description('Name of the account.')
output name string = storage.outputs.name

@description('Address of the blobs.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('Address of the queues.')
output queueEndpoint string = account.properties.primaryEndpoints.queue
