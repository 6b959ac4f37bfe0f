// The names that the program knows: containers and queues of the data account. A test holds them against the constants of src/Pipeline.

@export()
@description('Containers of the data account.')
var containers = {
  uploads: 'uploads'
  styles: 'styles'
  artifacts: 'artifacts'
  results: 'results'
}

@export()
@description('Queues of the data account. Those that end in -poison hold what failed five times.')
var queues = {
  optimize: 'optimize'
  optimizePoison: 'optimize-poison'
  optimized: 'optimized'
  optimizedPoison: 'optimized-poison'
  blobTriggerPoison: 'webjobs-blobtrigger-poison'
}
