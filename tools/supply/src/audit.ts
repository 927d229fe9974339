// Advisories on what runs in production, as the registry knows them.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pnpm } from './pnpm.ts'

/** From this severity an advisory fails. */
export const level = 'moderate'

export type Verdict =
  | { readonly answered: true; readonly packages: number; readonly findings: readonly string[] }
  /** The registry has not said whether there are any. */
  | { readonly answered: false; readonly why: string }

type Report = {
  readonly advisories: Readonly<
    Record<
      string,
      {
        readonly module_name: string
        readonly severity: string
        readonly title: string
        readonly url: string
      }
    >
  >
  readonly metadata: { readonly totalDependencies: number }
}

/** `pnpm audit --prod`, of the registry that npm is set to or of another. */
export async function audit(registry?: string): Promise<Verdict> {
  const elsewhere = registry ? ['--registry', registry] : []
  const { stdout, stderr } = await pnpm(['audit', '--prod', '--audit-level', level, '--json', ...elsewhere])
  const report = reportIn(stdout)
  if (!report) return { answered: false, why: oneLine(stderr || stdout) }
  const findings = Object.values(report.advisories).map(
    ({ module_name, severity, title, url }) => `${module_name}: ${severity}, ${title}, ${url}`,
  )
  return { answered: true, packages: report.metadata.totalDependencies, findings }
}

/** What `audit` says where a registry knows an advisory on a package of ours: by a registry of its own, which knows one. */
export async function auditOfPlanted(packageName: string): Promise<Verdict> {
  const advisory = {
    id: 1,
    url: 'https://example.org',
    title: 'planted',
    severity: level,
    vulnerable_versions: '*',
  }
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ [packageName]: [{ ...advisory, cwe: [] }] }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    return await audit(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  } finally {
    server.close()
  }
}

function reportIn(text: string): Report | undefined {
  try {
    const report = JSON.parse(text) as Partial<Report>
    return report.advisories && report.metadata ? (report as Report) : undefined
  } catch {
    return undefined
  }
}

/** Without the frame that pnpm draws around what it says. */
const oneLine = (text: string) =>
  text
    .replace(/[×│├╰─▶]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
