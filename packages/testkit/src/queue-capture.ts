import { once } from 'node:events';
import { connect } from 'node:net';
import { QUEUE_SCHEMA } from '@accord/persistence';
import pg from 'pg';
import type { TestGround } from './ground.js';

/** Everything that one Accord puts into its queue and sends as a wake-up, as it was written. */
export interface QueueCapture {
  /** What was written so far. */
  text(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Captures from now on: whoever looks afterwards no longer finds the jobs that are done. On PostgreSQL the worker has
 * to have made its queue before.
 */
export function captureQueue({ environment, database }: TestGround): Promise<QueueCapture> {
  const { REDIS_URL } = environment;
  return REDIS_URL === undefined ? onPostgres(database.urls.superuser) : onRedis(REDIS_URL);
}

/**
 * Every command that the server is sent, those of publishers included, as the server words them. (A socket of its own:
 * ioredis takes what comes in one packet with the answer to MONITOR for answers to nothing, and fails.)
 */
async function onRedis(url: string): Promise<QueueCapture> {
  const { hostname, port, username, password } = new URL(url);
  const socket = connect(Number(port || 6379), hostname);
  socket.setEncoding('utf8');
  await once(socket, 'connect');
  let said = '';
  const heard = new Promise<void>((resolve, reject) => {
    socket.on('data', (text: string) => {
      said += text;
      if (said.startsWith('-')) reject(new Error(said));
      if (said.includes('+OK')) resolve();
    });
  });
  const signIn = password === '' ? '' : `AUTH ${username === '' ? 'default' : username} ${password}\r\n`;
  socket.write(`${signIn}MONITOR\r\n`);
  await heard;
  return {
    text: () => Promise.resolve(said),
    stop: () => {
      socket.destroy();
      return Promise.resolve();
    },
  };
}

/** Every row as it is written to a table of the queue, and every notification. */
async function onPostgres(superuserUrl: string): Promise<QueueCapture> {
  const client = new pg.Client({ connectionString: superuserUrl });
  const wakeUps: string[] = [];
  client.on('notification', ({ payload = '' }) => wakeUps.push(payload));
  await client.connect();
  await client.query(CAPTURE);
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = '${QUEUE_SCHEMA}'`,
  );
  // One by one: a transaction that locks several tables of a queue at work meets the worker in another order.
  for (const { name } of tables) {
    await client.query(
      `create trigger captured after insert or update on ${name} for each row execute function captured.write()`,
    );
  }
  return {
    text: async () => {
      const { rows } = await client.query<{ text: string }>('select text from captured.written');
      return [...rows.map(({ text }) => text), ...wakeUps].join('\n');
    },
    stop: () => client.end(),
  };
}

const CAPTURE = `
  create schema captured;
  create table captured.written (text text not null);
  create function captured.write() returns trigger language plpgsql security definer as $$
    begin insert into captured.written values (to_jsonb(new)::text); return null; end $$;
  listen accord`;
