import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newDisclosure, newGroup } from './support/agreement-operation.js';
import { FEARED_HARM, refusalRow } from './support/agreement-rows.js';
import { Scene } from './support/scene.js';
import { everyField } from './support/selection.js';
import { AGREEMENT, TENANT, TENANTS, type TenantName } from './support/world.js';

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

interface Shown {
  readonly id: string;
  readonly [field: string]: unknown;
}

async function listed(who: string, list: string, selection: string): Promise<Shown[]> {
  const data = await (
    await scene.caller(who)
  ).data<Record<string, Shown[] | { nodes: Shown[] }>>(`{ list: ${list} ${selection} }`);
  const found = data['list'];
  return Array.isArray(found) ? found : (found?.nodes ?? []);
}

const officer = (tenant: TenantName): string =>
  tenant === 'alliance' ? 'alliance-safeguarding' : `${tenant} INFORMATION_GOVERNANCE`;

describe('agreements and what is around them', () => {
  it('shows every member of the alliance the same of an agreement', async () => {
    const all = `{ ${everyField('SharingAgreement', { members: `${everyField('SharingAgreementMember')}` })} }`;
    const shown: string[] = [];
    for (const tenant of TENANTS) shown.push(JSON.stringify(await listed(officer(tenant), 'sharingAgreements', all)));
    expect(new Set(shown).size).toBe(1);
    const [agreement] = (JSON.parse(shown[0] ?? '[]') as Shown[]).filter(({ id }) => id === AGREEMENT);
    expect(agreement).toMatchObject({
      version: 1,
      state: 'IN_FORCE',
      classes: expect.arrayContaining(['FLAG']) as unknown,
    });
    expect(agreement?.['members']).toContainEqual(
      expect.objectContaining({
        organisation: expect.objectContaining({ name: 'Brent' }) as unknown,
        part: 'ACCEPTED',
      }),
    );
  });

  it('shows of a group what its keeper, its members and nobody else may see', async () => {
    const [open, hiding] = [await newGroup(scene), await newGroup(scene, true)];
    const membersSeenBy = async (tenant: TenantName, id: string) => {
      const groups = await listed(officer(tenant), 'boroughGroups', '{ id version members { organisation { name } } }');
      const group = groups.find((each) => each.id === id);
      const members = (group?.['members'] ?? []) as { organisation: { name: string } }[];
      return group && { version: group['version'], members: members.map((each) => each.organisation.name).toSorted() };
    };
    const both = ['Barnet', 'Islington'];
    expect(await membersSeenBy('brent', hiding)).toEqual({ version: 1, members: both });
    expect(await membersSeenBy('barnet', open)).toEqual({ version: null, members: both });
    expect(await membersSeenBy('barnet', hiding)).toEqual({ version: null, members: ['Barnet'] });
    expect(await membersSeenBy('islington', hiding)).toEqual({ version: null, members: ['Islington'] });
    for (const id of [open, hiding])
      for (const tenant of ['camden', 'alliance'] as const) expect(await membersSeenBy(tenant, id)).toBeUndefined();
    await scene.sql(
      `update borough_group_member set member_until = '2026-01-01' where group_id = $1 and organisation_id = $2`,
      [open, TENANT.barnet],
    );
    expect(await membersSeenBy('barnet', open)).toBeUndefined();
  });

  it('shows an urgent disclosure to both sides, and its makers to the owner alone', async () => {
    for (const anonymous of [false, true]) {
      const id = await newDisclosure(scene, anonymous);
      const seenBy = async (tenant: TenantName) =>
        (
          await listed(
            officer(tenant),
            'urgentDisclosures(first: 100)',
            `{ nodes { ${everyField('UrgentDisclosure')} } }`,
          )
        ).find((each) => each.id === id);
      const facts = {
        fearedHarm: FEARED_HARM,
        outcome: null,
        isOverdue: false,
        recipients: [expect.objectContaining({ name: 'Ealing' }) as unknown],
      };
      expect(await seenBy('brent')).toMatchObject({
        ...facts,
        owner: { name: 'Brent' },
        disclosedBy: 'Officer',
        version: 1,
        disclosedAt: expect.any(String) as unknown,
      });
      const recipients = await seenBy('ealing');
      expect(recipients).toMatchObject({ ...facts, disclosedBy: null, reviewedBy: null, version: null });
      expect((recipients?.['owner'] as { name: string } | null)?.name ?? null).toBe(anonymous ? null : 'Brent');
      expect(recipients?.['disclosedAt'] === null).toBe(anonymous);
      for (const tenant of TENANTS.filter((each) => each !== 'brent' && each !== 'ealing'))
        expect(await seenBy(tenant)).toBeUndefined();
      await scene.sql('update urgent_disclosure_recipient set ended_at = now() where disclosure_id = $1', [id]);
      expect(await seenBy('ealing')).toBeUndefined();
      expect(await seenBy('brent')).toBeDefined();
    }
  });

  it('shows refusals to share to their own organisation alone', async () => {
    await scene.insert('sharing_refusal', refusalRow(TENANT.brent));
    const seenBy = (tenant: TenantName) =>
      listed(officer(tenant), 'sharingRefusals(first: 5)', `{ nodes { ${everyField('SharingRefusal')} } }`);
    expect((await seenBy('brent')).slice(0, 1)).toMatchObject([
      { askedBy: 'A newspaper', providerId: null, reason: 'No duty and no need to know.', recordedBy: 'Officer' },
    ]);
    for (const tenant of TENANTS.filter((each) => each !== 'brent')) expect(await seenBy(tenant)).toEqual([]);
  });
});
