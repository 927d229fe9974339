import { AppError } from '@ordershop/core'
import type { GroupLag, Survey } from '@ordershop/event-store'
import { serve } from '@ordershop/service/testing'
import { expect, test } from 'vitest'
import { lagRoutes } from './lag-routes.ts'

const watched = { groups: { crm: ['order', 'customer'] }, projections: { 'read-model': ['order'] } }
const lagOf = (group: string, topic: string, partition: number, lag: number): GroupLag => ({
  ...{ group, topic, partition, lag, head: 100, trimmed: 0, position: 100 - lag, lagMs: 0, owner: null },
  ...{ parkedKeys: 0, parkedEvents: 0, oldestParkedMs: 0, disputed: false },
})

async function lagAnswered(path: string, survey: () => Survey) {
  const served = await serve(lagRoutes({ ops: { survey: async () => survey() }, watched }))
  const { status, headers, body } = await served.request('GET', path)
  await served.close()
  return { status, body, retryAfter: headers.get('retry-after') }
}

test('the lag of a group is the sum over its topics and partitions', async () => {
  const lags = [lagOf('crm', 'order', 0, 3), lagOf('crm', 'order', 1, 0), lagOf('crm', 'customer', 0, 4)]
  const { body } = await lagAnswered('/lag/crm', () => ({ lags, versions: [], unread: [] }))
  expect(body).toEqual({ group: 'crm', lag: 7 })
})

test('the lag of a projection is that of the version that readers see, not of the one being built', async () => {
  const version = (number: number, live: boolean) => ({
    ...{ projection: 'read-model', version: number, group: `read-model.v${number}`, live, progress: 1 },
  })
  const { body } = await lagAnswered('/lag/read-model', () => ({
    lags: [lagOf('read-model.v4', 'order', 0, 2), lagOf('read-model.v5', 'order', 0, 90)],
    versions: [version(4, true), version(5, false)],
    unread: [],
  }))
  expect(body).toEqual({ group: 'read-model', lag: 2 })
})

test.each(['nobody', 'toString', 'read-model.v1'])(
  'an unknown group (%s) gets 404 with a list of the known ones',
  async (name) => {
    const { status, body } = await lagAnswered(`/lag/${name}`, () => expect.fail('asked'))
    expect(status).toBe(404)
    expect(body).toMatchObject({
      error: { code: 'not_found', message: `lag of ${name}: no such group, expected one of crm, read-model` },
    })
  },
)

test('while Redis does not answer lag is unknown: 503', async () => {
  const { status, retryAfter } = await lagAnswered('/lag/crm', () => {
    throw new AppError('unavailable', 'survey: Redis cannot be reached')
  })
  expect(status).toBe(503)
  expect(retryAfter).toBe('1')
})
