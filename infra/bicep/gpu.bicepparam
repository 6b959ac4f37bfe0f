// With a worker on serverless GPUs that come and go with the queue, and storage in a private network.
using 'main.bicep'

param name = 'photostyle'
param optimizer = 'gpu'
param gpuProfile = 'Consumption-GPU-NC8as-T4'
param maxWorkers = 3
param messagesPerWorker = 4
param workerCooldownSeconds = 300

param functionsSize = {
  cpu: '2'
  memory: '4Gi'
}
param maxFunctions = 10
param durableTaskScheduler = 'Consumption'

param privateNetwork = true
param storageSku = 'Standard_ZRS'

// Streams the image of several gigabytes while the replica starts.
param registrySku = 'Premium'

param completionEvents = true

param images = {
  functions: readEnvironmentVariable('PHOTOSTYLE_FUNCTIONS_IMAGE', '')
  worker: readEnvironmentVariable('PHOTOSTYLE_WORKER_IMAGE', '')
}
