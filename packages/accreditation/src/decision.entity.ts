import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { isAlliance } from '@accord/access';
import { readableByMembers, TENANT, tenantReads } from '@accord/persistence';
import { AccreditationStatus } from '@accord/providers';
import { allianceInserts, allianceReads, goesWithDecision } from './accreditation.policy.js';
import type { DecisionKind, DecisionState } from './vocabulary.js';

/**
 * A decision as one person proposed it, or an interim suspension as one lead made it. The alliance's own;
 * what members may know of it is published as `accreditation_decision` under the same id. Never changed.
 */
@Entity({
  tableName: 'accreditation_proposal',
  policies: [allianceReads(), allianceInserts(), goesWithDecision('accreditation_proposal.id')],
})
@Index({ properties: ['providerId', 'proposedAt'] })
export class Proposal {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ columnType: 'text' })
  kind!: DecisionKind;

  @Property({ columnType: 'text' })
  status!: AccreditationStatus;

  @Property({ columnType: 'text' })
  reason!: string;

  @Property({ columnType: 'text' })
  reasonForMembers!: string;

  @Property({ columnType: 'text[]' })
  conditions: string[] = [];

  /** The day from which it is meant to hold; null: from its approval on. */
  @Property({ columnType: 'date', nullable: true })
  effectiveFrom: string | null = null;

  @Property({ columnType: 'date', nullable: true })
  reviewDue: string | null = null;

  @Property({ columnType: 'boolean' })
  isAdverse!: boolean;

  /** The day with whose last minute the time to ratify an interim suspension ends. */
  @Property({ columnType: 'date', nullable: true })
  ratifyBy: string | null = null;

  @Property({ columnType: 'timestamptz' })
  proposedAt!: Date;

  @Property({ type: 'uuid' })
  proposerId!: string;

  @Property({ columnType: 'text' })
  proposedBy!: string;
}

/** What members may know of a decision: written with its approval, of an interim suspension at once. Never changed. */
@Entity({
  tableName: 'accreditation_decision',
  policies: [readableByMembers(), allianceInserts(), goesWithDecision('accreditation_decision.id')],
})
@Index({ properties: ['providerId', 'proposedAt'] })
@Index({ properties: ['effectiveFrom'] })
export class DecisionRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ columnType: 'text' })
  kind!: DecisionKind;

  @Property({ columnType: 'text' })
  status!: AccreditationStatus;

  @Property({ columnType: 'text' })
  reason!: string;

  @Property({ columnType: 'text[]' })
  conditions: string[] = [];

  @Property({ columnType: 'date' })
  effectiveFrom!: string;

  @Property({ columnType: 'date', nullable: true })
  reviewDue: string | null = null;

  @Property({ columnType: 'timestamptz' })
  proposedAt!: Date;

  @Property({ columnType: 'text' })
  proposedBy!: string;

  @Property({ columnType: 'timestamptz' })
  publishedAt!: Date;
}

const IS_PUBLISHED = `exists (select from accreditation_decision d where d.id = accreditation_verdict.proposal_id)`;

/** That another person approved or rejected. One per proposal, by its key; never by the proposer, by its check. */
@Entity({
  tableName: 'accreditation_verdict',
  policies: [
    tenantReads(`${isAlliance(TENANT)} or ${IS_PUBLISHED}`),
    allianceInserts(),
    goesWithDecision('accreditation_verdict.proposal_id'),
  ],
})
@Check({ name: 'accreditation_verdict_four_eyes', expression: 'decider_id <> proposer_id' })
export class Verdict {
  @PrimaryKey({ type: 'uuid' })
  proposalId!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ columnType: 'text' })
  outcome!: DecisionState;

  @Property({ type: 'uuid' })
  proposerId!: string;

  @Property({ type: 'uuid' })
  deciderId!: string;

  @Property({ columnType: 'text' })
  decidedBy!: string;

  @Property({ columnType: 'timestamptz' })
  decidedAt!: Date;
}

/** Why they approved or rejected: the alliance's own. */
@Entity({
  tableName: 'accreditation_verdict_reason',
  policies: [allianceReads(), allianceInserts(), goesWithDecision('accreditation_verdict_reason.proposal_id')],
})
export class VerdictReason {
  @PrimaryKey({ type: 'uuid' })
  proposalId!: string;

  @Property({ columnType: 'text' })
  reason!: string;
}
