import {
  audienceOf,
  hiddenGroupsOf,
  DirectoryService,
  Organisation,
  ReadLogService,
  SharingDecision,
  type Operation,
  type ReadPurpose,
} from '@accord/access';
import { readPlain, array, execute } from '@accord/persistence';
import type { EntityClass } from '@mikro-orm/core';
import DataLoader from 'dataloader';
import {
  IntelligenceDetail,
  IntelligenceKeeping,
  IntelligenceVersion,
  PoliceOriginRecord,
} from './intelligence-item.entity.js';
import { IntelligenceFeedService } from './intelligence-feed.service.js';
import type { IntelligenceAudience, IntelligenceItem, IntelligenceWording, PoliceOrigin } from './intelligence.type.js';

/** What belongs to items and providers, for all of one operation at once. Row policies say whether it is there. */
export class IntelligenceLoader {
  readonly detail = this.#load<string | null>(async (ids) => {
    const rows = await this.#read(IntelligenceDetail, ids);
    return ids.map((id) => rows.find((row) => row.itemId === id)?.detail ?? null);
  });

  readonly keeping = this.#load<IntelligenceKeeping | null>(async (ids) => {
    const rows = await this.#read(IntelligenceKeeping, ids);
    return ids.map((id) => rows.find((row) => row.itemId === id) ?? null);
  });

  readonly wordings = this.#load<IntelligenceWording[]>(async (ids) => {
    const rows = await this.#read(IntelligenceVersion, ids, 'order by e.version desc');
    return ids.map((id) => rows.filter((row) => row.itemId === id));
  });

  readonly sharingDecisions = this.#load<SharingDecision[]>(async (ids) => {
    const rows = await readPlain(
      this.op.em,
      SharingDecision,
      'where e.sharing_id = any(?::uuid[]) order by e.decided_at desc, e.id',
      [array(ids)],
    );
    return ids.map((id) => rows.filter((row) => row.sharingId === id));
  });

  readonly policeOrigin = this.#load<PoliceOrigin | null>(async (ids) => {
    const origins = await this.#read(PoliceOriginRecord, ids);
    const consents = await execute<{ sharing_id: string; organisation_id: string }>(
      this.op.em,
      'select sharing_id, organisation_id from sharing_consent where sharing_id = any(?::uuid[])',
      [array(origins.map((origin) => origin.itemId))],
    );
    const consented = await this.#organisations(consents.map((consent) => consent.organisation_id));
    return ids.map((id) => {
      const origin = origins.find((row) => row.itemId === id);
      if (!origin) return null;
      const own = new Set(consents.filter((row) => row.sharing_id === id).map((row) => row.organisation_id));
      const { force, reference, receivedOn, source, information, handling, conditions } = origin;
      return {
        force,
        reference,
        receivedOn,
        source,
        information,
        handling,
        conditions,
        consentedBoroughs: consented.filter((organisation) => own.has(organisation.id)),
      };
    });
  });

  readonly count = this.#load<number>((ids) => this.op.get(IntelligenceFeedService).counts(ids));

  readonly purposeToday = this.#load<ReadPurpose | null>((ids) => this.op.get(ReadLogService).purposesToday(ids));

  constructor(private readonly op: Operation) {}

  /** Who can see an item of the own organisation, worked out for all tenants as it is now. */
  async audience(item: IntelligenceItem): Promise<IntelligenceAudience | null> {
    if (!item.isOwn) return null;
    const hidden = await hiddenGroupsOf(this.op.em, item.id);
    const unnamed = hidden.map(({ id }) => id);
    const knowing = await audienceOf(this.op.em, [item.id], unnamed);
    const boroughs = await this.#organisations(knowing.filter((one) => one.inFull).map((one) => one.tenantId));
    return { boroughs, andMembersOf: hidden.map(({ name }) => name), reason: item.sharingReason };
  }

  async #organisations(ids: readonly string[]): Promise<Organisation[]> {
    const found = await this.op.get(DirectoryService).organisation.loadMany([...new Set(ids)]);
    return found
      .filter((organisation) => organisation instanceof Organisation)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  #read<T extends object>(entity: EntityClass<T>, ids: readonly string[], order = ''): Promise<T[]> {
    return readPlain(this.op.em, entity, `where e.item_id = any(?::uuid[]) ${order}`, [array(ids)]);
  }

  #load<T>(batch: (ids: readonly string[]) => Promise<T[]>): DataLoader<string, T> {
    return new DataLoader<string, T>(batch);
  }
}
