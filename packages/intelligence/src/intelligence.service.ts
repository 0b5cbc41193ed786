import {
  AlertKind,
  once,
  optionalText,
  plainText,
  ReadKind,
  ReadLogService,
  SharingLevel,
  SharingService,
  type AudienceChange,
  type Operation,
  type ReadPurpose,
  type Shared,
} from '@accord/access';
import { badInput, conflict, forbidden, isId, londonDate, notFound } from '@accord/kernel';
import { execute, lockProviders, recordEvent, TENANT } from '@accord/persistence';
import { expectVersion, ProviderService } from '@accord/providers';
import {
  IntelligenceDetail,
  IntelligenceKeeping,
  IntelligenceRecord,
  IntelligenceVersion,
} from './intelligence-item.entity.js';
import { readItems } from './intelligence.disclosure.js';
import type {
  ChangeIntelligenceSharingInput,
  CorrectIntelligenceInput,
  RecordIntelligenceInput,
  WithdrawIntelligenceInput,
} from './intelligence.inputs.js';
import type { IntelligenceItem } from './intelligence.type.js';
import { IntelligenceCategory } from './vocabulary.js';
import { checkedSharing, isGiven, LONGEST_REASON, removeText, reviewDate } from './intelligence-text.js';
import { consentOf, writePoliceOrigin } from './police-origin.js';
import { addMonths, DELETED_AFTER_MONTHS, KEPT_AT_MOST_MONTHS } from './retention.js';

const LONGEST_SUMMARY = 500;
const LONGEST_DETAIL = 10_000;

/** Records intelligence and sees it through: corrected, shared otherwise, opened, withdrawn. */
export class IntelligenceService {
  constructor(private readonly op: Operation) {}

  async record(input: RecordIntelligenceInput): Promise<IntelligenceItem> {
    const id = await once(this.op, 'recordIntelligence', input, async (itemId) => {
      const { id: recordedBy, displayName: recordedByName } = await this.op.caller();
      const { provider, home } = await this.op.get(ProviderService).subject(input.providerId, input.homeId);
      const summary = plainText('input.summary', input.summary, LONGEST_SUMMARY);
      const detail = plainText('input.detail', input.detail, LONGEST_DETAIL);
      const now = new Date();
      const today = londonDate(now);
      if (input.observedOn > today) throw badInput('input.observedOn', 'This day is still to come.');
      const policeOriginated = input.policeOrigin !== null && input.policeOrigin !== undefined;
      const shared: Shared = {
        id: itemId,
        kind: 'INTELLIGENCE',
        providerId: provider.id,
        homeId: home?.id ?? null,
        existenceKnown: input.mayBeAskedFor === true && !policeOriginated,
        severity: null,
        consent: policeOriginated ? await consentOf(this.op, input.policeOrigin?.consentedBoroughIds) : null,
      };
      await this.op.get(SharingService).share(shared, checkedSharing(input.sharing));
      if (input.mayCount === true && input.category === IntelligenceCategory.POSITIVE_PRACTICE) {
        throw badInput('input.mayCount', 'Good practice does not count towards a pattern of concern: leave it out.');
      }
      const reviewOn = reviewDate(input.reviewOn, today);
      const { category, observedOn } = input;
      const text = { category, summary, observedOn, reviewOn, version: 1 };
      await this.op.em.insert(IntelligenceRecord, { id: itemId, ...text });
      await this.op.em.insert(IntelligenceDetail, { itemId, detail });
      await this.op.em.insert(IntelligenceKeeping, {
        itemId,
        recordedBy,
        recordedByName,
        recordedAt: now,
        mayCount: input.mayCount === true,
        sourceAtRisk: input.sourceAtRisk === true,
        policeOriginated,
        countsUntil: reviewOn,
        deleteOn: addMonths(today, DELETED_AFTER_MONTHS),
        deleteAtLatestOn: addMonths(today, KEPT_AT_MOST_MONTHS),
      });
      if (input.policeOrigin) await writePoliceOrigin(this.op, itemId, input.policeOrigin);
      if (input.sharing.level !== SharingLevel.OWN_BOROUGH)
        await this.#tell(AlertKind.INTELLIGENCE_SHARED, shared, now);
    });
    return this.seen(id);
  }

