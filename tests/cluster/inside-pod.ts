// What whoever breaks into a process of the shop finds around it, asked by a program that runs where the process does.

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

/** A program for `node --eval` that prints `Inside` as JSON. */
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
