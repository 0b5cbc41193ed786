import type { PolicyDef } from '@mikro-orm/core';
import { isAlliance, mayGo } from '@accord/access';
import { ROLE, TENANT, tenantDeletes, tenantInserts, tenantReads } from '@accord/persistence';
import { assessmentOverOn } from './over.sql.js';

const ALLIANCE = isAlliance(TENANT);

/** The alliance's own file: no other member has a row of it. */
export const allianceReads = (): PolicyDef => tenantReads(ALLIANCE);

export const allianceInserts = (): PolicyDef => tenantInserts(ALLIANCE);

/** SQL: the time of a decision of the alliance's is over, and no legal hold of it stands (rules 8). */
export const decisionMayGo = (decision: string): string =>
  `${ALLIANCE} and ${mayGo(decision, `accreditation_decision_over_on(${decision})`)}`;

/** What belongs to a decision may be deleted with it, once its time is over. */
export const goesWithDecision = (decision: string): PolicyDef => tenantDeletes(decisionMayGo(decision));

/** An assessment may be deleted once the time of the accreditation that it was part of is over (rules 8). */
export const assessmentGoes = (): PolicyDef =>
  tenantDeletes(
    `${ALLIANCE} and ${mayGo('accreditation_assessment.id', assessmentOverOn('accreditation_assessment'))}`,
  );

export const goesWithAssessment = (assessmentId: string): PolicyDef =>
  tenantDeletes(`${ALLIANCE} and exists (select from accreditation_assessment a
    where a.id = ${assessmentId} and ${mayGo('a.id', assessmentOverOn('a'))})`);

/** The worker's clock writes in the alliance's name: what falls due, and that it was told. */
export const clockInserts = (): PolicyDef => ({
  name: 'clock_inserts',
  command: 'insert',
  roles: [ROLE.worker],
  check: ALLIANCE,
});

export const clockUpdates = (): PolicyDef => ({
  name: 'clock_updates',
  command: 'update',
  roles: [ROLE.worker],
  using: ALLIANCE,
  check: ALLIANCE,
});
