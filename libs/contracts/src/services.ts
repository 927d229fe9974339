import { catalog, type Topic } from './catalog.ts'

/** One row of the table. */
export type Service = {
  /** Default TCP port of its HTTP server. */
  readonly port: number
  /** The gateway sends it commands; the entity that it decides about has its name. */
  readonly takesCommands?: true
  /** What it alone appends to. */
  readonly owns?: readonly Topic[]
  /** Whose entities it looks up in the log when it decides, beside its own. */
  readonly looksUp?: readonly Topic[]
  /** What its consumer group, named like the service, reads. */
  readonly subscribesTo?: readonly Topic[]
  /** What its projection, named like the service, folds; version N of it reads as group `<name>.vN`. */
  readonly projects?: readonly Topic[]
  /** The projection whose rows it shows. */
  readonly shows?: 'read-model'
  /** It shows the log of every topic, which may not be there yet. */
  readonly showsLog?: true
  /** It reads how far every group and projection is, and may ask for a rebuild, and for what is done about parked keys. */
  readonly watches?: true
  /** It copies every topic into the archive, and trims what is there. */
  readonly archives?: true
  /** It has keys of its own in Redis, outside of the event store; they begin so. */
  readonly keeps?: readonly string[]
}

/** The table of services: what the shop runs, what any two of them must agree on, and so what each may do in Redis. */
export const services = {
  /** The public HTTP. */
  gateway: { port: 5000, shows: 'read-model', showsLog: true, keeps: ['idempotency:', 'rate:'] },
  customer: { port: 5001, takesCommands: true, owns: ['customer'] },
  product: { port: 5002, takesCommands: true, owns: ['product'] },
  /** Reserves, releases and sells what orders ask for. */
  inventory: {
    port: 5003,
    takesCommands: true,
    owns: ['inventory', 'reservation'],
    subscribesTo: ['order', 'reservation'],
    looksUp: ['product', 'order'],
  },
  /** Confirms, rejects and bills orders. */
  order: {
    port: 5004,
    takesCommands: true,
    owns: ['order'],
    subscribesTo: ['inventory', 'billing'],
    looksUp: ['customer', 'product'],
  },
  /** Settles billings as the orders decided. */
  billing: {
    port: 5005,
    takesCommands: true,
    owns: ['billing'],
    subscribesTo: ['order'],
    looksUp: ['order'],
  },
  /** Decides which event deserves which mail. */
  crm: { port: 5006, owns: ['mail'], subscribesTo: ['customer', 'order', 'billing'] },
  /** Sends mails. */
  mail: { port: 5007, owns: ['delivery'], subscribesTo: ['mail'], looksUp: ['customer'] },
  /** Folds the entity cache. */
  'read-model': { port: 5008, projects: ['customer', 'product', 'inventory', 'order', 'billing'] },
  /** Watches the lag of every group. */
  monitor: { port: 5009, watches: true },
  /** Copies the log into the archive. */
  archiver: { port: 5010, archives: true },
} as const satisfies Readonly<Record<string, Service>>

export type ServiceName = keyof typeof services

/** One row, with every column that it may have. */
export const serviceOf = (name: ServiceName): Service => services[name]

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
