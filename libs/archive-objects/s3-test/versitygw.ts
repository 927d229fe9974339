import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@ordershop/core/testing'
import { freePort, killAtExit } from '@ordershop/event-store/testing'

export const bucket = 'archive'
export const credentials = { accessKeyId: 'shop', secretAccessKey: 'a-secret-of-tests' }

/** A real S3 server on loopback, with one bucket. */
export type S3Server = { readonly port: number; stop(): void }

/**
 * Starts `versitygw` from PATH: `go install github.com/versity/versitygw/cmd/versitygw@latest`.
 *
 * @param fileKib the largest file that it can write, as of a disk that is nearly full.
 * @throws when it is not installed, or does not answer within 10 s.
 */
export async function startVersitygw(fileKib?: number): Promise<S3Server> {
  const port = await freePort()
  const root = mkdtempSync(join(tmpdir(), 'versitygw-'))
  mkdirSync(join(root, 'data', bucket), { recursive: true })
  mkdirSync(join(root, 'meta'))
  const limit = fileKib === undefined ? '' : `ulimit -f ${fileKib}; `
  const command = `${limit}exec versitygw --quiet --port 127.0.0.1:${port} posix --sidecar "$1/meta" "$1/data"`
  const env = {
    PATH: process.env.PATH,
    ROOT_ACCESS_KEY: credentials.accessKeyId,
    ROOT_SECRET_KEY: credentials.secretAccessKey,
  }
  const server = spawn('bash', ['-c', command, 'bash', root], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  killAtExit(server)
  await eventually(async () => {
    if (server.exitCode !== null)
      throw new Error(`versitygw ended with ${server.exitCode}, expected it on PATH and running`)
    await fetch(`http://127.0.0.1:${port}/`)
  })
  return {
    port,
    stop() {
      server.kill()
      rmSync(root, { recursive: true, force: true })
    },
  }
}
