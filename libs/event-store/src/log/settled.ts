import { AppError } from '@ordershop/core'
import type { AppendedAll, StateToken } from '../entity.ts'
import type { AppendAnswer, EncodedAppend, EncodedWrite } from './log.ts'

/**
 * Where an append that was stored, now or before, has left its entities.
 *
 * @throws AppError for one that was not, see `EntityLog.append`.
 */
export function settled(
  answer: AppendAnswer,
  topic: string,
  { commandId, writes }: EncodedAppend,
): Pick<AppendedAll, 'position' | 'entities'> {
  if (answer.result === 'conflict') {
    const { entityId, expected } = writes[answer.write] as EncodedWrite
    const version = versionOf(answer.token)
    // Two histories: the numbers alone would not say what is wrong.
    const met = String(expected).startsWith(`${version}@`) ? answer.token : version
    const message = `append to ${topic} ${entityId}: it is at version ${met}, expected ${expected}`
    throw new AppError('conflict', message)
  }
  if (answer.result === 'reused') {
    const isOurs = writes.some(({ entityId }) => entityId === answer.entityId)
    const of = isOurs ? 'other events of it' : `${topic} ${answer.entityId}`
    const message = `'${commandId}' was used for ${of}, expected a command id of its own`
    throw new AppError('invalid', `append to ${topic} ${writes[0]?.entityId}: ${message}`, {
      fields: [{ path: 'commandId', message }],
    })
  }
  const { position, tokens } = answer
  return { position, entities: tokens.map((token) => ({ token, version: versionOf(token) })) }
}

/** Whether an append was refused because its command id names another one. */
export function isReusedCommandId(error: unknown): boolean {
  return error instanceof AppError && error.code === 'invalid' && error.fields[0]?.path === 'commandId'
}

/** The entry id that a token names: of the entity's last event. */
export function entryIdOf(token: StateToken): string {
  return token.slice(token.indexOf('@') + 1)
}

/** The version that a token names. */
export function versionOf(token: StateToken): number {
  return Number(token.slice(0, token.indexOf('@')))
}
