import { badInput, calendarDaysAfter, isId, londonDate, newId, notFound } from '@accord/kernel';
import {
  once,
  optionalText,
  OrganisationKind,
  Paging,
  plainText,
  type Connection,
  type Operation,
  type PageArgs,
} from '@accord/access';
import { lockName } from '@accord/persistence';
import { expectVersion } from '@accord/providers';
import { readSchedule, type Schedule } from './schedule-reader.js';
import type {
  AddVisitRuleInput,
  AdoptVisitScheduleInput,
  ChangeVisitRuleInput,
  RetireVisitRuleInput,
  VisitRuleInput,
  VisitScheduleFilter,
} from './schedule.inputs.js';
import type { DoneVisit, ScheduledVisit, VisitScheduleFigures } from './schedule.type.js';
import { spanAfter, type Span } from './span.js';
import { TEMPLATES, type VisitRuleFacts } from './templates.js';
import { VisitRule } from './visit-rule.entity.js';
import { ScheduledVisitState, VisitRegime } from './vocabulary.js';

const LONGEST = 120;
const MOST_RULES = 100;
const LONGEST_SPAN = 1000;
const MOST_DAYS = 366;

/** The caller's borough's schedule of visits, and the rules that it comes from. */
export class ScheduleService {
  #schedule: Promise<Schedule> | undefined;

  constructor(private readonly op: Operation) {}

  async rules(): Promise<VisitRule[]> {
    const boroughId = await this.#borough();
    return this.op.em.find(VisitRule, { boroughId, retiredAt: null }, { orderBy: { name: 'asc', id: 'asc' } });
  }

  /** Takes a shipped schedule over beside what there is; a rule of the same name is there already, and stays. */
  async adopt(input: AdoptVisitScheduleInput): Promise<VisitRule[]> {
    const boroughId = await this.#borough();
    await once(this.op, 'adoptVisitSchedule', input, async () => {
      await this.#lock(boroughId);
      const known = await this.rules();
      const added = TEMPLATES[input.template].filter(({ name }) => !known.some((rule) => rule.name === name));
      refuseTooMany(known.length + added.length);
      for (const facts of added) this.op.em.persist(this.op.em.create(VisitRule, ruleOf(newId(), boroughId, facts)));
      await this.op.em.flush();
    });
    return this.rules();
  }

  async add(input: AddVisitRuleInput): Promise<VisitRule> {
    const boroughId = await this.#borough();
    const id = await once(this.op, 'addVisitRule', input, async (ruleId) => {
      const facts = factsOf(input.rule);
      await this.#lock(boroughId);
      refuseTooMany((await this.rules()).length + 1);
      await this.op.em.persist(this.op.em.create(VisitRule, ruleOf(ruleId, boroughId, facts))).flush();
    });
    return this.#own(id);
  }

  async change(input: ChangeVisitRuleInput): Promise<VisitRule> {
    const rule = await this.#own(input.ruleId);
    expectVersion(rule.version, input.expectedVersion);
    Object.assign(rule, factsOf(input.rule), { version: rule.version + 1 });
    await this.op.em.flush();
    return rule;
  }

  async retire(input: RetireVisitRuleInput): Promise<VisitRule> {
    const rule = await this.#own(input.ruleId);
    expectVersion(rule.version, input.expectedVersion);
    rule.retiredAt = new Date();
    rule.version += 1;
    await this.op.em.flush();
    return rule;
  }

