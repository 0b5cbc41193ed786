import type { ClassifiedType } from './classified-type.js';

const KEPT = [
  'record-keeping.test.ts',
  'is each organisation’s own: what is due, what is held and what is left of it',
] as const;
const WALK = ['walk.test.ts', 'has a case for every operation and guarded field, and no other'] as const;
const envelope = { fields: 'envelope', provenBy: WALK } as const;

export const RECORD_TYPES: Readonly<Record<string, ClassifiedType>> = {
  KeptRecord: { fields: { tenant: 'id kind provider home overOn holdReason heldBy heldOn' }, provenBy: KEPT },
  RecordsDue: { fields: { tenant: 'records token' }, provenBy: KEPT },
  RecordTombstone: {
    fields: { tenant: 'id kind provider home overOn deletedOn deletedBy reason' },
    provenBy: KEPT,
  },
  RecordTombstoneConnection: envelope,
  RecordTombstoneEdge: envelope,
  KeptRecordPayload: envelope,
  DeletedRecordsPayload: envelope,
};
