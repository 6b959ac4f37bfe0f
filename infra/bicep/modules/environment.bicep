@description('Region of all resources.')
param location string

@description('Name that all names of resources begin with.')
param name string

@description('Tags of all resources.')
param tags object

@description('Type of the GPU profile, or null for none.')
param gpuProfile string?

@description('Id of the subnet of the environment, or null for no private network.')
param subnetId string?

@description('Id of the Log Analytics workspace.')
param workspaceId string

resource environment 'Microsoft.App/managedEnvironments@2026-01-01' = {
  name: 'cae-${name}'
  location: location
  tags: tags
  properties: {
    // To Azure Monitor and by a diagnostic setting: the other way would need the key of the workspace.
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
    workloadProfiles: concat(
      [
        {
          name: 'Consumption'
          workloadProfileType: 'Consumption'
        }
      ],
      gpuProfile == null
        ? []
        : [
            {
              name: 'gpu'
              workloadProfileType: gpuProfile!
            }
          ]
    )
    vnetConfiguration: subnetId == null
      ? null
      : {
          infrastructureSubnetId: subnetId
          internal: false
        }
    publicNetworkAccess: 'Enabled'
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: environment
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      {
        category: 'ContainerAppConsoleLogs'
        enabled: true
      }
      {
        category: 'ContainerAppSystemLogs'
        enabled: true
      }
    ]
  }
}

@description('Domain of the apps of the environment.')
output defaultDomain string = environment.properties.defaultDomain

@description('Id of the environment.')
output id string = environment.id
