import { execa } from 'execa'

/**
 * Runs a program to its end and gives what it printed on standard output, without the last line's end.
 *
 * @param input is sent on standard input.
 * @throws ExecaError with the command and everything it said, when it fails or is not on PATH.
 */
export async function command(
  file: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly input?: string; readonly cwd?: string } = {},
): Promise<string> {
  const { stdout } = await execa(file, args, options)
  return stdout
}
