import { byId, DirectoryService, once, Organisation, plainText, SharingService, type Operation } from '@accord/access';
import { badInput, conflict, forbidden, isId, notFound } from '@accord/kernel';
import { readPlain, array, execute, TENANT } from '@accord/persistence';
import DataLoader from 'dataloader';
import { Correction, CorroborationKind, CorroborationSummary, ProposedCorrection } from './corroboration.entity.js';
import type { CorroborateInput, DecideCorrectionInput, ProposeCorrectionInput } from './corroboration.inputs.js';
import { IntelligenceService } from './intelligence.service.js';
import type { IntelligenceItem } from './intelligence.type.js';

const LONGEST = 1000;

interface Row {
  item_id: string;
  kind: CorroborationKind;
  named_id: string | null;
  is_own: boolean;
}

/** What other boroughs say of an item: without words, or with words to its owner alone. */
export class CorroborationService {
  readonly summary = new DataLoader<string, CorroborationSummary>(async (ids) => {
    const rows = await execute<Row>(
      this.op.em,
      `select item_id, kind, organisation_id = ${TENANT} as is_own,
         case when not anonymous or organisation_id = ${TENANT} then organisation_id end as named_id
       from corroboration where item_id = any(?::uuid[])`,
      [array(ids)],
    );
    const organisations = await this.#organisations(rows);
    return ids.map((id) =>
      summaryOf(
        rows.filter((row) => row.item_id === id),
        organisations,
      ),
    );
  });

  readonly corrections = new DataLoader<string, Correction[]>(async (ids) => {
    const { tenantId } = await this.op.caller();
    const rows = await readPlain(
      this.op.em,
      ProposedCorrection,
      'where e.item_id = any(?::uuid[]) order by e.proposed_on, e.id',
      [array(ids)],
    );
    const named = rows.map((row) => (row.anonymous && row.organisationId !== tenantId ? null : row.organisationId));
    const organisations = await this.#organisations(named.map((named_id) => ({ named_id })));
    return ids.map((id) =>
      rows.flatMap((row, index) =>
        row.itemId === id ? [toCorrection(row, organisations.get(named[index] ?? '') ?? null)] : [],
      ),
    );
  });

  constructor(private readonly op: Operation) {}

  /** Says for the caller's borough that it has seen the same, or has not; saying otherwise later replaces it. */
  async corroborate(input: CorroborateInput): Promise<IntelligenceItem> {
    const { tenantId } = await this.op.caller();
    const item = await this.#othersItem(input.itemId);
    const anonymous = await this.#anonymity(item, input.anonymous);
    await execute(
      this.op.em,
      `insert into corroboration (item_id, organisation_id, kind, anonymous) values (?, ?, ?, ?)
       on conflict (item_id, organisation_id) do update set kind = excluded.kind, anonymous = excluded.anonymous`,
      [item.id, tenantId, input.kind, anonymous],
    );
    return item;
  }

  /** Takes back what the caller's borough has said. */
  async withdraw(itemId: string): Promise<IntelligenceItem> {
    const { tenantId } = await this.op.caller();
    const item = await this.#othersItem(itemId);
    await execute(this.op.em, 'delete from corroboration where item_id = ? and organisation_id = ?', [
      item.id,
      tenantId,
    ]);
    return item;
  }

  async propose(input: ProposeCorrectionInput): Promise<IntelligenceItem> {
    await once(this.op, 'proposeCorrection', input, async (id) => {
      const { tenantId } = await this.op.caller();
      const item = await this.#othersItem(input.itemId);
      const anonymous = await this.#anonymity(item, input.anonymous);
      await execute(
        this.op.em,
        'insert into proposed_correction (id, item_id, organisation_id, anonymous, words) values (?, ?, ?, ?, ?)',
        [id, item.id, tenantId, anonymous, plainText('input.words', input.words, LONGEST)],
      );
    });
    return this.op.get(IntelligenceService).seen(input.itemId);
  }

  /** Says whether the owner takes a proposed correction up; the text itself is corrected by `correctIntelligence`. */
  async decide(input: DecideCorrectionInput): Promise<IntelligenceItem> {
    const proposal = isId(input.correctionId)
      ? await this.op.em.findOne(ProposedCorrection, { id: input.correctionId })
      : null;
    if (!proposal) throw notFound('proposed correction');
    const item = await this.op.get(IntelligenceService).seen(proposal.itemId);
    if (!item.isOwn) throw forbidden('Only the borough whose item it is decides about a proposed correction.');
    if (proposal.accepted !== null) throw conflict('This proposed correction has been decided already.');
    proposal.accepted = input.accepted;
    proposal.decisionReason = plainText('input.reason', input.reason, LONGEST);
    await this.op.em.flush();
    return item;
  }

  /** A living item of another organisation. @throws `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`. */
  async #othersItem(id: string): Promise<IntelligenceItem> {
    const item = await this.op.get(IntelligenceService).seen(id);
    if (item.isOwn) throw forbidden('What your own borough recorded, other boroughs corroborate.');
    if (item.text === null) throw conflict('This item has been withdrawn or deleted already.');
    return item;
  }

  async #anonymity({ providerId, homeId }: IntelligenceItem, wanted: boolean | null | undefined): Promise<boolean> {
    if (wanted !== true) return false;
    if (await this.op.get(SharingService).canStayAnonymous('INTELLIGENCE', providerId, homeId)) return true;
    throw badInput(
      'input.anonymous',
      'Fewer than 5 boroughs could have said this, so leaving out the name would not hide it: say it by name, or not at all.',
    );
  }

  async #organisations(rows: readonly Pick<Row, 'named_id'>[]): Promise<Map<string, Organisation>> {
    const ids = [...new Set(rows.flatMap((row) => row.named_id ?? []))];
    const found = await this.op.get(DirectoryService).organisation.loadMany(ids);
    const organisations = byId(
      ids,
      found.filter((one) => one instanceof Organisation),
    );
    return new Map(ids.flatMap((id, index) => (organisations[index] ? [[id, organisations[index]]] : [])));
  }
}

function summaryOf(rows: readonly Row[], organisations: ReadonlyMap<string, Organisation>): CorroborationSummary {
  const same = rows.filter((row) => row.kind === CorroborationKind.SEEN_HERE_TOO);
  const boroughs = same.flatMap((row) => organisations.get(row.named_id ?? '') ?? []);
  return Object.assign(new CorroborationSummary(), {
    seenHereToo: same.length,
    notOurExperience: rows.length - same.length,
    isSingleSource: same.length === 0,
    boroughs: boroughs.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    own: rows.find((row) => row.is_own)?.kind ?? null,
  } satisfies CorroborationSummary);
}

function toCorrection(row: ProposedCorrection, borough: Organisation | null): Correction {
  const { id, words, proposedOn, accepted, decisionReason } = row;
  return Object.assign(new Correction(), { id, words, proposedOn, borough, accepted, decisionReason });
}
