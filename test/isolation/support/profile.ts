import { describe, expect, it } from '@jest/globals';
import { testProfile } from '@accord/testkit';

/**
 * A suite about the database alone: neither the queue nor wake-ups come into it, so it runs on the profile
 * `postgres` and not a second time on `redis`. There it says so, so that a run without it is not silent.
 */
export function describeDatabase(name: string, suite: () => void): void {
  if (testProfile() === 'postgres') {
    describe(name, suite);
    return;
  }
  describe(name, () => {
    it('is about the database alone, and proven on the profile postgres', () => {
      expect(testProfile()).toBe('redis');
    });
  });
}
