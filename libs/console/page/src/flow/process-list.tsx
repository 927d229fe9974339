import { useState } from 'preact/hooks'
import { type Problem, problemOf, send } from '../api/call.ts'
import { useMe } from '../api/me.ts'
import type { Processes } from '../api/shapes.ts'
import { Confirm, type Question } from '../ui/confirm.tsx'

/** The gateway carries this very page and the monitor what it shows: nothing could start them again from here. Redis is no process of the shop's. */
const cannotStop = new Set(['gateway', 'monitor', 'redis'])

/** The processes of a shop on this machine, to be stopped and started, to see what becomes of the others. */
export function ProcessList({ processes }: Pick<Processes, 'processes'>) {
  const { may } = useMe()
  const [question, ask] = useState<Question>()
  const [problem, setProblem] = useState<Problem>()
  const start = (service: string) =>
    send('POST', `/v1/ops/processes/${service}/start`).then(
      () => setProblem(undefined),
      (error: unknown) => setProblem(problemOf(error)),
    )
  return (
    <section class="card" aria-label="Processes">
      <h2>Processes</h2>
      {problem && (
        <p class="problem" role="alert">
          {problem.detail}
        </p>
      )}
      <ul class="processes">
        {processes.map(({ service, instance, state, ready }) => (
          <li key={instance}>
            <span class="pill" data-state={ready ? 'good' : 'bad'}>
              {instance}
              <span class="sr">: {ready ? 'ready' : state}</span>
            </span>
            {may('ops') && !cannotStop.has(service) && (
              <button
                type="button"
                class="small"
                aria-label={`${ready ? 'Stop' : 'Start'} ${service}`}
                onClick={() => (ready ? ask(stopping(service)) : start(service))}
              >
                {ready ? 'Stop…' : 'Start'}
              </button>
            )}
          </li>
        ))}
      </ul>
      {question && <Confirm question={question} close={() => ask(undefined)} />}
    </section>
  )
}

function stopping(service: string): Question {
  return {
    title: `Stop ${service}?`,
    says: [
      `Every process of ${service} finishes what is in hand and ends. Nothing is lost: its events wait in the log.`,
      'It stays down until you start it here or by scripts/shop start.',
    ],
    action: `Stop ${service}`,
    act: () => send('POST', `/v1/ops/processes/${service}/stop`),
  }
}
