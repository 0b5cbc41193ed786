import '../infra/bin/guard.mjs';

// Imported late, so that an old Node.js meets the guard before it meets anything it cannot read.
const { runTests } = await import('./setup/run-tests.mjs');
await runTests(process.argv.slice(2));
