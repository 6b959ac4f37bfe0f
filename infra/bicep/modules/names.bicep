// The names that the program knows: containers and queues of the data account. A test holds them against the constants of src/Pipeline.

@export()
@description('Containers of the data account.')
var containers = {
  uploads: 'uploads'
  styles: 'styles'
  fetched: 'fetched'
  results: 'results'
  artifacts: 'artifacts'
  checkpoints: 'checkpoints'
  jobs: 'jobs'
}

@export()
@description('Queues of the data account. The last two are those into which the Functions host puts what its triggers failed on five times.')
var queues = {
  optimize: 'optimize'
  optimizePoison: 'optimize-poison'
  optimized: 'optimized'
  optimizedPoison: 'optimized-poison'
  blobTriggerPoison: 'webjobs-blobtrigger-poison'
}
