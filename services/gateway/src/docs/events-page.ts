// /asyncapi.json as a page for people: no script, no host but ours.
import { catalog, type Topic } from '@ordershop/contracts'
import { asyncapi, consumersOf, producersOf } from './asyncapi.ts'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (one) => entities[one] ?? one)

const list = (names: readonly string[]) => (names.length > 0 ? names.map(escaped).join(', ') : 'nobody')

const linkTo = (type: string) => `<a href="#${type}">${escaped(type)}</a>`

function row(topic: Topic): string {
  const types = catalog.typesOf(topic).map(linkTo).join('<br>')
  return `<tr><th>${escaped(topic)}</th><td>${list(producersOf(topic))}</td><td>${list(consumersOf(topic))}</td><td>${types}</td></tr>`
}

function event(type: string): string {
  const { payload, examples } = asyncapi.components.messages[type] ?? { payload: {}, examples: [] }
  const shown = (value: unknown) => `<pre>${escaped(JSON.stringify(value, null, 2))}</pre>`
  return `<section id="${escaped(type)}"><h3>${escaped(type)}</h3>${shown(examples[0]?.payload)}
<details><summary>Schema</summary>${shown(payload)}</details></section>`
}

const topics = catalog.topics
  .map((topic) => `<h2>${escaped(topic)}</h2>${catalog.typesOf(topic).map(event).join('\n')}`)
  .join('\n')

export const eventsPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>OrderShop: events</title>
<link rel="stylesheet" href="/docs/events.css">
</head>
<body>
<h1>Events</h1>
<p>${escaped(asyncapi.info.description)} The same as <a href="/asyncapi.json">AsyncAPI 3</a>; requests are at <a href="/docs">/docs</a>.</p>
<table>
<thead><tr><th>topic</th><th>written by</th><th>read by</th><th>events</th></tr></thead>
<tbody>${catalog.topics.map(row).join('\n')}</tbody>
</table>
${topics}
</body>
</html>
`

export const eventsStyle = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #8886 }
pre { overflow-x: auto; padding: .8rem; background: #8882; border-radius: .3rem; font-size: .85rem }
`
