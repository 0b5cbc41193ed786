import { calendarDaysAfter, londonDate } from '@accord/kernel';
import type { Client } from 'pg';
import { exampleId, insert } from './example-rows.js';

/** Where a provider of the story stands with the alliance. */
export interface ExampleAccreditation {
  readonly status: string;
  readonly since: string;
  readonly reviewDue?: string;
  readonly conditions?: readonly string[];
  /** How it was awarded, where something has happened to it since. */
  readonly award?: { readonly status: string; readonly since: string };
}

const OFFICER = { id: exampleId('principal', 'alliance-accreditation'), name: 'Alliance accreditation officer' };
const LEAD = { id: exampleId('principal', 'alliance-lead'), name: 'Alliance accreditation lead' };
const DEPUTY = { id: exampleId('principal', 'alliance-deputy'), name: 'Alliance deputy accreditation lead' };

const STAGES = ['FIT_AND_PROPER_PERSON', 'PAPERWORK', 'PROPERTY_VISITS'] as const;

/** How long before its award a provider applied, and was first assessed. */
const [APPLIED_DAYS, ASSESSED_DAYS] = [150, 90];

const noon = (day: string): string => `${day}T12:00:00Z`;

/**
 * How each provider of the story came to its status: application, stages, decisions by two people, and what
 * came after. The standing itself is the last line of it.
 */
export async function loadAccreditation(
  client: Client,
  providerId: string,
  story: ExampleAccreditation,
): Promise<void> {
  const file = new ExampleFile(client, providerId);
  const { status, since, reviewDue, conditions = [], award } = story;
  if (status === 'APPLIED') return file.change('APPLIED', since, 'APPLICATION', 'The provider applied.');
  if (status === 'IN_ASSESSMENT') {
    await file.change('APPLIED', calendarDaysAfter(since, -30), 'APPLICATION', 'The provider applied.');
    await file.change('IN_ASSESSMENT', since, 'ASSESSMENT', 'The alliance took up the assessment.');
    await file.assess('FIT_AND_PROPER_PERSON', 'PASSED', since, null);
    return file.assess('PAPERWORK', 'AWAITING_PROVIDER', calendarDaysAfter(since, 40), null);
  }
  const awarded = award ?? { status, since };
  await file.award(awarded.status, awarded.since, reviewDueOf(story), conditions);
  if (status === 'REVIEW_OVERDUE' && reviewDue !== undefined) await file.makeOverdue(since, reviewDue, conditions);
  if (status === 'INTERIM_SUSPENDED') await file.suspend(since);
}

/** A review that the story does not call late lies ahead whenever it is loaded: an example that decays tells another story. */
export function reviewDueOf({ status, reviewDue }: ExampleAccreditation): string | undefined {
  if (reviewDue === undefined || status === 'REVIEW_OVERDUE') return reviewDue;
  const soon = calendarDaysAfter(londonDate(new Date()), 120);
  let due = reviewDue;
  while (due < soon) due = `${Number(due.slice(0, 4)) + 1}${due.slice(4)}`;
  return due;
}

class ExampleFile {
  #number = 0;

  constructor(
    private readonly client: Client,
    private readonly providerId: string,
  ) {}

  async change(
    status: string,
    day: string,
    cause: string,
    reason: string,
    more: Record<string, unknown> = {},
  ): Promise<void> {
    this.#number += 1;
    await insert(this.client, 'accreditation_change', {
      id: this.#id('change', this.#number),
      provider_id: this.providerId,
      number: this.#number,
      status,
      effective_on: day,
      conditions: [],
      cause,
      reason,
      recorded_at: noon(day),
      ...more,
    });
  }

  async assess(stage: string, outcome: string, day: string, conditions: string | null): Promise<void> {
    const id = this.#id('assessment', stage);
    const assessed = {
      id,
      provider_id: this.providerId,
      stage,
      outcome,
      conditions,
      assessed_on: day,
      recorded_at: noon(day),
    };
    await insert(this.client, 'accreditation_assessment', assessed);
    await insert(this.client, 'accreditation_assessment_note', {
      assessment_id: id,
      evidence_note: 'Sampled; no gaps beyond those that the outcome says.',
      assessor_id: OFFICER.id,
      assessed_by: OFFICER.name,
    });
  }

