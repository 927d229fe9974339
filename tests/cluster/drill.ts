// Load and checks inside the cluster, see tools/check/src/drill.ts, which runs until its standard input ends.
import { createInterface } from 'node:readline'
import type { Verdict } from '@ordershop/check/drill'
import { command } from '@ordershop/cluster/command'
import { eventually } from '@ordershop/core/testing'
import { execa } from 'execa'
import { onTestFinished } from 'vitest'
import { parseAllDocuments } from 'yaml'
import type { ClusterShop } from './cluster-shop.ts'

export type Drill = {
  /** Waits until so many more orders have been acknowledged: the shop works. */
  more(orders: number, withinMs?: number): Promise<void>
  /** Ends the load; what came of it, once all is at rest and was checked. Rejects with what a check said. */
  finish(): Promise<Verdict>
}

const podName = 'ordershop-drill'
const sleep = "process.once('SIGTERM', process.exit); setInterval(() => {}, 2 ** 30)"

/** A pod like the one of `helm test`, which may call whatever the checks call, to run programs in. */
async function needDrillPod({ namespace, kubectl }: ClusterShop): Promise<void> {
  const hooks = await command('helm', ['get', 'hooks', 'ordershop', '--namespace', namespace])
  const [pod] = parseAllDocuments(hooks).map((document) => document.toJS())
  const { labels } = pod.metadata
  const [container] = pod.spec.containers
  const spec = { ...pod.spec, containers: [{ ...container, args: ['--eval', sleep] }] }
  const manifest = JSON.stringify({ ...pod, metadata: { name: podName, labels }, spec })
  await command('kubectl', ['--namespace', namespace, 'apply', '--filename', '-'], { input: manifest })
  await kubectl('wait', `pod/${podName}`, '--for=condition=Ready', '--timeout=60s')
}

/** Starts to order at a fixed rate; resolves once orders are acknowledged. The drill's name is its mails' domain. */
export async function startDrill(shop: ClusterShop, name: string, perSecond = 15): Promise<Drill> {
  await needDrillPod(shop)
  const inside = ['/nodejs/bin/node', 'src/drill.ts', String(perSecond), `${name}.example`]
  const where = ['--namespace', shop.namespace, '--stdin', podName]
  const child = execa('kubectl', ['exec', ...where, '--', ...inside], { reject: false })
  // A test that failed must not leave its load to the next one: the program ends with its standard input.
  onTestFinished(async () => {
    child.stdin.end()
    await child
  })
  let last: Partial<Verdict> = {}
  let ended = false
  child.then(() => {
    ended = true
  })
  createInterface(child.stdout).on('line', (line) => {
    last = JSON.parse(line)
  })

  const more = async (orders: number, withinMs = 60_000) => {
    const wanted = (last.acknowledged ?? 0) + orders
    await eventually(() => ended || (last.acknowledged ?? 0) >= wanted, { withinMs, everyMs: 100 })
    if (ended) throw new Error(`the drill ended before its time: ${(await child).stderr}`)
  }
  await more(1)
  return { more, finish }

  async function finish(): Promise<Verdict> {
    child.stdin.end()
    const { exitCode, stderr } = await child
    if (exitCode !== 0) throw new Error(`the drill found something: ${JSON.stringify(last)} ${stderr}`)
    console.log(name, JSON.stringify(last))
    return last as Verdict
  }
}
