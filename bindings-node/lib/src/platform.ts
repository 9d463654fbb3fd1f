/**
 * What the native part for this machine is called.
 *
 * @module
 */

/** `linux-x64-gnu`, `linux-x64-musl`, `darwin-arm64`, `win32-x64-msvc` ... */
export function platform(): string {
  const base = `${process.platform}-${process.arch}`;
  if (process.platform === 'win32') return `${base}-msvc`;
  if (process.platform !== 'linux') return base;
  // Without this the report looks up the names of all open connections, which can take seconds.
  const reporter = process.report as typeof process.report & { excludeNetwork?: boolean };
  const before = reporter.excludeNetwork ?? false;
  reporter.excludeNetwork = true;
  const report = reporter.getReport() as { header?: { glibcVersionRuntime?: string } };
  reporter.excludeNetwork = before;
  return `${base}-${report.header?.glibcVersionRuntime === undefined ? 'musl' : 'gnu'}`;
}
