import { once } from 'node:events'
import { mostNames, mostRangeBytes, noObjectHeader, objectsPath } from '@ordershop/archive-objects'
import { AppError } from '@ordershop/core'
import { type ByteRange, checkName, type Objects } from '@ordershop/event-store'
import { methodNotAllowed, parseBody, wholeNumber } from '@ordershop/service'
import { Router } from 'express'
import pLimit from 'p-limit'
import { z } from 'zod'

/** Objects that are in memory at once, whoever asks for them. */
const atOnce = 8
/** Whoever takes nothing of an answer for so long, in milliseconds, makes room for the next. */
const patienceMs = 30_000

const query = z.object({
  prefix: z.string().default(''),
  after: z.string().default(''),
  limit: wholeNumber(1, mostNames).default(mostNames),
})

/**
 * The archive for those who cannot reach it where it is, as `httpObjects` of libs/archive-objects reads it. Nothing is
 * written here.
 *
 * `GET /archive/objects?prefix=&after=&limit=` answers `{ names }` as `Objects.list`, a thousand at most.
 * `GET /archive/objects/NAME` answers the bytes of an object, or with `Range: bytes=FIRST-LAST` that part of it: 206, 416
 * where it ends before; 404 with a header that says that it is the archive which has none.
 */
export function routes(objects: Objects): Router {
  const router = Router()
  const inTurn = pLimit(atOnce)
  router
    .route(objectsPath)
    .get(async (request, response) => {
      const { prefix, after, limit } = parseBody(query, request.query, 'query')
      if (prefix !== '') checkName(prefix.replace(/\/$/, ''))
      // Behind '' are all names.
      if (after !== '') checkName(after)
      response.json({ names: await objects.list(prefix, after === '' ? { limit } : { after, limit }) })
    })
    .all(methodNotAllowed)
  router
    .route(`${objectsPath}/*name`)
    .get((request, response) => {
      const name = request.params.name.join('/')
      checkName(name)
      const range = rangeOf(request.headers.range)
      return inTurn(async () => {
        const bytes = response.closed ? null : await objects.read(name, range)
        if (response.closed) return // its caller did not wait
        if (!bytes) {
          response.set(noObjectHeader, 'none')
          throw new AppError('not_found', `archive: there is no object ${name}`)
        }
        response.type('application/octet-stream')
        if (range && bytes.length === 0) response.status(416)
        else if (range) {
          const last = range.start + bytes.length - 1
          response.status(206).set('content-range', `bytes ${range.start}-${last}/*`)
        }
        response.setTimeout(patienceMs)
        response.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
        await once(response, 'close')
      })
    })
    .all(methodNotAllowed)
  return router
}

function rangeOf(header: string | undefined): ByteRange | undefined {
  if (header === undefined) return undefined
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(header) ?? []
  const [start, count] = [Number(first), Number(last) - Number(first) + 1]
  if (count >= 1 && count <= mostRangeBytes) return { start, count }
  throw new AppError(
    'invalid',
    `Range is '${header.slice(0, 100)}', expected bytes=FIRST-LAST, one range of at most ${mostRangeBytes} bytes`,
  )
}
