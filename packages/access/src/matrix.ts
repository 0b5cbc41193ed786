import type { GraphQLSchema } from 'graphql';
import { ACTIONS, type Action } from './action.js';
import { DISCLOSURES, type AccessDeclaration } from './disclosure.js';
import { Role } from './role.js';
import { objectTypes } from './shield.js';

/** The access matrix as Markdown: the rules themselves, in words for an information-governance officer. */
export function printAccessMatrix(schema: GraphQLSchema, access: AccessDeclaration): string {
  return [
    '# Who may do what, and who sees what',
    '',
    'Printed from the rules that the gateway enforces (`pnpm generate`); do not edit. Three gates stand one behind',
    'the other: the role (first table), the row policy (`row-policies.md`), and disclosure (the tables by type).',
    'Roles of the alliance have no effect in a borough, nor the other way round; `DASHBOARD` is for machines of both.',
    '',
    '## Actions and roles',
    '',
    `| Action | In words | ${Object.values(Role).join(' | ')} |`,
    `|---|---|${Object.values(Role)
      .map(() => ':-:')
      .join('|')}|`,
    ...Object.entries(ACTIONS).map(([action, { words, roles }]) => {
      const marks = Object.values(Role).map((role) => ((roles as readonly Role[]).includes(role) ? 'yes' : ''));
      return `| \`${action}\` | ${words} | ${marks.join(' | ')} |`;
    }),
    '',
    '## Operations and guarded fields',
    '',
    '| Field | Action |',
    '|---|---|',
    ...Object.entries(access.actions)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([field, action]: [string, Action]) => `| \`${field}\` | \`${action}\`: ${ACTIONS[action].words} |`),
    '',
    '## What is shown of a row',
    '',
    ...Object.entries(DISCLOSURES).map(([name, words]) => `- **${name}**: ${words}`),
    '',
    ...objectTypes(schema)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((type) => printType(type.name, Object.keys(type.getFields()), access)),
  ].join('\n');
}

function printType(type: string, fields: readonly string[], access: AccessDeclaration): string[] {
  const disclosures = access.types[type];
  if (disclosures === undefined) return [];
  if (disclosures === 'envelope') return [`### ${type}`, '', 'All fields: envelope', ''];
  const byRule = Map.groupBy(fields, (field) => disclosures[field] ?? 'by action');
  return [
    `### ${type}`,
    '',
    ...[...byRule].map(([rule, names]) => `- ${rule}: ${names.map((name) => `\`${name}\``).join(', ')}`),
    '',
  ];
}
