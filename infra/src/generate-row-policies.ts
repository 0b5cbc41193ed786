import type { Feature } from '@accord/access';
import { entityMetadata } from '@accord/persistence';

/** The row policies as Markdown, table by table: a change of who sees which rows shows in review. */
export function printRowPolicies(features: readonly Feature[]): string {
  const lines = [
    '# Which rows a role sees and writes',
    '',
    'Printed from the entities (`pnpm generate`); do not edit. Only the gateway, the worker and, for ids, levels and dates,',
    'the audience role read these tables; the tables’ owner is used by migrations alone.',
    '',
  ];
  for (const { tableName, policies } of entityMetadata(features.flatMap((feature) => feature.entities))) {
    lines.push(`## ${tableName}`, '');
    for (const { name, command, roles, using, check } of policies) {
      lines.push(`**${name}**: ${command ?? 'all'} for ${(roles ?? ['public']).join(', ')}`, '');
      if (using !== undefined) lines.push('```sql', `using ${tidy(using)}`, '```', '');
      if (check !== undefined && check !== using) lines.push('```sql', `with check ${tidy(check)}`, '```', '');
    }
  }
  return `${lines.join('\n')}\n`;
}

const tidy = (sql: unknown): string => {
  if (typeof sql !== 'string') throw new Error('Row policies are written as text.');
  return sql.replaceAll(/\s+/g, ' ').trim();
};
