// The events of dropped photos, from the data account to the web hook of the blob triggers. Deployed last: Event Grid calls the web hook at once to see that it answers.
targetScope = 'resourceGroup'

import { containers } from 'modules/names.bicep'

@description('Region of the data account.')
param location string = resourceGroup().location

@description('Name of the data account.')
param dataAccountName string

@description('Name of the container app with the functions.')
param functionsAppName string

@description('System key "blobs_extension" of the Functions host. It goes into the address of the web hook and nowhere else.')
@secure()
param blobsExtensionKey string

@description('Name of the action group that is told of lost events; empty: the alert shows in the portal only.')
param actionGroupName string = ''

@description('Tags of all resources.')
param tags object = {}

// Which function starts by the blobs of which container.
var triggers = [
  { container: containers.uploads, function: 'UploadArrived' }
  { container: containers.styles, function: 'StyleArrived' }
]

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: dataAccountName
}

resource functionsApp 'Microsoft.App/containerApps@2026-01-01' existing = {
  name: functionsAppName
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' existing = if (!empty(actionGroupName)) {
  name: actionGroupName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: 'evgst-${dataAccountName}'
  location: location
  tags: tags
  properties: {
    source: account.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

@batchSize(1)
resource subscriptions 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = [
  for trigger in triggers: {
    parent: topic
    name: toLower(trigger.function)
    properties: {
      eventDeliverySchema: 'EventGridSchema'
      destination: {
        endpointType: 'WebHook'
        properties: {
          endpointUrl: 'https://${functionsApp.properties.configuration.ingress.fqdn}/runtime/webhooks/blobs?functionName=Host.Functions.${trigger.function}&code=${blobsExtensionKey}'
          maxEventsPerBatch: 1
          preferredBatchSizeInKilobytes: 64
        }
      }
      filter: {
        includedEventTypes: ['Microsoft.Storage.BlobCreated']
        subjectBeginsWith: '/blobServices/default/containers/${trigger.container}/'
        enableAdvancedFilteringOnArrays: true
      }
      // What the function app misses while it starts or is updated comes again for a day.
      retryPolicy: {
        maxDeliveryAttempts: 30
        eventTimeToLiveInMinutes: 1440
      }
    }
  }
]

resource lost 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-${dataAccountName}-events'
  location: 'global'
  tags: tags
  properties: {
    description: 'Event Grid gave up on an event: a photo was dropped and no job started. docs/cloud/operate.md says how to start it.'
    enabled: true
    severity: 1
    scopes: [topic.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'dropped'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.EventGrid/systemTopics'
          metricName: 'DroppedEventCount'
          operator: 'GreaterThan'
          threshold: 0
          timeAggregation: 'Total'
        }
      ]
    }
    actions: empty(actionGroupName) ? [] : [{ actionGroupId: people.id }]
  }
}
