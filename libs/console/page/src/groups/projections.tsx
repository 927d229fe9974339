import { send } from '../api/call.ts'
import { useMe } from '../api/me.ts'
import type { ProjectionVersion } from '../api/shapes.ts'
import type { Question } from '../ui/confirm.tsx'

type Props = { versions: readonly ProjectionVersion[]; ask(question: Question): void }

export function Projections({ versions, ask }: Props) {
  const { may } = useMe()
  if (versions.length === 0) return null
  return (
    <section class="card" aria-label="Projections">
      <h2>Projections</h2>
      {[...Map.groupBy(versions, ({ projection }) => projection)].map(([projection, of]) => (
        <div key={projection} class="projection">
          <div class="card-head">
            <h3>{projection}</h3>
            {may('ops') && (
              <button
                type="button"
                class="small"
                disabled={of.some(({ live }) => !live)}
                onClick={() => ask(rebuild(projection, of.find(({ live }) => live)?.version ?? 0))}
              >
                Rebuild…
              </button>
            )}
          </div>
          {of.map(({ version, live, progress }) => (
            <div key={version} class="meter">
              <span>
                v{version} {live ? 'live' : 'being built'}
              </span>
              <progress max={1} value={progress} aria-label={`Version ${version} of ${projection}`} />
              <span class="mono">{(Math.floor(progress * 1_000) / 10).toFixed(1)} %</span>
            </div>
          ))}
        </div>
      ))}
    </section>
  )
}

function rebuild(projection: string, live: number): Question {
  return {
    title: `Rebuild ${projection}?`,
    says: [
      `Version ${live + 1} is built beside version ${live} from the whole log, and readers see it once it has caught up.`,
      'Until then they see the present one. Redis holds both meanwhile: make sure that it has the memory.',
    ],
    action: 'Rebuild',
    act: () => send('POST', `/v1/ops/projections/${encodeURIComponent(projection)}/rebuild`),
  }
}
