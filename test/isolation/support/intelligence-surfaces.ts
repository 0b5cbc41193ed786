import { parse, type DocumentNode } from 'graphql';
import type { ModelWorld } from './audience-model.js';
import type { InsideGateway } from './inside-gateway.js';
import type { RowOf } from './load-world.js';
import { WorldReader, type Page, type Told } from './world-reader.js';

interface Node {
  readonly id: string;
  readonly borough?: { readonly id: string } | null;
  readonly summary?: string | null;
  readonly detail?: string | null;
  readonly readers?: { readonly nodes: Read[] } | null;
}

interface Read {
  readonly itemId: string;
  readonly kind: string;
  readonly reader: { readonly tenant: { readonly id: string } | null };
}

interface Provider {
  readonly visibleIntelligenceCount: number;
  readonly intelligence: { readonly nodes: Node[] };
}

interface ExportRow {
  readonly id: string;
  /** An organisation of a random world is named by its id. */
  readonly borough: string | null;
  readonly summary: string;
  readonly detail: string | null;
}

const SHOWN = 'id summary borough { id name }';
const READ = 'itemId kind reader { id displayName tenant { id name } }';
const PAGE = `pageInfo { hasNextPage endCursor }`;

/** Small, so that a list goes on over several pages. */
const FEW = 3;

const LIST = `list: intelligence(first: ${FEW}, after: $after) { nodes { ${SHOWN} } ${PAGE} }`;
const NEXT_ITEMS = parse(`query($after: String) { ${LIST} }`);
const LOG = `nodes { ${READ} } ${PAGE}`;
const READS = parse(`query($after: String) { log: readLog(first: 20, after: $after) { ${LOG} } }`);

const PROVIDER = `visibleIntelligenceCount intelligence(first: 100) { nodes { ${SHOWN} } }`;
const LISTS = parse(`query($home: ID, $first: ID!, $second: ID!, $after: String) {
  ${LIST}
  search: intelligence(first: 100, filter: { search: "odd" }) { nodes { ${SHOWN} } }
  others: intelligence(first: 100, filter: { mine: false }) { nodes { ${SHOWN} } }
  home: intelligence(first: 100, filter: { homeId: $home }) { nodes { ${SHOWN} } }
  provider0: provider(id: $first) { ${PROVIDER} }
  provider1: provider(id: $second) { ${PROVIDER} }
}`);

/** Every item of a world by its id, whether or not the tenant can know of it; the others' detail in an export too. */
const acts = documents(
  (items) => `mutation(${items.map((n) => `$id${n}: ID!`).join(' ')}) {
  ${items.map((n) => `open${n}: openIntelligence(id: $id${n}, purpose: SAFEGUARDING) { item { ${SHOWN} detail } }`).join('\n')}
  export: exportIntelligence(input: { format: JSON, purpose: MONITORING }) { file { rowCount content } }
}`,
);
const looks = documents(
  (items) => `query(${items.map((n) => `$id${n}: ID!`).join(' ')} $isBorough: Boolean!) {
  log: readLog(first: 20) @include(if: $isBorough) { ${LOG} }
  ${items.map((n) => `item${n}: intelligenceItem(id: $id${n}) { ${SHOWN} detail readers(first: 100) { nodes { ${READ} } } }`).join('\n')}
}`,
);

/** A document for each number of items, parsed once. */
function documents(of: (items: readonly number[]) => string): (count: number) => DocumentNode {
  const parsed = new Map<number, DocumentNode>();
  return (count) => {
    const known = parsed.get(count) ?? parse(of(Array.from({ length: count }, (_, number) => number)));
    parsed.set(count, known);
    return known;
  };
}

/** Somebody of a tenant, who looks at all that there is about intelligence and keeps what they were told. */
export class Reader extends WorldReader {
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #items: Record<string, string>;

