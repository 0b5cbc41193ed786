export { assertEmpty, BENCH_PRINCIPALS, createBenchWorld, loadBenchWorld } from './bench-world.js';
export { exampleId, homeId, loadExampleWorld, organisationId, providerId } from './example-world.js';
