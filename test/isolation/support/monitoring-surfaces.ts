import { parse, type DocumentNode } from 'graphql';
import type { InsideGateway } from './inside-gateway.js';
import type { RowOf } from './load-world.js';
import { BOROUGHS_OWN } from './monitoring-model.js';
import { lineOf, named, namesOf } from './monitoring-shape.js';
import type { MonitoringWorld } from './monitoring-world.js';
import { SAID } from './said.js';
import { WorldReader, type Page } from './world-reader.js';

const SHAPES = `
fragment V on Visit { id borough { id } provider { id } home { id } visitedOn state outcome reasonOther
  providerRepresentatives withdrawalReason }
fragment Whole on Visit { ...V sharing { level } answers { code value checkedBy } expectations { code assessment }
  visitors { name } visitorParts { by words { words } photos { id shownToOthers } } findings { id state summary reply writtenBy publishedBy }
  actions { id what findingId state verifiedBy } }
fragment I on DueDiligenceItem { question { code } home { id } state value answeredBy { id } assurance answeredOn
  validUntil answer { id } earlier { id } isAskedAgain }
fragment A on DueDiligenceAnswer { id provider { id } home { id } answeredBy { id } value assurance note recordedBy
  withdrawalReason marks { id by { id } assurance reason } }
fragment H on Hold { id borough { id } home { id } scope existenceOnly reason startsOn liftedOn decidedAt sharing
  sharingReason }
fragment R on Reference { id home { id } borough { id } state answers { question answer } answeredOn
  requestedBy { id } youngPeople usedSince declineReason answeredBy sharedWithAlliance }
fragment Q on ReferenceRequest { id provider { id } home { id } borough { id } requestedBy questions dueOn state
  required received { ...R } }
fragment C on SavedPlacementCheck { id home { id } reference }`;

const PROVIDER = `visits(first: 100) { nodes { ...V } } dueDiligence(first: 100) { nodes { ...I } }
  holds(first: 100) { nodes { ...H } } references(first: 100) { nodes { ...R } }`;
const LISTS = parse(`query($home: ID!, $first: ID!, $second: ID!) {
  visits(first: 100) { nodes { ...V } }
  drafts: visits(first: 100, state: DRAFT) { nodes { id } }
  home0: home(id: $home) {
    visits(first: 100) { nodes { ...V } }
    dueDiligence(first: 100) { nodes { ...I } }
    required: dueDiligence(first: 100, filter: { mandatory: true }) { nodes { question { code } state } }
  }
  provider0: provider(id: $first) {
    ${PROVIDER}
    doubtful: dueDiligence(first: 100, filter: { state: [EXPIRED, CHALLENGED] }) { nodes { answer { id } } }
  }
  provider1: provider(id: $second) { ${PROVIDER} }
  referenceRequests(first: 100) { nodes { ...Q } }
  referenceSetting { required }
} ${SHAPES}`);

/** What only a borough has. */
const OWN = {
  visitRules: 'visitRules { id name functions every { count } }',
  visitSchedule: 'visitSchedule(first: 100) { nodes { home { id } rule { id } dueOn state lastVisitOn } }',
  visitScheduleFigures: 'visitScheduleFigures { upcoming due overdue done }',
  hostNotices: 'hostNotices { placingBorough { id } hostBorough { id } upToDateAsAt isBehind }',
} satisfies Record<(typeof BOROUGHS_OWN)[number], string>;
const OWN_LISTS = parse(`query($home: ID!) {
  check0: placementCheck(input: { homeId: $home, ageBand: AGED_18_PLUS }) {
    holds { ...H } answers { ...I } references { state required received { ...R } }
    blocks { code message } warnings { code message source }
  }
  ${Object.values(OWN).join('\n')}
  escalatedActions { id }
  myVisits { visitId showsName submittedOn words { words } photos { id } }
  savedPlacementChecks(first: 100) { nodes { ...C } }
  home0: home(id: $home) { scheduledVisits { rule { id } } visitsDone { rule { id } doneOn } }
} ${SHAPES}`);
const ONE_OWN = BOROUGHS_OWN.map((surface) => parse(`{ ${OWN[surface]} }`));

/** Small, so that lists go on over several pages. */
const PAGES = {
  visits: parse(`query($id: ID!, $after: String) { provider(id: $id) {
    page: visits(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }`),
  dueDiligence: parse(`query($id: ID!, $after: String) { provider(id: $id) {
    page: dueDiligence(first: 3, after: $after) { nodes { question { code } home { id } state }
      pageInfo { hasNextPage endCursor } } } }`),
};

const IN_WORDS = new Set(['content', 'blocks', 'warnings']);
const TIME = /"\d{4}-\d\d-\d\dT[^"]*"/g;

type List = { readonly nodes: readonly unknown[] } | readonly unknown[];

/** Somebody of a tenant, who looks at all that is monitored and keeps what they were told. */
export class MonitoringReader extends WorldReader {
  readonly #names: ReadonlyMap<string, string>;
  /** What of the world any of the answers had, wherever in it: texts, and the model’s words for ids. */
  readonly #met = new Set<string>();

