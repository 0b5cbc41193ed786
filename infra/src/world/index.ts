export { assertEmpty, BENCH_PRINCIPALS, createBenchWorld, loadBenchWorld } from './bench-world.js';
export { exampleId } from './example-rows.js';
export { homeId, loadExampleWorld, organisationId, providerId } from './example-world.js';
