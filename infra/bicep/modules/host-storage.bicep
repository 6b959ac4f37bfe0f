import { accountNetwork } from 'storage-account.bicep'
import { roles } from 'roles.bicep'

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

@description('Object id of the identity of the function app.')
param functionsPrincipalId string

// An account of its own for what the Functions host keeps (locks, keys, the state of orchestrations), so that the host's wide roles do not reach a single photo.
module storage 'storage-account.bicep' = {
  name: 'host-storage-account'
  params: {
    location: location
    name: name
    tags: tags
    sku: sku
    services: ['blob', 'queue', 'table']
    network: network
    allowedIpRanges: []
    allowedResourceIds: []
  }
}

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: name
}

var hostRoles = [roles.blobDataOwner, roles.queueDataContributor, roles.tableDataContributor]

// On the whole account: the host and the Durable extension create their containers, queues and tables themselves.
resource functionsRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in hostRoles: {
    scope: account
    name: guid(account.id, functionsPrincipalId, role)
    properties: {
      principalId: functionsPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
    dependsOn: [storage]
  }
]

@description('Name of the account.')
output name string = storage.outputs.name
