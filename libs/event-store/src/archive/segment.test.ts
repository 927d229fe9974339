import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { RawEntry } from '../log/entry.ts'
import { entryOf } from '../redis/wire.ts'
import { chainOf, noSegment } from './chain.ts'
import { folderObjects } from './folder.ts'
import { entriesOf, readSegment } from './read-segment.ts'
import { chainAfter, entityHash, segmentWriter, type WrittenSegment } from './segment.ts'
import { sealedName } from './segment-names.ts'

const root = mkdtempSync(join(tmpdir(), 'segments-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const at = { topic: 'account', partition: 3 }
const fresh = () => folderObjects(join(root, randomUUID()))

/** An entry as `append.lua` writes it, with text that no format may take for something of its own. */
function entry(position: number, entity = `account-${position % 10}`): RawEntry {
  const event = `moved ${entity} event-${position} 1 ${position} - {"c":"c-${position}"}`
  const data = JSON.stringify({
    cents: position,
    note: `line\n"quoted" \\ ünïcode ${'x'.repeat(position % 50)}`,
  })
  return [`${1_000 + position}-0`, ['event/2', event, 'data', data]]
}

async function written(entries: readonly RawEntry[], previous = ''): Promise<WrittenSegment> {
  const writer = segmentWriter(at, previous)
  for (const raw of entries) await writer.add(raw, entryOf(raw))
  return writer.end()
}

const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, k) => entry(from + k))

async function all(
  pages: AsyncIterable<readonly RawEntry[]> | Iterable<readonly RawEntry[]>,
): Promise<RawEntry[]> {
  const entries: RawEntry[] = []
  for await (const page of pages) entries.push(...page)
  return entries
}

test('a segment gives back every entry as it was, in order, those that the library did not write too', async () => {
  const foreign: RawEntry = ['1500-7', ['by', 'hand\twith\n"tabs" \r\\ and lines', '', '', 'by', 'twice']]
  const entries = [...upTo(500), foreign, ...upTo(2_500, 501)]
  const segment = await written(entries)
  const objects = fresh()
  await objects.create('segment', segment.bytes)
  const read = await readSegment(objects, 'segment')
  if (!read) throw new Error('expected a segment')
  expect(await all(entriesOf(read))).toEqual(entries)
  expect(read.header).toMatchObject({
    ...{ topic: 'account', partition: 3, first: 1, last: 3_000, count: 3_001 },
    ...{ first_entry: '1001-0', last_entry: '4000-0', last_event: 'event-3000', previous: '' },
  })
  expect(read.header.blocks.length).toBeGreaterThan(1)
  expect(chainAfter(read.header)).toBe(chainAfter(segment.header))
})

test('its index names the last entry of each entity', async () => {
  const segment = await written(upTo(25))
  const { index } = segment.header
  const records = Buffer.from(segment.bytes.subarray(segment.bytes.length - index.bytes + 8))
  expect(records.length).toBe(10 * 12)
  const found = new Map(
    Array.from({ length: 10 }, (_, k) => [
      records.subarray(12 * k, 12 * k + 8).toString('hex'),
      records.readUInt32BE(12 * k + 8),
    ]),
  )
  for (let position = 16; position <= 25; position++)
    expect(found.get(entityHash(`account-${position % 10}`).toString('hex'))).toBe(position - 1)
  expect([...found.keys()]).toEqual([...found.keys()].sort())
})

test('a segment of which any byte is another is refused, and so is one that was cut off', async () => {
  const { bytes, header } = await written(upTo(100))
  const chain = chainAfter(header)
  const objects = fresh()
  for (let k = 0; k < bytes.length; k += 7) {
    const changed = Uint8Array.from(bytes)
    changed[k] = (changed[k] as number) ^ 1
    await objects.replace('segment', changed)
    const read = await readSegment(objects, 'segment').then(
      (found) => found && chainAfter(found.header),
      (error) => error.code,
    )
    // What continues a chain is for who reads the one before to tell; where it is from, too.
    const isLink = read === 'invalid' || read !== chain
    const { topic, partition, first } = await readSegment(objects, 'segment').then(
      (found) => found?.header ?? header,
      () => ({ topic: '', partition: 0, first: 0 }),
    )
    expect(isLink || topic !== at.topic || partition !== at.partition || first !== 1, `byte ${k}`).toBe(true)
  }
  for (const length of [0, 7, 100, bytes.length - 1]) {
    await objects.replace('segment', bytes.subarray(0, length))
    await expect(readSegment(objects, 'segment'), `${length} bytes`).rejects.toMatchObject({
      code: 'invalid',
    })
  }
})

