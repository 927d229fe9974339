import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { objectsContract } from '../testing/objects-contract.ts'
import { folderObjects } from './folder.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'objects-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

describe('objects in a folder', () => {
  objectsContract(() => folderObjects(join(root, 'made', 'when', 'needed')))

  test('leave nothing beside them, and pass over what a crash has left', async () => {
    const folder = join(root, 'crashed')
    const objects = folderObjects(folder)
    await objects.create('order/a', new Uint8Array(10))
    await objects.create('order/a', new Uint8Array(20))
    await objects.replace('order/a', new Uint8Array(30))
    expect(await readdir(folder, { recursive: true })).toEqual(['order', 'order/a'])
    await writeFile(join(folder, 'order', '.unfinished-1'), 'half of')
    expect(await objects.list('order/', { limit: 10 })).toEqual(['order/a'])
  })

  test('are unavailable where the folder cannot be written, and say why', async () => {
    const file = join(root, 'file')
    await writeFile(file, 'no folder')
    const refused = {
      code: 'unavailable',
      message: expect.stringMatching(/create order\/a: .*ENOTDIR|EEXIST/),
    }
    await expect(folderObjects(file).create('order/a', new Uint8Array(1))).rejects.toMatchObject(refused)
  })
})
