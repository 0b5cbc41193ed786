import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleId } from '@accord/infra';
import { classesOf } from './support/classification.js';
import { PHOTO } from './support/photo-file.js';
import { expectRefused } from './support/refusal.js';
import { CONDITIONS, Scene, SHARING_REASON } from './support/scene.js';
import { everyField } from './support/selection.js';
import {
  ANSWER,
  newVisit,
  OFFICER,
  PUBLISHED,
  removeVisit,
  REPLY,
  TAKEN_BACK,
  TEMPLATE,
  VISITED_ON,
  VISITOR,
  VISITORS_WORDS,
  type VisitFacts,
  type VisitRows,
} from './support/visit-scene.js';
import { COURT, GROUP, JUNIPERFIELD, TENANT, TENANTS, type TenantName } from './support/world.js';

type Seen = Record<string, unknown>;

const ANSWERS = everyField('VisitAnswer');
const VISIT = `query($id: ID!) { visit(id: $id) { ${everyField('Visit', {
  answers: ANSWERS,
  findings: everyField('Finding'),
  actions: everyField('VisitAction'),
  visitorParts: everyField('VisitorPart', { words: 'code words', photos: PHOTO }),
})} } }`;

/** Where a list could show a visit. */
const LISTS = `query($home: ID!, $provider: ID!) {
  home(id: $home) { visits(first: 50) { nodes { id } edges { node { id } } } }
  provider(id: $provider) { visits(first: 50) { nodes { id } } homes(first: 10) { nodes { visits(first: 50) { nodes { id } } } } }
  visits(first: 50) { nodes { id } }
}`;

interface Scenario {
  readonly title: string;
  readonly facts: VisitFacts;
  readonly audience: readonly TenantName[];
}

const CONCERNED: readonly TenantName[] = ['barnet', 'city', 'havering', 'hammersmith'];

/** How far Brent's visit goes. Written by hand, from the rules. */
const SCENARIOS: readonly Scenario[] = [
  { title: 'that is a draft', facts: { state: 'DRAFT' }, audience: [] },
  { title: 'kept in the own borough', facts: { level: 'OWN_BOROUGH' }, audience: [] },
  {
    title: 'for a borough and the alliance by name',
    facts: { level: 'NAMED', named: [{ borough: 'havering' }, { borough: 'alliance' }] },
    audience: ['havering', 'alliance'],
  },
  {
    title: 'for a group, of which some are no longer members and some not yet',
    facts: { level: 'NAMED', named: [{ group: GROUP }] },
    audience: ['barnet', 'hammersmith', 'enfield'],
  },
  {
    title: 'for boroughs by name that are outside the agreement',
    facts: { level: 'NAMED', named: [{ borough: 'ealing' }, { borough: 'hackney' }] },
    audience: [],
  },
  { title: 'for the boroughs concerned', facts: {}, audience: CONCERNED },
  {
    title: 'for the boroughs concerned with the provider, about no home',
    facts: { home: null },
    audience: [...CONCERNED, 'islington'],
  },
  {
    title: 'for the alliance and its boroughs',
    facts: { level: 'ALLIANCE' },
    audience: [...CONCERNED, 'enfield', 'islington', 'alliance'],
  },
  { title: 'for the boroughs concerned, without a name', facts: { anonymous: true }, audience: CONCERNED },
  { title: 'withdrawn, without a name', facts: { anonymous: true, state: 'WITHDRAWN' }, audience: CONCERNED },
  {
    title: 'kept, and disclosed urgently',
    facts: { level: 'OWN_BOROUGH', disclosed: [{ to: 'hackney' }, { to: 'haringey', ended: true }] },
    audience: ['hackney'],
  },
];

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

const officer = (tenant: TenantName) =>
  scene.caller(tenant === 'alliance' ? 'alliance-safeguarding' : `${tenant} PLACEMENTS`);

const see = async (tenant: TenantName, id: string): Promise<Seen | null | undefined> =>
  (await (await officer(tenant)).send<{ visit: Seen | null }>(VISIT, { id })).data?.visit;

