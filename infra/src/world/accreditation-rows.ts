import { calendarDaysAfter, londonDate, WORKING_DAYS } from '@accord/kernel';
import type { Rows } from './bench-world-rows.js';
import { exampleId } from './example-rows.js';

/** Where a provider of a story stands with the alliance. */
export interface ExampleAccreditation {
  readonly status: string;
  readonly since: string;
  readonly reviewDue?: string | undefined;
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

/** In these a review is due. */
const REVIEWED = new Set(['ACCREDITED', 'ACCREDITED_WITH_CONDITIONS', 'REVIEW_OVERDUE']);

const noon = (day: string): string => `${day}T12:00:00Z`;

/**
 * How a provider of a story came to its status, as rows: application, stages, decisions by two people, and
 * what came after. Its standing is the last line of it.
 */
export function accreditationRows(providerId: string, story: ExampleAccreditation): Rows {
  const { status, since, reviewDue, conditions = [], award } = story;
  const file = new ExampleFile(providerId);
  file.add('accreditation_standing', {
    provider_id: providerId,
    status,
    effective_from: since,
    review_due: REVIEWED.has(status) ? reviewDue : null,
    conditions,
  });
  if (status === 'APPLIED') file.change('APPLIED', since, 'APPLICATION', 'The provider applied.');
  else if (status === 'IN_ASSESSMENT') file.takeUp(since);
  else {
    const awarded = award ?? { status, since };
    file.award(awarded.status, awarded.since, reviewDue, conditions);
    if (status === 'REVIEW_OVERDUE' && reviewDue !== undefined) file.makeOverdue(since, reviewDue, conditions);
    if (status === 'INTERIM_SUSPENDED') file.suspend(since);
    if (status === 'SUSPENDED' || status === 'LAPSED') file.takeAway(status, since);
  }
  return file.rows;
}

/** A review that the story does not call late lies ahead whenever it is loaded: an example that decays tells another story. */
export function reviewDueOf({ status, reviewDue }: ExampleAccreditation): string | undefined {
  if (reviewDue === undefined || status === 'REVIEW_OVERDUE') return reviewDue;
  const soon = calendarDaysAfter(londonDate(new Date()), 120);
  let due = reviewDue;
  while (due < soon) due = `${Number(due.slice(0, 4)) + 1}${due.slice(4)}`;
  return due;
}

type Row = Readonly<Record<string, unknown>>;

class ExampleFile {
  readonly rows: Record<string, Row[]> = {};

  #number = 0;

  constructor(private readonly providerId: string) {}

  add(table: string, row: Row): void {
    (this.rows[table] ??= []).push(row);
  }

