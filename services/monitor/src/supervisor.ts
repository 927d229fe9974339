// Who runs the shop on a developer's machine, `scripts/shop up`, is asked over its unix socket: tools/shop/src/control.ts.
import { request } from 'node:http'
import { AppError, type ErrorCode } from '@ordershop/core'
import type { ManagedProcess, Processes } from '@ordershop/store-http/ops'

const answersWithinMs = 15_000
/** Without them nobody could start them again from here. */
const needed = ['gateway', 'monitor']

/** The processes of the supervisor that listens at a socket. All reject with `unavailable` while it does not. */
export function supervisedProcesses(socket: string): Processes {
  const ask = (method: 'GET' | 'POST', path: string, body?: object) =>
    askSupervisor(socket, method, path, body)
  return {
    async list() {
      const { processes } = (await ask('GET', '/')) as { processes: ManagedProcess[] }
      return processes.map(({ service, instance, state, ready, port }) => ({
        ...{ service, instance, state, ready, port },
      }))
    },
    async start(service) {
      await ask('POST', '/start', { name: service })
    },
    async stop(service) {
      if (needed.some((name) => service === name || service.startsWith(`${name}-`)))
        throw new AppError(
          'conflict',
          `stop ${service}: expected another than ${needed.join(' and ')}, by which this is asked; scripts/shop stops them`,
        )
      await ask('POST', '/stop', { name: service })
    },
  }
}

function askSupervisor(
  socketPath: string,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<unknown> {
  const signal = AbortSignal.timeout(answersWithinMs)
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) =>
      reject(new AppError('unavailable', `${method} ${path}: the supervisor does not answer`, { cause }))
    const call = request({ socketPath, method, path, signal }, async (incoming) => {
      try {
        const answer = JSON.parse(Buffer.concat(await incoming.toArray()).toString())
        if (incoming.statusCode === 200) resolve(answer)
        else reject(new AppError(answer.code as ErrorCode, answer.message))
      } catch (error) {
        failed(error)
      }
    })
    call.once('error', failed)
    call.end(body && JSON.stringify(body))
  })
}