  constructor(gateway: InsideGateway, world: ModelWorld, rowOf: RowOf, tenant: number) {
    super(gateway, world, rowOf, tenant);
    this.#numbers = new Map(world.sharings.map((_, number) => [rowOf('sharing', number), number]));
    this.#items = Object.fromEntries(world.sharings.map((_, number) => [`id${number}`, rowOf('sharing', number)]));
  }

  /** Reads every list, opens every item and has all exported. */
  async read(): Promise<void> {
    await this.unlessKeptOut('read', async () => {
      await this.#readLists();
      await this.#act();
    });
  }

  /** Looks, once everybody has read, at each item and at who read the own ones. */
  async look(): Promise<Told> {
    await this.unlessKeptOut('look', async () => {
      // What is refused to the alliance would take the rest of its answer with it, and is asked for alone.
      const isBorough = this.tenant !== 0;
      const { data } = await this.ask(looks(this.#numbers.size), { ...this.#items, isBorough });
      const { log, ...nodes } = data as Record<string, Node | null> & { log?: Page<Read> };
      for (const node of Object.values(nodes)) {
        if (node === null) continue;
        this.tell('item', `${this.#shown(node)}, ${node.detail}`);
        for (const read of node.readers?.nodes ?? []) this.tell('readers', this.#logged(read));
      }
      const first = isBorough ? log : ((await this.ask(READS, {})).data['log'] as Page<Read> | undefined);
      for (const read of await this.#all(first, 'log', READS)) this.tell('log', this.#logged(read));
    });
    return { lines: this.lines.toSorted(), named: this.named };
  }

  async #readLists(): Promise<void> {
    const [home, first, second] = [this.rowOf('home', 0), this.rowOf('provider', 0), this.rowOf('provider', 1)];
    const { data } = await this.ask(LISTS, { home, first, second });
    const all = await this.#all(data['list'] as Page<Node>, 'list', NEXT_ITEMS);
    for (const node of all) this.tell('list', this.#shown(node));
    for (const list of ['search', 'others', 'home']) {
      for (const node of (data[list] as Page<Node>).nodes) this.tell(list, this.#shown(node));
    }
    for (const number of [0, 1]) {
      const { visibleIntelligenceCount: count, intelligence } = data[`provider${number}`] as Provider;
      this.tell(`provider ${number} has`, String(count));
      for (const node of intelligence.nodes) this.tell(`provider ${number}`, this.#shown(node));
    }
  }

  async #act(): Promise<void> {
    const { data } = await this.ask(acts(this.#numbers.size), this.#items);
    const { export: exported, ...opened } = data as Record<string, { item: Node } | null> & {
      export: { file: { content: string } };
    };
    for (const answer of Object.values(opened)) {
      if (answer !== null) this.tell('open', `${this.#shown(answer.item)}, ${answer.item.detail}`);
    }
    const { rows } = JSON.parse(exported.file.content) as { rows: ExportRow[] };
    for (const row of rows) {
      const borough = row.borough === null ? null : { id: row.borough };
      this.tell('export', `${this.#shown({ ...row, borough })}, ${row.detail}`);
    }
  }

  /** A list from its first page to its last; nothing where it was refused. */
  async #all<T>(first: Page<T> | undefined, list: string, next: DocumentNode): Promise<T[]> {
    const nodes: T[] = [];
    for (let page = first; page !== undefined;) {
      nodes.push(...page.nodes);
      const { hasNextPage, endCursor: after } = page.pageInfo;
      page = hasNextPage ? ((await this.ask(next, { after })).data[list] as Page<T>) : undefined;
    }
    return nodes;
  }

  #shown({ id, borough, summary }: Node): string {
    return `${this.#item(id)} of ${borough ? this.organisation(borough.id) : 'nobody'}: ${summary}`;
  }

  #logged({ itemId, kind, reader }: Read): string {
    return `${this.#item(itemId)} ${kind} by ${this.organisation(reader.tenant?.id ?? 'nobody')}`;
  }

  /** What is of another world keeps its id: no line of the model has one. */
  #item(id: string): string {
    return String(this.#numbers.get(id) ?? id);
  }
}
