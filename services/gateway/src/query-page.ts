import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

const PATH = '/graphiql';

/** Everything comes from here: nothing from elsewhere, no script in the page, no `eval`. GraphiQL styles elements as it goes. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'font-src data:',
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Serves GraphiQL at `/graphiql`, from the npm packages alone, and leads `/` to it. For development: the
 * gateway does not register it in production.
 *
 * Subscriptions go over a WebSocket at `/graphql`; the headers one types are sent with its first message.
 */
export async function registerQueryPage(app: FastifyInstance): Promise<void> {
  app.get('/', (_request, reply) => reply.redirect(PATH));
  app.get(PATH, (_request, reply) =>
    reply.header('content-security-policy', CONTENT_SECURITY_POLICY).type('text/html; charset=utf-8').send(PAGE),
  );
  for (const { name, type, body } of assets()) {
    const tag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    app.get(`${PATH}/${name}`, (request, reply) => {
      void reply.header('etag', tag).header('cache-control', 'no-cache').type(type);
      return request.headers['if-none-match'] === tag ? reply.code(304).send() : reply.send(body);
    });
  }
}

interface Asset {
  readonly name: string;
  readonly type: string;
  readonly body: Buffer;
}

/**
 * GraphiQL 4 and React 18 are the last that come as files a browser can run as they are; GraphiQL 5 would first
 * have to be bundled.
 */
function assets(): Asset[] {
  const react = import.meta.resolve('react/package.json');
  const reactDom = import.meta.resolve('react-dom/package.json');
  const graphiql = import.meta.resolve('graphiql/package.json');
  const beside = (manifest: string, file: string): Buffer => readFileSync(new URL(file, manifest));
  const script = 'text/javascript; charset=utf-8';
  return [
    { name: 'react.js', type: script, body: beside(react, 'umd/react.production.min.js') },
    { name: 'react-dom.js', type: script, body: beside(reactDom, 'umd/react-dom.production.min.js') },
    { name: 'graphiql.js', type: script, body: beside(graphiql, 'graphiql.min.js') },
    { name: 'graphiql.css', type: 'text/css; charset=utf-8', body: beside(graphiql, 'graphiql.min.css') },
    { name: 'page.js', type: script, body: Buffer.from(PAGE_SCRIPT) },
    {
      name: 'page.css',
      type: 'text/css; charset=utf-8',
      body: Buffer.from('html, body, #page { height: 100%; margin: 0; }'),
    },
  ];
}

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Accord: queries</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${PATH}/graphiql.css">
<link rel="stylesheet" href="${PATH}/page.css">
<script defer src="${PATH}/react.js"></script>
<script defer src="${PATH}/react-dom.js"></script>
<script defer src="${PATH}/graphiql.js"></script>
<script defer src="${PATH}/page.js"></script>
</head>
<body>
<main id="page">Loading …<noscript> This page needs JavaScript.</noscript></main>
</body>
</html>
`;

/** Tokens are not kept by the browser: what is typed under Headers is gone when the page is. */
const PAGE_SCRIPT = `'use strict';
const endpoint = new URL('/graphql', location.href);
const stream = new URL(endpoint);
stream.protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:';

const welcome = \`# 1. Get a token:  npx --yes pnpm@12.21.0 --silent run token brent-placements
# 2. Paste it behind "Bearer" under Headers, below.
# 3. Run this with Ctrl-Enter. "Re-fetch schema" (lower left) then brings documentation and completion.
query Welcome {
  viewer { displayName roles tenant { name } }
  providers(first: 5) { nodes { id name openFlagCount } }
}
\`;

// GraphiQL's history would keep the headers with each query.
const withoutHeaders = (text) => JSON.stringify(JSON.parse(text, (key, value) => (key === 'headers' ? null : value)));
const storage = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, text) => localStorage.setItem(key, text.startsWith('{') && text.includes('"headers"') ? withoutHeaders(text) : text),
  removeItem: (key) => localStorage.removeItem(key),
  clear: () => localStorage.clear(),
  get length() { return localStorage.length; },
};

const page = React.createElement(GraphiQL, {
  fetcher: GraphiQL.createFetcher({ url: endpoint.href, subscriptionUrl: stream.href }),
  storage,
  defaultQuery: welcome,
  defaultHeaders: JSON.stringify({ authorization: 'Bearer ' }, null, 2),
  defaultEditorToolsVisibility: 'headers',
  isHeadersEditorEnabled: true,
  shouldPersistHeaders: false,
});
ReactDOM.createRoot(document.getElementById('page')).render(page);
`;
