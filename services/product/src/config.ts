import { baseSchema } from '@ordershop/service'

export const schema = baseSchema.extend({
  /** TCP port of the HTTP server; default 5002. */
  PORT: baseSchema.shape.PORT.default(5002),
})
