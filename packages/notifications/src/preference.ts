import { AlertKind, mayHear, Role } from '@accord/access';
import { Severity } from '@accord/flags';

/** Whether and from which severity on somebody is told of a kind of event. */
export interface Preference {
  readonly kind: AlertKind;
  readonly enabled: boolean;
  readonly minimumSeverity: Severity | null;
}

/** Those who are called away from other work by it hear of grave flags alone, unless they say otherwise. */
const GRAVE_ONLY: ReadonlySet<Role> = new Set([Role.PRACTITIONER, Role.OUT_OF_HOURS]);

/**
 * What has no severity of its own waits for them: what is grave about a judgement is a flag. What they may have
 * relied on and is taken back does not wait.
 */
const CAN_WAIT: ReadonlySet<AlertKind> = new Set([
  AlertKind.REGULATOR_JUDGEMENT,
  AlertKind.INTELLIGENCE_SHARED,
  AlertKind.INTELLIGENCE_CHANGED,
  AlertKind.DUE_DILIGENCE_EXPIRING,
  AlertKind.DUE_DILIGENCE_EXPIRED,
  AlertKind.DUE_DILIGENCE_CHALLENGED,
  AlertKind.DUE_DILIGENCE_DECLARED,
  AlertKind.VISIT_SHARED,
  AlertKind.VISIT_CHANGED,
  AlertKind.VISIT_ACTION_DUE,
  AlertKind.SCHEDULED_VISIT_DUE,
  AlertKind.SCHEDULED_VISIT_OVERDUE,
]);

/** What the roles are told when they have said nothing: everything, from the lowest severity that any of their roles hears of. */
export function defaultPreference(roles: readonly Role[], kind: AlertKind): Preference {
  const telling = roles.filter((role) => mayHear([role], kind));
  const graveOnly = telling.every((role) => GRAVE_ONLY.has(role));
  const enabled = telling.length > 0 && !(graveOnly && CAN_WAIT.has(kind));
  return { kind, enabled, minimumSeverity: graveOnly ? Severity.HIGH : null };
}

const WEIGHT = Object.values(Severity);

/** Whether a preference wants an event of this severity. An end of access is always told to whoever is told of any. */
export function wants(preference: Preference, severity: Severity | null): boolean {
  if (!preference.enabled) return false;
  if (preference.minimumSeverity === null || severity === null || preference.kind === AlertKind.ACCESS_ENDED)
    return true;
  return WEIGHT.indexOf(severity) >= WEIGHT.indexOf(preference.minimumSeverity);
}
