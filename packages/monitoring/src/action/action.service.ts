import { once, plainText, type Operation } from '@accord/access';
import { badInput, conflict, forbidden, isId, londonDate, notFound } from '@accord/kernel';
import { array, execute, TENANT } from '@accord/persistence';
import { expectVersion } from '@accord/providers';
import DataLoader from 'dataloader';
import { ESCALATED_AFTER_DAYS } from '../figures.js';
import { FindingService } from '../finding/finding.service.js';
import { isGiven, pastDay } from '../visit/text.js';
import { VisitService } from '../visit/visit.service.js';
import { VisitState } from '../visit/vocabulary.js';
import { ActionRecord } from './action.entity.js';
import {
  VisitAction,
  type AgreeActionInput,
  type ChangeActionInput,
  type CompleteActionInput,
  type VerifyActionInput,
} from './action.type.js';
import { ActionState, type ActionOwner } from './vocabulary.js';

const LONGEST_ACTION = 1000;

/** How many escalated actions are listed; there are few, or something is very wrong. */
const MOST_ESCALATED = 200;

interface ActionRow {
  readonly id: string;
  readonly visit_id: string;
  readonly finding_id: string | null;
  readonly what: string;
  readonly responsible: ActionOwner;
  readonly due_on: string;
  readonly done_on: string | null;
  readonly verified_on: string | null;
  readonly verified_by: string | null;
  readonly version: number;
}

/** What is to be done after visits: agreed, done, and seen to be done. */
export class ActionService {
  readonly ofVisit = new DataLoader<string, VisitAction[]>(async (ids) => {
    const rows = await this.#read('a.visit_id = any(?::uuid[]) order by a.due_on, a.id', [array(ids)]);
    return ids.map((id) => rows.filter((row) => row.visitId === id));
  });

  constructor(private readonly op: Operation) {}

  async agree(input: AgreeActionInput): Promise<VisitAction> {
    const id = await once(this.op, 'agreeAction', input, async (actionId) => {
      const visit = await this.op.get(VisitService).own(input.visitId);
      if (visit.state === VisitState.WITHDRAWN) throw conflict('This visit was withdrawn.');
      if (isGiven(input.findingId)) {
        const finding = await this.op.get(FindingService).seen(input.findingId);
        if (finding.visitId !== visit.id) throw badInput('input.findingId', 'This finding is of another visit.');
      }
      if (input.dueOn < visit.visitedOn) throw badInput('input.dueOn', 'This day was before the visit.');
      await this.op.em.insert(ActionRecord, {
        id: actionId,
        visitId: visit.id,
        ownerId: visit.ownerId,
        findingId: input.findingId ?? null,
        what: plainText('input.what', input.what, LONGEST_ACTION),
        responsible: input.responsible,
        dueOn: input.dueOn,
        version: 1,
      });
    });
    return this.seen(id);
  }

  async change(input: ChangeActionInput): Promise<VisitAction> {
    const action = await this.#own(input);
    if (action.doneOn !== null) throw conflict('This action is done.');
    if (isGiven(input.what)) action.what = plainText('input.what', input.what, LONGEST_ACTION);
    if (isGiven(input.responsible)) action.responsible = input.responsible;
    if (isGiven(input.dueOn)) action.dueOn = input.dueOn;
    return this.#kept(action);
  }

  async complete(input: CompleteActionInput): Promise<VisitAction> {
    const action = await this.#own(input);
    if (action.doneOn !== null) throw conflict(`This action was done on ${action.doneOn} already.`);
    action.doneOn = pastDay('input.doneOn', input.doneOn);
    return this.#kept(action);
  }

  /** What the visiting borough saw of it: done, or not, and then it is open again. */
  async verify(input: VerifyActionInput): Promise<VisitAction> {
    const action = await this.#own(input);
    if (action.doneOn === null) throw conflict('Nobody has said yet that this action is done (completeAction).');
    if (action.verifiedOn !== null) throw conflict(`This action was verified on ${action.verifiedOn} already.`);
    const { displayName } = await this.op.caller();
    if (input.isDone) Object.assign(action, { verifiedOn: londonDate(new Date()), verifiedBy: displayName });
    else action.doneOn = null;
    return this.#kept(action);
  }

  /** The action as the caller may see it. @throws `NOT_FOUND`. */
  async seen(id: string): Promise<VisitAction> {
    const [action] = isId(id) ? await this.#read('a.id = ?', [id]) : [];
    if (!action) throw notFound('action');
    return action;
  }

  /** Actions of the own borough's that are long overdue, the longest first. */
  escalated(): Promise<VisitAction[]> {
    return this.#read(
      `a.owner_id = ${TENANT} and a.done_on is null and a.due_on < ?::date - ${ESCALATED_AFTER_DAYS}
       and exists (select from visit v where v.id = a.visit_id and v.state <> 'WITHDRAWN')
       order by a.due_on, a.id limit ${MOST_ESCALATED}`,
      [londonDate(new Date())],
    );
  }

  async #kept(action: ActionRecord): Promise<VisitAction> {
    action.version += 1;
    await this.op.em.flush();
    return this.seen(action.id);
  }

  /** The own borough's action, its row locked. */
  async #own({ actionId, expectedVersion }: { actionId: string; expectedVersion: number }): Promise<ActionRecord> {
    await this.seen(actionId);
    const [own] = await execute(
      this.op.em,
      `select id from visit_action where id = ? and owner_id = ${TENANT} for update`,
      [actionId],
    );
    if (!own) throw forbidden('Only the borough that made the visit follows its actions up.');
    const action = await this.op.em.findOneOrFail(ActionRecord, actionId, { refresh: true });
    expectVersion(action.version, expectedVersion);
    return action;
  }

  async #read(where: string, values: readonly unknown[]): Promise<VisitAction[]> {
    const rows = await execute<ActionRow>(
      this.op.em,
      `select a.id, a.visit_id, f.id as finding_id, a.what, a.responsible, a.due_on::text as due_on, a.done_on::text as done_on,
         a.verified_on::text as verified_on, case when a.owner_id = ${TENANT} then a.verified_by end as verified_by, a.version
       from visit_action a left join visit_finding f on f.id = a.finding_id where ${where}`,
      values,
    );
    const today = londonDate(new Date());
    return rows.map((row) =>
      Object.assign(new VisitAction(), {
        id: row.id,
        visitId: row.visit_id,
        findingId: row.finding_id,
        what: row.what,
        responsible: row.responsible,
        dueOn: row.due_on,
        doneOn: row.done_on,
        verifiedOn: row.verified_on,
        verifiedBy: row.verified_by,
        state: stateOn(today, row),
        version: row.version,
      } satisfies VisitAction),
    );
  }
}

/** An action is overdue from the day after its own on. */
function stateOn(today: string, row: Pick<ActionRow, 'due_on' | 'done_on' | 'verified_on'>): ActionState {
  if (row.verified_on !== null) return ActionState.VERIFIED;
  if (row.done_on !== null) return ActionState.DONE;
  return row.due_on < today ? ActionState.OVERDUE : ActionState.OPEN;
}
