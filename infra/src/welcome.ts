import { COMMAND } from './command.js';
import type { Launched } from './launched.js';
import { PERSONAS } from './personas.js';

const FIRST_QUERY =
  '{ viewer { displayName tenant { name } } providers(first: 5) { nodes { id name openFlagCount } } }';

/** What to do next, once everything runs. */
export function welcome(
  { url, issuer, folder, developmentSignIn, queryPage }: Launched,
  env: NodeJS.ProcessEnv,
): string {
  const lines = [
    '',
    'Accord is running.',
    '',
    `  GraphQL      ${url}/graphql`,
    ...(queryPage ? [`  Query page   ${url}/graphiql`] : []),
    `  Sign-in      ${issuer}`,
    ...(folder === undefined ? [] : [`  Data         ${folder}`]),
    ...(developmentSignIn ? [...personas(), ...firstQuery(url, env)] : []),
    '',
    'Ctrl-C stops it. The data stays.',
    '',
  ];
  return lines.join('\n');
}

const personas = (): string[] => [
  '',
  'Whom you can be:',
  ...PERSONAS.map(({ name, displayName, roles }) => `  ${name.padEnd(24)}${displayName} (${roles.join(', ')})`),
  '',
  'A token, good for an hour:',
  `  ${COMMAND.token('brent-placements')}`,
];

function firstQuery(url: string, env: NodeJS.ProcessEnv): string[] {
  const data = env['ACCORD_DATA'] ? `ACCORD_DATA=${env['ACCORD_DATA']} ` : '';
  return [
    '',
    'A first query, to paste into another terminal in this folder:',
    `  curl -sS ${url}/graphql \\`,
    `    -H "authorization: Bearer $(${data}${COMMAND.token('brent-placements')})" \\`,
    `    -H 'content-type: application/json' \\`,
    `    -d '${JSON.stringify({ query: FIRST_QUERY })}'`,
  ];
}
