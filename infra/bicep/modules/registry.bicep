import { roles } from 'roles.bicep'

@description('Region of all resources.')
param location string

@description('Name of the registry: letters and digits.')
param name string

@description('Tags of all resources.')
param tags object

@description('Premium starts GPU replicas sooner (artifact streaming) and has retention; Basic is enough else.')
@allowed(['Basic', 'Standard', 'Premium'])
param sku string

@description('Object ids of the identities that pull images.')
param pullPrincipalIds string[]

resource registry 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: sku
  }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
  }
}

resource pulls 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for principalId in pullPrincipalIds: {
    scope: registry
    name: guid(registry.id, principalId, roles.acrPull)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.acrPull)
    }
  }
]

@description('Name of the registry.')
output name string = registry.name

@description('Host name of the registry.')
output loginServer string = registry.properties.loginServer
