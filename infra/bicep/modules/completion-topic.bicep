import { roles } from 'roles.bicep'

@description('Region of all resources.')
param location string

@description('Name that all names of resources begin with.')
param name string

@description('Tags of all resources.')
param tags object

@description('Object id of the identity that sends the events.')
param senderPrincipalId string

resource topic 'Microsoft.EventGrid/topics@2025-02-15' = {
  name: 'evgt-${name}'
  location: location
  tags: tags
  properties: {
    inputSchema: 'CloudEventSchemaV1_0'
    disableLocalAuth: true
    minimumTlsVersionAllowed: '1.2'
  }
}

resource sender 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: topic
  name: guid(topic.id, senderPrincipalId, roles.eventGridDataSender)
  properties: {
    principalId: senderPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.eventGridDataSender)
  }
}

@description('Address to which events are posted.')
output endpoint string = topic.properties.endpoint
