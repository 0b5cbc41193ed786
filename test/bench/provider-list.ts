import { parseArgs } from 'node:util';
import { CONTESTANTS, type Answer, type Contestant } from './kit/contestants.ts';
import { LoadProcess, type LoadRequest } from './kit/load-process.ts';
import { FULL, PLAIN, type Question } from './kit/questions.ts';
import { Stage, type StartedServer } from './kit/stage.ts';
import { assertAlike, Measured, printComparison } from './kit/comparison.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    slice: { type: 'string', default: '2000' },
    connections: { type: 'string', default: '16,64' },
    profile: { type: 'string' },
    only: { type: 'string' },
  },
});
const ROUNDS = Number(options.rounds);
const SLICE_MS = Number(options.slice);
/** Before each measurement, for connections to be made. */
const WARM_UP_MS = 250;
/** Before all of them, the same number for each: for the code to be compiled as it is after a minute in production. */
const WARM_UP_ANSWERS = 1_500;
const CONNECTIONS = options.connections.split(',').map(Number);

/** Callers of the rotation: boroughs inside and outside the agreement, and the alliance. */
const CALLERS = ['e09000005', 'e09000003', 'e09000009', 'e09000016', 'e09000001', 'e09000033'].map(
  (code) => `${code}-placements`,
);
CALLERS.push('alliance-safeguarding');

interface Started extends StartedServer {
  readonly contestant: Contestant;
}

const stage = await Stage.build();
const load = new LoadProcess();
try {
  const profile = options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`];
  const gateway = {
    contestant: CONTESTANTS.gateway,
    ...(await stage.serve('Accord', 'services/gateway/dist/main.js', profile)),
  };
  const handWritten = {
    contestant: CONTESTANTS.handWritten,
    ...(await stage.serve('hand-written', 'test/bench/hand-written.ts')),
  };
  const postgraphile = {
    contestant: CONTESTANTS.postgraphile,
    ...(await stage.serve('PostGraphile', 'test/bench/postgraphile.ts')),
  };
  await compare('What all can be asked', PLAIN, [gateway, handWritten, postgraphile]);
  if (options.only !== 'plain') await compare('With filters and every order', FULL, [gateway, handWritten]);
} finally {
  load.stop();
  await stage.close();
}

/** Runs one rotation against these servers in turn, round by round, and prints what came of it. */
async function compare(title: string, questions: readonly Question[], servers: readonly Started[]): Promise<void> {
  const requests = await Promise.all(servers.map((server) => prepare(server, questions)));
  assertAlike(
    servers.map(({ contestant }, index) => ({ name: contestant.name, answers: requests[index]?.answers ?? [] })),
  );
  console.log(
    `\n${title}: ${questions.length} requests, ${CALLERS.length} callers; ${servers.length} servers answer alike`,
  );
  for (const [index, { url }] of servers.entries()) {
    await load.run({
      url,
      connections: 16,
      warmUpAnswers: WARM_UP_ANSWERS,
      warmUpMs: 0,
      milliseconds: 0,
      requests: requests[index]?.requests ?? [],
    });
  }
  for (const connections of CONNECTIONS) {
    const measured = servers.map(({ contestant }) => new Measured(contestant.name));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (let turn = 0; turn < servers.length; turn += 1) {
        // Each begins in its turn, so that what grows or shrinks with time favours nobody.
        const index = (turn + round) % servers.length;
        const [server, asked, into] = [servers[index], requests[index], measured[index]];
        if (server && asked && into) await measure(server, asked.requests, connections, into);
      }
    }
    printComparison(connections, measured);
  }
}

interface Prepared {
  readonly requests: LoadRequest[];
  readonly answers: Answer[];
}

/** Asks each question once for each caller, with the cursors that this server gives. */
async function prepare({ url, contestant }: Started, questions: readonly Question[]): Promise<Prepared> {
  const prepared: Prepared = { requests: [], answers: [] };
  for (const { variables, pagesBefore, words } of questions) {
    for (const caller of CALLERS) {
      const authorization = `Bearer ${await stage.tokenOf(caller)}`;
      let after: string | null = null;
      for (let page = 0; page <= pagesBefore; page += 1) {
        const body = contestant.body({ ...variables, ...(after !== null && { after }) });
        const response = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization },
          body,
        });
        const text = await response.text();
        if (response.status !== 200 || text.includes('"errors"'))
          throw new Error(`${contestant.name}, ${words}: ${text.slice(0, 500)}`);
        const answer = contestant.read(text);
        if (page === pagesBefore) {
          prepared.requests.push({ authorization, body });
          prepared.answers.push(answer);
        }
        after = answer.endCursor;
      }
    }
  }
  return prepared;
}

async function measure(
  { url, process: server }: Started,
  requests: readonly LoadRequest[],
  connections: number,
  into: Measured,
): Promise<void> {
  const counted = await stage.count(server);
  const result = await load.run({ url, connections, warmUpMs: WARM_UP_MS, milliseconds: SLICE_MS, requests });
  const seconds = await counted();
  // The time of the warm-up is in the processors' time too: both are counted per second.
  const share = SLICE_MS / (SLICE_MS + WARM_UP_MS);
  into.add(result, {
    server: seconds.server * share,
    database: seconds.database * share,
    megabytes: server.residentMegabytes(),
  });
}
