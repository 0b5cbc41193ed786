import {
  AlertKind,
  once,
  Paging,
  plainText,
  SharingLevel,
  SharingService,
  type Connection,
  type Operation,
  type PageArgs,
  type Shared,
} from '@accord/access';
import { badInput, calendarDaysAfter, conflict, forbidden, isId, londonDate, notFound } from '@accord/kernel';
import { execute, recordEvent } from '@accord/persistence';
import { expectVersion, ProviderService } from '@accord/providers';
import { readHolds } from './hold.disclosure.js';
import { HoldRecord } from './hold.entity.js';
import type { ChangeHoldSharingInput, LiftHoldInput, ReviewHoldInput, StartHoldInput } from './hold.inputs.js';
import type { Hold } from './hold.type.js';

const LONGEST_REASON = 1000;
const LONGEST_DAYS = 366;

/** Why a hold goes to the boroughs concerned when nobody says otherwise (rules 1). */
const BY_DEFAULT = 'Default: boroughs that place there, host it or checked it need to know.';

/**
 * A borough's decision to place nobody new at a provider or home (the embargo of a scoping meeting, KEN l.504): started,
 * looked at again, lifted. It binds that borough alone; others are told of it.
 */
export class HoldService {
  constructor(private readonly op: Operation) {}

  async start(input: StartHoldInput): Promise<Hold> {
    const id = await once(this.op, 'startHold', input, async (holdId) => {
      const now = new Date();
      const { kind, startsOn, reviewOn } = input;
      const { provider, home } = await this.op.get(ProviderService).subject(input.providerId, input.homeId);
      checkDays(startsOn, reviewOn, londonDate(now));
      const reason = plainText('input.reason', input.reason, LONGEST_REASON);
      const shared = sharedOf(holdId, provider.id, home?.id ?? null);
      const sharing = input.sharing ?? { level: SharingLevel.BOROUGHS_CONCERNED, reason: BY_DEFAULT };
      await this.op.get(SharingService).share(shared, sharing);
      await this.op.em.insert(HoldRecord, {
        id: holdId,
        kind,
        startsOn,
        reviewOn,
        reason,
        reviewedOn: null,
        reviewNote: null,
        liftedOn: null,
        liftReason: null,
        version: 1,
        decidedAt: now,
      });
      await this.#tell(AlertKind.HOLD_STARTED, shared, now);
    });
    return this.seen(id);
  }

  /** Looked at again, and it goes on until a later review. */
  async review({ holdId, reviewOn, note, expectedVersion }: ReviewHoldInput): Promise<Hold> {
    const { hold } = await this.#own(holdId, expectedVersion);
    const today = londonDate(new Date());
    checkReview(reviewOn, today);
    hold.reviewNote = plainText('input.note', note, LONGEST_REASON);
    hold.reviewOn = reviewOn;
    hold.reviewedOn = today;
    hold.version += 1;
    await this.op.em.flush();
    return this.seen(holdId);
  }

  /** Lifts it, with a reason. The same boroughs are told that were told of it: those who knew no more, no more. */
  async lift(input: LiftHoldInput): Promise<Hold> {
    await once(this.op, 'liftHold', input, async () => {
      const reason = plainText('input.reason', input.reason, LONGEST_REASON);
      const { hold, shared } = await this.#own(input.holdId, input.expectedVersion);
      const now = new Date();
      hold.liftedOn = londonDate(now);
      hold.liftReason = reason;
      hold.version += 1;
      await this.op.em.flush();
      const { lost } = await this.op.get(SharingService).end(hold.id, now);
      await this.#tell(AlertKind.HOLD_LIFTED, shared, now);
      // Who knew only that it was there is no longer in its audience, and hears that it is over by being named.
      if (lost.length > 0) await this.#tell(AlertKind.HOLD_LIFTED, shared, now, lost);
    });
    return this.seen(input.holdId);
  }

