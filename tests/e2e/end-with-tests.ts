// Runs beside the tests: when they are gone before their end, by Ctrl-C or even SIGKILL, their shop goes, too.
import { endShop } from './sandbox.ts'

const [sandbox = ''] = process.argv.slice(2)
process.once('disconnect', () => endShop(JSON.parse(sandbox)))
