// The built-in roles that are given to identities: no other role is assigned anywhere.

@export()
@description('Ids of built-in roles.')
var roles = {
  blobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  blobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  blobDataReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  queueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  queueDataMessageSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  acrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d'
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
  durableTaskDataContributor: '0ad04412-c4d5-4796-b79c-f76d14c8d402'
  eventGridDataSender: 'd5a91429-5739-47e2-a06b-3470a27159e7'
}

@export()
@description('A role for an identity on one container of the data account.')
type containerAccess = {
  @description('Name of the container.')
  container: string

  @description('Object id of the identity.')
  principalId: string

  @description('Id of a built-in role.')
  role: string

  @description('Group only for people.')
  principalType: 'ServicePrincipal' | 'Group'
}

@export()
@description('A role for an identity on one queue of the data account.')
type queueAccess = {
  @description('Name of the queue.')
  queue: string

  @description('Object id of the identity.')
  principalId: string

  @description('Id of a built-in role.')
  role: string
}
