import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { baseSchema, parseConfig } from '@ordershop/service'
import { expect, test } from 'vitest'
import { checkServer, variables } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'mail-config-'))
const schema = baseSchema.extend(variables).superRefine(checkServer)
const configOf = (env: Record<string, string>) => parseConfig(schema, { PORT: '0', ...env })

function fileWith(text: string): string {
  const file = join(folder, `url-${text.length}`)
  writeFileSync(file, text)
  return file
}

test('the mail server is named by a variable or by a file, not by both', () => {
  const file = fileWith('smtps://shop:s3cret@mail.example\n')
  expect(configOf({ SMTP_URL_FILE: file })).toMatchObject({ SMTP_URL_FILE: file })
  expect(() => configOf({ SMTP_URL: 'smtp://mail.example', SMTP_URL_FILE: file })).toThrow(
    /SMTP_URL_FILE: .*expected only one of SMTP_URL and SMTP_URL_FILE/,
  )
})

test('a file that names no mail server is refused, and what is in it is not told', () => {
  const refusal = (text: string) => {
    try {
      configOf({ SMTP_URL_FILE: fileWith(text) })
    } catch (error) {
      return String(error)
    }
    return 'taken'
  }
  expect(refusal('http://shop:s3cret@mail.example')).toMatch(
    /SMTP_URL_FILE: .*it has 31 characters, expected smtp:/,
  )
  expect(refusal('http://shop:s3cret@mail.example')).not.toContain('s3cret')
  expect(refusal('')).toMatch(/it has 0 characters/)
})
