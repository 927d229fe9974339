// What whoever breaks into a process of the shop finds around it: programs for `node --eval`, which run where the process does.

export type Inside = {
  readonly user: number
  /** Of `/proc/self/status`. */
  readonly status: Readonly<Record<'Seccomp' | 'NoNewPrivs' | 'CapEff' | 'CapBnd', string>>
  /** Files of the image, without what the kernel shows. */
  readonly files: number
  /** Shells, package managers and whatever fetches files, by path. */
  readonly tools: readonly string[]
  /** Files that run as their owner or group. */
  readonly privileged: readonly string[]
  /** Folders in which a file can be made; what is in them is not looked at. */
  readonly writable: readonly string[]
  /** A token for the Kubernetes API. */
  readonly hasToken: boolean
}

const named =
  /^(sh|[abcdkz]sh|bash|busybox|toybox|env|perl|python[\d.]*|apt|apt-get|dpkg|apk|npm|npx|pnpm|yarn|corepack|curl|wget|nc|tar)$/

/** Prints `Inside` as JSON. */
export const lookAround = `
  const fs = require('node:fs')
  const inside = { user: process.getuid(), files: 0, tools: [], privileged: [], writable: [] }
  const status = fs.readFileSync('/proc/self/status', 'utf8')
  inside.status = Object.fromEntries(
    ['Seccomp', 'NoNewPrivs', 'CapEff', 'CapBnd'].map((name) => [name, status.match(new RegExp('^' + name + ':\\\\s+(\\\\w+)', 'm'))[1]]),
  )
  inside.hasToken = fs.existsSync('/var/run/secrets/kubernetes.io')
  const canMake = (folder) => {
    try {
      fs.rmdirSync(fs.mkdtempSync(folder + '/probe-'))
      return true
    } catch { return false }
  }
  const visit = (folder) => {
    if (canMake(folder)) return inside.writable.push(folder || '/')
    for (const entry of fs.readdirSync(folder || '/', { withFileTypes: true })) {
      const path = folder + '/' + entry.name
      if (entry.isDirectory()) {
        if (!['/proc', '/sys', '/dev'].includes(path)) try { visit(path) } catch {}
        continue
      }
      inside.files++
      const { mode } = fs.lstatSync(path)
      if (mode & 0o6000 && entry.isFile()) inside.privileged.push(path)
      if (mode & 0o111 && ${named}.test(entry.name)) inside.tools.push(path)
    }
  }
  visit('')
  console.log(JSON.stringify(inside))`

/** Tries to connect and says `open`, or `refused` when nothing has answered within 2 s. */
export const knock = (host: string, port: number) => `
  const socket = require('node:net').connect(${port}, '${host}')
  const say = (word) => { console.log(word); process.exit() }
  socket.setTimeout(2000, () => say('refused')).once('connect', () => say('open')).once('error', () => say('refused'))`

/** Asks the cluster's DNS for a host, over TCP as for an answer that is too long for UDP; says how many addresses it has, or `refused`. */
export const resolveOverTcp = (host: string) => `
  const [server] = require('node:dns').getServers()
  const labels = '${host}.'.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)]))
  const query = Buffer.concat([Buffer.from('000701000001000000000000', 'hex'), ...labels, Buffer.from('00010001', 'hex')])
  const length = Buffer.from([query.length >> 8, query.length & 255])
  const socket = require('node:net').connect(53, server, () => socket.write(Buffer.concat([length, query])))
  const say = (word) => { console.log(word); process.exit() }
  socket.setTimeout(5000, () => say('refused')).once('error', () => say('refused'))
  socket.once('data', (answer) => say(answer.readUInt16BE(8) + ' addresses'))`
