import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { providerId } from '@accord/infra';
import { withClient } from '@accord/persistence';
import { TestAccord, until } from '@accord/testkit';
import { startWorker, type RunningWorker } from '@accord/worker';

const PENNYROYAL = providerId('Pennyroyal Care Ltd');
const LANTERNFIELD = providerId('Lanternfield Supported Living Ltd');
const INBOX = 'query { notifications(first: 20) { nodes { subject kind provider { id } } } }';

interface Inbox {
  readonly notifications: {
    readonly nodes: readonly {
      readonly subject: string;
      readonly kind: string;
      readonly provider: { readonly id: string };
    }[];
  };
}

/** The whole of Accord with two workers, whose clock turns each second. */
describe('what falls due is told to those concerned', () => {
  let accord: TestAccord;
  let second: RunningWorker;

  beforeAll(async () => {
    accord = await TestAccord.start({ CLOCK_EVERY_MS: '1000' });
    second = await startWorker(accord.config);
  });

  afterAll(async () => {
    await second.close();
    await accord.stop();
  });

  const makeReviewLate = (provider: string) =>
    withClient(accord.database.urls.superuser, (owner) =>
      owner.query('update accreditation_standing set review_due = current_date - 3 where provider_id = $1', [provider]),
    );

  const inbox = async (persona: string, about = PENNYROYAL): Promise<string[]> =>
    (await (await accord.as(persona)).data<Inbox>(INBOX)).notifications.nodes
      .filter(({ provider }) => provider.id === about)
      .map(({ kind }) => kind);

  test('an overdue review: every member hears of the status once, the leads alone that the review is due', async () => {
    await makeReviewLate(PENNYROYAL);
    await until(async () => (await inbox('alliance-lead')).length === 2, 15_000);
    await until(async () => (await inbox('ealing-placements')).length === 1);
    // Later turns of two workers' clock, by which another's is found, add nothing.
    await makeReviewLate(LANTERNFIELD);
    await until(async () => (await inbox('alliance-lead', LANTERNFIELD)).length === 2, 15_000);
    expect((await inbox('alliance-lead')).toSorted()).toEqual(['ACCREDITATION_CHANGED', 'ACCREDITATION_REVIEW_DUE']);
    expect((await inbox('alliance-deputy')).toSorted()).toEqual(['ACCREDITATION_CHANGED', 'ACCREDITATION_REVIEW_DUE']);
    expect(await inbox('alliance-accreditation')).toEqual(['ACCREDITATION_CHANGED']);
    expect(await inbox('brent-quality')).toEqual(['ACCREDITATION_CHANGED']);
    const status = await (
      await accord.as('brent-quality')
    ).data('query ($id: ID!) { provider(id: $id) { accreditation { status } } }', { id: PENNYROYAL });
    expect(status).toEqual({ provider: { accreditation: { status: 'REVIEW_OVERDUE' } } });
  });
});
