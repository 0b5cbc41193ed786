import Sequencer from '@jest/test-sequencer';

/** The suites that take longest, below `test/`, the longest first: what they begin with, or are. */
const LONGEST = [
  'faults/gateway-killed',
  'isolation/operation',
  'faults/worker-killed',
  'isolation/intelligence-world',
  'faults/',
  'isolation/flag',
  'isolation/hidden-id',
  'isolation/intelligence',
  'contract/import-',
  'isolation/canary',
  'stories/accreditation-clock',
  'isolation/audience-world',
  'isolation/sight-world',
];

/**
 * Longest first, so that none is left to run alone at the end. Jest knows the order from its last run; on a machine
 * that has had none it goes by the size of the file, which says little here.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const place = (test) => {
      if (this.hasFailed(test)) return -1;
      const found = LONGEST.findIndex((name) => test.path.includes(`/test/${name}`));
      return found < 0 ? LONGEST.length : found;
    };
    return super.sort(tests).toSorted((one, other) => place(one) - place(other));
  }
}
