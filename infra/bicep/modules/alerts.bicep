@description('Region of all resources.')
param location string

@description('Name that all names of resources begin with.')
param name string

@description('Tags of all resources.')
param tags object

@description('Id of the Log Analytics workspace.')
param workspaceId string

@description('Name of the Application Insights resource.')
param insightsName string

@description('Addresses that get a mail; empty: alerts show in the portal only.')
param mailAddresses string[]

@description('Whether a worker takes the optimise requests.')
param hasWorker bool

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(mailAddresses)) {
  name: 'ag-${name}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'photostyle'
    emailReceivers: [
      for (address, i) in mailAddresses: {
        name: 'mail-${i}'
        emailAddress: address
        useCommonAlertSchema: true
      }
    ]
  }
}

var actionGroups = empty(mailAddresses) ? [] : [people.id]

var poison = {
  id: 'poison'
  title: 'A message went to a poison queue'
  detail: 'Five tries failed. docs/cloud/operate.md says how to look at the message and how to send it again.'
  severity: 1
  window: 'PT15M'
  query: '''
    StorageQueueLogs
    | where OperationName == 'PutMessage' and Uri contains '-poison/messages'
    | project TimeGenerated, Uri, CorrelationId
  '''
}

var standstill = {
  id: 'standstill'
  title: 'Optimise requests wait and no worker takes them'
  detail: 'No message of the queue optimize was finished in an hour though some were sent: look at the GPU quota and at the start of the worker.'
  severity: 2
  window: 'PT1H'
  query: '''
    StorageQueueLogs
    | where Uri contains '/optimize/messages'
    | summarize sent = countif(OperationName == 'PutMessage' and TimeGenerated < ago(30m)), finished = countif(OperationName == 'DeleteMessage')
    | where sent > 0 and finished == 0
  '''
}

var restarts = {
  id: 'restarts'
  title: 'A container does not stay up'
  detail: 'A container of the functions or the worker ended with an error or could not be started, three times in 15 minutes.'
  severity: 2
  window: 'PT15M'
  query: '''
    ContainerAppSystemLogs
    | where Reason in ('ContainerBackOff', 'BackOff', 'ContainerCrashing', 'ProbeFailed', 'ImagePullBackOff', 'ImagePullFailure', 'AssigningReplicaFailed', 'FailedScheduling', 'FailedMount')
    | summarize times = count() by ContainerAppName, Reason
    | where times >= 3
  '''
}

var rules = hasWorker ? [poison, restarts, standstill] : [poison, restarts]

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'alert-${name}-${rule.id}'
    location: location
    tags: tags
    properties: {
      displayName: rule.title
      description: rule.detail
      enabled: true
      severity: rule.severity
      scopes: [workspaceId]
      evaluationFrequency: 'PT15M'
      windowSize: rule.window
      autoMitigate: false
      // The tables come to be with their first rows.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: actionGroups
      }
    }
  }
]

resource failures 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-${name}-failures'
  location: 'global'
  tags: tags
  properties: {
    description: 'More than ten calls of functions failed in 15 minutes.'
    enabled: true
    severity: 2
    scopes: [insights.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'failed'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'microsoft.insights/components'
          metricName: 'requests/failed'
          operator: 'GreaterThan'
          threshold: 10
          timeAggregation: 'Count'
        }
      ]
    }
    actions: [for id in actionGroups: { actionGroupId: id }]
  }
}

@description('Name of the group of people who get a mail; empty: there is none.')
output actionGroupName string = empty(mailAddresses) ? '' : people.name
