// `scripts/cluster`: the shop on Kubernetes, on a kind cluster of its own or on the current context.
import { AppError } from '@ordershop/core'
import { command } from './command.ts'
import { buildImages, imageSize } from './images.ts'
import { installShop, uninstallShop } from './install.ts'
import { deleteKind, kindName, startKind } from './kind.ts'
import { withProgress } from './progress.ts'
import { table } from './table.ts'

const help = `usage: scripts/cluster COMMAND

  up     build every image, hand them to the cluster, install the chart, wait until it is ready
  test   \`helm test\`: the article's nine steps, an order all the way to its mails, a rebuild that gives the same rows
  down   uninstall the shop and delete its data; with kind, delete the cluster

CLUSTER       kind (default: a cluster named ordershop of three nodes, with a registry) or current (the current context)
IMAGE_LOADER  a command that is given image names; default: kind load docker-image
NAMESPACE     default ordershop
DOCKER_BUILD_FLAGS  added to each \`docker build\``

const { CLUSTER = 'kind', NAMESPACE: namespace = 'ordershop', IMAGE_LOADER } = process.env
const onKind = CLUSTER === 'kind'

const commands: Record<string, () => Promise<void>> = { up, test, down }

async function up(): Promise<void> {
  await requireTools(['docker', 'kubectl', 'helm', ...(onKind ? ['kind'] : [])])
  if (onKind) await withProgress('starting kind', startKind)
  const images = await withProgress('building images', buildImages)
  const sizes = await Promise.all(images.names.map(async (name) => ({ name, ...(await imageSize(name)) })))
  console.log(
    table(
      sizes.map(({ name, all, own }) => ({ image: name, MB: megabytes(all), 'of it ours': megabytes(own) })),
    ),
  )
  await withProgress('loading images', () => loadImages(images.names))
  await withProgress('installing', () =>
    installShop({ namespace, tag: images.tag, valuesFiles: ['k8s/ordershop-dev.values.yaml'] }),
  )
  console.log(await command('helm', ['get', 'notes', 'ordershop', '--namespace', namespace]))
  if (onKind)
    console.log('On this machine: http://127.0.0.1:5000/report, mails http://127.0.0.1:5080/messages')
}

async function test(): Promise<void> {
  const args = ['test', 'ordershop', '--namespace', namespace, '--logs', '--timeout', '5m']
  console.log(await withProgress('testing', () => command('helm', args)))
}

async function down(): Promise<void> {
  if (onKind) await withProgress('deleting the kind cluster', deleteKind)
  else await withProgress('uninstalling', () => uninstallShop(namespace))
}

/** Hands images of the Docker engine to every node. */
async function loadImages(names: readonly string[]): Promise<void> {
  const usual = ['kind', 'load', 'docker-image', '--name', kindName]
  const [file = '', ...args] = IMAGE_LOADER?.split(' ') ?? usual
  if (!onKind && !IMAGE_LOADER)
    throw new AppError(
      'invalid',
      'IMAGE_LOADER is not set, expected a command that hands images to the nodes of the current context',
    )
  await command(file, [...args, ...names])
}

async function requireTools(tools: readonly string[]): Promise<void> {
  for (const tool of tools) {
    const found = await command('sh', ['-c', `command -v ${tool}`]).catch(() => '')
    if (!found) throw new AppError('unavailable', `${tool}: not found on PATH, expected it to be installed`)
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 100_000) / 10
}

try {
  const name = process.argv[2] ?? 'help'
  if (CLUSTER !== 'kind' && CLUSTER !== 'current')
    throw new AppError('invalid', `CLUSTER: got ${CLUSTER}, expected kind or current`)
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
