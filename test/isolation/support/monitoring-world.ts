import type { ModelSharing, ModelWorld } from './audience-model.js';

/** What is monitored in a random world. Things that are shared are named by the numbers of their sharings. */
export interface MonitoringWorld extends ModelWorld {
  readonly visits: readonly ModelVisit[];
  readonly answers: readonly ModelAnswer[];
  readonly marks: readonly ModelMark[];
  readonly holds: readonly number[];
  readonly requests: readonly ModelRequest[];
  /** How many references each organisation needs; null where it settled nothing. */
  readonly required: readonly (number | null)[];
  readonly rules: readonly ModelRule[];
  readonly notices: readonly ModelNotice[];
}

export interface ModelVisit {
  readonly number: number;
  /** A draft whose sharing is there before it, as no draft’s is: its state alone has to keep it in its borough. */
  readonly isDraft: boolean;
  readonly isWithdrawn: boolean;
  /** To the first home, which its borough then uses: so that several visit the same one. */
  readonly isToOwn: boolean;
  readonly day: number;
  readonly madeAs: 'COMMISSIONING' | 'HEALTH';
  readonly outcome: 'EXPECTATIONS_MET' | 'ACCESS_REFUSED';
  /** Of the care-experienced visitor: whether others are told the name, who it is, and whether the part is handed in. */
  readonly showsName: boolean;
  readonly isReader: boolean;
  readonly isSubmitted: boolean;
  /** A photo of theirs: kept in the borough, or shown to others. */
  readonly photo: 'NONE' | 'KEPT' | 'SHOWN';
  readonly findings: readonly ('DRAFT' | 'REPLY_ASKED' | 'PUBLISHED' | 'DROPPED')[];
  readonly actions: readonly ModelAction[];
}

export interface ModelAction {
  /** To which of the visit’s findings, by its place. */
  readonly finding: number | null;
  readonly due: number;
  readonly state: 'OPEN' | 'DONE' | 'VERIFIED';
}

/** An answer to one of `QUESTIONS`, by its place. */
export interface ModelAnswer {
  readonly number: number;
  readonly question: number;
  readonly day: number;
  readonly validUntil: number | null;
  /** Shared as answers are, with all members, and about what others answer about too. */
  readonly isOfMany: boolean;
  readonly isWithdrawn: boolean;
  readonly isHeld: boolean;
  readonly assurance: (typeof ASSURANCES)[number];
}

/** What an organisation says of an answer, which is named by the answer’s number. */
export interface ModelMark {
  readonly number: number;
  readonly answer: number;
  /** Null of a challenge. */
  readonly confirmedAs: (typeof ASSURANCES)[number] | null;
  readonly isReplaced: boolean;
}

export interface ModelRequest {
  readonly requester: number;
  readonly provider: number;
  readonly home: number | null;
  readonly due: number;
  readonly asked: readonly {
    readonly borough: number;
    readonly state: 'ASKED' | 'ANSWERED' | 'DECLINED';
    readonly goesToAll: boolean;
  }[];
}

export interface ModelRule {
  readonly borough: number;
  readonly functions: readonly ModelVisit['madeAs'][];
  readonly everyDays: number;
}

export interface ModelNotice {
  readonly borough: number;
  readonly host: number;
  readonly day: number;
}

export const ASSURANCES = ['SELF_DECLARED', 'EVIDENCE_SEEN', 'VERIFIED_ON_SITE'] as const;

/** What is asked in every world: the last in words of before, so that its answers fit no longer. */
export const QUESTIONS = [
  { code: 'OF_PROVIDER', asked: 0, subject: 'PROVIDER', isMandatory: true, isPublished: true },
  { code: 'OF_PROVIDER_TOO', asked: 1, subject: 'PROVIDER', isMandatory: false, isPublished: true },
  { code: 'OF_HOME', asked: 2, subject: 'HOME', isMandatory: true, isPublished: true },
  { code: 'OF_PROVIDER', asked: 3, subject: 'PROVIDER', isMandatory: true, isPublished: false },
] as const;

export function sharingOf(world: ModelWorld, number: number): ModelSharing {
  const found = world.sharings[number];
  if (!found) throw new Error(`There is no sharing ${number}.`);
  return found;
}

/** A visit’s state, as it is withdrawn when its sharing is ended. */
export const stateOf = (world: ModelWorld, { number, isDraft }: ModelVisit): 'DRAFT' | 'SHARED' | 'WITHDRAWN' =>
  isDraft ? 'DRAFT' : sharingOf(world, number).ended ? 'WITHDRAWN' : 'SHARED';

/** A world whose visits and holds are there, as plainly as can be, and nothing that hangs on them. */
export function monitoredPlainly(world: ModelWorld): MonitoringWorld {
  const numbers = (kind: ModelSharing['kind']): number[] =>
    world.sharings.flatMap((sharing, number) => (sharing.kind === kind ? [number] : []));
  const facts = { day: 0, madeAs: 'COMMISSIONING', outcome: 'EXPECTATIONS_MET' } as const;
  const plain = { ...facts, photo: 'NONE', findings: [], actions: [] } as const;
  const not = { isDraft: false, isToOwn: false, showsName: false, isReader: false, isSubmitted: false };
  const visits = numbers('VISIT').map((number) => {
    return { number, isWithdrawn: world.sharings[number]?.ended === true, ...plain, ...not };
  });
  const nothing = { answers: [], marks: [], requests: [], required: [], rules: [], notices: [] };
  return { ...world, visits, holds: numbers('HOLD'), ...nothing };
}
