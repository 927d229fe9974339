import { randomBytes, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Objects } from '../archive/objects.ts'

const text = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString()
const bytes = (content: string) => new TextEncoder().encode(content)

/** What every `Objects` promises. @param open gives objects, empty or not: every test uses names of its own. */
export function objectsContract(open: () => Objects | Promise<Objects>): void {
  const folder = () => `order/${randomUUID()}`

  test('give back what was created, whole and in part, up to its end and no further', async () => {
    const objects = await open()
    const name = `${folder()}/a.zst`
    expect(await objects.create(name, bytes('0123456789'))).toBe(true)
    expect(text(await objects.read(name))).toBe('0123456789')
    expect(text(await objects.read(name, { start: 2, count: 3 }))).toBe('234')
    expect(text(await objects.read(name, { start: 8, count: 100 }))).toBe('89')
    const big = randomBytes(9 * 1024 * 1024)
    await objects.create(`${name}.big`, big)
    expect(big.equals((await objects.read(`${name}.big`)) ?? new Uint8Array())).toBe(true)
  })

  test('have nothing under a name that nobody wrote', async () => {
    const objects = await open()
    expect(await objects.read(`${folder()}/none.zst`)).toBe(null)
    expect(await objects.read(`${folder()}/none.zst`, { start: 0, count: 10 })).toBe(null)
    expect(await objects.list(`${folder()}/`, { limit: 10 })).toEqual([])
  })

  test('create a name once, whoever tries at the same moment, and keep what was first', async () => {
    const objects = await open()
    const name = `${folder()}/a.zst`
    const tries = Array.from({ length: 8 }, (_, k) => objects.create(name, bytes(`writer ${k}`)))
    const created = await Promise.all(tries)
    expect(created.filter(Boolean)).toEqual([true])
    expect(text(await objects.read(name))).toBe(`writer ${created.indexOf(true)}`)
    expect(await objects.create(name, bytes('late'))).toBe(false)
    expect(text(await objects.read(name))).toBe(`writer ${created.indexOf(true)}`)
  })

  test('replace an object as a whole: who reads meanwhile finds the old one or the new one', async () => {
    const objects = await open()
    const name = `${folder()}/manifest.json`
    const version = (n: number) => bytes(String(n).repeat(300_000))
    await objects.replace(name, version(0))
    let replacing = true
    const replaced = (async () => {
      for (let n = 1; n < 10; n++) await objects.replace(name, version(n))
      replacing = false
    })()
    while (replacing) {
      const found = text(await objects.read(name)) ?? ''
      expect(found.length).toBe(300_000)
      expect(new Set(found).size).toBe(1)
    }
    await replaced
    expect(text(await objects.read(name))?.[0]).toBe('9')
  })

  test('are gone once they were removed, and their name can be taken again', async () => {
    const objects = await open()
    const name = `${folder()}/a.zst`
    await objects.create(name, bytes('x'))
    await objects.remove(name)
    await objects.remove(name)
    expect(await objects.read(name)).toBe(null)
    expect(await objects.list(name, { limit: 1 })).toEqual([])
    expect(await objects.create(name, bytes('y'))).toBe(true)
  })

  test('are listed in the order of their names, from behind one, as many as are asked for', async () => {
    const objects = await open()
    const place = folder()
    const names = ['a/2', 'a/10', 'a/1', 'a-b/1', 'b'].map((name) => `${place}/${name}`)
    for (const name of names) await objects.create(name, bytes('x'))
    const under = (prefix: string) => objects.list(`${place}/${prefix}`, { limit: 10 })
    expect(await under('a/')).toEqual(['a/1', 'a/10', 'a/2'].map((name) => `${place}/${name}`))
    expect(await under('a')).toEqual(['a-b/1', 'a/1', 'a/10', 'a/2'].map((name) => `${place}/${name}`))
    expect(await objects.list(`${place}/a/`, { after: '', limit: 10 })).toHaveLength(3)
    expect(await objects.list(`${place}/a/`, { after: `${place}/a/1`, limit: 1 })).toEqual([`${place}/a/10`])
  })

  test.each(['', '/a', 'a//b', '../a', 'a/../b', 'a/.b', 'a b', 'ä', `${'a'.repeat(600)}`])(
    'refuse the name %j, and say what they expected',
    async (name) => {
      const objects = await open()
      await expect(objects.create(name, bytes('x'))).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringContaining('expected words of'),
      })
    },
  )
}
