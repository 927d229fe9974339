import { catalog, type ServiceName, type ShopEvent, services } from '@ordershop/contracts'
import {
  type Observer,
  type Projection,
  type RedisEventStore,
  redisEventStore,
  type Subscription,
} from '@ordershop/event-store'
import {
  type BaseConfig,
  baseSchema,
  eventStoreObserver,
  type ProcessContext,
  type ProcessOptions,
  runProcess,
} from '@ordershop/service'
import type { RequestHandler } from 'express'
import { z } from 'zod'
import { topicsOf } from './access.ts'
import { groupSettings, storeSettings } from './store-settings.ts'

type Config<Variables extends z.ZodRawShape> = BaseConfig & z.output<z.ZodObject<Variables>>

/** What a service is put together from. */
export type Context<Variables extends z.ZodRawShape> = Omit<
  ProcessContext<Config<Variables>>,
  'app' | 'guardBy'
> & {
  readonly store: RedisEventStore<ShopEvent>
  /** The one that `store` reports to. */
  readonly observer: Required<Pick<Observer, 'forked'>>
}

/** What a service is; every part may be left out. */
export type Parts = {
  /** Sees a request before its body is read; if it throws, that is the answer. */
  readonly guard?: RequestHandler | undefined
  readonly routes?: readonly RequestHandler[]
  readonly subscriptions?: readonly Subscription<ShopEvent>[]
  readonly projection?: Omit<Projection<ShopEvent>, 'name'>
  /** Called once when the process is told to stop, to end answers that go on by themselves. */
  leave?(): void
  /** Called once, after the last request was answered and the store is closed. */
  stop?(): unknown
}

export type ServiceOptions<Variables extends z.ZodRawShape> = Pick<
  ProcessOptions<BaseConfig>,
  'env' | 'answer' | 'maxBodyBytes' | 'callersBelow'
> & {
  /** A row of the table of services: it names the process, its group and its projection, and gives the default port. */
  readonly name: ServiceName
  /** Environment variables beside those of `baseSchema`, by name. */
  readonly variables?: Variables
  /** Adds issues for variables that do not go together; called if each is valid by itself. */
  check?(config: Config<Variables>, context: z.RefinementCtx<Config<Variables>>): void
  start(context: Context<Variables>): Parts
}

/**
 * Runs a service of the shop: `runProcess` with the event store open, its metrics registered, its routes served, its
 * subscriptions and projection started with the leases that the environment asks for. It is ready while the store is.
 */
export function runService<Variables extends z.ZodRawShape = Record<never, never>>({
  name,
  variables = {} as Variables,
  check = () => {},
  start,
  ...options
}: ServiceOptions<Variables>): Promise<void> {
  const PORT = baseSchema.shape.PORT.default(services[name].port)
  const each = z.object({ ...baseSchema.shape, PORT, ...variables }) as unknown as z.ZodType<
    Config<Variables>
  >
  return runProcess({
    ...options,
    name,
    schema: each.superRefine(check),
    async start({ app, guardBy, ...context }) {
      const { config, log, metrics } = context
      const observer = eventStoreObserver(metrics, log)
      const settings = { ...storeSettings(config, log), topics: topicsOf(name) }
      const store = redisEventStore({ catalog, clientName: name, ...settings, observer })
      const {
        guard,
        routes = [],
        subscriptions = [],
        projection,
        leave,
        stop,
      } = start({ ...context, store, observer })
      if (guard) guardBy(guard)
      for (const handler of routes) app.use(handler)
      for (const subscription of subscriptions) store.subscribe({ ...subscription, ...groupSettings(config) })
      if (projection) store.project({ ...projection, name, ...groupSettings(config) })
      return {
        ready: () => store.health(),
        leave: () => leave?.(),
        async stop() {
          await store.close().finally(() => stop?.())
        },
      }
    },
  })
}
