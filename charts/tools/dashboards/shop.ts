import { dashboard, graph, labelVariable, number } from './panels.ts'

const shop = 'namespace=~"$namespace"'
const processes = `${shop}, service=~"$service"`
// Probes and scrapes are not what anybody waits for.
const requests = `${processes}, route!~"/(livez|readyz|metrics)"`

const rateBy = (labels: string, selector: string) =>
  `sum by (${labels}) (rate(${selector}[$__rate_interval]))`
const inRange = (selector: string) => `sum(increase(${selector}[$__range]))`
const requestRate = rateBy('service', `http_request_duration_seconds_count{${requests}}`)
const failureRate = rateBy('service', `http_request_duration_seconds_count{${requests}, status=~"5.."}`)
const quantile = (q: number, labels: string) =>
  `histogram_quantile(${q}, ${rateBy(`le, ${labels}`, `http_request_duration_seconds_bucket{${requests}}`)})`

const now = [
  number({
    title: 'Orders',
    shows: 'Created in the time range.',
    bad: 'zero during business hours.',
    unit: 'short',
    queries: { orders: inRange(`ordershop_orders_total{${shop}, outcome="created"}`) },
  }),
  number({
    title: 'Confirmed',
    bad: 'far below the orders created: see those rejected, and the lag of groups `inventory` and `order`.',
    unit: 'short',
    queries: { orders: inRange(`ordershop_orders_total{${shop}, outcome="confirmed"}`) },
  }),
  number({
    title: 'Rejected',
    shows: 'For want of stock.',
    bad: 'more than a few percent: a product in demand is out of stock.',
    unit: 'short',
    queries: { orders: inRange(`ordershop_orders_total{${shop}, outcome="rejected"}`) },
  }),
  number({
    title: 'Mails sent',
    bad: 'zero while orders are created.',
    unit: 'short',
    queries: { mails: inRange(`ordershop_mails_total{${shop}, outcome="sent"}`) },
  }),
  number({
    title: 'Requests',
    bad: 'zero: no client reaches the gateway.',
    unit: 'reqps',
    queries: { requests: `sum(${requestRate})` },
  }),
  number({
    title: 'Failing requests',
    shows: 'Share of answers with a status of 5xx.',
    bad: 'over 1 %.',
    unit: 'percentunit',
    limit: 0.01,
    queries: { share: `(sum(${failureRate}) or 0 * sum(${requestRate})) / sum(${requestRate})` },
  }),
]

const orders = [
  graph({
    title: 'Orders by outcome',
    shows: 'Events of orders, by what came of them.',
    bad: '`created` without `confirmed` or `rejected`: the reservation saga stands still.',
    unit: 'ops',
    queries: { '{{outcome}}': rateBy('outcome', `ordershop_orders_total{${shop}}`) },
  }),
  graph({
    title: 'Mails by outcome',
    shows: 'Attempts, not mails: one that waits for the mail server is tried again.',
    bad: 'anything but `sent`.',
    unit: 'ops',
    queries: { '{{outcome}}': rateBy('outcome', `ordershop_mails_total{${shop}}`) },
  }),
]

const http = [
  graph({
    title: 'Requests by service',
    bad: 'a service falls to zero while the gateway does not.',
    unit: 'reqps',
    queries: { '{{service}}': requestRate },
  }),
  graph({
    title: 'Share of failing requests by service',
    bad: 'over 1 %. Of the gateway alone: a service behind it is away. Of all: Redis is.',
    unit: 'percentunit',
    limit: 0.01,
    queries: {
      '{{service}}': `(${failureRate} or 0 * ${requestRate}) / ${requestRate}`,
    },
  }),
  graph({
    title: 'Duration by service, p50',
    bad: 'twice what it was yesterday at the same rate.',
    unit: 's',
    queries: { '{{service}}': quantile(0.5, 'service') },
  }),
  graph({
    title: 'Duration by service, p99',
    shows: 'A write at the gateway waits until the projection shows it, 2 s at most.',
    bad: 'over 1 s; the gateway at 2 s: the read model is behind.',
    unit: 's',
    limit: 1,
    queries: { '{{service}}': quantile(0.99, 'service') },
  }),
  graph({
    title: 'Duration by route, p99',
    bad: 'one route far above the others.',
    unit: 's',
    queries: { '{{service}} {{method}} {{route}}': quantile(0.99, 'service, method, route') },
  }),
  graph({
    title: 'Answers by status',
    bad: '`503`: Redis or a service is away. Many `409`: clients write over each other. Many `400`: a client is wrong.',
    unit: 'reqps',
    queries: {
      '{{status}}': rateBy('status', `http_request_duration_seconds_count{${requests}}`),
    },
  }),
]

const runtime = [
  graph({
    title: 'Event loop delay, p99',
    bad: 'over 0.5 s: timers are late; over the lease (5 s) a process loses its partitions.',
    unit: 's',
    limit: 0.5,
    queries: { '{{service}}': `max by (service) (nodejs_eventloop_lag_p99_seconds{${processes}})` },
  }),
  graph({
    title: 'CPU by service',
    bad: 'near 1 for a process: one Node process uses one core. Scale it.',
    unit: 'short',
    queries: { '{{service}}': rateBy('service', `process_cpu_seconds_total{${processes}}`) },
  }),
  graph({
    title: 'Memory by service',
    bad: 'a sawtooth whose lows keep rising: a leak. Near the limit of the pod: it is about to be killed.',
    unit: 'bytes',
    queries: { '{{service}}': `max by (service) (process_resident_memory_bytes{${processes}})` },
  }),
  graph({
    title: 'Processes by service',
    bad: 'a service that is missing, or with fewer processes than replicas.',
    unit: 'short',
    queries: { '{{service}}': `count by (service) (nodejs_version_info{${processes}})` },
  }),
]

export const shopDashboard = dashboard(
  'ordershop-shop',
  'OrderShop / Shop',
  'What the shop does for its customers: orders, mails, and the requests behind them.',
  [
    labelVariable('namespace', 'namespace', 'eventstore_append_total'),
    labelVariable('service', 'service', `http_request_duration_seconds_count{${shop}}`),
  ],
  { Now: now, 'Orders and mails': orders, HTTP: http, Processes: runtime },
)