  change(status: string, day: string, cause: string, reason: string, more: Record<string, unknown> = {}): void {
    this.#number += 1;
    this.add('accreditation_change', {
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

  /** The first stage passed, the second waits for the provider. */
  takeUp(day: string): void {
    this.change('APPLIED', calendarDaysAfter(day, -30), 'APPLICATION', 'The provider applied.');
    this.change('IN_ASSESSMENT', day, 'ASSESSMENT', 'The alliance took up the assessment.');
    this.assess('FIT_AND_PROPER_PERSON', 'PASSED', day, null);
    this.assess('PAPERWORK', 'AWAITING_PROVIDER', calendarDaysAfter(day, 40), null);
  }

  assess(stage: string, outcome: string, day: string, conditions: string | null): void {
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
    this.add('accreditation_assessment', assessed);
    this.add('accreditation_assessment_note', {
      assessment_id: id,
      evidence_note: 'Sampled; no gaps beyond those that the outcome says.',
      assessor_id: OFFICER.id,
      assessed_by: OFFICER.name,
    });
  }

  award(status: string, day: string, reviewDue: string | undefined, conditions: readonly string[]): void {
    const assessedOn = calendarDaysAfter(day, -ASSESSED_DAYS);
    const isConditional = status === 'ACCREDITED_WITH_CONDITIONS';
    this.change('APPLIED', calendarDaysAfter(day, -APPLIED_DAYS), 'APPLICATION', 'The provider applied.');
    this.change('IN_ASSESSMENT', assessedOn, 'ASSESSMENT', 'The alliance took up the assessment.');
    for (const [index, stage] of STAGES.entries()) {
      const isLast = index === STAGES.length - 1;
      const outcome = isLast && isConditional ? 'PASSED_WITH_CONDITIONS' : 'PASSED';
      this.assess(
        stage,
        outcome,
        calendarDaysAfter(assessedOn, index * 20),
        isLast && isConditional ? conditions.join('; ') : null,
      );
    }
    const reason = isConditional ? 'All three stages passed; the visits with a condition.' : 'All three stages passed.';
    const id = this.#decide('DECISION', {
      status,
      day,
      reason,
      reviewDue,
      conditions,
      proposer: OFFICER,
      decider: LEAD,
      isAdverse: false,
    });
    this.change(status, day, 'DECISION', reason, { decision_id: id, conditions, review_due: reviewDue });
  }

  makeOverdue(day: string, reviewDue: string, conditions: readonly string[]): void {
    const reason = `The alliance's review was due on ${reviewDue}. The accreditation stays in force until it is done.`;
    this.change('REVIEW_OVERDUE', day, 'CLOCK', reason, { conditions, review_due: reviewDue });
    // The leads have been told: loading an example tells nobody anew.
    this.add('accreditation_reminder', {
      kind: 'ACCREDITATION_REVIEW_DUE',
      subject_id: this.providerId,
      due_on: reviewDue,
      reminded_at: noon(calendarDaysAfter(reviewDue, -28)),
    });
  }

  /** Suspended at once, ratified the next day; told, replied, appealed. */
  suspend(day: string): void {
    const status = 'INTERIM_SUSPENDED';
    const reason = 'Suspended for the time being while the alliance looks into how the home is staffed.';
    const id = this.#decide('INTERIM_SUSPENSION', {
      status,
      day,
      reason,
      reviewDue: undefined,
      conditions: [],
      proposer: LEAD,
      decider: DEPUTY,
      isAdverse: true,
      decidedOn: calendarDaysAfter(day, 1),
      ratifyBy: WORKING_DAYS.after(day, 2).day,
    });
    this.change(status, day, 'INTERIM_SUSPENSION', reason, { decision_id: id });
    this.#hear(id, day, {
      gist: 'Two unannounced visits found one member of staff where the rota has two.',
      reply: 'An agency worker had not come on both nights; since then two permanent staff have been recruited.',
      isComplete: false,
    });
    const appealedOn = calendarDaysAfter(day, 4);
    const grounds = 'A warning would have been enough, as nobody came to harm.';
    this.add('accreditation_appeal', {
      proposal_id: id,
      grounds,
      received_on: appealedOn,
      ...recorded(appealedOn),
    });
  }

  /** The mark is taken away by a decision, of which the provider was told first and had nothing to add. */
  takeAway(status: string, day: string): void {
    const reason = 'What was to be put right has not been.';
    const id = this.#decide('DECISION', {
      status,
      day,
      reason,
      reviewDue: undefined,
      conditions: [],
      proposer: OFFICER,
      decider: LEAD,
      isAdverse: true,
    });
    this.#hear(id, calendarDaysAfter(day, -10), { gist: reason, reply: 'We have nothing to add.', isComplete: true });
    this.change(status, day, 'DECISION', reason, { decision_id: id });
  }

  #hear(id: string, toldOn: string, words: { gist: string; reply: string; isComplete: boolean }): void {
    const repliedOn = calendarDaysAfter(toldOn, 3);
    this.add('accreditation_gist', { proposal_id: id, gist: words.gist, told_on: toldOn, ...recorded(toldOn) });
    this.add('accreditation_reply', {
      id: this.#id('reply', id),
      proposal_id: id,
      reply: words.reply,
      received_on: repliedOn,
      is_complete: words.isComplete,
      ...recorded(repliedOn),
    });
  }

  #decide(kind: string, decided: ExampleDecision): string {
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
    this.add('accreditation_proposal', {
      ...both,
      ...proposed,
      reason_for_members: reason,
      is_adverse: isAdverse,
      ratify_by: ratifyBy,
      proposer_id: proposer.id,
    });
    this.add('accreditation_decision', { ...both, ...proposed, published_at: noon(day) });
    this.add('accreditation_verdict', {
      proposal_id: id,
      provider_id: this.providerId,
      outcome: 'APPROVED',
      proposer_id: proposer.id,
      decider_id: decider.id,
      decided_by: decider.name,
      decided_at: noon(decidedOn),
    });
    this.add('accreditation_verdict_reason', {
      proposal_id: id,
      reason: 'I have read the file and agree.',
    });
    return id;
  }

  #id(kind: string, name: string | number): string {
    return exampleId(`accreditation ${kind}`, `${this.providerId} ${name}`);
  }
}

const recorded = (day: string) => ({ recorded_by: OFFICER.name, recorded_at: noon(day) });

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