async function withVisit({ facts }: Pick<Scenario, 'facts'>, check: (rows: VisitRows) => Promise<void>): Promise<void> {
  const rows = await newVisit(scene, facts);
  try {
    await check(rows);
  } finally {
    await removeVisit(scene, rows.id);
  }
}

const LISTED = [
  'answers',
  'expectations',
  'visitorParts',
  'findings',
  'actions',
  'visitors',
  'providerRepresentatives',
];
const TOMBSTONE = ['id', 'provider', 'home', 'form', 'framework', 'visitedOn', 'state', 'version', 'withdrawalReason'];

/** What one of the audience sees: what the owner sees of the classes that are shown to it, and nothing of the rest. */
function expected(full: Seen, { anonymous = false, state = 'SHARED' }: VisitFacts): Seen {
  const fields = [...classesOf('Visit')].map(([field, disclosure]) => {
    const nothing = LISTED.includes(field) ? [] : null;
    const isShown = disclosure === 'audience' || (disclosure === 'owner-named' && !anonymous);
    if (!isShown || (state === 'WITHDRAWN' && !TOMBSTONE.includes(field) && field !== 'borough'))
      return [field, nothing] as const;
    return [field, narrowed(field, full[field], anonymous)] as const;
  });
  return Object.fromEntries(fields);
}

/** What of a list goes further than its borough. */
function narrowed(field: string, value: unknown, anonymous: boolean): unknown {
  const list = value as Seen[];
  switch (field) {
    case 'answers':
      return list
        .filter(({ staysBecause }) => staysBecause === null)
        .map((answer) => ({ ...answer, checkedBy: anonymous ? null : answer['checkedBy'] }));
    case 'findings':
      return list
        .filter(({ state }) => state === 'PUBLISHED')
        .map((finding) => ({ ...finding, writtenBy: null, publishedBy: null }));
    case 'actions':
      return list.map((action) => ({
        ...action,
        findingId: action['state'] === 'DONE' ? action['findingId'] : null,
        verifiedBy: null,
      }));
    case 'visitors':
      return list.filter(({ isCareExperienced }) => isCareExperienced !== true);
    case 'visitorParts':
      return list.map((part) => ({
        ...part,
        by: null,
        photos: (part['photos'] as Seen[]).filter(({ shownToOthers }) => shownToOthers),
      }));
    default:
      return value;
  }
}

describe.each(SCENARIOS)('a visit $title', (scenario) => {
  const { facts, audience } = scenario;
  const isDraft = facts.state === 'DRAFT';

  it('shows each tenant just the fields of its standing', async () => {
    await withVisit(scenario, async ({ id, replied, published, draft }) => {
      const full = (await see('brent', id)) ?? {};
      expect(full).toMatchObject({
        id,
        provider: { id: JUNIPERFIELD },
        home: facts.home === null ? null : { id: COURT },
        borough: { id: TENANT.brent },
        visitedOn: VISITED_ON,
        reason: 'OTHER',
        outcome: 'SIGNIFICANT_CONCERNS',
        state: facts.state ?? 'SHARED',
        withdrawalReason: facts.state === 'WITHDRAWN' ? TAKEN_BACK : null,
        sharing: isDraft ? null : { reason: SHARING_REASON, conditions: CONDITIONS },
        form: { id: TEMPLATE },
        expectations: [{ code: 'QAF.4.1', assessment: 'NOT_MET' }],
        visitors: [{ name: OFFICER }, { name: VISITOR }],
      });
      const codes = (list: unknown, name: string) => (list as Seen[]).map((one) => one[name]);
      expect(codes(full['answers'], 'code')).toEqual(['YPF.1', 'SUP.1', 'POL.7']);
      expect(new Set(codes(full['findings'], 'id'))).toEqual(new Set([replied, published, draft]));
      const seen = await Promise.all(TENANTS.map(async (tenant) => [tenant, await see(tenant, id)]));
      const wanted = TENANTS.map((tenant) => {
        if (tenant === 'brent') return [tenant, full];
        return [tenant, audience.includes(tenant) ? expected(full, facts) : null];
      });
      expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(wanted));
    });
  });

  it('is in the lists of those alone who may see it', async () => {
    await withVisit(scenario, async ({ id }) => {
      for (const tenant of TENANTS) {
        const text = (await (await officer(tenant)).send(LISTS, { home: COURT, provider: JUNIPERFIELD })).text;
        const isShown = tenant === 'brent' || audience.includes(tenant);
        expect({ tenant, shown: text.includes(id) }).toEqual({ tenant, shown: isShown });
      }
    });
  });

  it('says to nobody else what stays in the borough, or what is not published', async () => {
    await withVisit(scenario, async ({ id }) => {
      for (const tenant of TENANTS.filter((name) => name !== 'brent')) {
        const { text } = await (await officer(tenant)).send(VISIT, { id });
        const secrets = ['Her file', 'fire plan', VISITOR, 'Brent assistant director'];
        expect({ tenant, says: secrets.filter((words) => text.includes(words)) }).toEqual({ tenant, says: [] });
        const shared = [ANSWER, PUBLISHED, REPLY, VISITORS_WORDS];
        const says = audience.includes(tenant) && facts.state !== 'WITHDRAWN' ? shared : [];
        expect({ tenant, says: shared.filter((words) => text.includes(words)) }).toEqual({ tenant, says });
      }
    });
  });
});

