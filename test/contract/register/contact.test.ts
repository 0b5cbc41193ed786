import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { organisationId, providerId } from '@accord/infra';
import { TestAccord, type Answer, type TestClient } from '@accord/testkit';

const HAVERING = organisationId('E09000016');
const LANTERNFIELD = providerId('Lanternfield Supported Living Ltd');
const FIELDS = 'id kind team phone email hours version';
const ADD = `mutation($input: AddContactInput!) { addContact(input: $input) { contact { ${FIELDS} } } }`;
const CHANGE = `mutation($input: ChangeContactInput!) { changeContact(input: $input) { contact { ${FIELDS} } } }`;
const REMOVE = 'mutation($id: ID!) { removeContact(id: $id) { contactId } }';
const PAGE = `query($id: ID!) { provider(id: $id) {
  ownershipGroup contacts { kind team }
  linkedProviders { provider { name } sharedDirectors hasSameOwnershipGroup }
  homes(first: 1) { nodes { supportModel planning hmoLicence missingProtocolOn lastIndependentReportOn managerVacantSince
    hostBorough { contacts { kind team phone } } } } } }`;

interface Contact {
  readonly id: string;
  readonly version: number;
}

let accord: TestAccord;
let havering: TestClient;
let alliance: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  havering = await accord.as('havering-quality');
  alliance = await accord.as('alliance-accreditation');
});
afterAll(() => accord.stop());

const duty = { kind: 'DUTY', team: 'Duty desk', phone: '(020) 7946 0160', email: 'Duty.Desk@havering.example' };

const add = (
  client: TestClient,
  contact: object,
  providerIdGiven?: string,
): Promise<Answer<{ addContact: { contact: Contact } | null }>> =>
  client.send(ADD, { input: { contact, providerId: providerIdGiven, idempotencyKey: randomUUID() } });

const refusal = ({ errors }: Answer): unknown => errors?.map(({ extensions: { code, path } }) => [code, path]);

describe('a provider’s page', () => {
  it('has on day one what rules 21 asks for, contacts of its host included', async () => {
    const ealing = await accord.as('ealing-placements');
    const { provider } = await ealing.data<{ provider: Record<string, unknown> }>(PAGE, { id: LANTERNFIELD });
    expect(provider).toMatchObject({
      ownershipGroup: 'Lanternfield Group',
      contacts: [
        { kind: 'DUTY', team: 'Referrals desk' },
        { kind: 'OUT_OF_HOURS', team: 'Manager on call' },
      ],
      homes: {
        nodes: [
          {
            planning: 'Granted for supported living, 2021',
            missingProtocolOn: '2026-05-18',
            lastIndependentReportOn: '2026-07-31',
            managerVacantSince: '2026-09-14',
            hostBorough: {
              contacts: [
                { kind: 'DUTY', phone: '020 7946 0102' },
                { kind: 'LADO', phone: '020 7946 0101' },
                { kind: 'OUT_OF_HOURS', phone: '020 7946 0103' },
              ],
            },
          },
        ],
      },
    });
  });

  it('names providers that share a director, spelling aside, or the group that owns them', async () => {
    const linked = async () =>
      (await havering.data<{ provider: { linkedProviders: unknown } }>(PAGE, { id: LANTERNFIELD })).provider
        .linkedProviders;
    const other = { sharedDirectors: ['Director B of Lanternfield and Oxbarrow'], hasSameOwnershipGroup: false };
    expect(await linked()).toMatchObject([other]);
    const ADD_PROVIDER = 'mutation($input: AddProviderInput!) { addProvider(input: $input) { provider { id } } }';
    const provider = {
      name: 'Aldermere Homes Ltd',
      directors: ['director a  OF lanternfield'],
      ownershipGroup: 'LANTERNFIELD GROUP',
    };
    await alliance.data(ADD_PROVIDER, { input: { provider, idempotencyKey: randomUUID() } });
    expect(await linked()).toMatchObject([
      {
        provider: { name: 'Aldermere Homes Ltd' },
        sharedDirectors: ['Director A of Lanternfield'],
        hasSameOwnershipGroup: true,
      },
      other,
    ]);
  });
});

describe('a contact', () => {
  it('is kept by its borough, of providers by the alliance, and read by all', async () => {
    const { data } = await add(havering, duty);
    const contact = data?.addContact?.contact;
    expect(contact).toMatchObject({ team: 'Duty desk', phone: '(020) 7946 0160', email: 'duty.desk@havering.example' });
    const changed = await havering.data<{ changeContact: { contact: Contact } }>(CHANGE, {
      input: { contactId: contact?.id, contact: { ...duty, team: 'Duty team' }, expectedVersion: 1 },
    });
    expect(changed.changeContact.contact).toMatchObject({ team: 'Duty team', version: 2 });
    const stale = { contactId: contact?.id, contact: duty, expectedVersion: 1 };
    expect(refusal(await havering.send(CHANGE, { input: stale }))).toEqual([['CONFLICT', undefined]]);
    const teams = async () => {
      const { organisations } = await alliance.data<{
        organisations: { id: string; contacts: { team: string }[] }[];
      }>('{ organisations { id contacts { team } } }');
      return organisations.find(({ id }) => id === HAVERING)?.contacts.map(({ team }) => team);
    };
    expect(await teams()).toContain('Duty team');
    await havering.data(REMOVE, { id: contact?.id });
    expect(await teams()).not.toContain('Duty team');
    expect((await add(alliance, { ...duty, email: null }, LANTERNFIELD)).errors).toBeUndefined();
  });

  it.each([
    ['a person’s own mailbox', { ...duty, email: 'jo.bloggs@havering.example' }, 'input.contact.email'],
    ['a mailbox of a private host', { ...duty, email: 'duty.team@gmail.com' }, 'input.contact.email'],
    ['a mobile phone', { ...duty, phone: '07700 900123' }, 'input.contact.phone'],
    ['what is no number', { ...duty, phone: 'ask Jo' }, 'input.contact.phone'],
    ['a team that is a person’s number', { ...duty, team: 'Jo, 07700 900123' }, 'input.contact.team'],
    ['one that reaches nobody', { kind: 'DUTY', team: 'Duty' }, 'input.contact.phone'],
  ])('is refused with %s', async (_what, contact, path) => {
    expect(refusal(await add(havering, contact))).toEqual([['BAD_USER_INPUT', path]]);
  });

  it('of a provider may be a phone that is carried on call, and is never the LADO’s', async () => {
    const onCall = { kind: 'OUT_OF_HOURS', team: 'Manager on call', phone: '07700 900123' };
    expect((await add(alliance, onCall, LANTERNFIELD)).errors).toBeUndefined();
    expect(refusal(await add(alliance, { ...duty, kind: 'LADO' }, LANTERNFIELD))).toEqual([
      ['BAD_USER_INPUT', 'input.contact.kind'],
    ]);
    expect(refusal(await add(havering, duty, LANTERNFIELD))).toEqual([['BAD_USER_INPUT', 'input.providerId']]);
    expect(refusal(await add(alliance, duty))).toEqual([['BAD_USER_INPUT', 'input.providerId']]);
    for (const who of ['brent-practitioner', 'brent-dashboard', 'alliance-safeguarding'])
      expect(refusal(await add(await accord.as(who), duty))).toEqual([['FORBIDDEN', undefined]]);
  });
});
