import { AppError } from '@ordershop/core'
import type { GroupLag } from '@ordershop/event-store'
import { serve } from '@ordershop/service/testing'
import { expect, test } from 'vitest'
import { projectionRoutes } from './projection-routes.ts'

const watched = { groups: {}, projections: { 'read-model': ['order', 'customer'] } }
const standing = { projection: 'read-model', live: 4, building: 5, progress: 0.25 }
const lagOf = (group: string, topic: string, head: number): GroupLag => ({
  ...{ group, topic, partition: 0, lag: 0, head, position: head, lagMs: 0, owner: null },
  ...{ trimmed: 0, parkedKeys: 0, parkedEvents: 0, oldestParkedMs: 0, disputed: false },
})
const version = (number: number, live: boolean) => ({
  ...{ projection: 'read-model', version: number, group: `read-model.v${number}`, live, progress: 1 },
})

async function asked(method: 'GET' | 'POST', path: string, rebuild = async () => standing, rebuilds = true) {
  const lags = [
    ...[lagOf('read-model.v4', 'order', 30), lagOf('read-model.v4', 'customer', 12)],
    ...[lagOf('read-model.v5', 'order', 30), lagOf('read-model.v5', 'customer', 12)],
  ]
  const survey = async () => ({ lags, versions: [version(4, true), version(5, false)], unread: [] })
  const ops = { survey, rebuild, projection: async () => standing }
  const served = await serve(projectionRoutes({ ops, watched: () => watched, rebuilds }))
  const { status, body } = await served.request(method, path)
  await served.close()
  return { status, body }
}

test('nobody has a projection rebuilt where that is not served', async () => {
  const rebuild = () => expect.fail('expected nothing to be rebuilt')
  expect((await asked('POST', '/projections/read-model/rebuild', rebuild, false)).status).toBe(404)
})

test('a projection reports its versions, its progress, and how many events it folds', async () => {
  expect(await asked('GET', '/projections/read-model')).toEqual({
    status: 200,
    body: { ...standing, events: 42 },
  })
})

test('starting a rebuild gets 202 with the state of the projection', async () => {
  expect(await asked('POST', '/projections/read-model/rebuild')).toEqual({
    status: 202,
    body: { ...standing, events: 42 },
  })
})

test('while one is under way another gets 409', async () => {
  const underWay = async () => {
    throw new AppError('conflict', 'read-model: version 5 is being built')
  }
  const { status } = await asked('POST', '/projections/read-model/rebuild', underWay)
  expect(status).toBe(409)
})

test.each([
  ['GET', '/projections/crm'],
  ['POST', '/projections/toString/rebuild'],
] as const)('%s %s: what is no projection is answered 404 with those there are', async (method, path) => {
  const { status, body } = await asked(method, path)
  expect(status).toBe(404)
  expect(body).toMatchObject({ error: { message: expect.stringContaining('expected one of read-model') } })
})
