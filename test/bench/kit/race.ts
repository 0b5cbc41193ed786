import { parseArgs } from 'node:util';
import { assertAlike, Measured, printComparison, type Cost } from './comparison.ts';
import type { Answer, Contestant, Contestants, Question, ServerName } from './contestant.ts';
import { LoadProcess, type LoadRequest, type LoadResult } from './load-process.ts';
import { Stage, type StartedServer } from './stage.ts';

/** Before each measurement, for connections to be made. */
const WARM_UP_MS = 250;
/**
 * Before all of them, the same number for each, or a minute: for the code to be compiled as it is after a minute in production. The
 * processor time of an answer goes on falling: of the dossier 3.3 ms over the first 4,000, 2.0 over the next, 1.6 beyond
 * 16,000, the more the more code there is.
 */
const WARM_UP_ANSWERS = 20_000;

const SERVERS: Readonly<Record<ServerName, { readonly name: string; readonly script: string }>> = {
  gateway: { name: 'Accord', script: 'services/gateway/dist/main.js' },
  handWritten: { name: 'hand-written', script: 'test/bench/hand-written.ts' },
  postgraphile: { name: 'PostGraphile', script: 'test/bench/postgraphile.ts' },
};

/** What one rotation asks, of whom, in whose name. */
export interface Rotation<V extends object, T> {
  readonly title: string;
  /** Subjects of the bench world's directory. */
  readonly callers: readonly string[];
  readonly questions: readonly Question<V>[];
  readonly contestants: Contestants<V, T>;
}

/** Accord and the servers beside it on one stage, asked the same and loaded in turn. */
export class Race {
  readonly stage: Stage;
  readonly only: string | undefined;
  readonly #load = new LoadProcess();
  readonly #servers = new Map<string, StartedServer>();
  readonly #rounds: number;
  readonly #sliceMs: number;
  readonly #connections: readonly number[];
  readonly #profile: string | undefined;

  private constructor(stage: Stage) {
    const { values } = parseArgs({
      options: {
        rounds: { type: 'string', default: '5' },
        slice: { type: 'string', default: '2000' },
        connections: { type: 'string', default: '16,64' },
        profile: { type: 'string' },
        only: { type: 'string' },
      },
    });
    this.stage = stage;
    this.only = values.only;
    this.#rounds = Number(values.rounds);
    this.#sliceMs = Number(values.slice);
    this.#connections = values.connections.split(',').map(Number);
    this.#profile = values.profile;
  }

  /** Builds the stage with all servers on it, runs, and removes everything. */
  static async hold(run: (race: Race) => Promise<void>): Promise<void> {
    const race = new Race(await Stage.build());
    try {
      for (const { name, script } of Object.values(SERVERS)) {
        const isProfiled = name === SERVERS.gateway.name && race.#profile !== undefined;
        const nodeOptions = isProfiled ? ['--cpu-prof', `--cpu-prof-dir=${race.#profile}`] : [];
        race.#servers.set(name, await race.stage.serve(name, script, nodeOptions));
      }
      await run(race);
    } finally {
      race.#load.stop();
      await race.stage.close();
    }
  }

  /** Runs one rotation against its servers in turn, round by round, and prints what came of it. */
  async run<V extends object, T>({ title, callers, questions, contestants }: Rotation<V, T>): Promise<void> {
    const runners: Runner<T>[] = [];
    for (const contestant of Object.values(contestants)) {
      const server = this.#servers.get(contestant.name);
      if (server === undefined) throw new Error(`No server is ${contestant.name}.`);
      runners.push({ name: contestant.name, server, ...(await this.#ask(server, contestant, callers, questions)) });
    }
    assertAlike(runners);
    console.log(
      `\n${title}: ${questions.length} requests, ${callers.length} callers; ${runners.length} servers answer alike`,
    );
    for (const { server, requests } of runners) {
      await this.#load.run({
        url: server.url,
        connections: 16,
        warmUpAnswers: WARM_UP_ANSWERS,
        warmUpMs: 0,
        milliseconds: 0,
        requests,
      });
    }
    for (const connections of this.#connections) {
      const measured = runners.map(({ name }) => new Measured(name));
      // The first round is not counted: whoever waited for the others to be warm has given up connections meanwhile.
      for (let round = 0; round <= this.#rounds; round += 1) {
        for (let turn = 0; turn < runners.length; turn += 1) {
          // Each begins in its turn, so that what grows or shrinks with time favours nobody.
          const index = (turn + round) % runners.length;
          const [runner, into] = [runners[index], measured[index]];
          if (!runner || !into) continue;
          const result = await this.#measure(runner, connections);
          if (round > 0) into.add(...result);
        }
      }
      printComparison(connections, measured);
    }
  }

  /** Asks each question once for each caller, with the cursors that this server gives. */
  async #ask<V extends object, T>(
    { url }: StartedServer,
    contestant: Contestant<V, T>,
    callers: readonly string[],
    questions: readonly Question<V>[],
  ): Promise<{ requests: LoadRequest[]; answers: Answer<T>[] }> {
    const requests: LoadRequest[] = [];
    const answers: Answer<T>[] = [];
    for (const { variables, pagesBefore, words } of questions) {
      for (const caller of callers) {
        const authorization = `Bearer ${await this.stage.tokenOf(caller)}`;
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
            requests.push({ authorization, body });
            answers.push(answer);
          }
          after = answer.endCursor;
        }
      }
    }
    return { requests, answers };
  }

  async #measure({ server, requests }: Runner<unknown>, connections: number): Promise<[LoadResult, Cost]> {
    const counted = await this.stage.count(server.process);
    const order = { url: server.url, connections, warmUpMs: WARM_UP_MS, milliseconds: this.#sliceMs, requests };
    const result = await this.#load.run(order);
    const seconds = await counted();
    // The time of the warm-up is in the processors' time too: both are counted per second.
    const share = this.#sliceMs / (this.#sliceMs + WARM_UP_MS);
    const megabytes = server.process.residentMegabytes();
    return [result, { server: seconds.server * share, database: seconds.database * share, megabytes }];
  }
}

/** A server with what it is asked, and what it answered to each. */
interface Runner<T> {
  readonly name: string;
  readonly server: StartedServer;
  readonly requests: readonly LoadRequest[];
  readonly answers: readonly Answer<T>[];
}
