import { TestEnvironment } from 'jest-environment-node';
import { loadSharedModules, share } from './shared-modules.mjs';

const modules = await loadSharedModules();

/** The world of a suite that drives Accord from outside. */
export default class SuiteEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    share(this.global, modules);
    // What goes to and fro between the two worlds and is asked what it is an instance of.
    Object.assign(this.global, { Date, Error, Map, Set });
    // The test kit is of the process around the suite, which has one suite at a time.
    globalThis.ACCORD_TEST_PROFILE = config.projectConfig.globals.ACCORD_TEST_PROFILE;
  }
}
