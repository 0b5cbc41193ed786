import { randomUUID } from 'node:crypto';
import { londonDate } from '@accord/kernel';
import pg from 'pg';
import { Stage } from './kit/stage.ts';
import { quantile, table } from './kit/statistics.ts';

const WARM_UP = 100;
const SAVES = 200;

interface Visit {
  readonly id: string;
  readonly version: number;
}

interface Item {
  readonly code: string;
  readonly kind: string;
  readonly filledFrom: string | null;
  readonly dateLabels: readonly string[];
}

const TODAY = londonDate(new Date());
const WORDS = ['Seen, and as it should be.', 'Looked at again: the same.'];

const stage = await Stage.build();
try {
  const { url } = await stage.serve('gateway', 'services/gateway/dist/main.js');
  const authorization = `Bearer ${await stage.tokenOf('e09000005-placements')}`;
  const ask = async <T>(query: string, variables: object = {}): Promise<T> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: T; errors?: unknown };
    if (data === undefined || errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  };

  const { formTemplates } = await ask<{ formTemplates: { id: string; code: string; items: Item[] }[] }>(
    '{ formTemplates { id code items { code kind filledFrom dateLabels } } }',
  );
  const form = formTemplates.find(({ code }) => code === 'COL_APPENDIX_4');
  const { viewer } = await ask<{ viewer: { id: string } }>('{ viewer { id } }');
  const { startVisit } = await ask<{ startVisit: { visit: Visit } }>(
    'mutation($input: StartVisitInput!) { startVisit(input: $input) { visit { id version } } }',
    {
      input: {
        ...(await someHome()),
        templateId: form?.id,
        visitedOn: TODAY,
        reason: 'ANNUAL_REVIEW_PLANNED',
        mode: 'IN_PERSON',
        unannounced: false,
        visitorIds: [viewer.id],
        idempotencyKey: randomUUID(),
      },
    },
  );
  const items = form?.items ?? [];
  const times: number[] = [];
  let { version } = startVisit.visit;
  for (let round = 0; round < WARM_UP + SAVES; round += 1) {
    const began = performance.now();
    const { saveVisit } = await ask<{ saveVisit: { visit: Visit } }>(
      'mutation($input: SaveVisitInput!) { saveVisit(input: $input) { visit { id version } } }',
      {
        input: {
          visitId: startVisit.visit.id,
          expectedVersion: version,
          answers: items.flatMap((item) => answered(item, round)),
        },
      },
    );
    version = saveVisit.visit.version;
    if (round >= WARM_UP) times.push(performance.now() - began);
  }
  console.log(`${form?.code}, ${items.length} items, each answer changed at each save, one after the other`);
  console.log(
    table([
      ['milliseconds', 'saves', 'p50', 'p90', 'p99', 'longest'],
      ['saved', String(times.length), ...[0.5, 0.9, 0.99, 1].map((part) => quantile(times, part).toFixed(1))],
    ]),
  );
} finally {
  await stage.close();
}

async function someHome(): Promise<{ providerId: string; homeId: string }> {
  const client = new pg.Client({ connectionString: stage.database.urls.superuser });
  await client.connect();
  const { rows } = await client.query<{ id: string; provider_id: string }>(
    'select id, provider_id from home order by id limit 1',
  );
  await client.end();
  const [home] = rows;
  if (!home) throw new Error('The bench world has no homes.');
  return { providerId: home.provider_id, homeId: home.id };
}

/** What the form does not have from elsewhere, otherwise than the time before. */
function answered({ code, kind, filledFrom, dateLabels }: Item, round: number): object[] {
  if (filledFrom !== null) return [];
  const comment = WORDS[round % WORDS.length];
  if (kind === 'NONE') return [{ code, checkedBy: comment, dates: dateLabels.map(() => TODAY) }];
  const values: Readonly<Record<string, string>> = { NUMBER: String(round % 9), DATE: TODAY, YES_NO: 'YES' };
  return [{ code, value: values[kind] ?? (kind === 'TEXT' ? comment : undefined) }];
}
