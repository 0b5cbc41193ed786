import { expect } from '@jest/globals';
import type { ErrorCode } from '@accord/kernel';
import type { Answer, TestClient } from '@accord/testkit';
import type { Scene } from './scene.js';

/** Sends an operation that must be refused: with this code alone, without data, and leaving nothing behind. */
export function expectRefusal(
  scene: Scene,
  client: TestClient,
  code: ErrorCode,
  document: string,
  variables: Record<string, unknown>,
): Promise<void> {
  return expectRefusals(scene, [client], code, document, variables);
}

/** The same for several callers: none of them leaves anything behind. */
export async function expectRefusals(
  scene: Scene,
  clients: readonly TestClient[],
  code: ErrorCode,
  document: string,
  variables: Record<string, unknown>,
): Promise<void> {
  await scene.settled();
  const before = await scene.footprint();
  for (const client of clients) expectRefused(await client.send(document, variables), code);
  expect(await scene.footprint()).toEqual(before);
}

/** A refusal as its reader sees it: one code, and null wherever there could have been something. */
export function expectRefused(answer: Answer<object>, code: ErrorCode): void {
  expect({ codes: codesOf(answer), data: answer.data ?? null }).toEqual({ codes: [code], data: nothingOf(answer) });
}

export const codesOf = ({ errors }: Pick<Answer, 'errors'>): string[] => [
  ...new Set((errors ?? []).map((error) => error.extensions.code)),
];

const nothingOf = ({ data }: Answer<object>): Record<string, null> | null =>
  data ? Object.fromEntries(Object.keys(data).map((field) => [field, null])) : null;
