import { containerAccess } from 'roles.bicep'

@description('Name of the account.')
param accountName string

@description('Name of the container.')
param name string

@description('Who may do what with it.')
param accesses containerAccess[]

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: accountName

  resource blobService 'blobServices' existing = {
    name: 'default'
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = {
  parent: account::blobService
  name: name
  properties: {
    publicAccess: 'None'
  }
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for access in accesses: {
    scope: container
    name: guid(container.id, access.principalId, access.role)
    properties: {
      principalId: access.principalId
      principalType: access.principalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', access.role)
    }
  }
]
