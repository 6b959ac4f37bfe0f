import { zoneIds } from 'network.bicep'

@description('Region of all resources.')
param location string

@description('Name of the account: 3 to 24 letters and digits.')
@minLength(3)
@maxLength(24)
param name string

@description('Tags of all resources.')
param tags object

@description('Redundancy.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param sku string

@description('Services of the account that get a private endpoint.')
param services ('blob' | 'queue' | 'table')[]

@description('The private network, or null for an account that the internet reaches (with a token of Entra ID, as always).')
param network accountNetwork?

@description('Address ranges of the internet that reach a private account all the same, for people who upload.')
param allowedIpRanges string[]

@description('Ids of Azure resources that reach a private account all the same: Logic Apps.')
param allowedResourceIds string[]

@export()
@description('Where the private endpoints of an account go.')
type accountNetwork = {
  @description('Id of the subnet of the private endpoints.')
  subnetId: string

  @description('Ids of the private DNS zones.')
  zoneIds: zoneIds
}

var isPrivate = network != null
var isClosed = isPrivate && empty(allowedIpRanges) && empty(allowedResourceIds)

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    accessTier: 'Hot'
    // Who reads or writes shows a token of Entra ID: there is no key that could leak.
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    isLocalUserEnabled: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isClosed ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      ipRules: [for range in (isPrivate ? allowedIpRanges : []): { value: range, action: 'Allow' }]
      resourceAccessRules: [
        for id in (isPrivate ? allowedResourceIds : []): { resourceId: id, tenantId: tenant().tenantId }
      ]
    }
  }
}

module endpoints 'private-endpoint.bicep' = [
  for service in (isPrivate ? services : []): {
    name: '${name}-${service}'
    params: {
      location: location
      name: 'pe-${name}-${service}'
      tags: tags
      accountId: account.id
      service: service
      subnetId: network!.subnetId
      zoneId: network!.zoneIds[service]
    }
  }
]

@description('Name of the account.')
output name string = account.name

@description('Address of the blobs.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('Address of the queues.')
output queueEndpoint string = account.properties.primaryEndpoints.queue
