import type { AnswerError, TestAccord, TestClient } from '@accord/testkit';
import { until } from '@accord/testkit';

/** The ways in by which a subscription can come. */
export const STREAM_WAYS = ['subscribe', 'stream'] as const;
export type StreamWay = (typeof STREAM_WAYS)[number];

/** How the same caller is received on every way in. */
export interface Reception {
  /** HTTP's status, and its body without the request id, or undefined where there is none. */
  readonly http: { readonly status: number; readonly body: unknown };
  /** The close code of the WebSocket. */
  readonly webSocket: number | undefined;
  /** The status of the event stream. */
  readonly eventStream: number | undefined;
}

const ALERTS = 'subscription { providerAlerts { id } }';

/** Asks who is signed in and opens both kinds of stream, with one authorization. */
export async function receive(accord: TestAccord, authorization: string | undefined): Promise<Reception> {
  const client = accord.with(authorization);
  const [answer, webSocket, eventStream] = await Promise.all([
    client.send('{ viewer { id } }'),
    ended(client, 'subscribe'),
    ended(client, 'stream'),
  ]);
  return {
    http: { status: answer.status, body: withoutRequestId(answer.text) },
    webSocket: webSocket.ended?.code,
    eventStream: eventStream.status,
  };
}

async function ended(client: TestClient, way: StreamWay) {
  const stream = client[way](ALERTS);
  await until(() => stream.ended !== undefined);
  return stream;
}

/** A JSON body in which every request id is the same. */
export const withoutRequestId = (text: string): unknown =>
  JSON.parse(text, (key, value: unknown) =>
    key === 'requestId' && typeof value === 'string' ? 'a request id' : value,
  );

/** Opens a subscription that is to be refused. @returns the errors that came instead of events. */
export async function refusedStream(
  client: TestClient,
  way: StreamWay,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<readonly AnswerError[]> {
  const stream = client[way](query, variables);
  const [first] = await stream.has(1);
  stream.close();
  return first?.errors ?? [];
}
