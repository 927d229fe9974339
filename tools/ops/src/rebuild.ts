import { projections } from '@ordershop/contracts'
import type { Operations } from '@ordershop/event-store'
import { type Report, unknown } from './command.ts'

export async function rebuild(ops: Operations, name: string): Promise<Report> {
  if (!(name in projections)) unknown('projection', name, Object.keys(projections))
  const { live, building, progress } = await ops.rebuild(name, projections[name as keyof typeof projections])
  return { rows: [{ projection: name, live, building, progress }] }
}
