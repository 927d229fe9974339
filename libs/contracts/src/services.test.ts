import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { catalog } from './catalog.ts'
import { commandServices, groups, projections, type ServiceName, serviceNames, services } from './services.ts'

const read = (path: string) => readFileSync(join(import.meta.dirname, '../../..', path), 'utf8')

test('every group and projection reads topics that exist, each once', () => {
  for (const topics of Object.values({ ...groups, ...projections })) {
    expect(catalog.topics).toEqual(expect.arrayContaining([...topics]))
    expect(new Set(topics).size).toBe(topics.length)
  }
})

test('a service that takes commands owns the topic of its name', () => {
  expect(catalog.topics).toEqual(expect.arrayContaining(commandServices))
})

test('no two services have one port', () => {
  expect(new Set(serviceNames.map((name) => services[name].port)).size).toBe(serviceNames.length)
})

const grouped = Object.keys({ ...groups, ...projections })

type Values = {
  services: Record<string, { port: number; clients?: string[]; group?: string }>
}
const values: Values = parse(read('charts/ordershop/values.yaml'))

test('the chart has the services of the table, at their ports, and lets the gateway call those that take commands, and the monitor', () => {
  const ports = Object.fromEntries(Object.entries(values.services).map(([name, { port }]) => [name, port]))
  expect(ports).toEqual(Object.fromEntries(serviceNames.map((name) => [name, services[name].port])))
  const called = Object.entries(values.services).filter(([, { clients }]) => clients?.includes('gateway'))
  expect(called.map(([name]) => name).sort()).toEqual([...commandServices, 'monitor'].sort())
})

test('the chart bounds just those services that have a group, by the group of their name', () => {
  const named = Object.entries(values.services).flatMap(([name, { group }]) => (group ? [[name, group]] : []))
  expect(named.sort()).toEqual(grouped.map((name) => [name, name]).sort())
})

test("the chart's schema allows the services of the table and their groups, and no other", () => {
  const schema = JSON.parse(read('charts/ordershop/values.schema.json'))
  expect(Object.keys(schema.properties.services.properties).sort()).toEqual([...serviceNames].sort())
  expect([...schema.$defs.service_of.properties.group.enum].sort()).toEqual([...grouped].sort())
})

test('the soak test waits for every group', () => {
  const [, listed = ''] = /^const groups = \[([^\]]*)\]/m.exec(read('load-tests/soak.ts')) ?? []
  expect(listed.match(/[a-z-]+/g)?.sort()).toEqual([...grouped].sort())
})

test('ARCHITECTURE.md lists every service with its port', () => {
  const listed = [...read('ARCHITECTURE.md').matchAll(/^\| ([a-z-]+) \((\d{4})\) \|/gm)]
  const table = listed.map(([, name, port]) => [name, Number(port)])
  expect(table).toEqual(serviceNames.map((name: ServiceName) => [name, services[name].port]))
})
