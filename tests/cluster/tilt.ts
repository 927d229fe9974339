// Runs the Tiltfile without Tilt: stand_ins.py has what it calls, in a virtual environment with a Starlark interpreter.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { command } from '@ordershop/cluster/command'
import { root } from '../root.ts'
import type { Manifest } from './tilt-objects.ts'

export type Step =
  | { readonly kind: 'fall_back_on'; readonly paths: readonly string[] }
  | { readonly kind: 'sync'; readonly local_path: string; readonly remote_path: string }
  | { readonly kind: 'run'; readonly cmd: string }

export type Image = {
  readonly ref: string
  readonly context: string
  readonly build_args: Readonly<Record<string, string>>
  readonly target: string
  readonly only: readonly string[]
  readonly live_update?: readonly Step[]
}

type Placed = {
  readonly resource_deps?: readonly string[]
  readonly labels?: readonly string[]
  readonly links?: readonly { readonly url: string }[]
  readonly trigger_mode?: 'auto' | 'manual'
  readonly auto_init?: boolean
  readonly port_forwards?: readonly { readonly local_port: number; readonly container_port: number }[]
}

/** The calls that a Tiltfile makes, with the arguments that it gives. */
type Arguments = {
  docker_build: Image
  k8s_yaml: { readonly yaml: readonly Manifest[] }
  k8s_resource: Placed & {
    readonly workload?: string
    readonly new_name?: string
    readonly objects?: readonly string[]
  }
  local_resource: Placed & {
    readonly name: string
    readonly cmd?: readonly string[]
    readonly serve_cmd?: readonly string[]
  }
  helm_repo: Placed & { readonly name: string; readonly url: string }
  helm_resource: Placed & {
    readonly name: string
    readonly chart: string
    readonly namespace: string
    readonly flags: readonly string[]
    readonly deps: readonly string[]
  }
  cmd_button: {
    readonly name: string
    readonly resource: string
    readonly text: string
    readonly argv: readonly string[]
  }
  allow_k8s_contexts: { readonly contexts: readonly string[] }
  version_settings: { readonly constraint: string }
}

export type Call = {
  [Name in keyof Arguments]: { readonly call: Name; readonly args: Arguments[Name] }
}[keyof Arguments]

export function argumentsOf<Name extends keyof Arguments>(
  calls: readonly Call[],
  name: Name,
): Arguments[Name][] {
  return calls.flatMap(({ call, args }) => (call === name ? [args as Arguments[Name]] : []))
}

export type Run = {
  /** What stands behind `tilt up --`. */
  readonly flags?: readonly string[]
  readonly context?: string
  readonly subcommand?: 'up' | 'ci'
  /** Default: the repository's. */
  readonly tiltfile?: string
}

const here = import.meta.dirname
const requirements = join(here, 'requirements.txt')
const environment = join(root, '.test/venv')

/** Makes the virtual environment, unless it is there with what is required. Needs python3 with venv, and PyPI. */
export async function needStarlark(): Promise<void> {
  if (isMade(environment)) return
  mkdirSync(dirname(environment), { recursive: true })
  const fresh = mkdtempSync(`${environment}-`)
  try {
    await command('python3', ['-m', 'venv', fresh])
  } catch (cause) {
    const expected = 'Python 3.10 or newer with its venv (apt-get install python3-venv)'
    throw new Error(`python3 -m venv failed, expected ${expected}`, { cause })
  }
  await command(join(fresh, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '--requirement', requirements])
  cpSync(requirements, join(fresh, 'requirements.txt'))
  // Another test file may have been quicker, and be using its own.
  if (isMade(environment)) return rmSync(fresh, { recursive: true })
  rmSync(environment, { recursive: true, force: true })
  renameSync(fresh, environment)
}

function isMade(venv: string): boolean {
  const made = join(venv, 'requirements.txt')
  return existsSync(made) && readFileSync(made, 'utf8') === readFileSync(requirements, 'utf8')
}

/** @throws with what Starlark says of a Tiltfile that fails. */
export async function callsOf({ flags = [], context, subcommand, tiltfile }: Run): Promise<Call[]> {
  const options = Object.entries({ context, subcommand, tiltfile }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  )
  return JSON.parse(
    await command(join(environment, 'bin/python'), [join(here, 'tilt.py'), ...options, '--', ...flags]),
  )
}
