// All figures of the Node package; the ratios are what counts. Sets up the peers by itself.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

execFileSync(process.execPath, [join(import.meta.dirname, '../scripts/build.mjs')], {
  env: { ...process.env, STAFFGATE_PROFILE: 'release' },
  stdio: 'inherit',
});
const peers = join(import.meta.dirname, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node');
if (!existsSync(peers)) {
  console.log('building better-sqlite3, the peer of the page of views (a minute or two)');
  const quiet = { cwd: import.meta.dirname, stdio: ['ignore', 'ignore', 'inherit'] };
  execFileSync('npm', ['ci', '--ignore-scripts', '--loglevel=error'], quiet);
  execFileSync('npm', ['rebuild', '--foreground-scripts', '--ignore-scripts=false', 'better-sqlite3'], quiet);
}
execFileSync('npm', ['ci', '--silent', '--no-audit', '--no-fund'], { cwd: join(import.meta.dirname, '../../bench/views'), stdio: 'inherit' });
const { trivial } = await import('./trivial.mjs');
const { views } = await import('./views.mjs');
const { team } = await import('./team.mjs');
console.log('one trivial operation over a memory store : JSON round trip of its input and reply (bound 3)');
console.table(await trivial());
console.log('1,000 shift views from SQLite : better-sqlite3 and JSON.parse (bound 1.6)');
console.table(await views());
console.log('1,000 shift views with team : plain JavaScript with zod, times as fast (at least 3)');
console.table(await team());
