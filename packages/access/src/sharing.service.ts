import { execute } from '@accord/persistence';
import { badInput, isId, newId } from '@accord/kernel';
import { Field, ID, InputType } from 'type-graphql';
import type { SharingClass } from './agreement.entity.js';
import { comparingAudience, type AudienceChange } from './audience-change.js';
import { agreedWith, countPossibleAuthors } from './audience.service.js';
import { required } from './directory.service.js';
import { endDisclosures } from './disclosure/end-disclosures.js';
import type { Operation } from './operation.js';
import { Organisation } from './organisation.entity.js';
import { BoroughGroup } from './agreement.entity.js';
import { SharingLevel } from './sharing.entity.js';

/** Anonymity is offered where at least so many boroughs could be the author (rules 3). */
export const FEWEST_POSSIBLE_AUTHORS = 5;

@InputType({ description: 'How far something is shared, chosen when it is written.' })
export class SharingInput {
  @Field(() => SharingLevel, { description: 'How far it goes.' })
  level!: SharingLevel;

  @Field(() => [ID], { nullable: true, description: 'For NAMED: the boroughs, or the alliance, by id.' })
  boroughIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'For NAMED: groups of boroughs, by id.' })
  groupIds?: string[] | null;

  @Field(() => String, { description: 'Why it is shared so far and no further; recorded.' })
  reason!: string;

  @Field(() => String, { nullable: true, description: 'Conditions of handling that travel with it.' })
  conditions?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: `Do not name the own borough to others. Offered where at least ${FEWEST_POSSIBLE_AUTHORS} boroughs could be the author.`,
  })
  anonymous?: boolean | null;
}

/** What is shared: a thing of a class, about a provider or one of its homes. */
export interface Shared {
  readonly id: string;
  readonly kind: SharingClass;
  readonly providerId: string;
  readonly homeId: string | null;
  readonly existenceKnown: boolean;
  readonly severity: string | null;
}

/** Decides how far the caller's own things are shared. Every feature that shares something goes through it. */
export class SharingService {
  constructor(private readonly op: Operation) {}

  /** Writes the sharing of a new thing, checked, in the caller's name. */
  async share(shared: Shared, input: SharingInput): Promise<void> {
    const { tenantId } = await this.op.caller();
    const anonymous = await this.#check(shared, input);
    await execute(
      this.op.em,
      `insert into sharing (id, kind, owner_id, provider_id, home_id, level, anonymous, existence_known, severity, reason, conditions)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        shared.id,
        shared.kind,
        tenantId,
        shared.providerId,
        shared.homeId,
        input.level,
        anonymous,
        shared.existenceKnown,
        shared.severity,
        input.reason.trim(),
        input.conditions?.trim() || null,
      ],
    );
    await this.#name(shared.id, input);
  }

  /**
   * Changes how far the caller's own thing is shared.
   * @returns who gained and who lost sight of it, worked out for all tenants before and after.
   */
  async change(shared: Shared, input: SharingInput): Promise<AudienceChange> {
    const anonymous = await this.#check(shared, input);
    return comparingAudience(this.op.em, shared.id, async () => {
      await execute(
        this.op.em,
        'update sharing set level = ?, anonymous = ?, reason = ?, conditions = ? where id = ?',
        [input.level, anonymous, input.reason.trim(), input.conditions?.trim() || null, shared.id],
      );
      await execute(this.op.em, 'delete from sharing_named where sharing_id = ?', [shared.id]);
      await this.#name(shared.id, input);
      // Back to the own borough means to nobody else, whomever it had been disclosed to urgently.
      if (input.level === SharingLevel.OWN_BOROUGH) await endDisclosures(this.op.em, shared.id);
    });
  }

  /** Marks the caller's own thing as ended; its existence is then no longer told to those outside its audience. */
  end(id: string, at: Date): Promise<AudienceChange> {
    return comparingAudience(this.op.em, id, () =>
      execute(this.op.em, 'update sharing set ended_at = ? where id = ?', [at, id]),
    );
  }

  /** @returns whether the owner stays anonymous. */
  async #check(shared: Shared, input: SharingInput): Promise<boolean> {
    const { tenantId } = await this.op.caller();
    required('input.sharing.reason', input.reason);
    const named = [...(input.boroughIds ?? []), ...(input.groupIds ?? [])];
    if (input.level === SharingLevel.NAMED && named.length === 0) {
      throw badInput('input.sharing', 'NAMED needs boroughIds or groupIds: name whom to share with.');
    }
    if (input.level !== SharingLevel.NAMED && named.length > 0) {
      throw badInput('input.sharing', `boroughIds and groupIds go with NAMED, not with ${input.level}.`);
    }
    await this.#checkBoroughs(tenantId, shared.kind, [...new Set(input.boroughIds ?? [])]);
    await this.#checkGroups([...new Set(input.groupIds ?? [])]);
    return this.#checkAnonymity(shared, input);
  }

  async #checkBoroughs(tenantId: string, kind: SharingClass, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const path = 'input.sharing.boroughIds';
    const known = ids.every(isId) ? await this.op.em.find(Organisation, { id: { $in: ids } }) : [];
    if (known.length < ids.length)
      throw badInput(path, 'Not every id is one of the alliance’s boroughs; see organisations.');
    const agreed = await agreedWith(this.op.em, tenantId, kind, ids);
    const outside = known
      .filter((organisation) => !agreed.has(organisation.id))
      .map((organisation) => organisation.name);
    if (outside.length > 0) {
      throw badInput(
        path,
        `No sharing agreement in force covers this with ${outside.join(', ')}: leave them out, have the agreement extended, or where it cannot wait disclose it urgently (urgentDisclosure).`,
      );
    }
  }

  async #checkGroups(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const known = ids.every(isId) ? await this.op.em.count(BoroughGroup, { id: { $in: ids }, retiredAt: null }) : 0;
    if (known < ids.length)
      throw badInput('input.sharing.groupIds', 'Not every id is a group that your organisation keeps or belongs to.');
  }

  async #checkAnonymity(shared: Shared, input: SharingInput): Promise<boolean> {
    if (input.anonymous !== true || input.level === SharingLevel.OWN_BOROUGH) return false;
    const { tenantId } = await this.op.caller();
    const possible = await countPossibleAuthors(this.op.em, tenantId, shared.kind, shared.providerId, shared.homeId);
    if (possible >= FEWEST_POSSIBLE_AUTHORS) return true;
    throw badInput(
      'input.sharing.anonymous',
      `Fewer than ${FEWEST_POSSIBLE_AUTHORS} boroughs could be the author, so leaving out the name would not hide it: share by name, share less far, or not at all.`,
    );
  }

  async #name(sharingId: string, input: SharingInput): Promise<void> {
    const { tenantId } = await this.op.caller();
    const rows = [
      ...[...new Set(input.boroughIds ?? [])].map((id) => [id, null]),
      ...[...new Set(input.groupIds ?? [])].map((id) => [null, id]),
    ];
    for (const [organisationId, groupId] of rows) {
      await execute(
        this.op.em,
        'insert into sharing_named (id, sharing_id, owner_id, organisation_id, group_id) values (?, ?, ?, ?, ?)',
        [newId(), sharingId, tenantId, organisationId, groupId],
      );
    }
  }
}
