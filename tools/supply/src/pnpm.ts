import { execa } from 'execa'
import { root } from './root.ts'

// Newer than the pnpm that installs: version 10 asks an endpoint for advisories that npm has retired
// (https://github.com/pnpm/pnpm/issues/13033), and has no `sbom`.
const version = '12.21.0'

/** Runs pnpm in the repository; a failing command is an answer. Needs npm's registry the first time. */
export async function pnpm(
  args: readonly string[],
): Promise<{ failed: boolean; stdout: string; stderr: string }> {
  const pinned = ['--yes', `pnpm@${version}`, '--pm-on-fail=ignore']
  const { failed, stdout, stderr } = await execa('npx', [...pinned, ...args], { cwd: root, reject: false })
  return { failed, stdout, stderr }
}
