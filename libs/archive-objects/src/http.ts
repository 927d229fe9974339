// Objects that another process has, and serves over HTTP: they can be read, and not written.
import { AppError, errorCode, retry } from '@ordershop/core'
import { checkName, type Objects } from '@ordershop/event-store'
import { mostNames, noObjectHeader, objectsPath } from './wire.ts'

export type HttpSettings = {
  /** Longest wait for one answer, to its last byte, in milliseconds. Default 10,000. */
  readonly requestMs?: number
  /** Makes the `Authorization` header of each attempt. Default: there is none. */
  readonly sign?: (request: Signed) => string
}

/** What a signature is for; the path with its query. */
type Signed = {
  readonly audience: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** Whom a signature is for. */
const audience = 'archiver'

const requests = {
  /** Of one call, the first included. */
  attempts: 3,
  baseMs: 50,
  maxMs: 500,
  when: (error: unknown) => errorCode(error) === 'unavailable',
}

type Answer = { readonly status: number; readonly headers: Headers; readonly bytes: Uint8Array }

/**
 * The objects that an archiver at `base` (`http://host:5010`) serves. A request that fails is repeated twice before its
 * call rejects with `unavailable`, so a call takes at most about three times `requestMs`; a list of more than a thousand
 * names so long for each thousand. `create`, `replace` and `remove` reject with `invalid`.
 */
export function httpObjects(base: string, { requestMs = 10_000, sign }: HttpSettings = {}): Objects {
  const root = base.replace(/\/+$/, '') + objectsPath

  /** One answer that is whole and meant, or `null` where there is no such object. */
  async function get(
    attempted: string,
    url: string,
    headers: Record<string, string>,
  ): Promise<Answer | null> {
    const failed = (why: string, cause?: unknown) =>
      new AppError('unavailable', `archive: ${attempted} at ${base}: ${why}`, { cause })
    const { pathname, search } = new URL(url)
    const request = { audience, method: 'GET', path: pathname + search, headers }
    return retry(async () => {
      const signed = sign ? { ...headers, authorization: sign(request) } : headers
      const answer = await fetched(url, signed, requestMs).catch((error: Error) => {
        throw failed(`${error.message}${error.cause ? `: ${(error.cause as Error).message}` : ''}`, error)
      })
      const { status } = answer
      if (status === 200 || status === 206 || status === 416) return answer
      if (status === 404 && answer.headers.has(noObjectHeader)) return null
      const said = Buffer.from(answer.bytes.subarray(0, 300)).toString()
      if (status === 400) throw new AppError('invalid', `archive: ${attempted} at ${base}: ${said}`)
      throw failed(`it answers ${status} (${said}), expected an archiver there`)
    }, requests)
  }

  async function page(query: Record<string, string>): Promise<readonly string[]> {
    const answer = await get(`list ${query.prefix}`, `${root}?${new URLSearchParams(query)}`, {})
    const text = Buffer.from(answer?.bytes ?? []).toString()
    const names = namesIn(text)
    if (names) return names
    const what = `archive: list ${query.prefix} at ${base}: got '${text.slice(0, 100)}'`
    throw new AppError('unavailable', `${what}, expected the names that an archiver answers`)
  }

  return {
    create: (name) => readOnly(`create ${name}`, base, name),
    replace: (name) => readOnly(`replace ${name}`, base, name),
    remove: (name) => readOnly(`remove ${name}`, base, name),
    async read(name, range) {
      checkName(name)
      const headers: Record<string, string> = {}
      if (range) headers.range = `bytes=${range.start}-${range.start + range.count - 1}`
      const answer = await get(`read ${name}`, `${root}/${name}`, headers)
      if (!answer) return null
      const { status, bytes } = answer
      if (status === 416) return new Uint8Array() // it ends before
      // Who does not know ranges answers with the whole.
      return range && status === 200 ? bytes.subarray(range.start, range.start + range.count) : bytes
    },
    async list(prefix, { after, limit }) {
      const names: string[] = []
      while (names.length < limit) {
        const wanted = Math.min(mostNames, limit - names.length)
        const last = names.at(-1) ?? after
        const found = await page({
          prefix,
          limit: String(wanted),
          // Behind '' are all names.
          ...(last ? { after: last } : {}),
        })
        names.push(...found)
        if (found.length < wanted) break
      }
      return names
    },
  }
}

/** An answer with its whole body. @throws when there is none in time, or it is cut off. */
async function fetched(url: string, headers: Record<string, string>, withinMs: number): Promise<Answer> {
  const response = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(withinMs) })
  const bytes = new Uint8Array(await response.arrayBuffer())
  return { status: response.status, headers: response.headers, bytes }
}

function namesIn(text: string): readonly string[] | undefined {
  try {
    const { names } = JSON.parse(text) as { names?: unknown }
    if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names
  } catch {}
  return undefined
}

async function readOnly(attempted: string, base: string, name: string): Promise<never> {
  checkName(name)
  throw new AppError(
    'invalid',
    `archive: ${attempted} at ${base}: what is served there is read only, expected file:///folder or s3://bucket/prefix to write to`,
  )
}
