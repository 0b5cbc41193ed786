import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { homeId, providerId } from '@accord/infra';
import { TestAccord, type TestClient } from '@accord/testkit';

let accord: TestAccord;
let alliance: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  alliance = await accord.as('alliance-accreditation');
});

afterAll(() => accord.stop());

describe('registrations', () => {
  const AMBLEPORT = providerId('Ambleport Housing Ltd');
  const RECORD =
    'mutation($input: RecordRegistrationInput!) { recordRegistration(input: $input) { registration { reference status countsAsRegistered statusAsAt } } }';
  const record = (status: string, more: Readonly<Record<string, unknown>> = {}) =>
    alliance.send(RECORD, {
      input: {
        providerId: AMBLEPORT,
        registration: { regulator: 'OFSTED', reference: '2799003', status },
        idempotencyKey: randomUUID(),
        ...more,
      },
    });
  const unregistered = async (): Promise<string[]> => {
    const { providers } = await alliance.data<{ providers: { nodes: { name: string }[] } }>(
      '{ providers(first: 50, filter: { registrationStatus: [UNREGISTERED] }) { nodes { name } } }',
    );
    return providers.nodes.map(({ name }) => name);
  };

  it('that are applied for count as unregistered, until they are approved', async () => {
    expect(await unregistered()).toContain('Ambleport Housing Ltd');
    expect((await record('REGISTERED', { asAt: '2026-11-01' })).data).toEqual({
      recordRegistration: {
        registration: {
          reference: '2799003',
          status: 'REGISTERED',
          countsAsRegistered: true,
          statusAsAt: '2026-11-01',
        },
      },
    });
    expect(await unregistered()).not.toContain('Ambleport Housing Ltd');
    expect((await record('APPLICATION_PENDING')).data).toMatchObject({
      recordRegistration: { registration: { status: 'APPLICATION_PENDING', countsAsRegistered: false } },
    });
  });

  it.each([
    ['what is known of a later day', { asAt: '2026-10-01' }, 'REGISTERED', 'CONFLICT', 'input.asAt'],
    ['a day to come', { asAt: '2999-01-01' }, 'REGISTERED', 'BAD_USER_INPUT', 'input.asAt'],
    ['a suspension, which boroughs are told of', {}, 'SUSPENDED', 'BAD_USER_INPUT', 'input.registration.status'],
    [
      'another provider’s',
      { providerId: providerId('Tidewell Care Ltd') },
      'REGISTERED',
      'CONFLICT',
      'input.registration.reference',
    ],
    ['another home’s', { homeId: homeId('Ambleport Row') }, 'REGISTERED', 'CONFLICT', 'input.registration.reference'],
  ])('are not changed by %s', async (_, more, status, code, path) => {
    const { errors } = await record(status, more);
    expect(errors).toMatchObject([{ extensions: { code, path } }]);
  });

  it('show the inspections of an agency, newest first', async () => {
    interface Found {
      readonly providers: {
        readonly nodes: { readonly registrations: { readonly inspections: { readonly inspectedOn: string }[] }[] }[];
      };
    }
    const { providers } = await alliance.data<Found>(
      '{ providers(first: 1, filter: { search: "2748709" }) { nodes { registrations { reference inspections { inspectedOn judgements { scale } } } } } }',
    );
    const [registration] = providers.nodes[0]?.registrations ?? [];
    const days = registration?.inspections.map(({ inspectedOn }) => inspectedOn) ?? [];
    expect(days).toHaveLength(2);
    expect(days).toEqual(days.toSorted((a, b) => (a < b ? 1 : -1)));
  });
});