  /** What is to be visited next, by the day on which it is due. */
  async list(filter: VisitScheduleFilter, { first, after }: PageArgs): Promise<Connection<ScheduledVisit>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'visit schedule', filter);
    const size = paging.size(first);
    const place = paging.after(after)?.map(String).join(' ');
    const { open } = await this.#read();
    const rows = open
      .filter((visit) => isWanted(visit, filter))
      .filter((visit) => !place || placeOf(visit).join(' ') > place);
    return paging.page(rows, size, placeOf, (visit) => visit);
  }

  async ofHome(homeId: string): Promise<ScheduledVisit[]> {
    return (await this.#read()).open.filter((visit) => visit.homeId === homeId);
  }

  /** Newest first. */
  async doneAt(homeId: string): Promise<DoneVisit[]> {
    const done = (await this.#read()).done.filter((visit) => visit.homeId === homeId);
    return done.toSorted((a, b) => (a.doneOn > b.doneOn ? -1 : 1));
  }

  async figures(homeId: string | null): Promise<VisitScheduleFigures> {
    const { open, done } = await this.#read();
    const since = calendarDaysAfter(londonDate(new Date()), -365);
    const isMeant = (visit: { readonly homeId: string }) => homeId === null || visit.homeId === homeId;
    const count = (state: ScheduledVisitState) =>
      open.filter((visit) => isMeant(visit) && visit.state === state).length;
    const made = done.filter((visit) => isMeant(visit) && visit.doneOn > since);
    return {
      upcoming: count(ScheduledVisitState.UPCOMING),
      due: count(ScheduledVisitState.DUE),
      overdue: count(ScheduledVisitState.OVERDUE),
      done: made.length,
      doneLate: made.filter(({ wasLate }) => wasLate).length,
    };
  }

  /** The whole of it, once per operation. Empty for the alliance, which visits nobody. */
  async #read(): Promise<Schedule> {
    const { tenantId } = await this.op.caller();
    this.#schedule ??= readSchedule(this.op.em, tenantId, londonDate(new Date()));
    return this.#schedule;
  }

  /** One of the own borough's, by policy. @throws `NOT_FOUND` for any other, and for one that holds no longer. */
  async #own(id: string): Promise<VisitRule> {
    const rule = isId(id) ? await this.op.em.findOne(VisitRule, { id, retiredAt: null }) : null;
    if (!rule) throw notFound('rule');
    return rule;
  }

  #lock(boroughId: string): Promise<void> {
    return lockName(this.op.em, `visit rules of ${boroughId}`);
  }

  async #borough(): Promise<string> {
    const { tenantId, tenantKind } = await this.op.caller();
    if (tenantKind !== OrganisationKind.BOROUGH) throw badInput('input', 'A schedule of visits is a borough’s.');
    return tenantId;
  }
}

const placeOf = ({ dueOn, homeId, rule }: ScheduledVisit): [string, string, string] => [dueOn, homeId, rule.id];

const isWanted = (visit: ScheduledVisit, { homeId, state, functions }: VisitScheduleFilter): boolean =>
  (!homeId || visit.homeId === homeId) &&
  (!state || state.includes(visit.state)) &&
  (!functions || visit.rule.functions.some((each) => functions.includes(each)));

const ruleOf = (id: string, boroughId: string, facts: VisitRuleFacts) => ({
  ...facts,
  functions: [...facts.functions],
  placementTypes: [...facts.placementTypes],
  id,
  boroughId,
  version: 1,
  retiredAt: null,
});

function refuseTooMany(number: number): void {
  if (number > MOST_RULES) throw badInput('input', `There would be more than ${MOST_RULES} rules: retire some.`);
}

/** @throws `BAD_USER_INPUT` with the path of what cannot be. */
function factsOf(input: VisitRuleInput): VisitRuleFacts {
  const path = 'input.rule';
  const facts = {
    name: plainText(`${path}.name`, input.name, LONGEST),
    functions: [...new Set(input.functions)],
    regime: input.regime ?? VisitRegime.ANY,
    placementTypes: [...new Set(input.placementTypes ?? [])],
    startsAfter: spanOf(`${path}.startsAfter`, input.startsAfter),
    endsAfter: spanOf(`${path}.endsAfter`, input.endsAfter),
    firstWithin: spanOf(`${path}.firstWithin`, input.firstWithin),
    every: spanOf(`${path}.every`, input.every),
    earlyDays: daysOf(`${path}.earlyDays`, input.earlyDays),
    toleranceDays: daysOf(`${path}.toleranceDays`, input.toleranceDays),
    source: optionalText(`${path}.source`, input.source, LONGEST),
  };
  if (facts.functions.length === 0) throw badInput(`${path}.functions`, 'Say who visits.');
  if (!facts.every && !facts.firstWithin)
    throw badInput(`${path}.every`, 'Say when: every so often, or a first visit within some time.');
  if (facts.startsAfter && facts.endsAfter && isLonger(facts.startsAfter, facts.endsAfter))
    throw badInput(`${path}.endsAfter`, 'It would end before it sets in.');
  return facts;
}

const isLonger = (one: Span, other: Span): boolean =>
  spanAfter('2026-01-01', one).day >= spanAfter('2026-01-01', other).day;

function spanOf(path: string, span: Span | null | undefined): { count: number; unit: Span['unit'] } | null {
  if (!span) return null;
  if (span.count < 1 || span.count > LONGEST_SPAN)
    throw badInput(`${path}.count`, `A number from 1 to ${LONGEST_SPAN}.`);
  return { count: span.count, unit: span.unit };
}

function daysOf(path: string, days: number | null | undefined): number {
  if (days !== null && days !== undefined && (days < 0 || days > MOST_DAYS))
    throw badInput(path, `A number of days from 0 to ${MOST_DAYS}.`);
  return days ?? 0;
}
