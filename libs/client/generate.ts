// Writes `src/api.ts` from the gateway's document; with --check it only says whether that is fresh.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'

const place = new URL('./src/api.ts', import.meta.url)
const printer = fileURLToPath(new URL('../../services/gateway/src/openapi/print.ts', import.meta.url))

const document: OpenAPI3 = JSON.parse(execFileSync(process.execPath, [printer], { encoding: 'utf8' }))
const types = astToString(await openapiTS(document, { alphabetize: true, defaultNonNullable: false }))
const text = `// Written by \`pnpm client-types\` from /openapi.json: change that.\n${types}`

if (!process.argv.includes('--check')) writeFileSync(place, text)
else if (readFileSync(place, 'utf8') !== text) {
  console.error(
    'libs/client/src/api.ts is not what /openapi.json says, expected `pnpm client-types` to have been run',
  )
  process.exitCode = 1
}
