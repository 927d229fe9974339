import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'

/**
 * Sends JSON in pieces, as fast as the caller takes them. What fails before the first piece is thrown, and can still be
 * answered; after it the response is aborted, so that it is not taken for a complete one. A caller that goes away ends
 * the reading of pieces.
 */
export async function sendJson(response: Response, pieces: AsyncGenerator<string>): Promise<void> {
  const first = await pieces.next()
  response.type('json')
  async function* all() {
    if (!first.done) yield first.value
    yield* pieces
  }
  try {
    await pipeline(Readable.from(all(), { highWaterMark: 1 }), response)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}

/** A JSON array of these items, a piece for each page; at least one piece. */
export async function* jsonArray<T>(
  pages: AsyncIterable<readonly T[]>,
  show: (item: T) => object,
): AsyncGenerator<string> {
  let before = '['
  for await (const page of pages) {
    if (page.length === 0) continue
    yield before + page.map((item) => JSON.stringify(show(item))).join()
    before = ','
  }
  yield before === '[' ? '[]' : ']'
}

/** A JSON object of these fields, each given in pieces. */
export async function* jsonObject(
  fields: Iterable<readonly [name: string, value: AsyncGenerator<string>]>,
): AsyncGenerator<string> {
  let before = '{'
  for (const [name, value] of fields) {
    before += `${JSON.stringify(name)}:`
    for await (const piece of value) {
      yield before + piece
      before = ''
    }
    before = ','
  }
  yield before === '{' ? '{}' : '}'
}
