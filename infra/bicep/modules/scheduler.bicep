import { roles } from 'roles.bicep'

@description('Region of all resources.')
param location string

@description('Name that all names of resources begin with.')
param name string

@description('Tags of all resources.')
param tags object

@description('Billing: by use, or by reserved capacity.')
@allowed(['Consumption', 'Dedicated'])
param sku string

@description('Object id of the identity of the function app.')
param functionsPrincipalId string

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: 'dts-${name}'
  location: location
  tags: tags
  properties: {
    sku: {
      name: sku
    }
    // The scheduler has no private endpoint here; who calls it shows a token. An empty list would refuse everybody.
    ipAllowlist: ['0.0.0.0/0']
  }

  resource hub 'taskHubs' = {
    name: 'photostyle'
  }
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: scheduler::hub
  name: guid(scheduler::hub.id, functionsPrincipalId, roles.durableTaskDataContributor)
  properties: {
    principalId: functionsPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.durableTaskDataContributor
    )
  }
}

@description('Address of the scheduler.')
output endpoint string = scheduler.properties.endpoint

@description('Name of the task hub.')
output hubName string = scheduler::hub.name
