import { badInput, conflict, isId, londonDate, notFound } from '@accord/kernel';
import { array, execute, lockName } from '@accord/persistence';
import DataLoader from 'dataloader';
import { BoroughGroup } from '../agreement.entity.js';
import { dayFromToday, requiredText } from '../agreement/text.js';
import { once } from '../idempotency.js';
import type { Operation } from '../operation.js';
import { Organisation } from '../organisation.entity.js';
import { tellingOfSight } from '../sight.js';
import {
  GroupMember,
  GroupView,
  type AddToBoroughGroupInput,
  type CreateBoroughGroupInput,
  type GroupMemberInput,
  type RemoveFromBoroughGroupInput,
  type RenameBoroughGroupInput,
  type RetireBoroughGroupInput,
} from './group.type.js';

/** Groups of boroughs. Whatever changes takes effect with its commit; who gains or loses sight by it is told. */
export class GroupService {
  readonly members = new DataLoader<string, GroupMember[]>(async (ids) => {
    const rows = await execute<GroupMember & { group_id: string }>(
      this.op.em,
      `select m.group_id, m.organisation_id as "organisationId", m.member_from::text as "memberFrom", m.member_until::text as "memberUntil"
       from borough_group_member m where m.group_id = any(?::uuid[]) order by m.member_from, m.organisation_id`,
      [array([...ids])],
    );
    const byGroup = Map.groupBy(rows, (row) => row.group_id);
    return ids.map((id) => (byGroup.get(id) ?? []).map((row) => Object.assign(new GroupMember(), row)));
  });

  constructor(private readonly op: Operation) {}

  /** Groups that the caller's organisation keeps, retired ones too, or is in. */
  async list(): Promise<GroupView[]> {
    const { tenantId } = await this.op.caller();
    const groups = await this.op.em.find(BoroughGroup, {}, { orderBy: { name: 'asc', id: 'asc' } });
    return groups.map((group) => view(group, tenantId));
  }

  async create(input: CreateBoroughGroupInput): Promise<GroupView> {
    const id = await once(this.op, 'createBoroughGroup', input, async (groupId) => {
      const { tenantId } = await this.op.caller();
      const { hidesMembers } = input;
      const name = requiredText('input.name', input.name);
      const group = { id: groupId, keeperId: tenantId, name, hidesMembers, version: 1, retiredAt: null };
      await this.op.em.insert(BoroughGroup, group);
      // Nobody can have named it yet: there is nothing to gain sight of.
      await this.#add(groupId, input.members);
    });
    return this.#seen(id);
  }