  async award(
    status: string,
    day: string,
    reviewDue: string | undefined,
    conditions: readonly string[],
  ): Promise<void> {
    const assessedOn = calendarDaysAfter(day, -ASSESSED_DAYS);
    const isConditional = status === 'ACCREDITED_WITH_CONDITIONS';
    await this.change('APPLIED', calendarDaysAfter(day, -APPLIED_DAYS), 'APPLICATION', 'The provider applied.');
    await this.change('IN_ASSESSMENT', assessedOn, 'ASSESSMENT', 'The alliance took up the assessment.');
    for (const [index, stage] of STAGES.entries()) {
      const isLast = index === STAGES.length - 1;
      const outcome = isLast && isConditional ? 'PASSED_WITH_CONDITIONS' : 'PASSED';
      await this.assess(
        stage,
        outcome,
        calendarDaysAfter(assessedOn, index * 20),
        isLast && isConditional ? conditions.join('; ') : null,
      );
    }
    const reason = isConditional ? 'All three stages passed; the visits with a condition.' : 'All three stages passed.';
    const id = await this.#decide('DECISION', {
      status,
      day,
      reason,
      reviewDue,
      conditions,
      proposer: OFFICER,
      decider: LEAD,
      isAdverse: false,
    });
    await this.change(status, day, 'DECISION', reason, { decision_id: id, conditions, review_due: reviewDue });
  }

  async makeOverdue(day: string, reviewDue: string, conditions: readonly string[]): Promise<void> {
    const reason = `The alliance's review was due on ${reviewDue}. The accreditation stays in force until it is done.`;
    await this.change('REVIEW_OVERDUE', day, 'CLOCK', reason, { conditions, review_due: reviewDue });
    // The leads have been told: loading an example tells nobody anew.
    await insert(this.client, 'accreditation_reminder', {
      kind: 'ACCREDITATION_REVIEW_DUE',
      subject_id: this.providerId,
      due_on: reviewDue,
      reminded_at: noon(calendarDaysAfter(reviewDue, -28)),
    });
  }

  /** Suspended at once, ratified the next day; told, replied, appealed. */
  async suspend(day: string): Promise<void> {
    const status = 'INTERIM_SUSPENDED';
    const reason = 'Suspended for the time being while the alliance looks into how the home is staffed.';
    const id = await this.#decide('INTERIM_SUSPENSION', {
      status,
      day,
      reason,
      reviewDue: undefined,
      conditions: [],
      proposer: LEAD,
      decider: DEPUTY,
      isAdverse: true,
      decidedOn: calendarDaysAfter(day, 1),
      ratifyBy: calendarDaysAfter(day, 2),
    });
    await this.change(status, day, 'INTERIM_SUSPENSION', reason, { decision_id: id });
    const recorded = (on: string) => ({ recorded_by: OFFICER.name, recorded_at: noon(on) });
    const told = {
      proposal_id: id,
      gist: 'Two unannounced visits found one member of staff where the rota has two.',
      told_on: day,
    };
    await insert(this.client, 'accreditation_gist', { ...told, ...recorded(day) });
    const [repliedOn, appealedOn] = [calendarDaysAfter(day, 3), calendarDaysAfter(day, 4)];
    await insert(this.client, 'accreditation_reply', {
      id: this.#id('reply', 1),
      proposal_id: id,
      reply: 'An agency worker had not come on both nights; since then two permanent staff have been recruited.',
      received_on: repliedOn,
      is_complete: false,
      ...recorded(repliedOn),
    });
    const grounds = 'A warning would have been enough, as nobody came to harm.';
    await insert(this.client, 'accreditation_appeal', {
      proposal_id: id,
      grounds,
      received_on: appealedOn,
      ...recorded(appealedOn),
    });
  }

  async #decide(kind: string, decided: ExampleDecision): Promise<string> {
    const {
      status,
      day,
      reason,
      reviewDue,
      conditions,
      proposer,
      decider,
      isAdverse,
      decidedOn = day,
      ratifyBy,
    } = decided;
    const id = this.#id('decision', `${kind} ${day}`);
    const both = {
      id,
      provider_id: this.providerId,
      kind,
      status,
      reason,
      conditions,
      effective_from: day,
      review_due: reviewDue,
    };
    const proposed = { proposed_at: `${day}T09:00:00Z`, proposed_by: proposer.name };
    await insert(this.client, 'accreditation_proposal', {
      ...both,
      ...proposed,
      reason_for_members: reason,
      is_adverse: isAdverse,
      ratify_by: ratifyBy,
      proposer_id: proposer.id,
    });
    await insert(this.client, 'accreditation_decision', { ...both, ...proposed, published_at: noon(day) });
    await insert(this.client, 'accreditation_verdict', {
      proposal_id: id,
      provider_id: this.providerId,
      outcome: 'APPROVED',
      proposer_id: proposer.id,
      decider_id: decider.id,
      decided_by: decider.name,
      decided_at: noon(decidedOn),
    });
    await insert(this.client, 'accreditation_verdict_reason', {
      proposal_id: id,
      reason: 'I have read the file and agree.',
    });
    return id;
  }

  #id(kind: string, name: string | number): string {
    return exampleId(`accreditation ${kind}`, `${this.providerId} ${name}`);
  }
}

interface ExampleDecision {
  readonly status: string;
  readonly day: string;
  readonly reason: string;
  readonly reviewDue: string | undefined;
  readonly conditions: readonly string[];
  readonly proposer: typeof OFFICER;
  readonly decider: typeof OFFICER;
  readonly isAdverse: boolean;
  readonly decidedOn?: string;
  readonly ratifyBy?: string;
}
