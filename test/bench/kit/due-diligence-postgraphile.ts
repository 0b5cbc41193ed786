import type { Contestant } from './contestant.ts';
import { FIRST, type Answered, type Item } from './due-diligence.ts';
import type { ProviderVariables } from './provider-contestants.ts';

/** In PostGraphile's words: all that was ever answered, and the questions beside it. Its client puts them together. */
export const QUESTIONS = `allDueDiligenceSets(condition: { state: "PUBLISHED" }) {
  nodes { noticeDays questions { nodes { askedId code text category subject placementTypes place } } }
}`;
export const ANSWERS = `allHomes: homes { nodes { rowId name placementTypes } }
answers { nodes {
  rowId subjectId askedId value isHeld assurance answeredOn validUntil recordedAt withdrawnOn owner { name }
} }
marks { nodes { answerId kind assurance replacedAt } }`;

const QUERY = `query ProviderDueDiligence($id: UUID!) { ${QUESTIONS} providerByRowId(rowId: $id) { rowId ${ANSWERS} } }`;

interface Question {
  readonly askedId: string;
  readonly code: string;
  readonly text: string;
  readonly category: string;
  readonly subject: string;
  readonly placementTypes: readonly string[];
  readonly place: number;
}

interface SeenAnswer {
  readonly rowId: string;
  readonly subjectId: string;
  readonly askedId: string;
  readonly value: string;
  readonly isHeld: boolean;
  readonly assurance: string;
  readonly answeredOn: string;
  readonly validUntil: string | null;
  readonly recordedAt: string;
  readonly withdrawnOn: string | null;
  readonly owner: { readonly name: string } | null;
}

interface Nodes<T> {
  readonly nodes: readonly T[];
}

export interface DueDiligenceData {
  readonly allDueDiligenceSets: Nodes<{ readonly noticeDays: number; readonly questions: Nodes<Question> }>;
  readonly providerByRowId: {
    readonly rowId: string;
    readonly allHomes: Nodes<{ readonly rowId: string; readonly name: string; readonly placementTypes: string[] }>;
    readonly answers: Nodes<SeenAnswer>;
    readonly marks: Nodes<unknown>;
  };
}

interface Subject {
  readonly id: string;
  readonly name: string;
  readonly isHome: boolean;
  readonly types: readonly string[];
}

export const POSTGRAPHILE_DUE_DILIGENCE: Contestant<ProviderVariables, Answered> = {
  name: 'PostGraphile',
  body: (variables) => JSON.stringify({ query: QUERY, operationName: 'ProviderDueDiligence', variables }),
  read: (text) => {
    const { data } = JSON.parse(text) as { readonly data: DueDiligenceData };
    return { said: answeredOf(data), endCursor: null };
  },
};

export function answeredOf({ allDueDiligenceSets: sets, providerByRowId: provider }: DueDiligenceData): Answered {
  const [set] = sets.nodes;
  if (!set || provider.marks.nodes.length > 0) throw new Error('The bench world has one set, and no marks.');
  const homes = provider.allHomes.nodes.map((home) => ({
    id: home.rowId,
    name: home.name,
    isHome: true,
    types: home.placementTypes,
  }));
  const own = { id: provider.rowId, name: '', isHome: false, types: homes.flatMap(({ types }) => types) };
  const asked = set.questions.nodes
    .flatMap((question) => [own, ...homes].filter(isAsked(question)).map((subject) => ({ question, subject })))
    .toSorted((a, b) => a.question.place - b.question.place || inOrder(a.subject, b.subject))
    .slice(0, FIRST);
  const nodes = asked.map(({ question, subject }) =>
    itemOf(question, latest(provider.answers.nodes, question, subject), set.noticeDays),
  );
  return { id: provider.rowId, dueDiligence: { nodes } };
}

const isAsked =
  ({ subject, placementTypes }: Question) =>
  ({ isHome, types }: Subject): boolean =>
    isHome === (subject === 'HOME') &&
    (placementTypes.length === 0 || placementTypes.some((type) => types.includes(type)));

const inOrder = (one: Subject, other: Subject): number =>
  one.name === other.name ? (one.id < other.id ? -1 : 1) : one.name < other.name ? -1 : 1;

function latest(answers: readonly SeenAnswer[], { askedId }: Question, { id }: Subject): SeenAnswer | undefined {
  return answers
    .filter((answer) => answer.subjectId === id && answer.askedId === askedId && answer.withdrawnOn === null)
    .toSorted((a, b) => (key(a) < key(b) ? 1 : -1))[0];
}

const key = ({ answeredOn, recordedAt, rowId }: SeenAnswer): string => `${answeredOn} ${recordedAt} ${rowId}`;

const LONDON = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' });

function itemOf({ code, text, category }: Question, answer: SeenAnswer | undefined, noticeDays: number): Item {
  const question = { code, text, category };
  if (!answer) {
    const nothing = { value: null, assurance: null, answeredOn: null, validUntil: null, answeredBy: null };
    return { question, state: 'MISSING', ...nothing };
  }
  const { value, assurance, answeredOn, validUntil, owner } = answer;
  const now = new Date();
  const soon = LONDON.format(new Date(now.getTime() + noticeDays * 86_400_000));
  const state =
    validUntil === null || validUntil > soon ? 'CURRENT' : validUntil < LONDON.format(now) ? 'EXPIRED' : 'EXPIRING';
  return { question, value, state, assurance, answeredOn, validUntil, answeredBy: owner };
}
