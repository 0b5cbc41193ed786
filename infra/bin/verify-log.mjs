import './guard.mjs';

// Imported late, so that an old Node.js meets the guard before it meets anything it cannot read.
void import('./run.mjs').then((module) => module.run('verify-log'));
