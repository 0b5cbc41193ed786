import { badInput, fingerprint } from '@accord/kernel';
import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import type { Operation } from './operation.js';

export const MOST_PER_PAGE = 100;

@ObjectType({ simpleResolvers: true, description: 'Where a page ends and whether another follows.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more follow.' })
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor to go on from; null on an empty page.' })
  endCursor!: string | null;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { description: `How many, 1 to ${MOST_PER_PAGE}.` })
  first!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'The cursor after which to go on: opaque, and good only for the same caller’s tenant, filter and order.',
  })
  after?: string | null;
}

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

export interface Connection<T> {
  readonly edges: Edge<T>[];
  readonly nodes: T[];
  readonly pageInfo: PageInfo;
}

/** The GraphQL types `XEdge` and `XConnection` of a node type; a counted connection has `totalCount`. */
export function connectionOf<T extends object>(
  node: ClassType<T>,
  name: string,
  { counted = false }: { counted?: boolean } = {},
): { Edge: ClassType<Edge<T>>; Connection: ClassType<Connection<T>> } {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `A ${name} and its place in the list.` })
  class NodeEdge implements Edge<T> {
    @Field(() => String, { description: 'The place, to go on from.' })
    cursor!: string;

    @Field(() => node, { description: 'What is there.' })
    node!: T;
  }

  @ObjectType({ simpleResolvers: true })
  abstract class Page implements Connection<T> {
    @Field(() => [NodeEdge], { description: 'The page with the place of each.' })
    edges!: NodeEdge[];

    @Field(() => [node], { description: 'The page.' })
    nodes!: T[];

    @Field(() => PageInfo, { description: 'Where the page ends.' })
    pageInfo!: PageInfo;
  }

  const described = { simpleResolvers: true, description: `A page of a list of ${name}.` };
  if (!counted) {
    @ObjectType(`${name}Connection`, described)
    class NodeConnection extends Page {}
    return { Edge: NodeEdge, Connection: NodeConnection };
  }

  @ObjectType(`${name}Connection`, described)
  class CountedConnection extends Page {
    @Field(() => Int, { nullable: true, description: 'How many there are on all pages; counted only when asked for.' })
    totalCount!: number | null;
  }
  return { Edge: NodeEdge, Connection: CountedConnection };
}

/** Whether so many may be asked for at a time. */
const isPageSize = (first: unknown): first is number =>
  typeof first === 'number' && first >= 1 && first <= MOST_PER_PAGE;

/** Whether the arguments of a list ask for its first page, and for one that there can be. */
export const isFirstPage = (args: Readonly<Record<string, unknown>>): args is { first: number } =>
  isPageSize(args['first']) && (args['after'] === null || args['after'] === undefined);

/** The values that a list is ordered by, of the last row of a page; the last of them is unique. */
export type Place = readonly (string | number | null)[];

/**
 * A list that can be paged: its cursors are sealed and bound to the tenant, the list, its order and filter.
 * In clear they would tell how much lies between two rows that one may see.
 */
export class Paging {
  #bound: string | undefined;

  constructor(
    private readonly op: Operation,
    private readonly tenantId: string,
    private readonly list: string,
    private readonly orderAndFilter: unknown,
  ) {}

  /** What its cursors are bound to; most pages need none. */
  get #context(): string {
    return (this.#bound ??= `${this.tenantId} ${this.list} ${fingerprint(this.orderAndFilter)}`);
  }

  /** How many were asked for. @throws AccordError `BAD_USER_INPUT` outside 1 to 100. */
  size(first: number): number {
    if (!isPageSize(first)) {
      throw badInput('first', `Ask for 1 to ${MOST_PER_PAGE} at a time and go on with "after".`);
    }
    return first;
  }

  /** Where to go on from, or null for the start. @throws AccordError `BAD_USER_INPUT` on a foreign cursor. */
  after(cursor: string | null | undefined): Place | null {
    if (cursor === null || cursor === undefined) return null;
    const place = this.op.runtime.cursors.open(cursor, this.#context);
    if (!Array.isArray(place)) throw staleCursor();
    return place as Place;
  }

  cursor(place: Place): string {
    return this.op.runtime.cursors.close(place, this.#context);
  }

  /** A page of `rows`, which are one more than asked for when there are more. Cursors are sealed when they are read. */
  page<R, T>(rows: readonly R[], size: number, place: (row: R) => Place, node: (row: R) => T): Connection<T> {
    const edges = rows.slice(0, size).map((row) => new SealedEdge(node(row), () => this.cursor(place(row))));
    return {
      edges,
      nodes: edges.map((edge) => edge.node),
      pageInfo: {
        hasNextPage: rows.length > size,
        get endCursor() {
          return edges.at(-1)?.cursor ?? null;
        },
      },
    };
  }
}

/** Its cursor is sealed when it is first read: most pages are read without. */
class SealedEdge<T> implements Edge<T> {
  #cursor: string | undefined;

  constructor(
    readonly node: T,
    private readonly seal: () => string,
  ) {}

  get cursor(): string {
    this.#cursor ??= this.seal();
    return this.#cursor;
  }
}

export const staleCursor = () =>
  badInput('after', 'This cursor is not one of this list under this filter and order. Start again without "after".');
