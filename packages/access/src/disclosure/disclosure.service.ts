import { badInput, conflict, forbidden, isId, londonDate, notFound, WORKING_DAYS } from '@accord/kernel';
import { execute, lockProvider, recordEvent } from '@accord/persistence';
import type { SharingClass } from '../agreement.entity.js';
import { requiredText } from '../agreement/text.js';
import { UrgentDisclosureOutcome } from '../agreement/vocabulary.js';
import { AlertKind } from '../alert-kind.js';
import { comparingAudience } from '../audience-change.js';
import { audienceOf } from '../audience.service.js';
import { once } from '../idempotency.js';
import type { Operation } from '../operation.js';
import { Organisation } from '../organisation.entity.js';
import { UrgentDisclosureRecipient, UrgentDisclosureRecord } from '../urgent-disclosure.entity.js';
import type { ReviewUrgentDisclosureInput, UrgentDisclosureInput } from './disclosure.inputs.js';
import { DisclosureLoader } from './disclosure.loader.js';
import type { DisclosureView } from './disclosure.type.js';
import { endDisclosures } from './end-disclosures.js';

/** Within how many working days an urgent disclosure is reviewed (rules 2). */
export const REVIEW_WORKING_DAYS = 2;

/** What can be disclosed urgently, and what those are told who gain sight of it. */
const DISCLOSED: Partial<Record<SharingClass, AlertKind>> = {
  FLAG: AlertKind.FLAG_RAISED,
  HOLD: AlertKind.HOLD_STARTED,
  INTELLIGENCE: AlertKind.INTELLIGENCE_SHARED,
  VISIT: AlertKind.VISIT_SHARED,
};

interface OwnThing {
  readonly id: string;
  readonly kind: SharingClass;
  readonly owner_id: string;
  readonly provider_id: string;
  readonly home_id: string | null;
  readonly ended_at: Date | string | null;
  readonly needs_consent: boolean;
}

/** Sharing in an emergency, when no agreement covers it: told to both sides' officers at once, and reviewed. */
export class DisclosureService {
  /** @param now the clock; another one in tests. */
  constructor(
    private readonly op: Operation,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async disclose(input: UrgentDisclosureInput): Promise<DisclosureView> {
    const id = await once(this.op, 'urgentDisclosure', input, async (disclosureId) => {
      const { tenantId, displayName } = await this.op.caller();
      const fearedHarm = requiredText('input.fearedHarm', input.fearedHarm);
      const reason = requiredText('input.reason', input.reason);
      const thing = await this.#own(input.sharedId);
      const told = DISCLOSED[thing.kind];
      if (told === undefined)
        throw badInput(
          'input.sharedId',
          'Only a flag, a hold, a visit or an item of intelligence can be disclosed urgently.',
        );
      if (thing.ended_at !== null) throw conflict('This is resolved or withdrawn: there is nothing left to disclose.');
      if (thing.needs_consent)
        throw badInput(
          'input.sharedId',
          'This came from the police, who have to consent to each organisation that is to have it: record their consent first.',
        );
      const organisationIds = await this.#recipients(thing, input.boroughIds);
      const now = this.now();
      const reviewBy = WORKING_DAYS.after(londonDate(now), REVIEW_WORKING_DAYS);
      const { gained } = await comparingAudience(this.op.em, thing.id, async () => {
        await this.op.em.insert(UrgentDisclosureRecord, {
          id: disclosureId,
          sharingId: thing.id,
          ownerId: tenantId,
          fearedHarm,
          reason,
          disclosedBy: displayName,
          disclosedAt: now,
          reviewBy: reviewBy.day,
          reviewByIsCertain: reviewBy.isCertain,
          outcome: null,
          outcomeReason: null,
          reviewedBy: null,
          reviewedAt: null,
          version: 1,
        });
        for (const organisationId of organisationIds) {
          const row = { disclosureId, organisationId, sharingId: thing.id, ownerId: tenantId, endedAt: null };
          await this.op.em.insert(UrgentDisclosureRecipient, row);
        }
      });
      if (gained.length > 0) await this.#tell(told, thing, gained, now);
      await this.#tell(AlertKind.URGENT_DISCLOSURE_MADE, thing, [tenantId, ...organisationIds], now);
    });
    return this.op.get(DisclosureLoader).disclosure(id);
  }

  /** Reviews a disclosure of the own organisation. One that is ended is gone for those it was made to, who are told. */
  async review(input: ReviewUrgentDisclosureInput): Promise<DisclosureView> {
    await once(this.op, 'reviewUrgentDisclosure', input, async () => {
      const { tenantId, displayName } = await this.op.caller();
      const outcomeReason = requiredText('input.reason', input.reason);
      const seen = await this.op.get(DisclosureLoader).disclosure(input.disclosureId);
      if (seen.version === null) throw forbidden('Only the organisation that disclosed it reviews it.');
      const thing = await this.#own(seen.sharedId);
      const disclosure = await this.op.em.findOneOrFail(UrgentDisclosureRecord, seen.id, { refresh: true });
      if (disclosure.version !== input.expectedVersion)
        throw conflict(`This disclosure is at version ${disclosure.version} by now: read it again.`, {
          version: disclosure.version,
        });
      if (disclosure.outcome === UrgentDisclosureOutcome.ENDED) throw conflict('This disclosure was ended already.');
      const now = this.now();
      const { outcome } = input;
      Object.assign(disclosure, { outcome, outcomeReason, reviewedBy: displayName, reviewedAt: now });
      disclosure.version += 1;
      await this.op.em.flush();
      const recipients = await this.op.em.find(UrgentDisclosureRecipient, { disclosureId: seen.id });
      const { lost } = await comparingAudience(this.op.em, thing.id, async () => {
        if (outcome === UrgentDisclosureOutcome.ENDED) await endDisclosures(this.op.em, thing.id, seen.id);
      });
      if (lost.length > 0) await this.#tell(AlertKind.ACCESS_ENDED, thing, lost, now);
      const all = [tenantId, ...recipients.map(({ organisationId }) => organisationId)];
      await this.#tell(AlertKind.URGENT_DISCLOSURE_REVIEWED, thing, all, now);
    });
    return this.op.get(DisclosureLoader).disclosure(input.disclosureId);
  }

  /** A thing of the own organisation's with its provider locked: it may have been merged since it was read. */
  async #own(id: string): Promise<OwnThing> {
    let thing = await this.#read(id);
    for (;;) {
      await lockProvider(this.op.em, thing.provider_id);
      const now = await this.#read(id);
      if (now.provider_id === thing.provider_id) return now;
      thing = now;
    }
  }

