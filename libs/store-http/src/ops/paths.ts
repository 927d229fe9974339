type Method = 'get' | 'post'

/**
 * Every path of `opsRoutes` below wherever it is mounted, as Express spells it, and its methods: for whoever passes requests
 * on and describes them.
 */
export const opsPaths = {
  '/groups': ['get'],
  '/flow': ['get'],
  '/parked': ['get'],
  '/parked/:group/:topic/:key': ['get'],
  '/parked/:group/:topic/:key/replay': ['post'],
  '/parked/:group/:topic/:key/skip': ['post'],
  '/parked/:group/:topic/:key/discard': ['post'],
  '/projections/:name': ['get'],
  '/projections/:name/rebuild': ['post'],
  '/storage': ['get'],
  '/processes': ['get'],
  '/processes/:service/start': ['post'],
  '/processes/:service/stop': ['post'],
} as const satisfies Readonly<Record<string, readonly Method[]>>
