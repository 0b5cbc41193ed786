import { all, type Feature } from '@accord/access';
import { KeptRecordResolver, RecordTombstoneResolver } from './record-keeping.resolver.js';
import { RecordHold, RecordTombstoneRow } from './record.entity.js';

export const recordKeepingFeature: Feature = {
  name: 'record-keeping',
  entities: [RecordHold, RecordTombstoneRow],
  resolvers: [KeptRecordResolver, RecordTombstoneResolver],
  access: {
    actions: {
      'Query.recordsDue': 'record:govern',
      'Query.heldRecords': 'record:govern',
      'Query.recordTombstones': 'record:govern',
      'Mutation.holdRecord': 'record:govern',
      'Mutation.deleteDueRecords': 'record:govern',
    },
    types: {
      KeptRecord: all('tenant', 'id', 'kind', 'provider', 'home', 'overOn', 'holdReason', 'heldBy', 'heldOn'),
      RecordsDue: { ...all('tenant', 'records', 'token') },
      RecordTombstone: all('tenant', 'id', 'kind', 'provider', 'home', 'overOn', 'deletedOn', 'deletedBy', 'reason'),
      RecordTombstoneConnection: 'envelope',
      RecordTombstoneEdge: 'envelope',
      KeptRecordPayload: 'envelope',
      DeletedRecordsPayload: 'envelope',
    },
  },
  grants: {
    record_hold: { gateway: ['select', 'insert', 'delete', { update: ['reason'] }] },
    record_tombstone: { gateway: ['select', 'insert'] },
  },
  merge: {
    rows: { record_tombstone: { becomes: 'MOVED', follows: [{ column: 'home_id', table: 'home' }] } },
  },
};