  async rename(input: RenameBoroughGroupInput): Promise<GroupView> {
    await this.#change('renameBoroughGroup', input, async (group) => {
      group.name = requiredText('input.name', input.name);
    });
    return this.#seen(input.groupId);
  }

  async add(input: AddToBoroughGroupInput): Promise<GroupView> {
    await this.#change('addToBoroughGroup', input, async ({ id }) => {
      if (input.members.length === 0) throw badInput('input.members', 'Name at least one organisation.');
      const organisations = input.members.map(({ organisationId }) => organisationId).filter(isId);
      await tellingOfSight(this.op, organisations, () => this.#add(id, input.members));
    });
    return this.#seen(input.groupId);
  }

  async remove(input: RemoveFromBoroughGroupInput): Promise<GroupView> {
    await this.#change('removeFromBoroughGroup', input, async ({ id }) => {
      const until = dayFromToday('input.until', input.until);
      const { organisationId } = input;
      const known = isId(organisationId) ? [organisationId] : [];
      let ended = 0;
      await tellingOfSight(this.op, known, async () => {
        ended = known.length === 0 ? 0 : await this.#endMemberships(id, until, organisationId);
      });
      if (ended === 0)
        throw badInput('input.organisationId', 'This organisation is not a member, or leaves before that day.');
    });
    return this.#seen(input.groupId);
  }

  async retire(input: RetireBoroughGroupInput): Promise<GroupView> {
    await this.#change('retireBoroughGroup', input, async (group) => {
      const now = new Date();
      const members = (await this.members.load(group.id)).map(({ organisationId }) => organisationId);
      await tellingOfSight(this.op, members, () => this.#endMemberships(group.id, londonDate(now)));
      group.retiredAt = now;
    });
    return this.#seen(input.groupId);
  }

  /** One act on a group of the own organisation's. @throws `NOT_FOUND` also for one that it is only a member of. */
  async #change(
    operation: string,
    input: RetireBoroughGroupInput,
    act: (group: BoroughGroup) => Promise<void>,
  ): Promise<void> {
    await once(this.op, operation, input, async () => {
      const { tenantId } = await this.op.caller();
      const { groupId } = input;
      const found = isId(groupId) ? await this.op.em.findOne(BoroughGroup, { id: groupId, keeperId: tenantId }) : null;
      if (!found) throw notFound('group kept by your organisation');
      await lockName(this.op.em, `group ${groupId}`);
      const group = await this.op.em.findOneOrFail(BoroughGroup, groupId, { refresh: true });
      if (group.version !== input.expectedVersion)
        throw conflict(`This group is at version ${group.version} by now: read it again.`, { version: group.version });
      if (group.retiredAt !== null) throw conflict('This group is retired.');
      await act(group);
      group.version += 1;
      await this.op.em.flush();
    });
  }

  async #add(groupId: string, members: readonly GroupMemberInput[]): Promise<void> {
    const { tenantId } = await this.op.caller();
    const path = 'input.members';
    const ids = members.map(({ organisationId }) => organisationId);
    if (new Set(ids).size < ids.length) throw badInput(path, 'Name each organisation once.');
    const known = ids.every(isId) ? await this.op.em.count(Organisation, { id: { $in: ids } }) : 0;
    if (known < ids.length) throw badInput(path, 'Not every id is an organisation of the alliance; see organisations.');
    for (const [index, { organisationId, memberFrom, memberUntil }] of members.entries()) {
      const from = dayFromToday(`${path}.${index}.memberFrom`, memberFrom);
      const until = memberUntil ?? null;
      if (until !== null && until <= from)
        throw badInput(`${path}.${index}.memberUntil`, `Give a day after ${from}, the first of its membership.`);
      await this.#checkFree(groupId, organisationId, from, `${path}.${index}`);
      await execute(
        this.op.em,
        `insert into borough_group_member (group_id, organisation_id, member_from, member_until, keeper_id)
         values (?, ?, ?::date, ?::date, ?)
         on conflict (group_id, organisation_id, member_from) do update set member_until = excluded.member_until`,
        [groupId, organisationId, from, until, tenantId],
      );
    }
  }

  /** An organisation is in a group once at a time. One that left on the day on which it came may come back the same day. */
  async #checkFree(groupId: string, organisationId: string, from: string, path: string): Promise<void> {
    const rows = await execute<object>(
      this.op.em,
      `select group_id from borough_group_member where group_id = ? and organisation_id = ?
         and (member_until is null or (member_until > ?::date and member_until > member_from))`,
      [groupId, organisationId, from],
    );
    if (rows.length > 0) throw badInput(path, 'This organisation is a member on that day or later: end that first.');
  }

  async #endMemberships(groupId: string, until: string, organisationId: string | null = null): Promise<number> {
    const rows = await execute<object>(
      this.op.em,
      `update borough_group_member set member_until = greatest(member_from, ?::date)
       where group_id = ? and (?::uuid is null or organisation_id = ?::uuid)
         and (member_until is null or member_until > greatest(member_from, ?::date)) returning group_id`,
      [until, groupId, organisationId, organisationId, until],
    );
    return rows.length;
  }

  async #seen(id: string): Promise<GroupView> {
    const { tenantId } = await this.op.caller();
    return view(await this.op.em.findOneOrFail(BoroughGroup, id, { refresh: true }), tenantId);
  }
}

function view({ id, keeperId, name, hidesMembers, retiredAt, version }: BoroughGroup, tenantId: string): GroupView {
  const ofKeeper = keeperId === tenantId ? version : null;
  return Object.assign(new GroupView(), { id, keeperId, name, hidesMembers, retiredAt, version: ofKeeper });
}