test('a chain is read from its first entry to its last, and shows a segment that is missing, changed or of another history', async () => {
  const objects = fresh()
  const chain = chainOf(objects, at)
  expect(await chain.end()).toEqual(noSegment)
  let previous = ''
  for (let k = 0; k < 5; k++) {
    const segment = await written(upTo(100, 1 + 100 * k), previous)
    expect(await chain.add(segment)).toBe(true)
    previous = chainAfter(segment.header)
    expect(await chain.end()).toMatchObject({ last: 100 * (k + 1), chain: previous })
  }
  expect(await all(chain.entries())).toEqual(upTo(500))

  const third = sealedName(at, 201)
  const kept = (await objects.read(third)) as Uint8Array
  const other = await written(
    [...upTo(99, 201), entry(300, 'somebody')],
    chainAfter((await written(upTo(100))).header),
  )
  await objects.replace(third, other.bytes)
  await expect(all(chain.entries())).rejects.toThrow(/it continues the chain .*, expected/)
  rmSync(join(root, 'gone'), { recursive: true, force: true })
  const gone = folderObjects(join(root, 'gone'))
  for (const name of await objects.list('account/3/', { limit: 10 }))
    if (name !== third) await gone.create(name, (await objects.read(name)) as Uint8Array)
  await expect(all(chainOf(gone, at).entries())).rejects.toThrow(
    /it is missing, and there are segments behind it/,
  )
  await objects.replace(third, kept)
  expect(await all(chain.entries())).toEqual(upTo(500))
})

test('one place in a chain is taken once', async () => {
  const chain = chainOf(fresh(), at)
  const [mine, theirs] = [await written(upTo(100)), await written(upTo(90))]
  expect(await chain.add(mine)).toBe(true)
  expect(await chain.add(mine)).toBe(true) // the reply of the first was lost
  expect(await chain.add(theirs)).toBe(false)
  expect(await all(chain.entries())).toEqual(upTo(100))
})

test('zstd and jq, which know nothing of us, read the same events from a segment', async () => {
  const { bytes, header } = await written(upTo(1_000))
  const file = join(root, 'segment.zst')
  writeFileSync(file, bytes)
  const shell = (command: string) =>
    execFileSync('bash', ['-o', 'pipefail', '-c', command], { encoding: 'utf8', maxBuffer: 1 << 28 })
  const found = shell(
    `zstd -dc ${file} | jq -Rc 'split("\\t") | [.[0], (.[2] | split(" ") | .[0,1,2,4]), (.[4] | fromjson | .cents)]'`,
  )
  const expected = upTo(1_000).map((raw) => {
    const { entryId, type, entityId, eventId, position, data } = entryOf(raw)
    return JSON.stringify([entryId, type, entityId, eventId, String(position), JSON.parse(data).cents])
  })
  expect(found.trimEnd().split('\n')).toEqual(expected)
  // Header and index, as docs/archive-format.md says.
  const size = readFileSync(file).readUInt32LE(4)
  expect(JSON.parse(shell(`head -c ${8 + size} ${file} | tail -c ${size} | jq -c .`))).toEqual(header)
  const lines = shell(`zstd -dc ${file} | sha256sum`).slice(0, 64)
  expect(header.parts).toEqual([{ count: 1_000, sha256: lines }])
  expect(shell(`printf %s%s '' ${lines} | sha256sum`).slice(0, 64)).toBe(chainAfter(header))
  const blocks = header.blocks.reduce((sum, block) => sum + block.bytes, 0)
  expect(shell(`head -c ${8 + size + blocks} ${file} | tail -c ${blocks} | sha256sum`).slice(0, 64)).toBe(
    header.sha256,
  )
})
