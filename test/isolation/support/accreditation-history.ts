import { newId } from '@accord/kernel';
import { newProvider, SECRET } from './accreditation-file.js';
import type { Scene } from './scene.js';

/** A line of a provider's history: what brought which status about, and from which day on. */
export interface HistoryLine {
  readonly cause: string;
  readonly status: string;
  readonly on: string;
  /** Of what is taken back: the name of the decision whose line it takes back. */
  readonly of?: string;
  /** A name for the decision of a line that has one. */
  readonly as?: string;
}

const STAFF = 'Officer of the isolation suite';

const noon = (day: string): string => `${day}T12:00:00Z`;

const recorded = (day: string) => ({ recorded_by: STAFF, recorded_at: noon(day) });

/** In the words meant for members. */
export const SAID = 'Two homes were looked at and found well kept.';

/** A provider with this history, standing by the last line of it. @returns its id, and those of its decisions by their names. */
export async function newHistory(
  scene: Scene,
  lines: readonly HistoryLine[],
): Promise<{ providerId: string; decisions: Record<string, string> }> {
  const providerId = await newProvider(scene, null);
  const decisions: Record<string, string> = {};
  for (const [index, { cause, status, on, of, as }] of lines.entries()) {
    const isDecision = cause === 'DECISION' || cause === 'INTERIM_SUSPENSION';
    const id = isDecision ? await newDecision(scene, { providerId, kind: cause, status, on, effectiveOn: on }) : null;
    if (id !== null && as !== undefined) decisions[as] = id;
    await scene.insert('accreditation_change', {
      id: newId(),
      provider_id: providerId,
      number: index + 1,
      status,
      effective_on: on,
      conditions: status === 'ACCREDITED_WITH_CONDITIONS' ? ['Waking-night staff'] : [],
      cause,
      decision_id: id ?? (of === undefined ? null : decisions[of]),
      reason: isDecision ? SAID : 'As it was.',
      recorded_at: noon(on),
    });
  }
  const last = lines.at(-1);
  await scene.insert('accreditation_standing', {
    provider_id: providerId,
    status: last?.status,
    effective_from: last?.on,
    conditions: [],
  });
  return { providerId, decisions };
}

interface DecisionFacts {
  readonly providerId: string;
  readonly kind?: string;
  readonly status?: string;
  readonly on: string;
  readonly outcome?: 'APPROVED' | 'REJECTED';
  /** Null: it is not published. */
  readonly effectiveOn?: string | null;
}

/** A decision that was proposed and approved or rejected on one day. @returns its id. */
export async function newDecision(scene: Scene, facts: DecisionFacts): Promise<string> {
  const { providerId, kind = 'DECISION', status = 'ACCREDITED', on, outcome = 'APPROVED', effectiveOn = null } = facts;
  const id = newId();
  const both = { id, provider_id: providerId, kind, status, conditions: [] };
  const proposed = { proposed_at: noon(on), proposed_by: STAFF };
  await scene.insert('accreditation_proposal', {
    ...both,
    ...proposed,
    reason: SECRET.reason,
    reason_for_members: SAID,
    is_adverse: false,
    proposer_id: newId(),
  });
  if (effectiveOn !== null)
    await scene.insert('accreditation_decision', {
      ...both,
      ...proposed,
      reason: SAID,
      effective_from: effectiveOn,
      published_at: noon(on),
    });
  await scene.insert('accreditation_verdict', {
    proposal_id: id,
    provider_id: providerId,
    outcome,
    proposer_id: newId(),
    decider_id: newId(),
    decided_by: STAFF,
    decided_at: noon(on),
  });
  await scene.insert('accreditation_verdict_reason', { proposal_id: id, reason: SECRET.verdictReason });
  return id;
}

/** All that there can be beside a decision: what the provider was told and replied, and that somebody was reminded. */
export async function hear(scene: Scene, id: string, on: string): Promise<void> {
  await scene.insert('accreditation_gist', { proposal_id: id, gist: SECRET.gist, told_on: on, ...recorded(on) });
  await scene.insert('accreditation_put_off', {
    id: newId(),
    proposal_id: id,
    put_off_by: 'POLICE',
    reason: SECRET.putOffReason,
    review_on: on,
    ...recorded(on),
  });
  await scene.insert('accreditation_reply', {
    id: newId(),
    proposal_id: id,
    reply: SECRET.reply,
    received_on: on,
    is_complete: true,
    ...recorded(on),
  });
  await scene.insert('accreditation_reminder', {
    kind: 'ACCREDITATION_TELLING_DUE',
    subject_id: id,
    due_on: on,
    reminded_at: noon(on),
  });
}

/** An appeal; undecided where no day is given for that. */
export async function appeal(scene: Scene, id: string, on: string, judgedOn: string | null): Promise<void> {
  await scene.insert('accreditation_appeal', {
    proposal_id: id,
    grounds: SECRET.grounds,
    received_on: on,
    ...recorded(on),
  });
  if (judgedOn === null) return;
  await scene.insert('accreditation_appeal_outcome', {
    proposal_id: id,
    outcome: 'DISMISSED',
    reason: SECRET.appealReason,
    proposer_id: newId(),
    judge_id: newId(),
    judged_by: STAFF,
    judged_at: noon(judgedOn),
  });
}

export const setAside = (scene: Scene, id: string, on: string): Promise<unknown> =>
  scene.insert('accreditation_set_aside', { decision_id: id, reason: SAID, set_aside_at: noon(on) });

/** An assessment of a stage, with its note. @returns its id. */
export async function newAssessment(scene: Scene, providerId: string, on: string): Promise<string> {
  const id = newId();
  await scene.insert('accreditation_assessment', {
    id,
    provider_id: providerId,
    stage: 'PAPERWORK',
    outcome: 'PASSED',
    assessed_on: on,
    recorded_at: noon(on),
  });
  await scene.insert('accreditation_assessment_note', {
    assessment_id: id,
    evidence_note: SECRET.evidence,
    assessor_id: newId(),
    assessed_by: STAFF,
  });
  return id;
}
