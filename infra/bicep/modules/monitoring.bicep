import { roles } from 'roles.bicep'

@description('Region of all resources.')
param location string

@description('Name that all names of resources begin with.')
param name string

@description('Tags of all resources.')
param tags object

@description('Days for which logs are kept.')
@minValue(30)
@maxValue(730)
param logDays int

@description('Most gigabytes of logs a day, as a brake on costs.')
@minValue(1)
param logGigabytesPerDay int

@description('Object ids of the identities that send telemetry.')
param senderPrincipalIds string[]

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: 'log-${name}'
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: logDays
    workspaceCapping: {
      dailyQuotaGb: logGigabytesPerDay
    }
    features: {
      disableLocalAuth: true
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${name}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    // Telemetry needs a token too: the connection string alone is an address and no secret.
    DisableLocalAuth: true
  }
}

resource senders 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for principalId in senderPrincipalIds: {
    scope: insights
    name: guid(insights.id, principalId, roles.monitoringMetricsPublisher)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId(
        'Microsoft.Authorization/roleDefinitions',
        roles.monitoringMetricsPublisher
      )
    }
  }
]

@description('Id of the Log Analytics workspace.')
output workspaceId string = workspace.id

@description('Name of the Application Insights resource.')
output insightsName string = insights.name
