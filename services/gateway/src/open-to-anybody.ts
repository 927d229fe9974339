import { consoleRoutes } from '@ordershop/console'
import { Router } from 'express'
import { docsRoutes } from './docs/routes.ts'
import { type AuthMode, openapiRoutes } from './openapi/document.ts'

/**
 * What needs no credential, whatever `AUTH` is: the console's files, and the documents with their pages. A browser sends
 * none when a person opens an address, and they tell nothing that the repository does not. Mount it before the guard.
 */
export const openToAnybody = (mode: AuthMode): Router =>
  Router().use(consoleRoutes(), openapiRoutes(mode), docsRoutes())
