// `scripts/ordershop-ops`: what an operator asks of the event store and does to it.
import { userInfo } from 'node:os'
import type { ShopEvent } from '@ordershop/contracts'
import type { Operations, RedisEventStore } from '@ordershop/event-store'
import { withStore } from '@ordershop/shop'
import { Command, CommanderError } from 'commander'
import { acl } from './acl.ts'
import { makeKey } from './api-keys.ts'
import {
  archiveStatus,
  cutArchive,
  exportTopic,
  restoreArchive,
  sealArchive,
  verifyWholeArchive,
} from './archive.ts'
import { auditReport, beginning, kindOf, namesOf } from './audit.ts'
import { fetchRedisBackup, listBackups, storeRedisBackup } from './backup.ts'
import type { Report } from './command.ts'
import { lagReport } from './lag.ts'
import { decideParked, listParked, parkedDecisions, replayParked } from './parked.ts'
import { rebuild } from './rebuild.ts'
import { changeKeys, createKeys } from './signing-keys.ts'
import { table } from './table.ts'
import { verify } from './verify.ts'

const program = new Command('scripts/ordershop-ops')
  .description('Looks at and repairs the event store of a running shop.')
  .option('--json', 'print JSON instead of a table')
  .option('--operator <name>', 'who has it done; it is recorded', userInfo().username)
  .helpCommand('help [command]', 'display help for a command')
  .addHelpText(
    'after',
    `
Exit codes: 0 done; 1 failed, or \`verify\` found problems; 2 not a command.
Redis and the archive are reached as by the services (REDIS_URL, …, ARCHIVE_URL); by default those of \`scripts/shop up\`.`,
  )
  .exitOverride()

program
  .command('lag')
  .description('how far every group and projection is behind, per partition that has events')
  .option('--all', 'partitions without events, too', false)
  .action(({ all }) => print((ops) => lagReport(ops, process.env, all)))
program
  .command('rebuild <projection>')
  .description('rebuild the entity cache beside the live one, then switch')
  .action((name) => print((ops) => rebuild(ops, name)))
program
  .command('verify [topic]')
  .description('walk the log: positions and versions contiguous, every event decodable')
  .action((topic) => print((ops) => verify(ops, topic)))

program
  .command('audit')
  .description('what operators have had done, by whom, and what became of it')
  .option('--since <time>', 'only from then on, 2026-11-28T03:00:00Z')
  .option('--limit <records>', 'the newest only', '100')
  .action((options) => print((ops) => auditReport(ops, options)))

const parked = program.command('parked').description('keys whose events wait, and what is done about them')
parked
  .command('list <group>')
  .description('keys whose events wait because one of them could not be handled, and why')
  .action((group) => print((ops) => listParked(ops, group)))
parked
  .command('replay <group>')
  .description('have them handled again, in order')
  .option('--key <topic:key>', 'only this key')
  .action((group, { key }) => print((ops) => replayParked(ops, group, key)))
for (const action of ['skip', 'discard'] as const)
  parked
    .command(`${action} <group>`)
    .description(`take ${action === 'skip' ? 'the first event' : 'all events'} of a key off unhandled`)
    .requiredOption('--key <topic:key>', 'the key')
    .requiredOption('--reason <text>', 'why; it is kept')
    .action((group, options) =>
      print((ops) => decideParked(ops, action, group, { ...options, operator: operator() })),
    )
parked
  .command('decisions <group>')
  .description('what was skipped and discarded, by whom and why')
  .action((group) => print((ops) => parkedDecisions(ops, group)))

program
  .command('api-keys')
  .description('API keys of callers: the gateway reads a file of their hashes, AUTH_API_KEYS_FILE')
  .command('new <name>')
  .description('print a new key, this once, and its line for the file, which has its hash')
  .requiredOption('--roles <roles>', 'read, write (reads, too), ops (both), or several with commas')
  .option('--expires <time>', 'from when on it is refused, 2027-01-01T00:00:00Z; default never')
  .action((name, options) => tell(makeKey(name, options)))

const archive = program
  .command('archive')
  .description(
    'the copy of the log at ARCHIVE_URL: file:///folder, s3://bucket/prefix, or to read only http://host:port',
  )
