import { catalog, type Topic } from './catalog.ts'

type Service = {
  /** Default TCP port of its HTTP server. */
  readonly port: number
  /** The gateway sends it commands; the entity that it decides about has its name. */
  readonly takesCommands?: true
  /** What its consumer group, named like the service, reads. */
  readonly subscribesTo?: readonly Topic[]
  /** What its projection, named like the service, folds; version N of it reads as group `<name>.vN`. */
  readonly projects?: readonly Topic[]
}

/** The table of services: what the shop runs, and what any two of them must agree on. */
export const services = {
  /** The public HTTP. */
  gateway: { port: 5000 },
  customer: { port: 5001, takesCommands: true },
  product: { port: 5002, takesCommands: true },
  /** Reserves, releases and sells what orders ask for. */
  inventory: { port: 5003, takesCommands: true, subscribesTo: ['order', 'reservation'] },
  /** Confirms, rejects and bills orders. */
  order: { port: 5004, takesCommands: true, subscribesTo: ['inventory', 'billing'] },
  /** Settles billings as the orders decided. */
  billing: { port: 5005, takesCommands: true, subscribesTo: ['order'] },
  /** Decides which event deserves which mail. */
  crm: { port: 5006, subscribesTo: ['customer', 'order', 'billing'] },
  /** Sends mails. */
  mail: { port: 5007, subscribesTo: ['mail'] },
  /** Folds the entity cache. */
  'read-model': { port: 5008, projects: ['customer', 'product', 'inventory', 'order', 'billing'] },
  /** Watches the lag of every group. */
  monitor: { port: 5009 },
  /** Copies the log into the archive. */
  archiver: { port: 5010 },
} as const satisfies Readonly<Record<string, Service>>

export type ServiceName = keyof typeof services

/** Every service, in the order of the table. */
export const serviceNames = Object.keys(services) as ServiceName[]

type With<Field extends keyof Service> = {
  [Name in ServiceName]: (typeof services)[Name] extends Readonly<Record<Field, unknown>> ? Name : never
}[ServiceName]
type Column<Field extends keyof Service> = {
  readonly [Name in With<Field>]: (typeof services)[Name] extends Readonly<Record<Field, infer Value>>
    ? Value
    : never
}

/** A service that takes commands, and the kind of entity that it decides about. */
export type CommandService = With<'takesCommands'>

/** The services that take commands, in the order of the table. */
export const commandServices = Object.keys(column('takesCommands')) as CommandService[]

/** Which consumer group reads which topics; monitor and ops watch them all. */
export const groups = column('subscribesTo')

/** Which projection folds which topics. */
export const projections = column('projects')

/** Topics that nobody reads: what is in them is for people. */
export const unread: readonly Topic[] = catalog.topics.filter(
  (topic) =>
    !Object.values({ ...groups, ...projections }).some((topics: readonly Topic[]) => topics.includes(topic)),
)

function column<Field extends keyof Service>(field: Field): Column<Field> {
  const rows: [string, Service][] = Object.entries(services)
  return Object.fromEntries(
    rows.flatMap(([name, service]) => (field in service ? [[name, service[field]]] : [])),
  ) as Column<Field>
}
