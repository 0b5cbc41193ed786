import { shippedFormId } from '@accord/monitoring';
import { organisationId } from './example-rows.js';
import { AGREED_CODES, BOROUGH_CODES } from './bench-world-boroughs.js';
import type { Random } from './bench-world-random.js';
import type { BenchRegister } from './bench-world-register.js';
import type { Rows } from './bench-world-rows.js';
import type { BenchUses } from './bench-world-uses.js';

const FINDINGS_EACH = 10;
const LEVELS = { OWN_BOROUGH: 10, BOROUGHS_CONCERNED: 70, ALLIANCE: 20 };
const REASONS = {
  NEW_PROVIDER_INITIAL: 10,
  ANNUAL_REVIEW_PLANNED: 60,
  EXCEPTIONAL_ANNOUNCED: 15,
  EXCEPTIONAL_UNANNOUNCED: 15,
};
const OUTCOMES = { EXPECTATIONS_MET: 45, MET_WITH_ACTIONS: 40, SIGNIFICANT_CONCERNS: 12, IMMEDIATE_ACTION: 3 };
const DRAFTS = 0.03;
/** As many boroughs that could be the author as it takes for one to stay anonymous. */
const FEWEST_POSSIBLE_AUTHORS = 5;

/** Visits of every level, drafts among them. Their events are not in the outbox: all of this lies before the benchmark begins. */
export function benchVisits(random: Random, { homes }: BenchRegister, { concerned }: BenchUses, count: number): Rows {
  const visits = Array.from({ length: count }, (_, index) => {
    // Every home has its visits; where many boroughs place there are more.
    const home = index < homes.length ? homes[index] : random.pick(homes);
    if (!home) throw new Error('The bench world has no homes.');
    const possible = concerned.get(home.id) ?? [];
    const owner = random.pick(possible.length > 0 ? possible : BOROUGH_CODES);
    const level = AGREED_CODES.includes(owner) ? random.weighted<string>(LEVELS) : 'OWN_BOROUGH';
    const mayHide = level !== 'OWN_BOROUGH' && possible.length >= FEWEST_POSSIBLE_AUTHORS;
    const isDraft = random.chance(DRAFTS);
    return { id: random.id(), home, owner, level, isDraft, anonymous: !isDraft && mayHide && random.chance(0.1) };
  });
  const templateId = shippedFormId('COL_APPENDIX_4');
  const frameworkId = shippedFormId('BRENT_QAF');
  return {
    visit: visits.map(({ id, home, owner, isDraft, anonymous }) => {
      const reason = random.weighted<string>(REASONS);
      return {
        id,
        owner_id: organisationId(owner),
        provider_id: home.provider.id,
        home_id: home.id,
        template_id: templateId,
        framework_id: frameworkId,
        visited_on: random.moment('2023-11-01', '2026-10-31').slice(0, 10),
        reason,
        mode: random.weighted({ IN_PERSON: 85, VIRTUAL: 15 }),
        unannounced: reason === 'EXCEPTIONAL_UNANNOUNCED',
        made_as: 'COMMISSIONING',
        provider_representatives: ['REGISTERED_MANAGER'],
        outcome: random.weighted(OUTCOMES),
        state: isDraft ? 'DRAFT' : 'SHARED',
        version: 2,
        anonymous,
      };
    }),
    sharing: visits
      .filter(({ isDraft }) => !isDraft)
      .map(({ id, home, owner, level, anonymous }) => ({
        id,
        kind: 'VISIT',
        owner_id: organisationId(owner),
        provider_id: home.provider.id,
        home_id: home.id,
        level,
        anonymous,
        existence_known: false,
        severity: null,
        ended_at: null,
        reason: 'Part of the bench world',
      })),
  };
}

const ID = `overlay(overlay(md5(v.id::text || n) placing '4' from 13 for 1) placing '8' from 17 for 1)::uuid`;

/** SQL: findings of every visit, of which seven in ten are published with the provider's reply; the same at every run. */
export const BENCH_FINDINGS = `
  insert into visit_finding (id, visit_id, owner_id, severity, summary, item_codes, state, version, written_by, written_by_name,
    reply_asked_on, reply_due_on, reply, replied_on, published_by, published_by_name, published_on)
  select ${ID}, v.id, v.owner_id, (array['LOW', 'LOW', 'MEDIUM', 'MEDIUM', 'HIGH', 'LOW', 'MEDIUM', 'LOW', 'HIGH', 'CRITICAL'])[n],
    'Finding ' || n || ' of the visit: what was seen, in a sentence or two.', array['ACC.' || n],
    case when n <= 7 then 'PUBLISHED' else 'DRAFT' end, 2, md5('writer' || v.owner_id)::uuid, 'Quality officer',
    v.visited_on, v.visited_on + 14, case when n <= 7 then 'Seen to.' end, case when n <= 7 then v.visited_on + 3 end,
    case when n <= 7 then md5('publisher' || v.owner_id)::uuid end, case when n <= 7 then 'Assistant director' end,
    case when n <= 7 then v.visited_on + 4 end
  from visit v cross join generate_series(1, ${FINDINGS_EACH}) n`;
