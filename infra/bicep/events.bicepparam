// The values come from deploy.sh through its environment: an argument would show in the list of processes, a file would stay.
using 'events.bicep'

param dataAccountName = readEnvironmentVariable('PHOTOSTYLE_DATA_ACCOUNT')
param functionsAppName = readEnvironmentVariable('PHOTOSTYLE_FUNCTIONS_APP')
param blobsExtensionKey = readEnvironmentVariable('PHOTOSTYLE_BLOBS_EXTENSION_KEY')
param actionGroupName = readEnvironmentVariable('PHOTOSTYLE_ACTION_GROUP', '')
