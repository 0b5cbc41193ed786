import type { PolicyDef } from '@mikro-orm/core';
import { isAlliance } from '@accord/access';
import { ROLE, TENANT, tenantInserts, tenantReads } from '@accord/persistence';

const ALLIANCE = isAlliance(TENANT);

/** The alliance's own file: no other member has a row of it. */
export const allianceReads = (): PolicyDef => tenantReads(ALLIANCE);

export const allianceInserts = (): PolicyDef => tenantInserts(ALLIANCE);

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
