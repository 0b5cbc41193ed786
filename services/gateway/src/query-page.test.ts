import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fastify from 'fastify';
import { registerQueryPage } from './query-page.js';

const app = fastify();
let address: string;
let html: string;
/** What the page asks for, in its order. */
let files: string[];

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(address + path, { headers, redirect: 'manual' });

beforeAll(async () => {
  await registerQueryPage(app);
  address = await app.listen({ host: '127.0.0.1', port: 0 });
  html = await (await get('/graphiql')).text();
  files = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1] ?? '');
});
afterAll(() => app.close());

test('the front door leads to it', async () => {
  const { status, headers } = await get('/');
  expect([status, headers.get('location')]).toEqual([302, '/graphiql']);
});

test('all it needs comes from here, and its policy allows nothing else', async () => {
  expect(files).toEqual(
    ['graphiql.css', 'page.css', 'react.js', 'react-dom.js', 'graphiql.js', 'page.js'].map(
      (name) => `/graphiql/${name}`,
    ),
  );
  const answers = await Promise.all(files.map((file) => get(file)));
  expect(answers.map(({ status }) => status)).toEqual(files.map(() => 200));
  const policy = (await get('/graphiql')).headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe/);
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
});

test('a style sheet of the packages asks for nothing elsewhere', async () => {
  const body = await (await get('/graphiql/graphiql.css')).text();
  const asked = [...body.matchAll(/url\(["']?([^)"']{0,40})|@import[^;]+/g)].map((match) => match[1] ?? match[0]);
  expect(asked.filter((address) => !address.startsWith('data:'))).toEqual([]);
});

test('a file the browser has is not sent again', async () => {
  const { headers } = await get('/graphiql/graphiql.js');
  const again = await get('/graphiql/graphiql.js', { 'if-none-match': headers.get('etag') ?? '' });
  expect([again.status, await again.text()]).toEqual([304, '']);
});
