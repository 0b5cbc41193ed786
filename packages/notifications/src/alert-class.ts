import { callerMay, type Action, type Operation, type SharingClass } from '@accord/access';
import { selectDueDiligenceNotices, toDueDiligenceNotice, type DueDiligenceNotice } from '@accord/due-diligence';
import {
  selectFlags,
  selectHolds,
  toFlag,
  toHold,
  withheldFlag,
  withheldHold,
  type Flag,
  type Hold,
} from '@accord/flags';
import { selectNotices, toNotice, withheldNotice, type IntelligenceNotice } from '@accord/intelligence';
import { selectVisitNotices, toVisitNotice, withheldVisit, type VisitNotice } from '@accord/monitoring';
import { executeInARow, type Select } from '@accord/persistence';

/** What an alert is about, one of them at most. */
export interface About {
  readonly flag: Flag | null;
  readonly hold: Hold | null;
  readonly intelligence: IntelligenceNotice | null;
  readonly visit: VisitNotice | null;
  readonly dueDiligence: DueDiligenceNotice | null;
}

export const ABOUT_NOTHING: About = { flag: null, hold: null, intelligence: null, visit: null, dueDiligence: null };

/** The ids that are left to whoever is told no more. */
interface Ids {
  readonly sharingId: string;
  readonly providerId: string;
  readonly homeId: string | null;
}

/** How things of a class are read behind their row policies, by id, and what an alert shows of one. */
interface AlertClass {
  /** What one has to be allowed to, to read of it in one's inbox. */
  readonly action: Action;
  readonly select: (ids: readonly string[]) => Select;
  /** `acknowledged` where the row was read in another's name: whether this tenant has taken note itself. */
  readonly show: (row: object, acknowledged?: boolean) => Partial<About>;
  readonly withheld: (ids: Ids) => Partial<About>;
}

/** Keeps rows of a class to what reads them. */
const of = <Row extends object>(
  action: Action,
  select: AlertClass['select'],
  show: (row: Row, acknowledged?: boolean) => Partial<About>,
  withheld: AlertClass['withheld'],
): AlertClass => ({ action, select, show: (row, acknowledged) => show(row as Row, acknowledged), withheld });

export const ALERT_CLASSES: Readonly<Record<SharingClass, AlertClass>> = {
  FLAG: of<Parameters<typeof toFlag>[0]>(
    'flag:read',
    selectFlags,
    (row, acknowledged) => ({
      flag: toFlag({ ...row, acknowledged: acknowledged ?? row.acknowledged }),
    }),
    ({ sharingId, providerId, homeId }) => ({ flag: withheldFlag(sharingId, providerId, homeId) }),
  ),
  HOLD: of<Parameters<typeof toHold>[0]>(
    'hold:read',
    selectHolds,
    (row) => ({ hold: toHold(row) }),
    ({ sharingId, providerId, homeId }) => ({ hold: withheldHold(sharingId, providerId, homeId) }),
  ),
  INTELLIGENCE: of<Parameters<typeof toNotice>[0]>(
    'intelligence:read',
    selectNotices,
    (row) => ({ intelligence: toNotice(row) }),
    ({ sharingId }) => ({ intelligence: withheldNotice(sharingId) }),
  ),
  VISIT: of<Parameters<typeof toVisitNotice>[0]>(
    'visit:read',
    selectVisitNotices,
    (row) => ({ visit: toVisitNotice(row) }),
    ({ sharingId }) => ({ visit: withheldVisit(sharingId) }),
  ),
  // Its home is all that whoever lost an answer is told.
  DUE_DILIGENCE: of<Parameters<typeof toDueDiligenceNotice>[0]>(
    'due-diligence:read',
    selectDueDiligenceNotices,
    (row) => ({ dueDiligence: toDueDiligenceNotice(row) }),
    () => ({}),
  ),
};

/** What the caller may read now of shared things, by their ids; what its roles do not show is left out. */
export async function readAbout(op: Operation, ids: readonly string[]): Promise<Map<string, About>> {
  const caller = await op.caller();
  if (ids.length === 0) return new Map();
  const classes = Object.values(ALERT_CLASSES).filter(({ action }) => callerMay(caller, action));
  const read = await executeInARow<{ id: string }>(
    op.em,
    classes.map(({ select }) => select(ids)),
  );
  const shown = classes.flatMap(({ show }, index) => (read[index] ?? []).map((row) => [row.id, show(row)] as const));
  return new Map(shown.map(([id, about]) => [id, { ...ABOUT_NOTHING, ...about }]));
}
