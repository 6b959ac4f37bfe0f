@description('Region of all resources.')
param location string

@description('Name that all names of resources begin with.')
param name string

@description('Tags of all resources.')
param tags object

@description('Address of the function app.')
param apiBaseUrl string

@description('For whom the token is meant that the API asks for.')
param apiAudience string

@description('Address of the blobs, without a slash at the end.')
param blobEndpoint string

@description('Blob of the photo whose look every photo of the folder gets, such as styles/sunset.jpg.')
param styleBlob string

@description('Id of the folder of OneDrive that is watched, as the designer shows it.')
param watchedFolderId string

@description('Path of the folder of OneDrive that gets the results.')
param resultFolder string

@description('Address of the person who is asked when a transfer fails.')
param approver string

// A person signs in to these two once after the deployment: nothing else can, so no password is ever here.
resource oneDrive 'Microsoft.Web/connections@2016-06-01' = {
  name: 'con-${name}-onedrive'
  location: location
  tags: tags
  properties: {
    displayName: 'OneDrive for Business'
    api: {
      id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'onedriveforbusiness')
    }
  }
}

resource mail 'Microsoft.Web/connections@2016-06-01' = {
  name: 'con-${name}-mail'
  location: location
  tags: tags
  properties: {
    displayName: 'Office 365 Outlook'
    api: {
      id: subscriptionResourceId('Microsoft.Web/locations/managedApis', location, 'office365')
    }
  }
}

resource workflow 'Microsoft.Logic/workflows@2019-05-01' = {
  name: 'logic-${name}'
  location: location
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    state: 'Enabled'
    definition: loadJsonContent('workflow.json')
    parameters: {
      '$connections': {
        value: {
          onedriveforbusiness: {
            id: oneDrive.properties.api.id
            connectionId: oneDrive.id
            connectionName: oneDrive.name
          }
          office365: {
            id: mail.properties.api.id
            connectionId: mail.id
            connectionName: mail.name
          }
        }
      }
      apiBaseUrl: { value: apiBaseUrl }
      apiAudience: { value: apiAudience }
      blobEndpoint: { value: blobEndpoint }
      styleBlob: { value: styleBlob }
      watchedFolderId: { value: watchedFolderId }
      resultFolder: { value: resultFolder }
      approver: { value: approver }
    }
  }
}

@description('Id of the workflow.')
output id string = workflow.id

@description('Object id of the identity of the workflow.')
output principalId string = workflow.identity.principalId
