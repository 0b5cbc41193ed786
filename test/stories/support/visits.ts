import { randomUUID } from 'node:crypto';
import { londonDate } from '@accord/kernel';
import type { TestClient } from '@accord/testkit';
import { COPPERBEECH } from '../alliance.js';

export const TODAY = londonDate(new Date());

export type Input = Readonly<Record<string, unknown>>;
type Of<T> = Readonly<Record<string, T>>;

export interface Visit {
  readonly id: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

export async function act<T = Visit>(
  client: TestClient,
  mutation: string,
  input: Input,
  answer = 'visit { id version state }',
  type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`,
): Promise<T> {
  const data = await client.data<Of<Of<T>>>(`mutation($input: ${type}!) { ${mutation}(input: $input) { ${answer} } }`, {
    input,
  });
  const [payload] = Object.values(data).flatMap((one) => Object.values(one));
  if (payload === undefined) throw new Error(`${mutation} answered nothing.`);
  return payload;
}

export const key = () => ({ idempotencyKey: randomUUID() });

interface Template {
  readonly id: string;
  readonly code: string;
  readonly items: readonly {
    readonly code: string;
    readonly kind: string;
    readonly filledFrom: string | null;
    readonly staysBecause: string | null;
    readonly dateLabels: readonly string[];
  }[];
}

async function template(client: TestClient, code: string): Promise<Template> {
  const { formTemplates } = await client.data<{ formTemplates: Template[] }>(
    '{ formTemplates { id code items { code kind filledFrom staysBecause dateLabels } } }',
  );
  const found = formTemplates.find((form) => form.code === code);
  if (!found) throw new Error(`There is no form ${code}.`);
  return found;
}

/** A visit by the quality officer and the care-experienced visitor. */
export async function start(quality: TestClient): Promise<Visit> {
  const { possibleVisitors } = await quality.data<{ possibleVisitors: { id: string; displayName: string }[] }>(
    '{ possibleVisitors { id displayName } }',
  );
  return act(quality, 'startVisit', {
    ...COPPERBEECH,
    templateId: (await template(quality, 'COL_APPENDIX_4')).id,
    visitedOn: TODAY,
    reason: 'ANNUAL_REVIEW_PLANNED',
    mode: 'IN_PERSON',
    unannounced: false,
    visitorIds: possibleVisitors
      .filter(({ displayName }) => /quality|care-experienced/.test(displayName))
      .map(({ id }) => id),
    ...key(),
  });
}

/** Every item of the form that is answered, with something in each. */
export async function answers(client: TestClient): Promise<Input[]> {
  const { items } = await template(client, 'COL_APPENDIX_4');
  const values: Of<string> = { TEXT: 'Seen, and as it should be', NUMBER: '4', DATE: TODAY };
  return items
    .filter(({ filledFrom }) => filledFrom === null)
    .map(({ code, kind, dateLabels }) =>
      kind === 'NONE'
        ? { code, checkedBy: 'Brent quality officer', dates: dateLabels.map(() => TODAY) }
        : { code, value: values[kind] },
    );
}

export const ask = async (client: TestClient, id: string, fields: string): Promise<Of<unknown> | null> =>
  (await client.send<{ visit: Of<unknown> | null }>(`query($id: ID!) { visit(id: $id) { ${fields} } }`, { id })).data
    ?.visit ?? null;
