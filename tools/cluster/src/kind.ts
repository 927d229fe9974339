// A kind cluster with a registry beside it, as https://kind.sigs.k8s.io/docs/user/local-registry/ describes.
import { join } from 'node:path'
import { command } from './command.ts'
import { root } from './root.ts'

export const kindName = 'ordershop'
const registry = { name: 'ordershop-registry', port: 5001 }

/** Starts what does not run yet, and makes it the current context. */
export async function startKind(): Promise<void> {
  const running = (await command('docker', ['ps', '--all', '--format', '{{.Names}}'])).split('\n')
  if (running.includes(registry.name)) await command('docker', ['start', registry.name])
  else {
    const publish = `127.0.0.1:${registry.port}:5000`
    const named = ['--name', registry.name, '--publish', publish, '--restart', 'always']
    await command('docker', ['run', '--detach', ...named, 'registry:2'])
  }
  const clusters = (await command('kind', ['get', 'clusters'])).split('\n')
  if (!clusters.includes(kindName))
    await command('kind', [
      'create',
      'cluster',
      '--config',
      join(root, 'k8s/kind-config.yaml'),
      '--wait',
      '3m',
    ])
  await command('kubectl', ['config', 'use-context', `kind-${kindName}`])
  await nameRegistry()
}

export async function deleteKind(): Promise<void> {
  await command('kind', ['delete', 'cluster', '--name', kindName])
  await command('docker', ['rm', '--force', registry.name])
}

/** Tells each node and tools such as Tilt where `localhost:5001` is. */
async function nameRegistry(): Promise<void> {
  const hosts = `/etc/containerd/certs.d/localhost:${registry.port}`
  const toml = `[host."http://${registry.name}:5000"]\n`
  const nodes = (await command('kind', ['get', 'nodes', '--name', kindName])).trim().split('\n')
  for (const node of nodes) {
    const write = `mkdir -p ${hosts} && cat >${hosts}/hosts.toml`
    await command('docker', ['exec', '--interactive', node, 'sh', '-c', write], { input: toml })
  }
  const connected = await command('docker', [
    'network',
    'inspect',
    'kind',
    '--format',
    '{{json .Containers}}',
  ])
  if (!connected.includes(`"${registry.name}"`))
    await command('docker', ['network', 'connect', 'kind', registry.name])
  const map = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'local-registry-hosting', namespace: 'kube-public' },
    data: { 'localRegistryHosting.v1': `host: "localhost:${registry.port}"\n` },
  }
  await command('kubectl', ['apply', '--filename', '-'], { input: JSON.stringify(map) })
}
