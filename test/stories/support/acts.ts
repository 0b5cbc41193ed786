import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Answer, TestAccord } from '@accord/testkit';

export type Input = Readonly<Record<string, unknown>>;

/** Acts of personas of a running Accord, each under a key of its own. */
export class Acts {
  constructor(private readonly accord: () => TestAccord) {}

  /** One mutation; its answer, refused or not. */
  async send(persona: string, mutation: string, selection: string, input: Input): Promise<Answer> {
    const client = await this.accord().as(persona);
    const kind = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation($input: ${kind}!) { ${mutation}(input: $input) { ${selection} } }`;
    return client.send(document, { input: { idempotencyKey: randomUUID(), ...input } });
  }

  /** One mutation that must not be refused. @returns what it answers. */
  async do(persona: string, mutation: string, selection: string, input: Input): Promise<Input> {
    const { data, errors } = await this.send(persona, mutation, selection, input);
    expect(errors).toBeUndefined();
    return data?.[mutation] as Input;
  }
}
