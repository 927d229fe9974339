// `scripts/cluster`: the shop on Kubernetes, on a kind cluster of its own or on the current context.
import { AppError } from '@ordershop/core'
import { chosenCluster, loadedImages } from './loaded-images.ts'
import { command } from './command.ts'
import { installShop, uninstallShop } from './install.ts'
import { deleteKind, startKind } from './kind.ts'
import { withProgress } from '@ordershop/local-shop/progress'

const help = `usage: scripts/cluster COMMAND

  up     build every image, hand them to the cluster, install the chart, wait until it is ready
  test   \`helm test\`: the article's nine steps, an order all the way to its mails, a rebuild that gives the same rows
  down   uninstall the shop and delete its data; with kind, delete the cluster

CLUSTER       kind (default: a cluster named ordershop of three nodes, with a registry) or current (the current context)
IMAGE_LOADER  a command that is given image names; default: kind load docker-image
NAMESPACE     default ordershop
DOCKER_BUILD_FLAGS  added to each \`docker build\``

const { NAMESPACE: namespace = 'ordershop' } = process.env
const onKind = () => chosenCluster() === 'kind'

const commands: Record<string, () => Promise<void>> = { up, test, down }

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
  for (const tool of tools) {
    const found = await command('sh', ['-c', `command -v ${tool}`]).catch(() => '')
    if (!found) throw new AppError('unavailable', `${tool}: not found on PATH, expected it to be installed`)
  }
}

try {
  const name = process.argv[2] ?? 'help'
  const run = commands[name]
  if (run) await run()
  else {
    console[name === 'help' ? 'log' : 'error'](
      name === 'help' ? help : `no command is called ${name}\n\n${help}`,
    )
    process.exitCode = name === 'help' ? 0 : 2
  }
} catch (error) {
  console.error(`cluster: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