  constructor(
    gateway: InsideGateway,
    private readonly world: MonitoringWorld,
    rowOf: RowOf,
    tenant: number,
  ) {
    super(gateway, world, rowOf, tenant);
    this.#names = namesOf(world, rowOf);
  }

  async read(): Promise<{ readonly lines: readonly string[]; readonly met: ReadonlySet<string> }> {
    await this.unlessKeptOut('read', async () => {
      const [home, first, second] = [this.rowOf('home', 0), this.rowOf('provider', 0), this.rowOf('provider', 1)];
      await this.#tellOf(LISTS, { home, first, second });
      for (const [list, document] of Object.entries(PAGES)) await this.#turnPages(list, document, first);
      await this.#readEach();
      // What is refused to the alliance would take the rest of its answer with it, and is asked for alone.
      if (this.tenant === 0) for (const document of ONE_OWN) await this.#tellOf(document, {});
      else await this.#tellOf(OWN_LISTS, { home });
    });
    return { lines: this.lines.toSorted(), met: this.#met };
  }

  /** Every thing of a world by its id, whether or not the tenant can know of it. */
  async #readEach(): Promise<void> {
    const { visits, holds, answers, requests, checks } = this.world;
    const numbers = {
      visit: visits.map(({ number }) => number),
      hold: holds,
      answer: answers.map(({ number }) => number),
      request: [...requests.keys()],
      // Only a borough checks.
      saved: this.tenant === 0 ? [] : [...checks.keys()],
    };
    const kinds = Object.entries(numbers);
    const ids = kinds.flatMap(([kind, all]) =>
      all.map((number): [string, string] => [`${kind}${number}`, this.rowOf(ROWS[kind] ?? 'sharing', number)]),
    );
    if (ids.length > 0) await this.#tellOf(each(numbers), Object.fromEntries(ids));
  }

  async #turnPages(list: string, document: DocumentNode, id: string): Promise<void> {
    for (let after: string | null | undefined; after !== null;) {
      const { data } = await this.#asked(document, { id, after });
      const { page } = data['provider'] as { page: Page<unknown> };
      for (const node of page.nodes) this.#show(`page ${list}`, node);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    }
  }

  async #tellOf(document: DocumentNode, variables: Record<string, unknown>): Promise<void> {
    const { data } = await this.#asked(document, variables);
    for (const [surface, shown] of Object.entries(data as Readonly<Record<string, object | null>>)) {
      if (shown === null) continue;
      if (!/^(home|provider)\d$/.test(surface)) this.#tellList(surface.replace(/(\d+)$/, ' $1'), shown);
      else
        for (const [list, own] of Object.entries(shown as Readonly<Record<string, object>>))
          this.#tellList(`${surface} ${list}`, own);
    }
  }

  async #asked(document: DocumentNode, variables: Record<string, unknown>) {
    const answer = await this.ask(document, variables);
    const text = JSON.stringify(answer.data);
    for (const said of text.match(SAID) ?? []) this.#met.add(said);
    for (const [id, name] of this.#names) if (text.includes(id)) this.#met.add(name);
    return answer;
  }

  #tellList(surface: string, shown: object): void {
    const list = 'nodes' in shown || Array.isArray(shown) ? (shown as List) : [shown];
    for (const node of 'nodes' in list ? list.nodes : list) this.#show(surface, node);
  }

  /** What is of another world keeps its id: no line of the model has one. Of what is in words alone, its texts are looked at. */
  #show(surface: string, node: unknown): void {
    const shown = JSON.stringify(node, (key, value: unknown) => (IN_WORDS.has(key) ? undefined : value));
    const text = named(shown, this.#names).replaceAll(TIME, '"a time"');
    this.tell(surface, lineOf('', JSON.parse(text)).trimStart());
  }
}

/** Which rows ids are of that are no sharing’s. */
const ROWS: Readonly<Record<string, string>> = { request: 'request', saved: 'check' };

const FIELDS: Readonly<Record<string, (n: number) => string>> = {
  visit: (n) => `visit${n}: visit(id: $visit${n}) { ...Whole }
    file${n}: visitFile(id: $visit${n}, format: HTML) { mediaType content }`,
  hold: (n) => `hold${n}: hold(id: $hold${n}) { ...H }`,
  answer: (n) => `answer${n}: dueDiligenceAnswer(id: $answer${n}) { ...A }`,
  request: (n) => `request${n}: referenceRequest(id: $request${n}) { ...Q }`,
  saved: (n) => `saved${n}: savedPlacementCheck(id: $saved${n}) { saved { ...C } }`,
};

const parsed = new Map<string, DocumentNode>();

/** A document for things of these numbers, parsed once for all who ask in a world. */
function each(numbers: Readonly<Record<string, readonly number[]>>): DocumentNode {
  const key = JSON.stringify(numbers);
  const things = Object.entries(numbers).flatMap(([kind, all]) => all.map((number) => [kind, number] as const));
  const known =
    parsed.get(key) ??
    parse(`query(${things.map(([kind, n]) => `$${kind}${n}: ID!`).join(' ')}) {
      ${things.map(([kind, n]) => FIELDS[kind]?.(n) ?? '').join('\n')}
    } ${SHAPES}`);
  parsed.set(key, known);
  return known;
}
