// Small: no GPU and no worker, the functions solve in process. Costs little when nothing happens: docs/cloud/costs.md.
using 'main.bicep'

param name = 'photostyle'
param optimizer = 'inProcess'

// Solving takes all cores that it gets.
param functionsSize = {
  cpu: '4'
  memory: '8Gi'
}
param maxFunctions = 3

// With it the app scales to zero. Without it one replica always runs, which costs more than everything else.
param durableTaskScheduler = 'Consumption'

// Without private endpoints, which cost more than everything else here. Nobody gets in without a token all the same.
param privateNetwork = false

param images = {
  functions: readEnvironmentVariable('PHOTOSTYLE_FUNCTIONS_IMAGE', '')
  worker: ''
}
