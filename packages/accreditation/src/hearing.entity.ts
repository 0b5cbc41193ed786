import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { allianceInserts, allianceReads, goesWithDecision } from './accreditation.policy.js';
import type { AppealOutcome, PutOffBy } from './vocabulary.js';

/** The gist of a decision, as the provider was told it: once, and from that day on it may reply. */
@Entity({
  tableName: 'accreditation_gist',
  policies: [allianceReads(), allianceInserts(), goesWithDecision('accreditation_gist.proposal_id')],
})
export class Gist {
  @PrimaryKey({ type: 'uuid' })
  proposalId!: string;

  @Property({ columnType: 'text' })
  gist!: string;

  @Property({ columnType: 'date' })
  toldOn!: string;

  @Property({ columnType: 'text' })
  recordedBy!: string;

  @Property({ columnType: 'timestamptz' })
  recordedAt!: Date;
}

/** That telling the provider is put off, at whose word, and until when that is looked at again. */
@Entity({
  tableName: 'accreditation_put_off',
  policies: [allianceReads(), allianceInserts(), goesWithDecision('accreditation_put_off.proposal_id')],
})
@Index({ properties: ['proposalId', 'recordedAt'] })
export class PutOff {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  proposalId!: string;

  @Property({ columnType: 'text' })
  putOffBy!: PutOffBy;

  @Property({ columnType: 'text' })
  reason!: string;

  @Property({ columnType: 'date' })
  reviewOn!: string;

  @Property({ columnType: 'text' })
  recordedBy!: string;

  @Property({ columnType: 'timestamptz' })
  recordedAt!: Date;
}

/** What the provider replied. */
@Entity({
  tableName: 'accreditation_reply',
  policies: [allianceReads(), allianceInserts(), goesWithDecision('accreditation_reply.proposal_id')],
})
@Index({ properties: ['proposalId', 'recordedAt'] })
export class Reply {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  proposalId!: string;

  @Property({ columnType: 'text' })
  reply!: string;

  @Property({ columnType: 'date' })
  receivedOn!: string;

  /** The provider has nothing to add: the rest of its days need not be waited for. */
  @Property({ columnType: 'boolean' })
  isComplete!: boolean;

  @Property({ columnType: 'text' })
  recordedBy!: string;

  @Property({ columnType: 'timestamptz' })
  recordedAt!: Date;
}

/** The provider's appeal against a decision: one. */
@Entity({
  tableName: 'accreditation_appeal',
  policies: [allianceReads(), allianceInserts(), goesWithDecision('accreditation_appeal.proposal_id')],
})
export class Appeal {
  @PrimaryKey({ type: 'uuid' })
  proposalId!: string;

  @Property({ columnType: 'text' })
  grounds!: string;

  @Property({ columnType: 'date' })
  receivedOn!: string;

  @Property({ columnType: 'text' })
  recordedBy!: string;

  @Property({ columnType: 'timestamptz' })
  recordedAt!: Date;
}

/** What came of an appeal: one, by somebody who had neither proposed nor decided, by its check. */
@Entity({
  tableName: 'accreditation_appeal_outcome',
  policies: [allianceReads(), allianceInserts(), goesWithDecision('accreditation_appeal_outcome.proposal_id')],
})
@Check({
  name: 'accreditation_appeal_outcome_independent',
  expression: 'judge_id <> proposer_id and judge_id is distinct from decider_id',
})
export class AppealVerdict {
  @PrimaryKey({ type: 'uuid' })
  proposalId!: string;

  @Property({ columnType: 'text' })
  outcome!: AppealOutcome;

  @Property({ columnType: 'text' })
  reason!: string;

  @Property({ type: 'uuid' })
  proposerId!: string;

  /** Null where an interim suspension was appealed against before anybody ratified it. */
  @Property({ type: 'uuid', nullable: true })
  deciderId: string | null = null;

  @Property({ type: 'uuid' })
  judgeId!: string;

  @Property({ columnType: 'text' })
  judgedBy!: string;

  @Property({ columnType: 'timestamptz' })
  judgedAt!: Date;
}
