import { spawn } from 'node:child_process'
import { AppError } from '@ordershop/core'

/**
 * Runs a program to its end and gives what it printed on standard output.
 *
 * @param input is sent on standard input.
 * @throws AppError `internal` with the command and everything it said, when it fails; `unavailable` when it is not on PATH.
 */
export function command(
  file: string,
  args: readonly string[],
  { env = {}, input, cwd }: { env?: NodeJS.ProcessEnv; input?: string; cwd?: string } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env: { ...process.env, ...env }, cwd })
    let [out, all] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
      all += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      all += text
    })
    child.once('error', (cause) =>
      reject(new AppError('unavailable', `${file}: not found on PATH`, { cause })),
    )
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(out)
      const how = `${file} ${args.join(' ')}: ended with ${code ?? signal}`
      reject(new AppError('internal', `${how}\n${all.trimEnd()}`))
    })
    child.stdin.on('error', () => {}).end(input)
  })
}
