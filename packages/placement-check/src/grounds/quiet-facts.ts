import { AccreditationStatus, PlacementType, Registration, RegistrationStatus, Regulator } from '@accord/providers';
import { References, ReferencesState } from '@accord/references';
import type { Facts } from '../facts.js';
import { AgeBand } from '../vocabulary.js';
import { GROUNDS } from './index.js';

/** For tests: facts with nothing against the placement, and what every ground says of them but for what is given. */

export const MINE = 'b0000000-0000-4000-8000-000000000001';
export const THEIRS = 'b0000000-0000-4000-8000-000000000002';
export const TODAY = '2026-11-28';

export const registration = (facts: Partial<Registration>): Registration =>
  Object.assign(new Registration(), {
    id: 'r',
    providerId: 'p',
    homeId: null,
    regulator: Regulator.OFSTED,
    reference: '2799001',
    category: 'Supported Accommodation',
    status: RegistrationStatus.REGISTERED,
    registeredOn: null,
    statusAsAt: '2026-10-01',
    ...facts,
  });

export const QUIET_HOME = {
  placementTypes: [PlacementType.SUPPORTED_SHARED_OPEN],
  ageFrom: null,
  ageTo: null,
  managerVacantSince: null,
};

export const IN_FORCE = { status: AccreditationStatus.ACCREDITED, effectiveFrom: '2026-01-01', conditions: [] };

export const QUIET = {
  asked: { homeId: 'h', ageBand: AgeBand.AGED_16_17, placementType: null, isEmergency: false },
  tenantId: MINE,
  today: TODAY,
  home: QUIET_HOME,
  provider: {},
  accreditation: IN_FORCE,
  registrations: [registration({})],
  inspection: null,
  flags: [],
  holds: [],
  answers: [],
  visits: { latest: null, openActions: 0, overdueActions: 0, actionsDueOn: null, overdueVisits: [] },
  references: Object.assign(new References(), { state: ReferencesState.COMPLETE, required: 2, received: [] }),
  intelligence: { items: [], sources: 0, fromOneSource: 0, latestOn: null },
  nameOf: (id: string | null) => (id === THEIRS ? 'Barnet' : null),
} as unknown as Facts;

export const findings = (facts: Partial<Facts>) => GROUNDS.flatMap((ground) => ground({ ...QUIET, ...facts }));
export const codes = (facts: Partial<Facts>) =>
  findings(facts).map(
    ({ code, blocks, isAbsolute = false }) => `${code}${blocks ? ' blocks' : ''}${isAbsolute ? ' for good' : ''}`,
  );

export const placing = (
  ageBand: AgeBand,
  placementType: PlacementType | null,
  offered: PlacementType[] = [],
  more: Partial<Facts> = {},
) =>
  codes({
    ...more,
    asked: { ...QUIET.asked, ageBand, placementType },
    home: { ...QUIET_HOME, placementTypes: offered } as Facts['home'],
  });
