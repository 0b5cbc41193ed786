// Runs before everything else, on whatever Node.js the machine has: keep to syntax that an old one reads.
// pnpm puts the pinned Node.js first on the path of every script; where that one did not install, pnpm
// only warns and runs the script on the system's, which fails later and far from the cause.
const NEEDED = [22, 17];
const found = process.versions.node.split('.').map(Number);

if (found[0] < NEEDED[0] || (found[0] === NEEDED[0] && found[1] < NEEDED[1])) {
  console.error(
    [
      'Accord needs Node.js ' +
        NEEDED.join('.') +
        ' or newer; this is ' +
        process.version +
        ' (' +
        process.execPath +
        ').',
      '',
      'Accord brings its own Node.js for Linux and macOS (x64 and arm64), but it is not the one running:',
      'either the installation failed, or this script was not started by pnpm.',
      '  1. Run   npx --yes pnpm@12.21.0 install   and read what it reports.',
      '  2. Then  npx --yes pnpm@12.21.0 run ' + script(),
      'Where that cannot work (another platform, no downloads), install Node.js 26 yourself: https://nodejs.org',
    ].join('\n'),
  );
  process.exit(1);
}

function script() {
  return process.env.npm_lifecycle_event || 'start';
}
