import { badInput, conflict, forbidden, isId, notFound } from '@accord/kernel';
import {
  AlertKind,
  once,
  required,
  SharingLevel,
  SharingService,
  type AudienceChange,
  type Operation,
  type Shared,
} from '@accord/access';
import { execute, recordEvent } from '@accord/persistence';
import { expectVersion, ProviderService } from '@accord/providers';
import { readFlags } from './flag.disclosure.js';
import { FlagAcknowledgement, FlagDetail, FlagRecord } from './flag.entity.js';
import type { ChangeFlagSharingInput, FlagActionInput, RaiseFlagInput } from './flag.inputs.js';
import type { Flag } from './flag.type.js';

const LONGEST_SUMMARY = 500;
const LONGEST_DETAIL = 10_000;

/** Why a flag goes to the boroughs concerned when nobody says otherwise (rules 1). */
const BY_DEFAULT = 'Default: boroughs that place there, host it or checked it need to know.';

/** Raises flags and sees them through: open, acknowledged by each organisation, resolved or withdrawn. */
export class FlagService {
  constructor(private readonly op: Operation) {}

  async raise(input: RaiseFlagInput): Promise<Flag> {
    const id = await once(this.op, 'raiseFlag', input, async (flagId) => {
      const { tenantId } = await this.op.caller();
      const { provider, home } = await this.op.get(ProviderService).subject(input.providerId, input.homeId);
      const summary = text('input.summary', input.summary, LONGEST_SUMMARY);
      const shared: Shared = {
        id: flagId,
        kind: 'FLAG',
        providerId: provider.id,
        homeId: home?.id ?? null,
        existenceKnown: true,
        severity: input.severity,
      };
      const sharing = input.sharing ?? { level: SharingLevel.BOROUGHS_CONCERNED, reason: BY_DEFAULT };
      await this.op.get(SharingService).share(shared, sharing);
      const raisedAt = new Date();
      const { kind, severity } = input;
      await this.op.em.insert(FlagRecord, {
        id: flagId,
        kind,
        severity,
        summary,
        outcome: null,
        outcomeReason: null,
        version: 1,
        raisedAt,
      });
      if (input.detail?.trim()) {
        await this.op.em.insert(FlagDetail, { flagId, detail: text('input.detail', input.detail, LONGEST_DETAIL) });
      }
      await this.#tell(AlertKind.FLAG_RAISED, tenantId, shared, raisedAt);
    });
    return this.seen(id);
  }

  /** Takes note of a flag for the caller's organisation. Taking note again changes nothing. */
  async acknowledge(input: FlagActionInput): Promise<Flag> {
    await once(this.op, 'acknowledgeFlag', input, async () => {
      const { tenantId, id: principalId, displayName } = await this.op.caller();
      const flag = await this.seen(input.flagId);
      if (flag.existenceOnly)
        throw forbidden(
          'Your organisation knows only that this flag exists, and cannot acknowledge what it has not read.',
        );
      if (input.expectedVersion !== null && input.expectedVersion !== undefined) {
        expectVersion(flag.version ?? 0, input.expectedVersion);
      }
      const { outcome } = await this.op.em.findOneOrFail(FlagRecord, flag.id);
      if (outcome !== null)
        throw conflict(`This flag is ${outcome.toLowerCase()} already; there is nothing to acknowledge.`);
      const acknowledgement = {
        flagId: flag.id,
        organisationId: tenantId,
        principalId,
        acknowledgedBy: displayName,
        acknowledgedAt: new Date(),
      };
      await this.op.em.upsert(FlagAcknowledgement, acknowledgement, { onConflictAction: 'ignore' });
    });
    return this.seen(input.flagId);
  }

  resolve(input: FlagActionInput): Promise<Flag> {
    return this.#end('resolveFlag', input, 'RESOLVED', AlertKind.FLAG_RESOLVED);
  }

  withdraw(input: FlagActionInput): Promise<Flag> {
    return this.#end('withdrawFlag', input, 'WITHDRAWN', AlertKind.FLAG_WITHDRAWN);
  }

