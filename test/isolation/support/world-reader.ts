import type { Credential } from '@accord/access';
import { AccordError } from '@accord/kernel';
import type { DocumentNode } from 'graphql';
import type { ModelWorld } from './audience-model.js';
import type { Answer, InsideGateway } from './inside-gateway.js';
import type { RowOf } from './load-world.js';

/** What a tenant of a world was told. */
export interface Told {
  /** A line for each thing that a surface showed, in the model's numbers and as the model writes it. */
  readonly lines: string[];
  /** Whom of the world's organisations any of the answers named. */
  readonly named: Set<number>;
}

/** A list as it is read, page by page. */
export interface Page<T> {
  readonly nodes: T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Somebody of a tenant of a random world, who asks a gateway and keeps what they were told. */
export abstract class WorldReader {
  protected readonly lines: string[] = [];
  protected readonly named = new Set<number>();
  readonly #organisations: ReadonlyMap<string, number>;
  readonly #who: Credential;

  constructor(
    private readonly gateway: InsideGateway,
    world: ModelWorld,
    protected readonly rowOf: RowOf,
    protected readonly tenant: number,
  ) {
    this.#organisations = new Map(world.suspended.map((_, number) => [rowOf('organisation', number), number]));
    this.#who = {
      tenantId: rowOf('organisation', tenant),
      principalId: rowOf('principal', tenant),
      roles: null,
      expiresAt: new Date('2100-01-01'),
      keyId: null,
    };
  }

  /** Somebody of a suspended organisation is not let in at all. */
  protected async unlessKeptOut(what: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof AccordError)) throw error;
      this.tell(what, error.code);
    }
  }

  protected async ask(document: DocumentNode, variables: Record<string, unknown>): Promise<Answer> {
    const answer = await this.gateway.answer(this.#who, document, variables);
    const text = JSON.stringify(answer.data);
    for (const [id, number] of this.#organisations) if (text.includes(id)) this.named.add(number);
    // A thing's field has its number at its end.
    for (const [field, code] of answer.refused) this.tell(field.replace(/(\d+)$/, ' $1'), code);
    return answer;
  }

  protected tell(surface: string, what: string): void {
    this.lines.push(`${surface} ${what}`);
  }

  protected organisation(id: string): string {
    return String(this.#organisations.get(id) ?? id);
  }
}