  /** Corrects the text of the caller's own item. The earlier wording is kept for its borough; those who see it are told. */
  async correct(input: CorrectIntelligenceInput): Promise<IntelligenceItem> {
    await once(this.op, 'correctIntelligence', input, async () => {
      const { displayName } = await this.op.caller();
      const { item, record, shared } = await this.#own(input.itemId, input.expectedVersion);
      const detail = await this.op.em.findOneOrFail(IntelligenceDetail, { itemId: item.id }, { refresh: true });
      const reason = plainText('input.reason', input.reason, LONGEST_REASON);
      const now = new Date();
      const today = londonDate(now);
      await this.op.em.insert(IntelligenceVersion, {
        itemId: item.id,
        version: record.version,
        category: record.category,
        summary: record.summary ?? '',
        detail: detail.detail,
        observedOn: record.observedOn,
        reason,
        replacedBy: displayName,
        replacedAt: now,
      });
      if (input.category) record.category = input.category;
      if (record.category === IntelligenceCategory.POSITIVE_PRACTICE) {
        await execute(this.op.em, 'update intelligence_keeping set may_count = false where item_id = ?', [item.id]);
      }
      if (isGiven(input.summary)) record.summary = plainText('input.summary', input.summary, LONGEST_SUMMARY);
      if (isGiven(input.detail)) detail.detail = plainText('input.detail', input.detail, LONGEST_DETAIL);
      if (isGiven(input.observedOn)) record.observedOn = input.observedOn;
      if (record.observedOn > today) throw badInput('input.observedOn', 'This day is still to come.');
      record.correctedOn = today;
      record.version += 1;
      await this.op.em.flush();
      if (item.sharing !== SharingLevel.OWN_BOROUGH) await this.#tell(AlertKind.INTELLIGENCE_CHANGED, shared, now);
    });
    return this.seen(input.itemId);
  }

  /** Changes how far the caller's own item goes. Who gains sight is told of it as new; who loses it, by ids alone. */
  async changeSharing(input: ChangeIntelligenceSharingInput): Promise<IntelligenceItem> {
    await once(this.op, 'changeIntelligenceSharing', input, async () => {
      const { record, shared } = await this.#own(input.itemId, input.expectedVersion);
      const consent = shared.consent ? await this.#addConsent(shared, input.consentedBoroughIds) : null;
      if (!shared.consent && (input.consentedBoroughIds?.length ?? 0) > 0) {
        throw badInput('input.consentedBoroughIds', 'Consent is recorded for police-originated items alone.');
      }
      const existenceKnown = consent === null && (input.mayBeAskedFor ?? shared.existenceKnown);
      const change = await this.op
        .get(SharingService)
        .change({ ...shared, consent, existenceKnown }, checkedSharing(input.sharing));
      record.version += 1;
      await this.op.em.flush();
      await this.#tellChange(change, shared);
    });
    return this.seen(input.itemId);
  }

  /** Withdraws the caller's own item: its text is gone for everybody at once, but that it was there and why it went is not. */
  async withdraw(input: WithdrawIntelligenceInput): Promise<IntelligenceItem> {
    await once(this.op, 'withdrawIntelligence', input, async () => {
      const reason = plainText('input.reason', input.reason, LONGEST_REASON);
      const { item, record, shared } = await this.#own(input.itemId, input.expectedVersion);
      const now = new Date();
      record.summary = null;
      record.withdrawnAt = now;
      record.withdrawalReason = reason;
      record.version += 1;
      await this.op.em.flush();
      await removeText(this.op, item.id);
      const { lost } = await this.op.get(SharingService).end(item.id, now);
      if (item.sharing !== SharingLevel.OWN_BOROUGH) await this.#tell(AlertKind.INTELLIGENCE_WITHDRAWN, shared, now);
      if (lost.length > 0) await this.#tell(AlertKind.ACCESS_ENDED, shared, now, lost);
    });
    return this.seen(input.itemId);
  }

  /** Opens the detail. Another organisation's is logged first, with the purpose; its text can be read in this transaction alone. */
  async open(id: string, purpose: ReadPurpose, note: string | null | undefined): Promise<IntelligenceItem> {
    const item = await this.seen(id);
    const words = optionalText('note', note, LONGEST_REASON);
    if (!item.isOwn) {
      const { logOwnerId: ownerId, version, providerId } = item;
      await this.op.get(ReadLogService).log({ id, ownerId, version, providerId }, ReadKind.DETAIL, purpose, words);
      item.isOpened = true;
    }
    return item;
  }

  /** The item as the caller may see it. @throws `NOT_FOUND`. */
  async seen(id: string): Promise<IntelligenceItem> {
    const [item] = isId(id) ? await readItems(this.op.em, [id]) : [];
    if (!item) throw notFound('intelligence');
    return item;
  }

