import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An authority of a test's own, and what it signs, as PEM files made by openssl. */
export type Authority = {
  readonly caFile: string
  /** Signs a certificate for a host or an address, e.g. `IP:127.0.0.1`; `days` from now, negative: it has expired. */
  sign(subject: string, days?: number): { readonly certFile: string; readonly keyFile: string }
  /** Deletes all of it. */
  forget(): void
}

export function authority(name: string): Authority {
  const dir = mkdtempSync(join(tmpdir(), 'authority-'))
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl(
    'req',
    '-x509',
    ...key,
    '-days',
    '30',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
  )
  let signed = 0
  return {
    caFile: join(dir, 'ca.crt'),
    sign(subject, days = 30) {
      const base = `cert-${++signed}`
      const [certFile, keyFile] = [join(dir, `${base}.crt`), join(dir, `${base}.key`)]
      openssl('req', '-new', ...key, '-subj', '/CN=redis', '-keyout', keyFile, '-out', `${base}.csr`)
      writeFileSync(join(dir, 'names'), `subjectAltName=${subject}\n`)
      const by = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names']
      openssl('x509', '-req', '-in', `${base}.csr`, ...by, '-days', String(days), '-out', certFile)
      return { certFile, keyFile }
    },
    forget: () => rmSync(dir, { recursive: true, force: true }),
  }
}

/** Puts a certificate and its key where others are, as a rotation does. */
export function replace(
  old: { certFile: string; keyFile: string },
  by: { certFile: string; keyFile: string },
): void {
  copyFileSync(by.certFile, old.certFile)
  copyFileSync(by.keyFile, old.keyFile)
}
