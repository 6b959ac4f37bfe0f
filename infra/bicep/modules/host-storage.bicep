import { roles } from 'roles.bicep'

@description('Name of the account for what the Functions host keeps: locks, keys, the state of orchestrations.')
param accountName string

@description('Object id of the identity of the function app.')
param functionsPrincipalId string

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: accountName
}

var hostRoles = [roles.blobDataOwner, roles.queueDataContributor, roles.tableDataContributor]

// On the whole account: the host and the Durable extension make their containers, queues and tables themselves.
// That is why the photos have another account: these roles do not reach a single one.
resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in hostRoles: {
    scope: account
    name: guid(account.id, functionsPrincipalId, role)
    properties: {
      principalId: functionsPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]
