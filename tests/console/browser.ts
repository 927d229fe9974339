// A person at the console: Chromium, as Debian has it, driven from outside.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, expect } from 'vitest'
import which from 'which'
import { root } from '../root.ts'

const shots = join(root, '.test/console')

export type Person = {
  /** A tab of their own; its complaints fail the test file. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>
  /** Keeps what a page looks like in `.test/console`. */
  shot(page: Page, name: string): Promise<void>
}

/** Call it at the top of a test file. */
export async function person(url: string): Promise<Person> {
  const browser = await started()
  const complaints: string[] = []
  afterAll(async () => {
    await browser.close()
    expect(complaints).toEqual([])
  })
  mkdirSync(shots, { recursive: true })
  return {
    async open(path, options = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
      const page = await context.newPage()
      page.setDefaultTimeout(20_000)
      page.on('pageerror', ({ message }) => complaints.push(message))
      // A violation of the policy is told nowhere else.
      page.on('console', (line) => {
        if (line.text().includes('Content Security Policy')) complaints.push(line.text())
      })
      await page.goto(url + path)
      return page
    },
    async shot(page, name) {
      await page.screenshot({ path: join(shots, `${name}.png`) })
    },
  }
}

async function started(): Promise<Browser> {
  const found = await Promise.all(['chromium', 'google-chrome'].map((name) => which(name, { nothrow: true })))
  const executablePath = found.find((path) => path !== null)
  if (!executablePath) throw new Error('found no chromium on PATH: scripts/test installs it')
  // Containers have neither the right to make namespaces nor much shared memory.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

/** What axe finds wrong, as `rule: element`; evaluated by the driver, as the page's policy allows no foreign script. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations: found } = await (
      globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
      }
    ).axe.run()
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  })
}