  /** Those who gain sight are told of it as if it were started now, those who lose it that their access ended, by ids. */
  async changeSharing(input: ChangeHoldSharingInput): Promise<Hold> {
    await once(this.op, 'changeHoldSharing', input, async () => {
      const { hold, shared } = await this.#own(input.holdId, input.expectedVersion);
      const { gained, lost } = await this.op.get(SharingService).change(shared, input.sharing);
      hold.version += 1;
      await this.op.em.flush();
      const now = new Date();
      if (lost.length > 0) await this.#tell(AlertKind.ACCESS_ENDED, shared, now, lost);
      if (gained.length > 0) await this.#tell(AlertKind.HOLD_STARTED, shared, now, gained);
    });
    return this.seen(input.holdId);
  }

  /** The hold as the caller may see it. @throws `NOT_FOUND`. */
  async seen(id: string): Promise<Hold> {
    const [hold] = isId(id) ? await readHolds(this.op, 'where id = ?', [id]) : [];
    if (!hold) throw notFound('hold');
    return hold;
  }

  /** Holds at a provider and its homes: those not lifted first, then by the day from which they hold, the latest first. */
  async holdsOf(providerId: string, { first, after }: PageArgs): Promise<Connection<Hold>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'holds', providerId);
    const size = paging.size(first);
    const place = paging.after(after);
    const beyond = place === null ? '' : `and ${ORDER} < (?::boolean, ?::text, ?::uuid)`;
    const holds = await readHolds(this.op, `where provider_id = ? ${beyond} order by ${ORDER} desc limit ?`, [
      providerId,
      ...(place ?? []),
      size + 1,
    ]);
    return paging.page(
      holds,
      size,
      (hold) => [String(hold.liftedOn === null), hold.startsOn ?? '', hold.id],
      (hold) => hold,
    );
  }

  async #tell(kind: AlertKind, { id, ...shared }: Shared, at: Date, recipients?: readonly string[]): Promise<void> {
    const { tenantId: ownerId } = await this.op.caller();
    const { providerId, homeId, kind: sharingKind } = shared;
    const event = { kind, ownerId, providerId, homeId, sharingId: id, sharingKind };
    await recordEvent(this.op.em, { ...event, ...(recipients && { recipients }) }, at);
    this.op.wake('outbox');
  }

  /** The caller's own hold that is not lifted, with its provider locked. @throws `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`. */
  async #own(id: string, expectedVersion: number | null | undefined): Promise<{ hold: HoldRecord; shared: Shared }> {
    const { tenantId } = await this.op.caller();
    const { providerId, homeId } = await this.op.get(ProviderService).lockedWith(() => this.seen(id));
    const [row] = await execute<{ owned: boolean }>(
      this.op.em,
      'select owner_id = ? as owned from sharing where id = ?',
      [tenantId, id],
    );
    if (row?.owned !== true) throw forbidden('Only the borough that decided a hold reviews, lifts or re-shares it.');
    const hold = await this.op.em.findOneOrFail(HoldRecord, id, { refresh: true });
    if (expectedVersion !== null && expectedVersion !== undefined) expectVersion(hold.version, expectedVersion);
    if (hold.liftedOn !== null) throw conflict('This hold is lifted already; start another one.');
    return { hold, shared: sharedOf(id, providerId, homeId) };
  }
}

/** Only what the caller sees is ordered by. Who knows only that a hold exists knows it while it is not lifted. */
const ORDER = `(is_open, coalesce(starts_on, ''), id)`;

/** A hold has no severity: whoever hears of grave things alone hears of it. */
const sharedOf = (id: string, providerId: string, homeId: string | null): Shared => ({
  id,
  kind: 'HOLD',
  providerId,
  homeId,
  existenceKnown: true,
  severity: null,
});

function checkDays(startsOn: string, reviewOn: string, today: string): void {
  if (startsOn < calendarDaysAfter(today, -LONGEST_DAYS) || startsOn > calendarDaysAfter(today, LONGEST_DAYS))
    throw badInput('input.startsOn', 'Give a day within a year of today.');
  checkReview(reviewOn, today);
  if (reviewOn <= startsOn)
    throw badInput('input.reviewOn', 'It is looked at again after it has started: give a later day.');
}

function checkReview(reviewOn: string, today: string): void {
  if (reviewOn < today) throw badInput('input.reviewOn', 'This day is over: give today or a later one.');
  if (reviewOn > calendarDaysAfter(today, LONGEST_DAYS))
    throw badInput('input.reviewOn', 'Look at it again within a year: give an earlier day.');
}
