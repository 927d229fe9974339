import { send } from '../api/call.ts'
import type { ParkedKey } from '../api/shapes.ts'
import type { Question } from '../ui/confirm.tsx'
import { counted } from '../ui/numbers.ts'

type Place = Pick<ParkedKey, 'group' | 'topic' | 'key'>

export function parkedPath({ group, topic, key }: Place): string {
  return [group, topic, key].map(encodeURIComponent).join('/')
}

export function replay(parked: ParkedKey): Question {
  return {
    title: `Replay ${parked.key}?`,
    says: [
      `${counted(parked.events, 'waiting event')} of this key will be handled again by ${parked.group}, in order, by whoever owns the partition.`,
      'What fails again stays parked. Events of other keys are not touched.',
    ],
    action: 'Replay',
    act: () => send('POST', `/v1/ops/parked/${parkedPath(parked)}/replay`),
  }
}

export function skip(parked: ParkedKey): Question {
  return {
    title: 'Skip the first waiting event?',
    says: [
      `The first parked event of ${parked.key} is taken off and ${parked.group} will never handle it. It stays in the log.`,
      'Later events of the key stay parked; replay them afterwards. Who decided and why is recorded.',
    ],
    action: 'Skip this event',
    isDangerous: true,
    wantsReason: true,
    act: (reason) =>
      send('POST', `/v1/ops/parked/${parkedPath(parked)}/skip`, { reason, first: parked.first }),
  }
}

export function discard(parked: ParkedKey): Question {
  return {
    title: `Discard ${counted(parked.events, 'waiting event')}?`,
    says: [
      `All parked events of ${parked.key} are taken off and ${parked.group} will never handle them. They stay in the log.`,
      'Events of the key that come later are handled again. Who decided and why is recorded.',
    ],
    action: 'Discard them',
    isDangerous: true,
    wantsReason: true,
    act: (reason) =>
      send('POST', `/v1/ops/parked/${parkedPath(parked)}/discard`, { reason, first: parked.first }),
  }
}