archive
  .command('status')
  .description('how far each topic is archived')
  .action(() => print(archiveStatus))
archive
  .command('seal')
  .description('archive all that is in the log now; nothing leaves Redis')
  .action(() => printFrom((store) => sealArchive(store, process.env)))
archive
  .command('verify [topic]')
  .description('read every segment: its hashes, its link to the one before, none missing')
  .action((topic) => printFrom((store) => verifyWholeArchive(store, process.env, topic)))
archive
  .command('export <topic>')
  .description('print every archived event of a topic, a JSON object a line, partition after partition')
  .action((topic) => withStore(process.env, (store) => exportTopic(store, process.env, topic)))
archive
  .command('restore')
  .description('put the log back into an empty Redis, or one that has its beginning, while no service runs')
  .option('--until <time|positions>', '2026-11-28T03:00:00Z, or order:3=1200,order:4=1180')
  .option('--keep <events>', 'only so many events of each partition, the newest; the archive has the others')
  .option(
    '--onto-backup',
    'Redis was started from a backup: add what it lacks, keep what it has beyond the archive',
  )
  .action((limits) => printFrom((store) => restoreArchive(store, process.env, limits)))
archive
  .command('cut')
  .description('after a restore to the past: set aside what came later, while no service runs')
  .action(() => printFrom((store) => cutArchive(store, process.env)))

const backup = program
  .command('backup')
  .description('copies of Redis itself at ARCHIVE_URL, beside the archive: its RDB file')
backup
  .command('store <file>')
  .description('store an RDB file, as `redis-cli --rdb FILE` writes it')
  .option('--keep <backups>', 'remove all but the newest', '7')
  .action(async (file, { keep }) => tell(await storeRedisBackup(process.env, file, keep)))
backup
  .command('list')
  .description('what was stored, oldest first')
  .action(async () => tell(await listBackups(process.env)))
backup
  .command('fetch <time> <file>')
  .description('write a backup to a new file, or to stdout for -, verified')
  .action((time, file) => fetchRedisBackup(process.env, time, file))

const signingKeys = program
  .command('signing-keys')
  .description('files of the keys by which processes know each other: docs/internal-keys.md')
signingKeys
  .command('new <folder>')
  .description('make the first ones')
  .action((folder) => tell(createKeys(folder)))
for (const [step, does] of [
  ['add', 'make another key of each kind known'],
  ['use', 'sign with the key that was added last'],
  ['retire', 'forget all keys but the one that signs'],
] as const)
  signingKeys
    .command(`${step} <folder>`)
    .description(does)
    .action((folder) => tell(changeKeys(step, folder)))

program
  .command('acl')
  .description(
    'print an ACL file for Redis: a user for each service, and for this command, with what each needs',
  )
  .option(
    '--passwords <dir>',
    'a file for each user, named like it, with a password a line; only their hashes are printed',
  )
  .action(({ passwords }) => console.log(acl(passwords)))

const operator = () => program.opts<{ operator: string }>().operator

const print = (ask: (ops: Operations) => Promise<Report>) => printFrom(({ ops }) => ask(ops))

async function printFrom(ask: (store: RedisEventStore<ShopEvent>) => Promise<Report>): Promise<void> {
  tell(await withStore(process.env, ask))
}

function tell({ rows, none = '', failed = false }: Report): void {
  const { json } = program.opts<{ json?: boolean }>()
  console.log(json ? JSON.stringify(rows, null, 2) : rows.length === 0 ? none : table(rows))
  process.exitCode = failed ? 1 : 0
}

for (const name of namesOf(program)) kindOf(name)

let ended: Awaited<ReturnType<typeof beginning>> = async () => {}
program.hook('preAction', async (_, command) => {
  ended = await beginning(process.env, command, operator())
})

try {
  await program.parseAsync()
  await ended()
} catch (error) {
  if (!(error instanceof CommanderError))
    await ended(error instanceof Error ? error.message : String(error)).catch(() => {})
  // Commander has said itself what was wrong.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else {
    console.error(`ordershop-ops: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  }
}
