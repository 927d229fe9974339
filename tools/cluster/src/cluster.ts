// `scripts/cluster`: the shop on Kubernetes, on a kind cluster of its own or on the current context.
import { AppError } from '@ordershop/core'
import { withProgress } from '@ordershop/ops/progress'
import { Command } from 'commander'
import which from 'which'
import { command } from './command.ts'
import { installShop, uninstallShop } from './install.ts'
import { deleteKind, startKind } from './kind.ts'
import { chosenCluster, loadedImages } from './loaded-images.ts'

const variables = `
CLUSTER       kind (default: a cluster named ordershop of three nodes, with a registry) or current (the current context)
IMAGE_LOADER  a command that is given image names; default: kind load docker-image
NAMESPACE     default ordershop
DOCKER_BUILD_FLAGS  added to each \`docker build\``

const { NAMESPACE: namespace = 'ordershop' } = process.env
const onKind = () => chosenCluster() === 'kind'

async function up(): Promise<void> {
  await requireTools(['docker', 'kubectl', 'helm', ...(onKind() ? ['kind'] : [])])
  if (onKind()) await withProgress('starting kind', startKind)
  const { tag, sizes } = await withProgress('building and loading images', loadedImages)
  console.log(sizes)
  await withProgress('installing', () =>
    installShop({ namespace, tag, valuesFiles: ['k8s/ordershop-dev.values.yaml'] }),
  )
  console.log(await command('helm', ['get', 'notes', 'ordershop', '--namespace', namespace]))
  if (onKind())
    console.log('On this machine: http://127.0.0.1:5000/report, mails http://127.0.0.1:5080/messages')
}

async function test(): Promise<void> {
  const args = ['test', 'ordershop', '--namespace', namespace, '--logs', '--timeout', '5m']
  console.log(await withProgress('testing', () => command('helm', args)))
}

async function down(): Promise<void> {
  if (onKind()) await withProgress('deleting the kind cluster', deleteKind)
  else await withProgress('uninstalling', () => uninstallShop(namespace))
}

async function requireTools(tools: readonly string[]): Promise<void> {
  for (const tool of tools)
    if (!(await which(tool, { nothrow: true })))
      throw new AppError('unavailable', `${tool}: not found on PATH, expected it to be installed`)
}

const program = new Command('scripts/cluster').addHelpText('after', variables)
program
  .command('up')
  .description('build every image, hand them to the cluster, install the chart, wait until it is ready')
  .action(up)
program
  .command('test')
  .description(
    'run `helm test`: the nine steps, an order all the way to its mails, a rebuild to the same rows',
  )
  .action(test)
program
  .command('down')
  .description('uninstall the shop and delete its data; with kind, delete the cluster')
  .action(down)

try {
  await program.parseAsync()
} catch (error) {
  console.error(`cluster: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
