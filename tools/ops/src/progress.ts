import ora from 'ora'

const quietMs = 2_000

/** Runs `work`; after 2 s a spinner on standard error says what it waits for. Into a pipe the label is printed once. */
export async function withProgress<T>(
  label: string,
  work: (waitsFor: (what: string) => void) => Promise<T>,
): Promise<T> {
  const spinner = ora({ text: label, discardStdin: false })
  const timer = setTimeout(() => spinner.start(), quietMs)
  try {
    return await work((what) => {
      spinner.text = what ? `${label}, waiting for ${what}` : label
    })
  } finally {
    clearTimeout(timer)
    spinner.stop()
  }
}
