import { withClient } from '@accord/persistence';

export async function loadExampleWorld(ownerUrl: string, report: (line: string) => void): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query('select 1');
  });
  report('');
}