it('shows a care-experienced visitor’s words, and their name where they agreed', async () => {
  await withVisit({ facts: {} }, async ({ id }) => {
    const part = async (tenant: TenantName) =>
      ((await see(tenant, id)) as { visitorParts: Seen[] }).visitorParts[0]?.['by'];
    expect([await part('brent'), await part('barnet')]).toEqual([VISITOR, null]);
    await scene.sql('update visit_visitor set named_to_others = true where visit_id = $1', [id]);
    expect([await part('brent'), await part('barnet')]).toEqual([VISITOR, VISITOR]);
    await scene.sql('update visitor_part set submitted_on = null where visit_id = $1', [id]);
    expect([await part('brent'), await part('barnet')]).toEqual([undefined, undefined]);
  });
});

it('shows a care-experienced visitor their own part, and nothing else of the visit', async () => {
  const visitor = await scene.caller('brent-visitor');
  const document = `{ myVisits { ${everyField('MyVisit', { words: 'code words', photos: PHOTO })} } }`;
  await withVisit({ facts: { state: 'DRAFT' } }, async ({ id }) => {
    const other = await newVisit(scene);
    await scene.sql('delete from visit_visitor where visit_id = $1', [other.id]);
    const { data, text } = await visitor.send<{ myVisits: Seen[] }>(document);
    expect(data?.myVisits).toContainEqual(
      expect.objectContaining({ visitId: id, visitedOn: VISITED_ON, showsName: false, version: 1 }),
    );
    expect(text).not.toContain(other.id);
    for (const secret of [ANSWER, PUBLISHED, OFFICER]) expect(text).not.toContain(secret);
    for (const query of [`{ visit(id: "${id}") { id } }`, '{ visits(first: 5) { nodes { id } } }'])
      expectRefused(await visitor.send(query), 'FORBIDDEN');
    expect((await (await scene.caller('barnet CARE_EXPERIENCED_VISITOR')).send(document)).data).toEqual({
      myVisits: [],
    });
    await removeVisit(scene, other.id);
  });
});

it('shows every member of the alliance the same forms', async () => {
  const forms = `{ formTemplates { ${everyField('FormTemplate', { items: everyField('FormItem') })} } }`;
  const first = await (await officer('brent')).send(forms);
  expect(first.errors).toBeUndefined();
  for (const tenant of TENANTS) expect((await (await officer(tenant)).send(forms)).data).toEqual(first.data);
});

it('names possible visitors to their own organisation alone', async () => {
  const names = async (tenant: TenantName) =>
    (
      await (
        await officer(tenant)
      ).data<{ possibleVisitors: { id: string }[] }>('{ possibleVisitors { id displayName isCareExperienced } }')
    ).possibleVisitors;
  const visitor = { id: exampleId('principal', 'brent-visitor'), displayName: VISITOR, isCareExperienced: true };
  expect(await names('brent')).toContainEqual(visitor);
  for (const tenant of TENANTS.filter((name) => name !== 'brent' && name !== 'alliance'))
    expect((await names(tenant)).map(({ id }) => id)).not.toContain(visitor.id);
});
