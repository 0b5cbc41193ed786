import type { SharingLevel } from '@accord/access';
import { Severity } from '@accord/flags';
import { fingerprint, newId } from '@accord/kernel';
import { CONDITIONS, SceneBase, SHARING_REASON } from './scene-base.js';
import { COURT, JUNIPERFIELD, JUNIPERWOOD, TENANT, type TenantName } from './world.js';

/** How an item of intelligence is shared. */
export interface ItemFacts {
  readonly owner?: TenantName;
  readonly home?: string | null;
  readonly level?: `${SharingLevel}`;
  readonly named?: readonly { readonly borough?: TenantName; readonly group?: string }[];
  readonly anonymous?: boolean;
  readonly mayBeAskedFor?: boolean;
  readonly granted?: readonly {
    readonly to: TenantName;
    readonly state?: 'ended' | 'revoked';
  }[];
  /** To whom it was disclosed urgently. */
  readonly disclosed?: readonly { readonly to: TenantName; readonly ended?: boolean }[];
  /** Those to whom the police consented; undefined for what is not theirs. */
  readonly consent?: readonly TenantName[];
  readonly withdrawn?: boolean;
}

export const ITEM_SUMMARY = 'Agency staff every night; nobody knew the fire plan.';
export const PATTERN_WORDS = 'Several boroughs are concerned about night staff.';
export const CORRECTION = 'It was the house next door.';
export const ASKED_BECAUSE = 'We are about to place there.';
export const ITEM_DETAIL = 'A placing worker saw the rota, twice in one week.';
export const WITHDRAWAL_REASON = 'It was another home.';
export const RECORDED_BY = 'Brent quality officer';
export const OBSERVED_ON = '2026-11-01';
export const REVIEW_ON = '2099-01-01';

/** Intelligence that is there, and what hangs on it. */
export abstract class ItemScene extends SceneBase {
  #reliedCopy: Promise<string> | undefined;

  /** An item of intelligence that is there without having been told to anybody. @returns its id. */
  async item({
    owner = 'brent',
    home = COURT,
    level = 'BOROUGHS_CONCERNED',
    ...facts
  }: ItemFacts = {}): Promise<string> {
    const id = newId();
    const own = TENANT[owner];
    const withdrawn = facts.withdrawn === true ? new Date() : null;
    await this.insert('sharing', {
      id,
      kind: 'INTELLIGENCE',
      owner_id: own,
      provider_id: JUNIPERFIELD,
      home_id: home,
      level,
      anonymous: facts.anonymous ?? false,
      existence_known: facts.mayBeAskedFor ?? false,
      ended_at: withdrawn,
      reason: SHARING_REASON,
      conditions: withdrawn === null ? CONDITIONS : null,
      needs_consent: facts.consent !== undefined,
    });
    for (const { borough, group } of facts.named ?? []) {
      const [organisation_id, group_id] = [borough === undefined ? null : TENANT[borough], group ?? null];
      await this.insert('sharing_named', { id: newId(), sharing_id: id, owner_id: own, organisation_id, group_id });
    }
    for (const to of facts.consent ?? []) {
      await this.insert('sharing_consent', { sharing_id: id, owner_id: own, organisation_id: TENANT[to] });
    }
    for (const { to, state } of facts.granted ?? []) {
      await this.insert('sharing_grant', {
        id: newId(),
        sharing_id: id,
        owner_id: own,
        organisation_id: TENANT[to],
        starts_at: new Date(Date.now() - 7_200_000),
        ends_at: new Date(Date.now() + (state === 'ended' ? -3_600_000 : 3_600_000)),
        revoked_at: state === 'revoked' ? new Date() : null,
      });
    }
    for (const { to, ended = false } of facts.disclosed ?? []) {
      await this.insert('urgent_disclosure_recipient', {
        disclosure_id: newId(),
        organisation_id: TENANT[to],
        sharing_id: id,
        owner_id: own,
        ended_at: ended ? new Date() : null,
      });
    }
    const decision = { id: newId(), sharing_id: id, owner_id: own, level, reason: SHARING_REASON };
    await this.insert('sharing_decision', { ...decision, decided_by: RECORDED_BY });
    const summary = withdrawn === null ? ITEM_SUMMARY : null;
    const dates = { observed_on: OBSERVED_ON, review_on: REVIEW_ON };
    const withdrawal = { withdrawn_at: withdrawn, withdrawal_reason: withdrawn === null ? null : WITHDRAWAL_REASON };
    await this.insert('intelligence_item', { id, category: 'STAFFING', summary, ...dates, ...withdrawal, version: 1 });
    if (withdrawn === null) await this.insert('intelligence_detail', { item_id: id, detail: ITEM_DETAIL });
    await this.insert('intelligence_keeping', {
      item_id: id,
      recorded_by: newId(),
      recorded_by_name: RECORDED_BY,
      recorded_at: new Date(),
      may_count: true,
      source_at_risk: false,
      police_originated: facts.consent !== undefined,
      counts_until: REVIEW_ON,
      delete_on: '2099-01-01',
      delete_at_latest_on: '2099-01-01',
    });
    return id;
  }

