import { groupsContract } from '../testing/groups-contract.ts'
import { memoryGroups } from './memory-groups.ts'
import { memoryLog } from './memory-log.ts'
import { memoryRows } from './memory-rows.ts'
import { memoryState } from './state.ts'

groupsContract('consumer groups in memory', async () => {
  const state = memoryState()
  return { groups: memoryGroups(state), log: memoryLog(state), queryRows: memoryRows(state) }
})
