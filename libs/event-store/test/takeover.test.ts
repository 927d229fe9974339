import { eventually } from '@ordershop/core/testing'
import { expect, test } from 'vitest'
import { quick } from './harness.ts'
import { membersOnRedis } from './member-processes.ts'

const { members } = membersOnRedis()

// Beyond the bound itself, what two processes on a busy machine need to say that it is so.
const slackMs = 2_000

test("a killed member's partitions are taken over within its lease and a heartbeat, a leaving one's within a heartbeat", async () => {
  const stays = members.start()
  const leaves = members.start()
  const dies = members.start()
  const all = [stays, leaves, dies]
  await eventually(async () => {
    const told = await Promise.all(all.map((each) => members.told(each)))
    expect(told.map(({ owned }) => owned).sort()).toEqual([2, 3, 3])
  })
  await members.kill(dies)
  await eventually(
    async () => {
      const told = await Promise.all([stays, leaves].map((each) => members.told(each)))
      expect(told.map(({ owned }) => owned)).toEqual([4, 4])
    },
    { withinMs: quick.leaseMs + quick.beatMs + slackMs },
  )
  await members.kill(leaves, 'SIGTERM')
  await eventually(async () => expect(await members.told(stays)).toMatchObject({ owned: 8 }), {
    withinMs: quick.beatMs + slackMs,
  })
})
