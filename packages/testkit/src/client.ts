import { createClient as createWebSocketClient, type Client as WebSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** A GraphQL answer as a client sees it. */
export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly data: T | null | undefined;
  readonly errors: readonly AnswerError[] | undefined;
  /** The body as it came over the wire. */
  readonly text: string;
}

export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly requestId: string; readonly [key: string]: unknown };
}

/** A client of a running gateway that shows one authorization, or none. */
export class TestClient {
  constructor(
    readonly url: string,
    readonly authorization: string | undefined,
  ) {}

  async send<T = Record<string, unknown>>(query: string, variables: Record<string, unknown> = {}): Promise<Answer<T>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      ...requestOf(query, variables, this.#headers()),
    });
    const text = await response.text();
    const body = JSON.parse(text) as Pick<Answer<T>, 'data' | 'errors'>;
    return { status: response.status, data: body.data, errors: body.errors, text };
  }

  /** The data of an operation that must succeed. @throws Error with its errors. */
  async data<T = Record<string, unknown>>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const { data, errors } = await this.send<T>(query, variables);
    if (errors || !data) throw new Error(`The operation failed: ${JSON.stringify(errors)}`);
    return data;
  }

  /** Subscribes over WebSocket (graphql-transport-ws). */
  subscribe<T = Record<string, unknown>>(query: string, variables: Record<string, unknown> = {}): TestStream<T> {
    const client = createWebSocketClient({
      url: `${this.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      ...(this.authorization !== undefined && { connectionParams: { Authorization: this.authorization } }),
    });
    return TestStream.overWebSocket<T>(client, query, variables);
  }

  /** Subscribes over Server-Sent Events. */
  stream<T = Record<string, unknown>>(query: string, variables: Record<string, unknown> = {}): TestStream<T> {
    const controller = new AbortController();
    const stream = new TestStream<T>(() => controller.abort());
    const read = async () => {
      const response = await fetch(`${this.url}/graphql/stream`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...this.#headers() },
        body: JSON.stringify({ query, variables }),
        signal: controller.signal,
      });
      stream.opened(response.status);
      if (!response.body) return;
      let text = '';
      for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const messages = text.split('\n\n');
        text = messages.pop() ?? '';
        for (const message of messages) {
          const data = /^data: (.*)$/m.exec(message)?.[1];
          if (/^event: next$/m.test(message) && data !== undefined) stream.push(JSON.parse(data) as StreamEvent<T>);
        }
      }
    };
    read().then(
      () => stream.end(undefined),
      (error: unknown) => stream.end(error),
    );
    return stream;
  }

  #headers(): Record<string, string> {
    return this.authorization === undefined ? {} : { authorization: this.authorization };
  }
}

/** JSON; with a file among the variables, as the GraphQL multipart request specification says. */
function requestOf(
  query: string,
  variables: Record<string, unknown>,
  headers: Record<string, string>,
): { headers: Record<string, string>; body: string | FormData } {
  const files: { readonly path: string; readonly file: File }[] = [];
  const withoutFiles = (value: unknown, path: string): unknown => {
    if (value instanceof File) {
      files.push({ path, file: value });
      return null;
    }
    if (Array.isArray(value)) return value.map((item, index) => withoutFiles(item, `${path}.${index}`));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, withoutFiles(inner, `${path}.${key}`)]),
    );
  };
  const operations = JSON.stringify({ query, variables: withoutFiles(variables, 'variables') });
  if (files.length === 0) return { headers: { 'content-type': 'application/json', ...headers }, body: operations };
  const body = new FormData();
  body.append('operations', operations);
  body.append('map', JSON.stringify(Object.fromEntries(files.map(({ path }, index) => [String(index), [path]]))));
  for (const [index, { file }] of files.entries()) body.append(String(index), file);
  // Apollo's defence against forged requests asks for a header that a foreign page cannot send.
  return { headers: { 'apollo-require-preflight': 'true', ...headers }, body };
}

interface StreamEvent<T> {
  readonly data?: T | null;
  readonly errors?: readonly AnswerError[];
}

/** Everything that arrived on a subscription, and how it ended. */
export class TestStream<T> {
  readonly events: StreamEvent<T>[] = [];
  /** Set once it ended: the close code of a WebSocket, or the error of an SSE stream. */
  ended: { readonly code: number | undefined } | undefined;
  status: number | undefined;

  constructor(private readonly stop: () => void) {}

  static overWebSocket<T>(client: WebSocketClient, query: string, variables: Record<string, unknown>): TestStream<T> {
    const stream = new TestStream<T>(() => void client.dispose());
    client.on('connected', () => stream.opened(101));
    client.on('closed', (event) => stream.end(event));
    client.subscribe<T>(
      { query, variables },
      {
        next: (value) => stream.push(value as StreamEvent<T>),
        error: (error) => {
          if (Array.isArray(error)) stream.push({ errors: error as AnswerError[] });
          stream.end(error);
        },
        complete: () => stream.end(undefined),
      },
    );
    return stream;
  }

  opened(status: number): void {
    this.status = status;
  }

  push(event: StreamEvent<T>): void {
    this.events.push(event);
  }

  end(reason: unknown): void {
    const code = typeof reason === 'object' && reason !== null && 'code' in reason ? Number(reason.code) : undefined;
    this.ended ??= { code };
  }

  close(): void {
    this.stop();
  }

  /** Resolves when so many events have arrived. @throws Error after the patience, naming what did arrive. */
  async has(count: number, patienceMs = 5000): Promise<readonly StreamEvent<T>[]> {
    await until(() => this.events.length >= count || this.ended !== undefined, patienceMs).catch(() => undefined);
    if (this.events.length >= count) return this.events;
    throw new Error(
      `Expected ${count} events, got ${JSON.stringify(this.events)}; ended: ${JSON.stringify(this.ended)}`,
    );
  }
}

/** Resolves when the condition holds. @throws Error when it does not hold in time. */
export async function until(condition: () => boolean | Promise<boolean>, patienceMs = 5000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Not so within ${patienceMs} ms: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
