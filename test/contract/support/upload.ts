import { randomUUID } from 'node:crypto';
import type { Answer, TestClient } from '@accord/testkit';
import { eventually } from './wait.js';

const COUNTS = 'added changed unchanged';

const IMPORT = `mutation($input: ImportRegulatorFileInput!) { importRegulatorFile(input: $input) { import { id state rows rowsDone } } }`;

const REPORT = `query($id: ID!) {
  regulatorImport(id: $id) {
    id fileName asAt dryRun state rows rowsDone refusedRows problem requestedBy startedAt finishedAt flagsRaised
    providers { ${COUNTS} } homes { ${COUNTS} } registrations { ${COUNTS} } inspections { ${COUNTS} }
    findings(first: 50) { nodes { kind line column reason } }
    changes(first: 50) { nodes { kind outcome label differences { field before after } } }
  }
}`;

export interface Report {
  readonly id: string;
  readonly state: string;
  readonly rowsDone: number;
  readonly flagsRaised: number;
  readonly findings: { readonly nodes: readonly Record<string, unknown>[] };
  readonly changes: { readonly nodes: readonly Record<string, unknown>[] };
  readonly [field: string]: unknown;
}

export interface Queued {
  readonly importRegulatorFile: { readonly import: { readonly id: string; readonly state: string } } | null;
}

/** Sends a file as alliance staff does. */
export function sendFile(
  client: TestClient,
  content: string | Buffer,
  input: Readonly<Record<string, unknown>> = {},
): Promise<Answer<Queued>> {
  const file = new File([content], 'ofsted.csv', { type: 'text/csv' });
  return client.send<Queued>(IMPORT, { input: { file, idempotencyKey: randomUUID(), ...input } });
}

/** Sends a file and waits until the worker has done it. @throws Error when it is refused. */
export async function bringFile(
  client: TestClient,
  content: string | Buffer,
  input: Readonly<Record<string, unknown>> = {},
): Promise<Report> {
  const { data, errors } = await sendFile(client, content, input);
  const id = data?.importRegulatorFile?.import.id;
  if (id === undefined) throw new Error(`The file was refused: ${JSON.stringify(errors)}`);
  return eventually(
    () => reportOf(client, id),
    ({ state }) => state === 'DONE' || state === 'FAILED',
  );
}

export async function reportOf(client: TestClient, id: string): Promise<Report> {
  return (await client.data<{ regulatorImport: Report }>(REPORT, { id })).regulatorImport;
}
