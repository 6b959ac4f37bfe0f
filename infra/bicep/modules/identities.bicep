@description('Region of all resources.')
param location string

@description('Name that all names of resources begin with.')
param name string

@description('Tags of all resources.')
param tags object

// Two programs, two identities: the worker must not be able to do what only the functions do, and the other way round.
resource functions 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${name}-functions'
  location: location
  tags: tags
}

resource worker 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${name}-worker'
  location: location
  tags: tags
}

@description('The identity of the function app.')
output functions identity = {
  id: functions.id
  clientId: functions.properties.clientId
  principalId: functions.properties.principalId
}

@description('The identity of the worker.')
output worker identity = {
  id: worker.id
  clientId: worker.properties.clientId
  principalId: worker.properties.principalId
}

@export()
@description('A user-assigned identity.')
type identity = {
  @description('Resource id.')
  id: string

  @description('Id by which a program asks for tokens.')
  clientId: string

  @description('Object id, to which roles are given.')
  principalId: string
}
