import { FlagKind, Severity, type FactToFlag } from '@accord/flags';
import {
  isGraveJudgement,
  RegistrationStatus,
  type InspectionNews,
  type JudgementFacts,
  type StatusNews,
} from '@accord/providers';
import { SILENT_AFTER_DAYS } from './figures.js';
import { RegulatorNoticeKind } from './vocabulary.js';

/** Statuses that are the regulator's decision; who resigned or closed did so by themselves. */
const ENFORCED: ReadonlySet<RegistrationStatus> = new Set([RegistrationStatus.SUSPENDED, RegistrationStatus.CANCELLED]);

const REASON = 'The regulator’s triggers go to the boroughs that place there or host it.';
const LONGEST_SUMMARY = 500;
const DAY_MS = 86_400_000;

/** Whether something of this day is news on a day, both `YYYY-MM-DD`. */
export const isNews = (day: string, today: string): boolean =>
  Date.parse(today) - Date.parse(day) <= SILENT_AFTER_DAYS * DAY_MS;

/** Whether the regulator judged, or judged otherwise than it had: a change of dates is no new judgement. */
export const isNewJudgement = ({ inspection, before }: InspectionNews): boolean =>
  inspection.judgements.length > 0 && (before === null || inWords(before) !== inWords(inspection.judgements));

/** The flag that a new judgement raises; null where it is no trigger, or was one already. */
export function judgementTrigger(news: InspectionNews): FactToFlag | null {
  const { inspection, before, registered } = news;
  const grave = inspection.judgements.filter(isGraveJudgement);
  if (grave.length === 0 || before?.some(isGraveJudgement) === true) return null;
  const [word, ...others] = new Set(grave.map(({ judgement }) => judgement));
  const aspects = grave.map(({ aspect }) => aspect).join('; ');
  const published = inspection.publishedOn === null ? '' : `, published ${inWords(inspection.publishedOn)}`;
  return {
    ...subjectOf(registered),
    kind: FlagKind.REGULATOR_JUDGEMENT,
    severity: Severity.HIGH,
    summary: shortened(
      `Ofsted judged “${[word, ...others].join('”, “')}” (${inspection.kind}, ${inWords(inspection.inspectedOn)}${published}): ${aspects}`,
    ),
    reason: REASON,
  };
}

/** The flag that a new status raises; null where it is no trigger. */
export function statusTrigger({ registered, urn, after }: StatusNews, asAt: string): FactToFlag | null {
  if (!ENFORCED.has(after)) return null;
  return {
    ...subjectOf(registered),
    kind: FlagKind.REGULATOR_ENFORCEMENT,
    severity: Severity.CRITICAL,
    summary: `Ofsted’s registration ${urn} is ${after.toLowerCase()}, as at ${inWords(asAt)}`,
    reason: REASON,
  };
}

const NOTICES: Readonly<Record<RegulatorNoticeKind, { words: string; severity: Severity }>> = {
  SUSPENSION: { words: 'suspended', severity: Severity.CRITICAL },
  SUSPENSION_EXTENDED: { words: 'suspended for longer', severity: Severity.CRITICAL },
  CANCELLATION: { words: 'cancelled', severity: Severity.CRITICAL },
  RESTRICTION_OF_ACCOMMODATION: { words: 'restricted: no new children', severity: Severity.HIGH },
};

/** The flag that a notification raises. */
export function noticeTrigger(
  subject: { readonly providerId: string; readonly homeId: string | null },
  kind: RegulatorNoticeKind,
  reference: string,
  takesEffectOn: string,
): FactToFlag {
  const { words, severity } = NOTICES[kind];
  return {
    providerId: subject.providerId,
    homeId: subject.homeId,
    kind: FlagKind.REGULATOR_ENFORCEMENT,
    severity,
    summary: `Registration ${reference} ${words}, from ${inWords(takesEffectOn)} (notification under section 30A)`,
    reason: REASON,
  };
}

/** The status that a registration has once a notification of this kind holds; null where it keeps its own. */
export const statusAfter = (kind: RegulatorNoticeKind): RegistrationStatus | null => {
  if (kind === RegulatorNoticeKind.RESTRICTION_OF_ACCOMMODATION) return null;
  return kind === RegulatorNoticeKind.CANCELLATION ? RegistrationStatus.CANCELLED : RegistrationStatus.SUSPENDED;
};

const subjectOf = ({ provider_id: providerId, home_id: homeId }: StatusNews['registered']) => ({ providerId, homeId });

const shortened = (text: string): string =>
  text.length <= LONGEST_SUMMARY ? text : `${text.slice(0, LONGEST_SUMMARY - 1)}…`;

const DAY = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });

/** A day as people write it; judgements so that two lists of the same are the same text. */
function inWords(value: string | readonly JudgementFacts[]): string {
  if (typeof value === 'string') return DAY.format(new Date(`${value}T00:00:00Z`));
  return value
    .map(({ aspect, judgement, scale }) => `${scale} ${aspect} ${judgement}`)
    .toSorted()
    .join('\n');
}
