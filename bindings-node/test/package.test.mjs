// The package as its users meet it: both module systems, one set of classes, types for a strict compiler.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import * as esm from 'staffgate';
import * as testing from 'staffgate/testing';

import { layout } from '../scripts/layout.mjs';

const require = createRequire(import.meta.url);
const home = join(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));

test('both module systems hand out the same objects', () => {
  for (const [door, other] of [[esm, require('staffgate')], [testing, require('staffgate/testing')]]) {
    const names = Object.keys(other).filter((name) => name !== '__esModule').sort();
    assert.deepEqual(Object.keys(door).sort(), names);
    for (const name of names) assert.equal(door[name], other[name], name);
  }
});

test('every file that the manifest names is there', () => {
  const files = [manifest.main, manifest.types];
  const walk = (entry) => (typeof entry === 'string' ? files.push(entry) : Object.values(entry).forEach(walk));
  walk(manifest.exports);
  for (const file of files) assert.ok(existsSync(join(home, file)), file);
});

test('strict programs compile against the types, as ES module and as CommonJS', () => {
  const tsc = require.resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '--noEmit', '-p', join(home, 'test')], { stdio: 'pipe', cwd: home });
});

test('nothing that is installed with the package or to build it needs an install script', () => {
  const lock = JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8'));
  const needy = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  assert.deepEqual(needy, []);
  assert.ok(!JSON.stringify(lock).includes('"resolved"'));
  for (const step of ['preinstall', 'install', 'postinstall', 'prepare']) assert.equal(manifest.scripts[step], undefined);
});

test('the version is one in all manifests, and each platform has its own', () => {
  const [crate, workspace] = ['Cargo.toml', '../Cargo.toml'].map((name) => readFileSync(join(home, name), 'utf8'));
  assert.ok(crate.includes('\nversion.workspace = true\n'));
  assert.ok(workspace.includes(`[workspace.package]\nversion = "${manifest.version}"\n`));
  for (const name of ['linux-x64-gnu', 'linux-x64-musl', 'linux-arm64-gnu', 'linux-arm64-musl', 'darwin-x64', 'darwin-arm64', 'win32-x64-msvc']) {
    const part = JSON.parse(readFileSync(join(home, 'npm', name, 'package.json'), 'utf8'));
    assert.equal(part.name, `@staffgate/${name}`);
    assert.equal(part.version, manifest.version);
    assert.equal(part.main, `staffgate.${name}.node`);
  }
});

test('without its native part the package says how to get it', () => {
  const code = `
    const Module = require('node:module');
    const load = Module._load;
    Module._load = (name, ...rest) => {
      if (/\\.node$|^@staffgate\\//.test(name)) throw new Error('Cannot find module ' + name);
      return load(name, ...rest);
    };
    try { require(${JSON.stringify(dirname(require.resolve('staffgate')))}); } catch (error) { console.log(error.message); }
  `;
  const said = execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' });
  assert.match(said, /no native part for \S+ here/);
  assert.match(said, /delete node_modules and package-lock\.json, then npm install/);
  assert.match(said, /--omit=optional/);
});

test('as it is published, the package finds its native part in the package of the platform', () => {
  const folder = mkdtempSync(join(tmpdir(), 'staffgate-'));
  layout(join(folder, 'node_modules'));
  const code = "const { MemoryStore, Portal } = require('staffgate'); new Portal(new MemoryStore()); console.log('works')";
  assert.equal(execFileSync(process.execPath, ['-e', code], { cwd: folder, encoding: 'utf8' }), 'works\n');
  rmSync(folder, { recursive: true });
});

test('it works in several threads at once and lets the process end', () => {
  const code = `
    const { Worker, isMainThread } = require('node:worker_threads');
    const { MemoryStore, Portal } = require('staffgate');
    const agency = '0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11';
    const portal = new Portal(new MemoryStore());
    portal.asOperator(agency).agencies.create({ name: 'N', currency: 'EUR' }).then(async (view) => {
      if (isMainThread) for (let one = 0; one < 4; one += 1) await new Promise((end) => new Worker(__filename).on('exit', end));
      console.log(view.name);
    });
  `;
  const folder = mkdtempSync(join(tmpdir(), 'staffgate-'));
  layout(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'main.cjs'), code);
  const said = execFileSync(process.execPath, ['main.cjs'], { cwd: folder, encoding: 'utf8', timeout: 60_000 });
  assert.equal(said, 'N\n'.repeat(5));
  rmSync(folder, { recursive: true });
});
