import { queueAccess } from 'roles.bicep'

@description('Name of the account.')
param accountName string

@description('Name of the queue.')
param name string

@description('Who may do what with it.')
param accesses queueAccess[]

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: accountName

  resource queueService 'queueServices' existing = {
    name: 'default'
  }
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' = {
  parent: account::queueService
  name: name
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for access in accesses: {
    scope: queue
    name: guid(queue.id, access.principalId, access.role)
    properties: {
      principalId: access.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', access.role)
    }
  }
]