  async #read(id: string): Promise<OwnThing> {
    const { tenantId } = await this.op.caller();
    const [thing] = isId(id)
      ? await execute<OwnThing>(
          this.op.em,
          'select id, kind, owner_id, provider_id, home_id, ended_at, needs_consent from sharing where id = ?',
          [id],
        )
      : [];
    if (!thing) throw notFound('flag or item');
    if (thing.owner_id !== tenantId) throw forbidden('Only the organisation that wrote it discloses it.');
    return thing;
  }

  /** Those named, of whom at least one does not see it yet. */
  async #recipients({ id, owner_id: ownerId }: OwnThing, named: readonly string[]): Promise<string[]> {
    const path = 'input.boroughIds';
    const ids = [...new Set(named)];
    if (ids.length === 0) throw badInput(path, 'Name at least one borough.');
    if (ids.includes(ownerId)) throw badInput(path, 'Your own organisation sees it: leave it out.');
    const known = ids.every(isId) ? await this.op.em.find(Organisation, { id: { $in: ids } }) : [];
    if (known.length < ids.length)
      throw badInput(path, 'Not every id is one of the alliance’s boroughs; see organisations.');
    const suspended = known.filter(({ suspendedAt }) => suspendedAt !== null).map(({ name }) => name);
    if (suspended.length > 0)
      throw badInput(
        path,
        `Nobody of ${suspended.join(', ')} can sign in, as it is suspended: tell them by telephone.`,
      );
    const seeing = new Set((await audienceOf(this.op.em, [id])).filter((k) => k.inFull).map((k) => k.tenantId));
    if (ids.every((organisationId) => seeing.has(organisationId)))
      throw badInput(path, 'All of them see it already: there is nothing to disclose.');
    return ids;
  }

  async #tell(kind: AlertKind, thing: OwnThing, recipients: readonly string[], at: Date): Promise<void> {
    const { id: sharingId, owner_id: ownerId, provider_id: providerId, home_id: homeId } = thing;
    const about = { ownerId, providerId, homeId, sharingId, sharingKind: thing.kind };
    await recordEvent(this.op.em, { kind, ...about, recipients }, at);
    this.op.wake('outbox');
  }
}
