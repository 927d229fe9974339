// What the Dockerfile builds on: `ARG NODE_IMAGE=node:24-bookworm-slim@sha256:…`.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@ordershop/core'
import { command } from './command.ts'
import { root } from './root.ts'

export type BaseImage = {
  /** The build argument that names another. */
  readonly argument: string
  /** With its tag: `node:24-bookworm-slim`. */
  readonly name: string
  /** `sha256:…`, by which it is pulled. */
  readonly digest: string
}

/**
 * The base images of a Dockerfile.
 *
 * @throws AppError `invalid` naming a stage whose image is neither another stage nor an argument with tag and digest.
 */
export function baseImagesOf(dockerfile: string): BaseImage[] {
  const stages = [...dockerfile.matchAll(/^FROM (\S+)(?: AS (\S+))?$/gm)]
  const earlier = new Set<string | undefined>()
  return stages.flatMap(([, image = '', stage]) => {
    const isStage = earlier.has(image)
    earlier.add(stage)
    return isStage ? [] : [pinned(dockerfile, image)]
  })
}

function pinned(dockerfile: string, image: string): BaseImage {
  const [, argument = ''] = /^\$\{(\w+)\}$/.exec(image) ?? []
  const [, value = ''] = new RegExp(`^ARG ${argument}=(\\S+)$`, 'm').exec(argument ? dockerfile : '') ?? []
  const [, name = '', digest] = /^([^@]+:[^@:]+)@(sha256:[0-9a-f]{64})$/.exec(value) ?? []
  if (digest) return { argument, name, digest }
  const expected = 'expected an argument that has name:tag@sha256:… by default'
  throw new AppError('invalid', `Dockerfile: FROM ${image}${value && `, which is ${value}`}: ${expected}`)
}

/**
 * Flags of `docker build` for bases that this machine has made itself: they have no digest, and it may be that none can be
 * pulled. One that came from a registry is taken by the digest that the Dockerfile names, as everywhere.
 */
export async function madeHere(): Promise<string[]> {
  const bases = baseImagesOf(readFileSync(join(root, 'Dockerfile'), 'utf8'))
  const local = await Promise.all(bases.map(async (base) => ((await isMadeHere(base)) ? [base] : [])))
  return local.flat().flatMap(({ argument, name }) => {
    console.warn(`${name} was made on this machine, so it is not compared with its digest`)
    return ['--build-arg', `${argument}=${name}`]
  })
}

async function isMadeHere({ name }: BaseImage): Promise<boolean> {
  const digests = ['image', 'inspect', '--format', '{{len .RepoDigests}}', name]
  return (await command('docker', digests).catch(() => '')) === '0'
}
