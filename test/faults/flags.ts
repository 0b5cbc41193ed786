import { randomUUID } from 'node:crypto';
import { homeId, PERSONAS, providerId, TENANT_CODE } from '@accord/infra';
import type { TestClient } from '@accord/testkit';

const { alliance, barnet, brent, cityOfLondon, havering } = TENANT_CODE;

/** A home of the example world on which Brent raises flags, and the tenants that hear of them by default. */
export interface Place {
  readonly provider: string;
  readonly home: string;
  readonly tenants: readonly string[];
}

export const COPPERBEECH: Place = {
  provider: 'Lanternfield Supported Living Ltd',
  home: 'Copperbeech House',
  tenants: [brent, barnet, cityOfLondon, havering, alliance],
};

/** Four providers, because the order that counts is the order about one of them. */
export const PLACES: readonly Place[] = [
  COPPERBEECH,
  { provider: 'Marrowby Homes Ltd', home: 'Marrowby Court', tenants: [brent, havering, alliance] },
  { provider: 'Pennyroyal Care Ltd', home: 'Pennyroyal View', tenants: [brent, havering, alliance] },
  { provider: 'Hearthway Homes Ltd', home: 'Hearthway North', tenants: [brent, barnet, alliance] },
];

/** Whoever has such a role alone is told of no flag. */
const NOT_TOLD = /_ADMIN$|^CARE_EXPERIENCED_VISITOR$/;

/** The personas who are told of a HIGH flag there: of those tenants, all but administrators and care-experienced visitors. */
export const toldOf = ({ tenants }: Place): readonly string[] =>
  PERSONAS.filter(({ tenant, roles }) => tenants.includes(tenant) && !roles.some((role) => NOT_TOLD.test(role)))
    .map(({ subject }) => subject)
    .sort();

export interface RaisedFlag {
  readonly id: string;
  readonly place: Place;
}

const RAISE = 'mutation Raise($input: RaiseFlagInput!) { raiseFlag(input: $input) { flag { id } } }';

/** Raises flags, one after the other at each place, and keeps them in the order of the answers: that of the commits. */
export class FlagRaiser {
  readonly raised: RaisedFlag[] = [];

  /** @param idempotencyKey to raise again what may or may not have been raised. */
  async raise(client: TestClient, place: Place, idempotencyKey: string = randomUUID()): Promise<string> {
    const flag = { id: await raiseFlag(client, place, `Flag of ${idempotencyKey}`, idempotencyKey), place };
    this.raised.push(flag);
    return flag.id;
  }

  /** So many flags on each of the four places at the same time. */
  async raiseEverywhere(client: TestClient, count: number): Promise<void> {
    await Promise.all(
      PLACES.map(async (place) => {
        for (let n = 0; n < count; n += 1) await this.raise(client, place);
      }),
    );
  }
}

/** @returns the flag's id. @throws Error when there is no answer or it is no flag. */
export async function raiseFlag(
  client: TestClient,
  place: Place,
  summary: string,
  idempotencyKey: string,
): Promise<string> {
  const input = {
    providerId: providerId(place.provider),
    homeId: homeId(place.home),
    kind: 'SAFEGUARDING_CONCERN',
    severity: 'HIGH',
    summary,
    idempotencyKey,
  };
  const { raiseFlag: payload } = await client.data<{ raiseFlag: { flag: { id: string } } }>(RAISE, { input });
  return payload.flag.id;
}
