import type { LiveMember } from '../groups/assignment.ts'

/** A member as the group's sorted set names it: `order-0199… ["customer","order"]`. The name comes first, so that releases which do not read on still sort members alike. */
export function heartbeatOf({ member, topics }: Required<LiveMember>): string {
  return `${member} ${JSON.stringify(topics.toSorted())}`
}

/** Reads what `heartbeatOf` writes; a former release wrote the name alone. */
export function liveMember(heartbeat: string): LiveMember {
  const [, member, topics] = /^(.*?) (\[.*\])$/s.exec(heartbeat) ?? []
  return member && topics ? { member, topics: JSON.parse(topics) as string[] } : { member: heartbeat }
}
