import type { Client } from 'pg';
import { TENANT_CODE } from '../personas.js';
import { exampleId, insert, organisationId } from './example-rows.js';
import { AGREEMENT_MEMBERS } from './story-flags.js';

const FROM = '2025-01-01';
const ACCEPTED_AT = '2024-12-16T10:00:00Z';

/** The agreement that the example's boroughs have accepted, and Ealing has not; groups; a refusal to share. */
export async function loadAgreements(client: Client): Promise<void> {
  const agreementId = exampleId('agreement', 'safeguarding');
  await insert(client, 'sharing_agreement', {
    id: agreementId,
    name: 'Alliance safeguarding and quality agreement',
    classes: ['FLAG', 'HOLD', 'VISIT', 'DUE_DILIGENCE', 'INTELLIGENCE'],
    purpose: 'To keep looked-after children and care leavers safe where boroughs use the same providers',
    lawful_bases: ['PUBLIC_TASK', 'SAFEGUARDING_SPECIAL_CATEGORY', 'SAFEGUARDING_CRIMINAL_OFFENCE'],
    dpia_reference: 'Alliance DPIA 2024/3',
    in_force_from: FROM,
    review_on: '2027-01-01',
  });
  for (const code of AGREEMENT_MEMBERS) {
    const invitationId = await invite(client, agreementId, code);
    await insert(client, 'agreement_member', {
      agreement_id: agreementId,
      organisation_id: organisationId(code),
      member_from: FROM,
      invitation_id: invitationId,
      accepted_at: ACCEPTED_AT,
      accepted_by: code === 'ALLIANCE' ? 'Alliance administrator' : 'Information governance officer',
    });
  }
  await invite(client, agreementId, TENANT_CODE.ealing);
  const { alliance, barnet, brent, cityOfLondon, havering } = TENANT_CODE;
  await loadGroup(client, { key: 'west', name: 'West London placements leads', keeper: alliance }, [
    barnet,
    brent,
    'E09000013',
  ]);
  await loadGroup(client, { key: 'nights', name: 'Boroughs that cover nights with us', keeper: brent, hides: true }, [
    cityOfLondon,
    havering,
  ]);
  await insert(client, 'sharing_refusal', {
    id: exampleId('refusal', 'newspaper'),
    owner_id: organisationId(brent),
    asked_by: 'A newspaper, news desk',
    about: 'Which homes the borough has raised flags about',
    reason: 'It has no need to know, and to say would warn the providers.',
    recorded_by: 'Brent information governance officer',
    recorded_at: '2026-10-05T09:30:00Z',
  });
}

async function invite(client: Client, agreementId: string, code: string): Promise<string> {
  const id = exampleId('invitation', code);
  await insert(client, 'agreement_invitation', {
    id,
    agreement_id: agreementId,
    organisation_id: organisationId(code),
    member_from: FROM,
    invited_at: '2024-12-02T10:00:00Z',
  });
  return id;
}

async function loadGroup(
  client: Client,
  { key, name, keeper, hides = false }: { key: string; name: string; keeper: string; hides?: boolean },
  members: readonly string[],
): Promise<void> {
  const groupId = exampleId('group', key);
  const keeperId = organisationId(keeper);
  await insert(client, 'borough_group', { id: groupId, keeper_id: keeperId, name, hides_members: hides });
  for (const code of members) {
    await insert(client, 'borough_group_member', {
      group_id: groupId,
      organisation_id: organisationId(code),
      member_from: FROM,
      keeper_id: keeperId,
    });
  }
}