  /** Locks the providers of items, all in the order in which others lock them. */
  async lockProvidersOf(ids: readonly string[]): Promise<void> {
    for (;;) {
      const before = await this.#providersOf(ids);
      await lockProviders(this.op.em, before);
      // Whoever held a lock may have merged the provider, or taken it apart again.
      if ((await this.#providersOf(ids)).every((id) => before.includes(id))) return;
    }
  }

  async #providersOf(ids: readonly string[]): Promise<string[]> {
    return (await readItems(this.op.em, ids)).map((item) => item.providerId);
  }

  /** Tells those who gained or lost sight by something other than a change of the sharing itself. */
  async tellChange(change: AudienceChange, itemId: string): Promise<void> {
    const item = await this.seen(itemId);
    await this.#tellChange(change, await this.#sharedOf(item));
  }

  /** Tells those who knew of an item that was deleted. */
  async tellDeleted(itemId: string, lost: readonly string[]): Promise<void> {
    const item = await this.seen(itemId);
    const shared = await this.#sharedOf(item);
    const now = new Date();
    if (item.sharing !== SharingLevel.OWN_BOROUGH) await this.#tell(AlertKind.INTELLIGENCE_CHANGED, shared, now);
    if (lost.length > 0) await this.#tell(AlertKind.ACCESS_ENDED, shared, now, lost);
  }

  /** The caller's own living item, its provider locked. @throws `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`. */
  async own(id: string, expectedVersion: number | null): Promise<IntelligenceRecord> {
    return (await this.#own(id, expectedVersion)).record;
  }

  async #tellChange({ gained, lost }: AudienceChange, shared: Shared): Promise<void> {
    const now = new Date();
    if (lost.length > 0) await this.#tell(AlertKind.ACCESS_ENDED, shared, now, lost);
    if (gained.length > 0) await this.#tell(AlertKind.INTELLIGENCE_SHARED, shared, now, gained);
  }

  async #tell(kind: AlertKind, shared: Shared, at: Date, recipients?: readonly string[]): Promise<void> {
    const { tenantId: ownerId } = await this.op.caller();
    const { id: sharingId, providerId, homeId } = shared;
    await recordEvent(
      this.op.em,
      { kind, ownerId, providerId, homeId, sharingId, sharingKind: shared.kind, ...(recipients && { recipients }) },
      at,
    );
    this.op.wake('outbox');
  }

  /** The caller's own living item with its provider locked. @throws `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`. */
  async #own(
    id: string,
    expectedVersion: number | null,
  ): Promise<{ item: IntelligenceItem; record: IntelligenceRecord; shared: Shared }> {
    // Seen anew under the lock: whoever held it may have changed the item, or taken it away from the caller.
    const item = await this.op.get(ProviderService).lockedWith(() => this.seen(id));
    if (!item.isOwn) throw forbidden('Only the borough that recorded an item changes, keeps or withdraws it.');
    const record = await this.op.em.findOneOrFail(IntelligenceRecord, id, { refresh: true });
    if (expectedVersion !== null) expectVersion(record.version, expectedVersion);
    if (record.summary === null) throw conflict('This item has been withdrawn or deleted already.');
    return { item, record, shared: await this.#sharedOf(item) };
  }

  async #sharedOf({ id, providerId, homeId }: IntelligenceItem): Promise<Shared> {
    const [row] = await execute<{ existence_known: boolean; needs_consent: boolean; consent: string[] }>(
      this.op.em,
      `select s.existence_known, s.needs_consent,
         array(select c.organisation_id from sharing_consent c where c.sharing_id = s.id) as consent
       from sharing s where s.id = ? and s.owner_id = ${TENANT}`,
      [id],
    );
    return {
      id,
      kind: 'INTELLIGENCE',
      providerId,
      homeId,
      existenceKnown: row?.existence_known ?? false,
      severity: null,
      consent: row?.needs_consent ? row.consent : null,
    };
  }

  async #addConsent({ id, consent }: Shared, ids: readonly string[] | null | undefined): Promise<string[]> {
    const { tenantId } = await this.op.caller();
    const added = await consentOf(this.op, ids);
    for (const organisationId of added) {
      await execute(
        this.op.em,
        `insert into sharing_consent (sharing_id, owner_id, organisation_id) values (?, ?, ?)
         on conflict (sharing_id, organisation_id) do nothing`,
        [id, tenantId, organisationId],
      );
    }
    return [...new Set([...(consent ?? []), ...added])];
  }
}
