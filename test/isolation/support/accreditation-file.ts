import { newId } from '@accord/kernel';
import type { Scene } from './scene.js';
import { listed } from './world.js';

/** What the alliance alone keeps: each in words that are found nowhere else. */
export const SECRET = {
  evidence: 'Sampled on Tuesday, gaps in two rotas.',
  firstConditions: 'One director is to give a reference anew.',
  reason: 'The inspector told us in confidence.',
  verdictReason: 'I have read the file and agree.',
  gist: 'Two visits found nobody on duty.',
  reply: 'The agency did not send anybody.',
  grounds: 'A warning would have been enough.',
  appealReason: 'Nothing that was said changes what was seen.',
  putOffReason: 'The police ask for a week.',
  proposal: 'We shall ask the others about this one.',
} as const;

const STAFF = 'Officer of the isolation suite';
const FAR_AHEAD = '2099-01-01';
const DAY = '2026-09-01';
const AT = `${DAY}T12:00:00Z`;

const recorded = { recorded_by: STAFF, recorded_at: AT };

/** A provider of its own, with this status or without any. @returns its id. */
export async function newProvider(scene: Scene, status: string | null): Promise<string> {
  const id = newId();
  await scene.insert('provider', { id, name: `Juniperside ${id}`, ...listed() });
  if (status !== null) {
    await scene.insert('accreditation_standing', { provider_id: id, status, effective_from: DAY, conditions: [] });
  }
  return id;
}

interface ProposalFacts {
  /** A provider that has one in view already; a new one unless given. */
  readonly providerId?: string;
  readonly status?: string;
  /** The provider was told the gist. */
  readonly told?: boolean;
  /** Approved by a second person, in effect, and for every member to see. */
  readonly approved?: boolean;
  /** The provider appealed. */
  readonly appealed?: boolean;
}

/** A proposal that nobody has acted on through Accord, nor will its clock. @returns its id. */
export async function newProposal(scene: Scene, facts: ProposalFacts = {}): Promise<string> {
  const { status = 'REFUSED', approved = false } = facts;
  const providerId = facts.providerId ?? (await newProvider(scene, approved ? status : 'IN_ASSESSMENT'));
  const id = newId();
  const both = { id, provider_id: providerId, kind: 'DECISION', status, conditions: [] };
  const proposed = { proposed_at: AT, proposed_by: STAFF };
  await scene.insert('accreditation_proposal', {
    ...both,
    ...proposed,
    reason: approved ? SECRET.reason : SECRET.proposal,
    reason_for_members: approved ? 'It does not meet the standard.' : SECRET.proposal,
    is_adverse: status !== 'WITHDRAWN_BY_PROVIDER',
    proposer_id: newId(),
  });
  if (facts.told) {
    await scene.insert('accreditation_gist', { proposal_id: id, gist: SECRET.gist, told_on: DAY, ...recorded });
  }
  if (approved) await approve(scene, { ...both, ...proposed });
  if (facts.appealed) {
    await scene.insert('accreditation_appeal', {
      proposal_id: id,
      grounds: SECRET.grounds,
      received_on: DAY,
      ...recorded,
    });
  }
  return id;
}

async function approve(
  scene: Scene,
  decision: { readonly id: string; readonly provider_id: string; readonly status: string },
): Promise<void> {
  const { id, provider_id, status } = decision;
  const reason = 'It does not meet the standard.';
  const now = new Date();
  await scene.insert('accreditation_decision', { ...decision, reason, effective_from: DAY, published_at: AT });
  await scene.insert('accreditation_verdict', {
    proposal_id: id,
    provider_id,
    outcome: 'APPROVED',
    proposer_id: newId(),
    decider_id: newId(),
    decided_by: STAFF,
    // Today: the provider's days to appeal run from here.
    decided_at: now,
  });
  await scene.insert('accreditation_verdict_reason', { proposal_id: id, reason: SECRET.verdictReason });
  await scene.insert('accreditation_change', {
    id: newId(),
    provider_id,
    number: 1,
    status,
    effective_on: DAY,
    conditions: [],
    cause: 'DECISION',
    decision_id: id,
    reason,
    recorded_at: AT,
  });
}

/** One provider's file with a row of every kind, and an open proposal beside the decision. @returns the ids. */
export async function wholeFile(scene: Scene): Promise<{ providerId: string; decided: string; open: string }> {
  const providerId = await newProvider(scene, 'REFUSED');
  await newAssessment(scene, providerId, 'FIT_AND_PROPER_PERSON', SECRET.firstConditions);
  await newAssessment(scene, providerId, 'PAPERWORK', null);
  const decided = await newProposal(scene, { providerId, told: true, approved: true, appealed: true });
  await scene.insert('accreditation_put_off', {
    id: newId(),
    proposal_id: decided,
    put_off_by: 'POLICE',
    reason: SECRET.putOffReason,
    review_on: FAR_AHEAD,
    ...recorded,
  });
  await scene.insert('accreditation_reply', {
    id: newId(),
    proposal_id: decided,
    reply: SECRET.reply,
    received_on: DAY,
    is_complete: true,
    ...recorded,
  });
  await scene.insert('accreditation_appeal_outcome', {
    proposal_id: decided,
    outcome: 'DISMISSED',
    reason: SECRET.appealReason,
    proposer_id: newId(),
    decider_id: newId(),
    judge_id: newId(),
    judged_by: STAFF,
    judged_at: AT,
  });
  await scene.insert('accreditation_file', { provider_id: providerId, version: 7 });
  return { providerId, decided, open: await newProposal(scene, { providerId }) };
}

/** Conditions that are given are those of the first stage, which lie in the note. */
async function newAssessment(scene: Scene, providerId: string, stage: string, kept: string | null): Promise<void> {
  const id = newId();
  await scene.insert('accreditation_assessment', {
    id,
    provider_id: providerId,
    stage,
    outcome: 'PASSED_WITH_CONDITIONS',
    conditions: kept === null ? 'A policy is to be written anew.' : null,
    assessed_on: DAY,
    recorded_at: AT,
  });
  await scene.insert('accreditation_assessment_note', {
    assessment_id: id,
    evidence_note: SECRET.evidence,
    conditions: kept,
    assessor_id: newId(),
    assessed_by: STAFF,
  });
}
