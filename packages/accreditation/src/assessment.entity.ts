import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { readableByMembers } from '@accord/persistence';
import { allianceInserts, allianceReads, assessmentGoes, goesWithAssessment } from './accreditation.policy.js';
import type { AccreditationStage, StageOutcome } from './vocabulary.js';

/** One assessment of a stage. Never changed: the latest since the application counts. */
@Entity({ tableName: 'accreditation_assessment', policies: [readableByMembers(), allianceInserts(), assessmentGoes()] })
@Index({ properties: ['providerId', 'stage', 'seq'] })
export class AssessmentRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  /** Order of writing; assessments of one provider are written under its lock. */
  @Property({ columnType: 'bigint', generated: 'identity' })
  seq!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ columnType: 'text' })
  stage!: AccreditationStage;

  @Property({ columnType: 'text' })
  outcome!: StageOutcome;

  /** Null for the first stage, which gives its outcome only (rules 14): its conditions lie in the note. */
  @Property({ columnType: 'text', nullable: true })
  conditions: string | null = null;

  @Property({ columnType: 'date' })
  assessedOn!: string;

  @Property({ columnType: 'timestamptz' })
  recordedAt!: Date;
}

/** What was seen, and by whom: the alliance's own. */
@Entity({
  tableName: 'accreditation_assessment_note',
  policies: [allianceReads(), allianceInserts(), goesWithAssessment('accreditation_assessment_note.assessment_id')],
})
export class AssessmentNote {
  @PrimaryKey({ type: 'uuid' })
  assessmentId!: string;

  @Property({ columnType: 'text', nullable: true })
  evidenceNote: string | null = null;

  /** Conditions of the first stage. */
  @Property({ columnType: 'text', nullable: true })
  conditions: string | null = null;

  @Property({ type: 'uuid' })
  assessorId!: string;

  /** The name in the directory then. */
  @Property({ columnType: 'text' })
  assessedBy!: string;
}
