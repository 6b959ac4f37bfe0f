@description('Region of all resources.')
param location string

@description('Name of the endpoint.')
param name string

@description('Tags of all resources.')
param tags object

@description('Id of the subnet in which the endpoint has its address.')
param subnetId string

@description('Id of the storage account.')
param accountId string

@description('Service of the account.')
@allowed(['blob', 'queue', 'table'])
param service string

@description('Id of the private DNS zone in which the endpoint is found.')
param zoneId string

resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: {
      id: subnetId
    }
    customNetworkInterfaceName: '${name}-nic'
    privateLinkServiceConnections: [
      {
        name: service
        properties: {
          privateLinkServiceId: accountId
          groupIds: [service]
        }
      }
    ]
  }

  resource zoneGroup 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: service
          properties: {
            privateDnsZoneId: zoneId
          }
        }
      ]
    }
  }
}