  /** A correction that Barnet proposes to an item of Brent's. @returns its id. */
  async correction(): Promise<string> {
    const id = newId();
    const words = { item_id: await this.item(), organisation_id: TENANT.barnet, anonymous: false, words: CORRECTION };
    await this.insert('proposed_correction', { id, ...words });
    return id;
  }

  /** Barnet's request to see what Brent holds; through the alliance where Brent is anonymous. @returns its id. */
  async accessRequest(throughAlliance = false): Promise<string> {
    const id = newId();
    await this.insert('access_request', {
      id,
      item_id: await this.item({ level: 'OWN_BOROUGH', mayBeAskedFor: true, anonymous: throughAlliance }),
      owner_id: TENANT.brent,
      requester_id: TENANT.barnet,
      requested_by: 'Barnet placements officer',
      purpose: 'MONITORING',
      reason: ASKED_BECAUSE,
      asked_at: new Date(),
      through_alliance: throughAlliance,
      state: throughAlliance ? 'WITH_ALLIANCE' : 'ASKED',
    });
    return id;
  }

  /** A sealed copy of an item of Barnet's that Brent relied on, always the same. @returns its id. */
  reliedCopy(): Promise<string> {
    this.#reliedCopy ??= this.#rely();
    return this.#reliedCopy;
  }

  async #rely(): Promise<string> {
    const brent = await this.caller('brent-placements');
    const { relyOnIntelligence } = await brent.data<{ relyOnIntelligence: { copy: { id: string } } }>(
      'mutation($input: RelyOnIntelligenceInput!) { relyOnIntelligence(input: $input) { copy { id } } }',
      {
        input: {
          itemId: await this.item({ owner: 'barnet' }),
          decision: 'PLACEMENT_CHECK',
          reference: 'PC-1',
          idempotencyKey: newId(),
        },
      },
    );
    return relyOnIntelligence.copy.id;
  }

  /** The token of a dry run in which there is something to delete. */
  async deletionToken(): Promise<string> {
    await this.sql(`update intelligence_keeping set delete_on = '2026-01-01' where item_id = $1`, [await this.item()]);
    const due = await this.sql<{ id: string }>(
      `select k.item_id as id from intelligence_keeping k join sharing s on s.id = k.item_id
       join intelligence_item i on i.id = k.item_id
       where s.owner_id = $1 and k.delete_on <= current_date and k.held_at is null and i.deleted_on is null
       order by k.delete_on, k.item_id`,
      [TENANT.brent],
    );
    return fingerprint(due.map((row) => row.id));
  }

  /**
   * A pattern on Juniperwood in which Brent, Barnet and the City are asked, without its having been looked for.
   * @returns the review's id.
   */
  async pattern(state: 'FOUND' | 'ASKING' = 'ASKING', answer = 'PENDING'): Promise<string> {
    const id = newId();
    const words = { summary: PATTERN_WORDS, severity: Severity.HIGH, level: 'ALLIANCE' };
    await this.insert('pattern_review', { id, provider_id: JUNIPERWOOD, state, ...(state === 'ASKING' && words) });
    for (const owner of ['brent', 'barnet', 'city'] as const) {
      const itemId = await this.item({ owner, level: 'OWN_BOROUGH' });
      await this.insert('pattern_part', { review_id: id, item_id: itemId, owner_id: TENANT[owner], answer });
    }
    return id;
  }

  /** A request for disclosure to a borough, which finds what others shared with it. @returns its id. */
  async disclosureRequest(to: TenantName = 'brent'): Promise<string> {
    const id = newId();
    await this.insert('disclosure_request', {
      id,
      tenant_id: TENANT[to],
      kind: 'SUBJECT_ACCESS',
      reference: 'SAR-1',
      words: 'rota',
      received_on: '2026-11-02',
      due_on: '2026-12-02',
      is_due_certain: true,
    });
    return id;
  }

  /** What Barnet asks Brent as originator. @returns the consultation's id. */
  async consultation(): Promise<string> {
    const id = newId();
    await this.insert('disclosure_consultation', {
      id,
      request_id: await this.disclosureRequest('barnet'),
      tenant_id: TENANT.barnet,
      kind: 'SUBJECT_ACCESS',
      item_id: await this.item(),
      originator_id: TENANT.brent,
      anonymous: false,
      due_on: '2026-12-01',
    });
    return id;
  }

  /** Takes an item away as if it had never been there. */
  async removeItem(id: string): Promise<void> {
    const about = ['intelligence_detail', 'intelligence_keeping', 'intelligence_version', 'read_log_entry'];
    for (const table of [
      ...about,
      'corroboration',
      'proposed_correction',
      'access_request',
      'relied_copy',
      'pattern_part',
    ])
      await this.sql(`delete from ${table} where item_id = $1`, [id]);
    await this.sql('delete from intelligence_item where id = $1', [id]);
    for (const table of ['sharing_named', 'sharing_grant', 'sharing_consent', 'sharing_decision'])
      await this.sql(`delete from ${table} where sharing_id = $1`, [id]);
    await this.sql('delete from sharing where id = $1', [id]);
  }
}
