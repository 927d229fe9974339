// `scripts/ordershop-ops`: what an operator asks of the event store and does to it.
import { parseArgs } from 'node:util'
import { catalog, projections } from '@ordershop/contracts'
import type { GroupLag, Operations } from '@ordershop/event-store'
import { askShop } from '@ordershop/local-shop/control'
import { surveyShop } from './lag.ts'
import { type Answer, type Command, type Flags, unknown } from './command.ts'
import { decideParked, listParked, parkedDecisions, replayParked } from './parked.ts'
import { withProgress } from '@ordershop/local-shop/progress'
import { shopSettings } from '@ordershop/local-shop/settings'
import { withStore } from '@ordershop/shop'
import { table } from './table.ts'

const help = `usage: scripts/ordershop-ops [--json] COMMAND

  lag [--all]                           how far every group and projection is behind, per partition that has events, or all
  parked list GROUP                     keys whose events wait because one of them could not be handled, and why
  parked replay GROUP [--key TOPIC:KEY] have them handled again, in order
  parked skip GROUP --key TOPIC:KEY --reason TEXT     take the first of a key off unhandled
  parked discard GROUP --key TOPIC:KEY --reason TEXT  take all of a key off unhandled
  parked decisions GROUP                what was skipped and discarded, by whom (--operator, by default you) and why
  rebuild PROJECTION                    build the entity cache anew beside the live one, then switch
  verify [TOPIC]                        walk the log: positions and versions contiguous, every event decodable

Exit codes: 0 done; 1 failed, or \`verify\` found problems; 2 not a command.
Redis is reached as the services reach it (REDIS_URL, …); by default the one that \`scripts/shop up\` runs.`

const commands: Record<
  string,
  { readonly operands: readonly [least: number, most: number]; readonly run: Command }
> = {
  lag: { operands: [0, 0], run: lag },
  'parked list': { operands: [1, 1], run: listParked },
  'parked replay': { operands: [1, 1], run: replayParked },
  'parked skip': { operands: [1, 1], run: decideParked('skipParked') },
  'parked discard': { operands: [1, 1], run: decideParked('discardParked') },
  'parked decisions': { operands: [1, 1], run: parkedDecisions },
  rebuild: { operands: [1, 1], run: rebuild },
  verify: { operands: [0, 1], run: verify },
}

async function lag(ops: Operations, _: readonly string[], { all = false }: Flags): Promise<Answer> {
  const { lags } = await surveyShop(ops)
  const rows = lags
    .filter(({ head }) => all || head > 0)
    .map((one: GroupLag) => ({
      group: one.group,
      partition: `${one.topic}:${one.partition}`,
      events: one.head,
      lag: one.lag,
      'lag s': Math.round(one.lagMs / 1_000),
      parked: one.parkedEvents,
      owner: one.owner,
      disputed: one.disputed ? 'yes' : '-',
    }))
  return { rows, none: 'the log is empty' }
}

async function rebuild(ops: Operations, [name = '']: readonly string[]): Promise<Answer> {
  if (!(name in projections)) unknown('projection', name, Object.keys(projections))
  const { live, building, progress } = await ops.rebuild(name, projections[name as keyof typeof projections])
  return { rows: [{ projection: name, live, building, progress }], none: '' }
}

async function verify(ops: Operations, [only]: readonly string[]): Promise<Answer> {
  const all: readonly string[] = catalog.topics
  if (only !== undefined && !all.includes(only)) unknown('topic', only, all)
  const topics = only === undefined ? all : [only]
  const found = await withProgress('reading the log', (waitsFor) =>
    inTurn(topics, (topic) => {
      waitsFor(topic)
      return ops.verify(topic)
    }),
  )
  const rows = found.flatMap(({ topic, events, problems }) =>
    (problems.length > 0 ? problems : ['none']).map((problem) => ({ topic, events, problem })),
  )
  return { rows, none: '', failed: found.some(({ problems }) => problems.length > 0) }
}

async function inTurn<In, Out>(inputs: readonly In[], work: (input: In) => Promise<Out>): Promise<Out[]> {
  const outputs: Out[] = []
  for (const input of inputs) outputs.push(await work(input))
  return outputs
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      key: { type: 'string' },
      reason: { type: 'string' },
      operator: { type: 'string' },
      all: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help || positionals.length === 0 || positionals[0] === 'help') return say(help, 0)
  const words = positionals[0] === 'parked' ? 2 : 1
  const name = positionals.slice(0, words).join(' ')
  const operands = positionals.slice(words)
  const command = commands[name]
  if (!command) return say(`no command is called ${name}\n\n${help}`, 2)
  const [least, most] = command.operands
  if (operands.length < least || operands.length > most)
    return say(`${name}: wrong number of names\n\n${help}`, 2)
  const shop = await askShop(shopSettings(process.env).socket)
  const answer = await withStore(process.env, shop?.redis.url, ({ ops }) =>
    command.run(ops, operands, values),
  )
  const text = answer.rows.length === 0 ? answer.none : table(answer.rows)
  return say(values.json ? JSON.stringify(answer.rows, null, 2) : text, answer.failed ? 1 : 0)
}

function say(text: string, exitCode: number): number {
  if (exitCode === 2) console.error(text)
  else console.log(text)
  return exitCode
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(`ordershop-ops: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
