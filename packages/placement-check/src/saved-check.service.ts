import {
  once,
  optionalText,
  Paging,
  plainText,
  Role,
  type Connection,
  type Operation,
  type PageArgs,
} from '@accord/access';
import { DecisionKind, ReliedCopyService } from '@accord/intelligence';
import { badInput, conflict, forbidden, isId, londonDate, notFound } from '@accord/kernel';
import { execute, lockName, readPlain } from '@accord/persistence';
import { ProviderService } from '@accord/providers';
import { askedOf, PlacementCheckService, seenBy, toCheck } from './check.service.js';
import type { Asked } from './facts.js';
import { NominationService } from './nomination.service.js';
import { PlacementCheckRecord, type KeptGround } from './saved-check.entity.js';
import {
  PlacementCheckSince,
  SavedPlacementCheck,
  type OverridePlacementCheckInput,
  type SavePlacementCheckInput,
} from './saved-check.type.js';

const LONGEST_REFERENCE = 200;
const LONGEST_REASON = 1000;
const MOST_RELIED_ON = 50;

/** Keeps placement checks of the caller's borough, and who went on in spite of what blocked. */
export class SavedCheckService {
  constructor(private readonly op: Operation) {}

  /**
   * Saves a check. The borough is one that the home concerns from this moment on, so that what goes to the boroughs
   * concerned is seen by the very check that is saved.
   */
  async save(input: SavePlacementCheckInput): Promise<SavedPlacementCheck> {
    const id = await once(this.op, 'savePlacementCheck', input, async (checkId) => {
      const { tenantId, displayName } = await this.op.caller();
      const reference = optionalText('input.reference', input.reference, LONGEST_REFERENCE);
      const asked = askedOf(input.check);
      const checks = this.op.get(PlacementCheckService);
      const home = await this.op.get(ProviderService).home(asked.homeId);
      const now = new Date();
      await execute(
        this.op.em,
        `insert into placement_check (id, tenant_id, provider_id, home_id, age_band, placement_type, is_emergency, reference,
           checked_by, checked_at, checked_on, grounds, seen)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::date, '[]', '[]')`,
        [
          checkId,
          tenantId,
          home.providerId,
          home.id,
          asked.ageBand,
          asked.placementType,
          asked.isEmergency,
          reference,
          displayName,
          now,
          londonDate(now),
        ],
      );
      const checked = await checks.look(asked);
      const grounds = checked.findings.map(({ code, blocks, isAbsolute = false, asOf }): KeptGround => ({
        code,
        blocks,
        isAbsolute,
        asOf,
      }));
      await execute(this.op.em, 'update placement_check set grounds = ?::jsonb, seen = ?::jsonb where id = ?', [
        JSON.stringify(grounds),
        JSON.stringify(seenBy(checked)),
        checkId,
      ]);
      await this.#rely(
        checkId,
        input.reliedOn ?? [],
        checked.facts.intelligence.items.map((item) => item.id),
      );
    });
    return this.saved(id);
  }

  /** Goes on in spite of what blocks: an assistant director, or an officer whom one nominated, with a reason (rules 18). */
  async override(input: OverridePlacementCheckInput): Promise<SavedPlacementCheck> {
    await once(this.op, 'overridePlacementCheck', input, async () => {
      const { id: callerId, roles, displayName } = await this.op.caller();
      const reason = plainText('input.reason', input.reason, LONGEST_REASON);
      await lockName(this.op.em, `placement check ${input.checkId}`);
      const check = await this.#find(input.checkId);
      const isNominated =
        roles.has(Role.ASSISTANT_DIRECTOR) || (await this.op.get(NominationService).isNominated(callerId));
      if (!isNominated)
        throw forbidden('Only an assistant director, or an officer whom one has nominated, overrides a check.');
      const blocks = check.grounds.filter((ground) => ground.blocks);
      if (blocks.length === 0) throw conflict('Nothing blocked this placement: there is nothing to override.');
      if (check.overriddenAt !== null) throw conflict('This check was overridden already.');
      if (blocks.some((ground) => ground.isAbsolute))
        throw conflict('What blocks this placement is the law, and nobody may override it: look for another home.');
      await execute(
        this.op.em,
        'update placement_check set override_reason = ?, overridden_by = ?, overridden_at = now() where id = ?',
        [reason, displayName, check.id],
      );
    });
    return this.saved(input.checkId);
  }

  async saved(id: string): Promise<SavedPlacementCheck> {
    return toSaved(await this.#find(id));
  }

  /** Checks that the caller's borough saved, the latest first. */
  async list({ first, after }: PageArgs): Promise<Connection<SavedPlacementCheck>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'placement checks', null);
    const size = paging.size(first);
    const place = paging.after(after);
    const beyond = place === null ? '' : 'where (e.checked_at, e.id) < (?::timestamptz, ?::uuid)';
    const rows = await readPlain(
      this.op.em,
      PlacementCheckRecord,
      `${beyond} order by e.checked_at desc, e.id desc limit ?`,
      [...(place ?? []), size + 1],
    );
    return paging.page(rows, size, (row) => [row.checkedAt.toISOString(), row.id], toSaved);
  }

  /** A saved check beside the same one made today. What can no longer be seen is named by its id alone. */
  async since(id: string): Promise<PlacementCheckSince> {
    const row = await this.#find(id);
    const checked = await this.op.get(PlacementCheckService).look(askedBy(row));
    const now = new Map(seenBy(checked).map((seen) => [`${seen.kind} ${seen.id}`, seen.hash]));
    return Object.assign(new PlacementCheckSince(), {
      saved: toSaved(row),
      now: toCheck(checked),
      changed: row.seen.filter((seen) => now.get(`${seen.kind} ${seen.id}`) !== seen.hash),
    } satisfies PlacementCheckSince);
  }

  /** Seals a copy of each item that the decision relies on: the one place where its text outlives its withdrawal (rules 7). */
  async #rely(checkId: string, itemIds: readonly string[], seen: readonly string[]): Promise<void> {
    const ids = [...new Set(itemIds)];
    if (ids.length > MOST_RELIED_ON) throw badInput('input.reliedOn', `Name at most ${MOST_RELIED_ON} items.`);
    if (ids.some((id) => !seen.includes(id)))
      throw badInput(
        'input.reliedOn',
        'Not every id is an item on this home or its provider that your borough may see.',
      );
    for (const itemId of ids)
      await this.op.get(ReliedCopyService).rely(
        {
          itemId,
          decision: DecisionKind.PLACEMENT_CHECK,
          reference: `Placement check ${checkId}`,
          idempotencyKey: `${checkId} ${itemId}`,
        },
        checkId,
      );
  }

  async #find(id: string): Promise<PlacementCheckRecord> {
    const [row] = isId(id) ? await readPlain(this.op.em, PlacementCheckRecord, 'where e.id = ?', [id]) : [];
    if (!row) throw notFound('placement check');
    return row;
  }
}

const askedBy = ({ homeId, ageBand, placementType, isEmergency }: PlacementCheckRecord): Asked => ({
  homeId,
  ageBand,
  placementType,
  isEmergency,
});

function toSaved(row: PlacementCheckRecord): SavedPlacementCheck {
  const noKnownBlocks = row.grounds.every((ground) => !ground.blocks);
  const { overriddenBy: by, overriddenAt: at, overrideReason: reason } = row;
  const override = by === null || at === null || reason === null ? null : { by, at, reason };
  return Object.assign(new SavedPlacementCheck(), {
    id: row.id,
    providerId: row.providerId,
    homeId: row.homeId,
    ageBand: row.ageBand,
    placementType: row.placementType,
    emergency: row.isEmergency,
    reference: row.reference,
    checkedBy: row.checkedBy,
    checkedAt: row.checkedAt,
    noKnownBlocks,
    isComplete: noKnownBlocks || override !== null,
    grounds: [...row.grounds],
    seen: [...row.seen],
    override,
  } satisfies SavedPlacementCheck);
}
