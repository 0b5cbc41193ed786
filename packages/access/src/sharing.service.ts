import { execute, TODAY } from '@accord/persistence';
import { badInput, isId, newId } from '@accord/kernel';
import { Field, ID, InputType } from 'type-graphql';
import type { SharingClass } from './agreement.entity.js';
import { comparingAudience, type AudienceChange } from './audience-change.js';
import { previewAudience } from './audience-preview.js';
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
  /** The organisations that whoever it came from consents to; null where nobody else has to consent. */
  readonly consent?: readonly string[] | null;
}

const consents = ({ consent }: Shared): boolean => consent !== null && consent !== undefined;

/** Decides how far the caller's own things are shared. Every feature that shares something goes through it. */
export class SharingService {
  constructor(private readonly op: Operation) {}

  /** Writes the sharing of a new thing, checked, in the caller's name. */
  async share(shared: Shared, input: SharingInput): Promise<void> {
    const { tenantId } = await this.op.caller();
    const anonymous = await this.#check(shared, input);
    await execute(
      this.op.em,
      `insert into sharing (id, kind, owner_id, provider_id, home_id, level, anonymous, existence_known, severity, reason, conditions, needs_consent)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
        consents(shared),
      ],
    );
    await this.#name(shared.id, input);
    await this.#recordDecision(shared.id, input);
    for (const organisationId of shared.consent ?? []) {
      await execute(
        this.op.em,
        'insert into sharing_consent (sharing_id, owner_id, organisation_id) values (?, ?, ?)',
        [shared.id, tenantId, organisationId],
      );
    }
  }

  /**
   * Changes how far the caller's own thing is shared.
   * @returns who gained and who lost sight of it, worked out for all tenants before and after.
   */
  async change(shared: Shared, input: SharingInput): Promise<AudienceChange> {
    const anonymous = await this.#check(shared, input);
    const change = await comparingAudience(this.op.em, shared.id, async () => {
      await execute(
        this.op.em,
        'update sharing set level = ?, anonymous = ?, reason = ?, conditions = ?, existence_known = ? where id = ?',
        [
          input.level,
          anonymous,
          input.reason.trim(),
          input.conditions?.trim() || null,
          shared.existenceKnown,
          shared.id,
        ],
      );
      await execute(this.op.em, 'delete from sharing_named where sharing_id = ?', [shared.id]);
      await this.#name(shared.id, input);
      // Back to the own borough means to nobody else, whoever had been given sight of it for a time or urgently.
      if (input.level === SharingLevel.OWN_BOROUGH) {
        await endDisclosures(this.op.em, shared.id);
        await execute(
          this.op.em,
          'update sharing_grant set revoked_at = now() where sharing_id = ? and revoked_at is null',
          [shared.id],
        );
      }
    });
    await this.#recordDecision(shared.id, input);
    await this.#placeInFeeds(shared.id, change.gained.length > 0);
    return change;
  }

  async #recordDecision(sharingId: string, { level, reason }: SharingInput): Promise<void> {
    const { tenantId, displayName } = await this.op.caller();
    await execute(
      this.op.em,
      'insert into sharing_decision (id, sharing_id, owner_id, level, reason, decided_by) values (?, ?, ?, ?, ?, ?)',
      [newId(), sharingId, tenantId, level, reason.trim(), displayName],
    );
  }

  /** Who gains sight finds it at the head of their feed; for whom nothing changed, it stays where it was. */
  async #placeInFeeds(id: string, again: boolean): Promise<void> {
    if (again) await execute(this.op.em, `update sharing set shared_on = ${TODAY} where id = ?`, [id]);
    await execute(
      this.op.em,
      'update sharing_named n set shared_on = s.shared_on from sharing s where s.id = n.sharing_id and n.sharing_id = ?',
      [id],
    );
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
    this.#checkShape(input);
    await this.#checkBoroughs(tenantId, shared.kind, [...new Set(input.boroughIds ?? [])]);
    await this.#checkGroups([...new Set(input.groupIds ?? [])]);
    await this.#checkReach(tenantId, shared, input);
    return this.#checkAnonymity(shared, input);
  }

  /** Whether the names of a sharing are there to be named, and go with its level; what a preview asks too. */
  async checkNames(input: SharingInput): Promise<void> {
    this.#checkShape(input);
    await this.#knownBoroughs([...new Set(input.boroughIds ?? [])]);
    await this.#checkGroups([...new Set(input.groupIds ?? [])]);
  }

  #checkShape(input: SharingInput): void {
    const named = [...(input.boroughIds ?? []), ...(input.groupIds ?? [])];
    if (input.level === SharingLevel.NAMED && named.length === 0) {
      throw badInput('input.sharing', 'NAMED needs boroughIds or groupIds: name whom to share with.');
    }
    if (input.level !== SharingLevel.NAMED && named.length > 0) {
      throw badInput('input.sharing', `boroughIds and groupIds go with NAMED, not with ${input.level}.`);
    }
  }

  async #knownBoroughs(ids: string[]): Promise<Organisation[]> {
    const known = ids.every(isId) ? await this.op.em.find(Organisation, { id: { $in: ids } }) : [];
    if (known.length < ids.length) {
      throw badInput('input.sharing.boroughIds', 'Not every id is one of the alliance’s boroughs; see organisations.');
    }
    return known;
  }

  async #checkBoroughs(tenantId: string, kind: SharingClass, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const path = 'input.sharing.boroughIds';
    const known = await this.#knownBoroughs(ids);
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

  /** Intelligence is shared under an agreement in force (rules 2), and where somebody else has to consent, with whom they did (rules 6). */
  async #checkReach(tenantId: string, shared: Shared, input: SharingInput): Promise<void> {
    if (shared.kind !== 'INTELLIGENCE' || input.level === SharingLevel.OWN_BOROUGH) return;
    const others = (await previewAudience(this.op.em, tenantId, shared, input)).filter(({ id }) => id !== tenantId);
    if (!others.some((other) => other.agreed)) {
      throw badInput(
        'input.sharing.level',
        'Your organisation is under no sharing agreement in force for intelligence: keep it in the own borough until there is one.',
      );
    }
    if (!consents(shared)) return;
    const consent = new Set(shared.consent);
    const without = others.filter((other) => other.sees && !consent.has(other.id)).map((other) => other.name);
    if (without.length === 0) return;
    throw badInput(
      'input.sharing',
      `The originator has not consented to ${without.join(', ')}: ask them first, or keep it in the own borough.`,
    );
  }

  async #checkGroups(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const known = ids.every(isId) ? await this.op.em.count(BoroughGroup, { id: { $in: ids }, retiredAt: null }) : 0;
    if (known < ids.length)
      throw badInput('input.sharing.groupIds', 'Not every id is a group that your organisation keeps or belongs to.');
  }

  async #checkAnonymity(shared: Shared, input: SharingInput): Promise<boolean> {
    if (input.anonymous !== true || input.level === SharingLevel.OWN_BOROUGH) return false;
    if (await this.canStayAnonymous(shared.kind, shared.providerId, shared.homeId)) return true;
    throw badInput(
      'input.sharing.anonymous',
      `Fewer than ${FEWEST_POSSIBLE_AUTHORS} boroughs could be the author, so leaving out the name would not hide it: share by name, share less far, or not at all.`,
    );
  }

  /** Whether enough boroughs could have written what the caller's writes about a provider or home (rules 3). */
  async canStayAnonymous(kind: SharingClass, providerId: string, homeId: string | null): Promise<boolean> {
    const { tenantId } = await this.op.caller();
    const possible = await countPossibleAuthors(this.op.em, tenantId, kind, providerId, homeId);
    return possible >= FEWEST_POSSIBLE_AUTHORS;
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