  /**
   * Changes how far a flag goes. Those who gain sight are told of the flag as if it were raised now, those
   * who lose it that their access ended, with ids alone.
   */
  async changeSharing(input: ChangeFlagSharingInput): Promise<Flag> {
    await once(this.op, 'changeFlagSharing', input, async () => {
      const { tenantId } = await this.op.caller();
      const { flag, shared } = await this.#own(input.flagId, input.expectedVersion);
      const change = await this.op.get(SharingService).change(shared, input.sharing);
      flag.version += 1;
      await this.op.em.flush();
      await this.#tellChange(change, tenantId, shared, flag.outcome === null);
    });
    return this.seen(input.flagId);
  }

  /** The flag as the caller may see it. @throws `NOT_FOUND`. */
  async seen(id: string): Promise<Flag> {
    const [flag] = isId(id) ? await readFlags(this.op, 'where id = ?', [id]) : [];
    if (!flag) throw notFound('flag');
    return flag;
  }

  async #end(
    operation: string,
    input: FlagActionInput,
    outcome: 'RESOLVED' | 'WITHDRAWN',
    kind: AlertKind,
  ): Promise<Flag> {
    await once(this.op, operation, input, async () => {
      const { tenantId } = await this.op.caller();
      const reason = required('input.reason', input.reason ?? '');
      const { flag, shared } = await this.#own(input.flagId, input.expectedVersion);
      if (flag.outcome !== null) throw conflict(`This flag is ${flag.outcome.toLowerCase()} already.`);
      flag.outcome = outcome;
      flag.outcomeReason = reason;
      flag.version += 1;
      await this.op.em.flush();
      const now = new Date();
      const { lost } = await this.op.get(SharingService).end(flag.id, now);
      await this.#tell(kind, tenantId, shared, now);
      // Who knew only that it existed hears that this is over; what became of it is not theirs to know.
      if (lost.length > 0) await this.#tell(AlertKind.ACCESS_ENDED, tenantId, shared, now, lost);
    });
    return this.seen(input.flagId);
  }

  async #tellChange({ gained, lost }: AudienceChange, tenantId: string, shared: Shared, open: boolean): Promise<void> {
    const now = new Date();
    if (lost.length > 0) await this.#tell(AlertKind.ACCESS_ENDED, tenantId, shared, now, lost);
    if (gained.length > 0 && open) await this.#tell(AlertKind.FLAG_RAISED, tenantId, shared, now, gained);
  }

  async #tell(
    kind: AlertKind,
    ownerId: string,
    shared: Shared,
    at: Date,
    recipients?: readonly string[],
  ): Promise<void> {
    const { id: sharingId, providerId, homeId } = shared;
    await recordEvent(
      this.op.em,
      { kind, ownerId, providerId, homeId, sharingId, ...(recipients && { recipients }) },
      at,
    );
    this.op.wake('outbox');
  }

  /** The caller's own flag with its provider locked. @throws `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`. */
  async #own(id: string, expectedVersion: number | null | undefined): Promise<{ flag: FlagRecord; shared: Shared }> {
    const { tenantId } = await this.op.caller();
    const seen = await this.op.get(ProviderService).lockedWith(() => this.seen(id));
    const [row] = await execute<{ owned: boolean }>(
      this.op.em,
      'select owner_id = ? as owned from sharing where id = ?',
      [tenantId, id],
    );
    if (row?.owned !== true)
      throw forbidden('Only the organisation that raised a flag resolves, withdraws or re-shares it.');
    const flag = await this.op.em.findOneOrFail(FlagRecord, id, { refresh: true });
    if (expectedVersion !== null && expectedVersion !== undefined) expectVersion(flag.version, expectedVersion);
    const { providerId, homeId, severity } = seen;
    return { flag, shared: { id, kind: 'FLAG', providerId, homeId, existenceKnown: true, severity } };
  }
}

function text(path: string, value: string, longest: number): string {
  const trimmed = required(path, value);
  if (trimmed.length > longest)
    throw badInput(path, `Write at most ${longest} characters; this has ${trimmed.length}.`);
  return trimmed;
}
