// Everything that PhotoStyle needs in Azure but the events: events.bicep follows when the function app runs. deploy.sh does both.
targetScope = 'resourceGroup'

import { containerAccess, queueAccess, roles } from 'modules/roles.bicep'
import { containers, queues } from 'modules/names.bicep'

@description('Region of all resources. Not every region has GPUs: docs/cloud/scale.md.')
param location string = resourceGroup().location

@description('Name that all names of resources begin with: letters and digits.')
@minLength(3)
@maxLength(10)
param name string = 'photostyle'

@description('Tags of all resources.')
param tags object = {}

@description('Tag or digest of the images photostyle-functions and photostyle-worker in the registry, such as "1.2.0" or "sha256:...". Empty: the two programs are not deployed yet.')
param images { functions: string, worker: string } = { functions: '', worker: '' }

@description('Who solves: the functions themselves (small deployments), a worker on processors, or a worker on a GPU.')
@allowed(['inProcess', 'cpu', 'gpu'])
param optimizer string = 'inProcess'

@description('GPU of the worker: T4 is enough for the grades, A100 is for solving every pixel.')
@allowed(['Consumption-GPU-NC8as-T4', 'Consumption-GPU-NC24-A100'])
param gpuProfile string = 'Consumption-GPU-NC8as-T4'

@description('Most workers at a time.')
@minValue(1)
@maxValue(100)
param maxWorkers int = 2

@description('Waiting messages for each worker.')
@minValue(1)
param messagesPerWorker int = 4

@description('Seconds that the last worker waits for more work.')
@minValue(30)
param workerCooldownSeconds int = 300

@description('Cores and memory of a replica of the function app: it segments and renders, and solves where there is no worker. 2 GiB of memory go with each core, 4 cores are the most.')
param functionsSize { cpu: string, memory: string } = { cpu: '2', memory: '4Gi' }

@description('Most replicas of the function app.')
@minValue(1)
@maxValue(100)
param maxFunctions int = 3

@description('Keep orchestrations in a Durable Task Scheduler of this sort. With it the function app scales to zero and out; without it (null) one replica always runs.')
param durableTaskScheduler ('Consumption' | 'Dedicated')?

@description('Storage is reached from the private network only. False: from everywhere, with a token.')
param privateNetwork bool = true

@description('Address range of the private network, at least a /22.')
param addressPrefix string = '10.70.0.0/22'

@description('Address ranges of the internet from which people may reach the photos in spite of the private network, such as "203.0.113.0/24".')
param storageAllowedIpRanges string[] = []

@description('Address ranges that may call the API; empty: all. Those of the service tag AzureEventGrid must be among them.')
param apiAllowedIpRanges string[] = []

@description('Application id of the registration in Entra ID that stands for the API: callers with a token of it use /api/entra. Empty: callers use /api with a function key only.')
param entraClientId string = ''

@description('Role of that registration which callers with a token must have; empty: any token for the application will do.')
param entraRole string = ''

@description('Object id of a group of people who drop photos and styles and read results; empty: none.')
param usersGroupId string = ''

@description('Hosts from which the API may fetch photos by HTTPS; empty: it takes photos from storage only.')
param allowedPhotoHosts string[] = []

