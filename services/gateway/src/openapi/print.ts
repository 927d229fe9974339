// Prints the document as it is served, for what is generated from it.
import { document } from './document.ts'

process.stdout.write(JSON.stringify(document))
