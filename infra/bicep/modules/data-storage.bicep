import { containers, queues } from 'names.bicep'
import { containerAccess, queueAccess } from 'roles.bicep'

@description('Name of the account for the photos and all that is made of them.')
param accountName string

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

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: accountName
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
}

module blobContainers 'container.bicep' = [
  for container in map(items(containers), entry => entry.value): {
    name: 'container-${container}'
    params: {
      accountName: accountName
      name: container
      accesses: filter(containerAccesses, access => access.container == container)
    }
    dependsOn: [blobService]
  }
]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-06-01' = {
  parent: account
  name: 'default'
}

module storageQueues 'queue.bicep' = [
  for queue in map(items(queues), entry => entry.value): {
    name: 'queue-${queue}'
    params: {
      accountName: accountName
      name: queue
      accesses: filter(queueAccesses, access => access.queue == queue)
    }
    dependsOn: [queueService]
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

// A checkpoint goes when its grade is there. What is left is of jobs that were given up.
var checkpointRule = {
  name: 'forget-checkpoints'
  enabled: true
  type: 'Lifecycle'
  definition: {
    filters: {
      blobTypes: ['blockBlob']
      prefixMatch: ['${containers.checkpoints}/']
    }
    actions: {
      baseBlob: {
        delete: {
          daysAfterModificationGreaterThan: 7
        }
      }
    }
  }
}

// Notes on jobs that have ended. Those on what was dropped (drops/) stay: without them a style that is replaced would start every photo under it once more.
var jobRule = {
  name: 'forget-jobs'
  enabled: true
  type: 'Lifecycle'
  definition: {
    filters: {
      blobTypes: ['blockBlob']
      prefixMatch: ['${containers.jobs}/runs/', '${containers.jobs}/turns/']
    }
    actions: {
      baseBlob: {
        delete: {
          daysAfterModificationGreaterThan: 30
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
      rules: concat([artifactRule, checkpointRule, jobRule], resultDays > 0 ? [resultRule] : [])
    }
  }
  dependsOn: [blobService]
}

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