@description('Redundancy of storage.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_LRS'

@description('Days after which an unused artefact is deleted.')
@minValue(1)
param artifactDays int = 30

@description('Days after which results are deleted; 0 keeps them.')
@minValue(0)
param resultDays int = 0

@description('Sort of the registry.')
@allowed(['Basic', 'Standard', 'Premium'])
param registrySku string = 'Basic'

@description('Days for which logs are kept.')
@minValue(30)
@maxValue(730)
param logDays int = 30

@description('Most gigabytes of logs a day.')
@minValue(1)
param logGigabytesPerDay int = 1

@description('Addresses that get a mail when something fails.')
param alertMailAddresses string[] = []

@description('Send an event (CloudEvents) to a topic of Event Grid when a job ends.')
param completionEvents bool = false

@description('Deploy the sample workflow: a file in a folder of OneDrive becomes a transfer. It calls with its identity and needs entraClientId. Null: none.')
param logicApp { styleBlob: string, watchedFolderId: string, resultFolder: string, approver: string }?

var token = uniqueString(resourceGroup().id)
var shortName = toLower(name)
var hasWorker = optimizer != 'inProcess'
var hasGpu = optimizer == 'gpu'
var hasScheduler = durableTaskScheduler != null
var deployFunctions = !empty(images.functions)
var deployWorker = hasWorker && !empty(images.worker)

// A GPU replica takes all that its profile has.
var workerSizes = {
  'Consumption-GPU-NC8as-T4': { cpu: '8', memory: '56Gi' }
  'Consumption-GPU-NC24-A100': { cpu: '24', memory: '220Gi' }
}

module identities 'modules/identities.bicep' = {
  name: 'identities'
  params: {
    location: location
    name: shortName
    tags: tags
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  params: {
    location: location
    name: shortName
    tags: tags
    addressPrefix: addressPrefix
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    location: location
    name: shortName
    tags: tags
    logDays: logDays
    logGigabytesPerDay: logGigabytesPerDay
    senderPrincipalIds: [identities.outputs.functions.principalId, identities.outputs.worker.principalId]
  }
}

module registry 'modules/registry.bicep' = {
  name: 'registry'
  params: {
    location: location
    name: '${shortName}${token}'
    tags: tags
    sku: registrySku
    pullPrincipalIds: [identities.outputs.functions.principalId, identities.outputs.worker.principalId]
  }
}

var functionsId = identities.outputs.functions.principalId
var workerId = identities.outputs.worker.principalId

var reader = roles.blobDataReader
var contributor = roles.blobDataContributor

var functionsContainers containerAccess[] = concat(
  [
    { container: containers.uploads, principalId: functionsId, role: reader, principalType: 'ServicePrincipal' }
    { container: containers.styles, principalId: functionsId, role: reader, principalType: 'ServicePrincipal' }
    { container: containers.results, principalId: functionsId, role: contributor, principalType: 'ServicePrincipal' }
    { container: containers.artifacts, principalId: functionsId, role: contributor, principalType: 'ServicePrincipal' }
    {
      container: containers.checkpoints
      principalId: functionsId
      role: contributor
      principalType: 'ServicePrincipal'
    }
    { container: containers.jobs, principalId: functionsId, role: contributor, principalType: 'ServicePrincipal' }
  ],
  empty(allowedPhotoHosts)
    ? []
    : [
        {
          container: containers.fetched
          principalId: functionsId
          role: contributor
          principalType: 'ServicePrincipal'
        }
      ]
)

// The worker sees no upload and no result: what it needs was taken into the artefacts.
var workerContainers containerAccess[] = !hasWorker
  ? []
  : [
      { container: containers.artifacts, principalId: workerId, role: contributor, principalType: 'ServicePrincipal' }
      { container: containers.checkpoints, principalId: workerId, role: contributor, principalType: 'ServicePrincipal' }
      { container: containers.jobs, principalId: workerId, role: reader, principalType: 'ServicePrincipal' }
    ]

var usersContainers containerAccess[] = empty(usersGroupId)
  ? []
  : [
      {
        container: containers.uploads
        principalId: usersGroupId
        role: contributor
        principalType: 'Group'
      }
      {
        container: containers.styles
        principalId: usersGroupId
        role: contributor
        principalType: 'Group'
      }
      { container: containers.results, principalId: usersGroupId, role: reader, principalType: 'Group' }
    ]

var logicAppContainers containerAccess[] = logicApp == null
  ? []
  : [
      {
        container: containers.uploads
        principalId: workflow!.outputs.principalId
        role: contributor
        principalType: 'ServicePrincipal'
      }
      {
        container: containers.results
        principalId: workflow!.outputs.principalId
        role: reader
        principalType: 'ServicePrincipal'
      }
    ]

// To renew a message is to write it, which the role of a message processor does not include: so Contributor, but on this one queue.
var functionsQueues queueAccess[] = [
  { queue: queues.optimize, principalId: functionsId, role: roles.queueDataMessageSender }
  { queue: queues.optimized, principalId: functionsId, role: roles.queueDataContributor }
  { queue: queues.optimizedPoison, principalId: functionsId, role: roles.queueDataMessageSender }
  { queue: queues.blobTriggerPoison, principalId: functionsId, role: roles.queueDataMessageSender }
]

var workerQueues queueAccess[] = [
  { queue: queues.optimize, principalId: workerId, role: roles.queueDataContributor }
  { queue: queues.optimizePoison, principalId: workerId, role: roles.queueDataMessageSender }
  { queue: queues.optimized, principalId: workerId, role: roles.queueDataMessageSender }
]

var accountNetwork = privateNetwork
  ? { subnetId: network!.outputs.endpointsSubnetId, zoneIds: network!.outputs.zoneIds }
  : null

module hostAccount 'modules/storage-account.bicep' = {
  name: 'host-account'
  params: {
    location: location
    name: take('${shortName}h${token}', 24)
    tags: tags
    sku: storageSku
    services: ['blob', 'queue', 'table']
    network: accountNetwork
    allowedIpRanges: []
    allowedResourceIds: []
  }
}

module hostStorage 'modules/host-storage.bicep' = {
  name: 'host-storage'
  params: {
    accountName: hostAccount.outputs.name
    functionsPrincipalId: functionsId
  }
}

var dataAccountName = take('${shortName}d${token}', 24)

module dataAccount 'modules/storage-account.bicep' = {
  name: 'data-account'
  params: {
    location: location
    name: dataAccountName
    tags: tags
    sku: storageSku
    services: ['blob', 'queue']
    network: accountNetwork
    allowedIpRanges: storageAllowedIpRanges
    allowedResourceIds: logicApp == null ? [] : [workflow!.outputs.id]
  }
}

module dataStorage 'modules/data-storage.bicep' = {
  name: 'data-storage'
  params: {
    accountName: dataAccount.outputs.name
    containerAccesses: concat(functionsContainers, workerContainers, usersContainers, logicAppContainers)
    queueAccesses: hasWorker ? concat(functionsQueues, workerQueues) : functionsQueues
    artifactDays: artifactDays
    resultDays: resultDays
    workspaceId: monitoring.outputs.workspaceId
  }
}

module environment 'modules/environment.bicep' = {
  name: 'environment'
  params: {
    location: location
    name: shortName
    tags: tags
    gpuProfile: hasGpu ? gpuProfile : null
    subnetId: privateNetwork ? network!.outputs.appsSubnetId : null
    workspaceId: monitoring.outputs.workspaceId
  }
}

module scheduler 'modules/scheduler.bicep' = if (hasScheduler) {
  name: 'scheduler'
  params: {
    location: location
    name: shortName
    tags: tags
    sku: durableTaskScheduler ?? 'Consumption'
    functionsPrincipalId: functionsId
  }
}

module completionTopic 'modules/completion-topic.bicep' = if (completionEvents) {
  name: 'completion-topic'
  params: {
    location: location
    name: shortName
    tags: tags
    senderPrincipalId: functionsId
  }
}

var storageSettings = [
  { name: 'PhotoStyleStorage__blobServiceUri', value: dataAccount.outputs.blobEndpoint }
  { name: 'PhotoStyleStorage__queueServiceUri', value: dataAccount.outputs.queueEndpoint }
]

module functions 'modules/functions.bicep' = if (deployFunctions) {
  name: 'functions'
  params: {
    location: location
    name: shortName
    tags: tags
    environmentId: environment.outputs.id
    functionsIdentity: identities.outputs.functions
    registryServer: registry.outputs.loginServer
    image: '${registry.outputs.loginServer}/photostyle-functions${startsWith(images.functions, 'sha256:') ? '@' : ':'}${images.functions}'
    hostAccountName: hostAccount.outputs.name
    settings: concat(
      storageSettings,
      [
        { name: 'PhotoStyleStorage__credential', value: 'managedidentity' }
        { name: 'PhotoStyleStorage__clientId', value: identities.outputs.functions.clientId }
        // Photos are told of by Event Grid: events.bicep.
        { name: 'AzureWebJobs_UploadPolled_Disabled', value: 'true' }
        { name: 'AzureWebJobs_StylePolled_Disabled', value: 'true' }
        { name: 'PhotoStyle__Optimizer', value: hasWorker ? 'Queue' : 'InProcess' }
        { name: 'PhotoStyle__EntraTenant', value: empty(entraClientId) ? '' : tenant().tenantId }
        { name: 'PhotoStyle__EntraAudience', value: empty(entraClientId) ? '' : 'api://${entraClientId}' }
        { name: 'PhotoStyle__EntraRole', value: entraRole }
        { name: 'PhotoStyle__CompletionTopic', value: completionEvents ? completionTopic!.outputs.endpoint : '' }
      ],
      map(range(0, length(allowedPhotoHosts)), i => {
        name: 'PhotoStyle__AllowedHosts__${i}'
        value: allowedPhotoHosts[i]
      })
    )
    scheduler: hasScheduler ? { endpoint: scheduler!.outputs.endpoint, hubName: scheduler!.outputs.hubName } : null
    insightsName: monitoring.outputs.insightsName
    size: functionsSize
    // The platform scales Durable Functions by the scheduler only: what the account of the host keeps wakes nobody.
    replicas: { min: hasScheduler ? 0 : 1, max: maxFunctions }
    allowedIpRanges: apiAllowedIpRanges
  }
  // Without its roles it would start in vain.
  dependsOn: [hostStorage, dataStorage]
}

module worker 'modules/worker.bicep' = if (deployWorker) {
  name: 'worker'
  params: {
    location: location
    name: shortName
    tags: tags
    environmentId: environment.outputs.id
    workerIdentity: identities.outputs.worker
    registryServer: registry.outputs.loginServer
    image: '${registry.outputs.loginServer}/photostyle-worker${startsWith(images.worker, 'sha256:') ? '@' : ':'}${images.worker}'
    profile: hasGpu ? 'gpu' : 'Consumption'
    size: hasGpu ? workerSizes[gpuProfile] : { cpu: '4', memory: '8Gi' }
    dataAccountName: dataAccount.outputs.name
    settings: concat(storageSettings, [
      // A GPU that is paid for and can not be used is an error, and no reason to go on without it.
      { name: 'PhotoStyle__Device', value: hasGpu ? 'cuda' : 'cpu' }
    ])
    maxReplicas: maxWorkers
    messagesPerReplica: messagesPerWorker
    cooldownSeconds: workerCooldownSeconds
    insightsName: monitoring.outputs.insightsName
  }
  dependsOn: [dataStorage]
}

module workflow '../logic-apps/logic-app.bicep' = if (logicApp != null) {
  name: 'logic-app'
  params: {
    location: location
    name: shortName
    tags: tags
    // The address is known before the app is: the workflow needs no second deployment.
    apiBaseUrl: 'https://ca-${shortName}-functions.${environment.outputs.defaultDomain}'
    apiAudience: 'api://${entraClientId}'
    blobEndpoint: 'https://${dataAccountName}.blob.${az.environment().suffixes.storage}'
    styleBlob: logicApp!.styleBlob
    watchedFolderId: logicApp!.watchedFolderId
    resultFolder: logicApp!.resultFolder
    approver: logicApp!.approver
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    location: location
    name: shortName
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    insightsName: monitoring.outputs.insightsName
    mailAddresses: alertMailAddresses
    hasWorker: hasWorker
  }
}

@description('Who solves: which images are needed.')
output optimizer string = optimizer

@description('Name of the registry to which the images are pushed.')
output registryName string = registry.outputs.name

@description('Name of the account that holds the photos.')
output dataAccountName string = dataAccount.outputs.name

@description('Address of the blobs.')
output blobEndpoint string = dataAccount.outputs.blobEndpoint

@description('Name of the container app with the functions; empty before the images are there.')
output functionsAppName string = deployFunctions ? functions!.outputs.appName : ''

@description('Address of the API; empty before the images are there.')
output apiUrl string = deployFunctions ? 'https://${functions!.outputs.hostName}/api' : ''

@description('Name of the group of people whom alerts are mailed to; empty: nobody.')
output actionGroupName string = alerts.outputs.actionGroupName
