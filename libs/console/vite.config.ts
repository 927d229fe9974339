import { join } from 'node:path'
import { defineConfig } from 'vite'

export default defineConfig({
  root: join(import.meta.dirname, 'page'),
  base: '/console/',
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    // A file inlined as data: would need an exception in the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // While the page is being written: `pnpm --filter @ordershop/console dev`, beside `scripts/shop up`.
  server: { proxy: { '/v1': 'http://127.0.0.1:5000' } },
})
