/** One statement that makes the whole answer about a provider, `p`, as somebody writes it who has only this page to write. */
export const providerStatement =
  (fields: string) =>
  ({ id }: { readonly id: string }): { text: string; values: unknown[] } => ({
    text: `
  select json_build_object('data', json_build_object('provider', (
    select json_build_object('id', p.id, ${fields}) from provider p where p.id = $1)))::text as answer`,
    values: [id],
  });
