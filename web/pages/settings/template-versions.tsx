import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useFormat } from '../../ui/format.ts'
import { compareLines } from './compare-lines.ts'
import classes from './templates.module.css'
import type { Template } from './templates-query.ts'

interface Props {
  readonly template: Template
  /** The text as it stands in the field. */
  readonly source: string
  readonly onTake: (source: string) => void
  readonly mayWrite: boolean
}

/** Every version that was saved: compared with the text that stands there, or taken over into it. */
export function TemplateVersions({ template, source, onTake, mayWrite }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const [compared, setCompared] = useState<string | null>(null)
  const original = {
    name: template.language === 'any' ? t`Comes with Zapas` : t`The one for all languages`,
    key: '1',
    source: template.builtIn,
  }
  const saved = template.versions.map(({ version, source: text, createdBy, createdAt }) => {
    const when = format.moment(createdAt)
    return {
      name:
        text === null ? t`Reset by ${createdBy} on ${when}` : t`Version ${version}, ${createdBy}, ${when}`,
      key: String(version),
      source: text ?? template.builtIn,
    }
  })
  const all = [...saved, original]
  const chosen = all.find(({ key }) => key === compared)
  return (
    <details className={classes.versions}>
      <summary>
        <Trans>Versions</Trans> ({all.length})
      </summary>
      <ul>
        {all.map(({ name, key, source: text }) => (
          <li key={key}>
            <span>{name}</span>
            <Button
              size="compact-sm"
              variant="subtle"
              aria-expanded={compared === key}
              aria-label={t`Compare with ${name}`}
              onClick={() => setCompared(compared === key ? null : key)}
            >
              <Trans>Compare</Trans>
            </Button>
            {mayWrite && text !== source && (
              <Button
                size="compact-sm"
                variant="subtle"
                aria-label={t`Take over ${name}`}
                onClick={() => onTake(text)}
              >
                <Trans>Take over</Trans>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {chosen !== undefined && <Difference former={chosen.source} later={source} name={chosen.name} />}
    </details>
  )
}

function Difference({ former, later, name }: { former: string; later: string; name: string }) {
  const { t } = useLingui()
  const lines = useMemo(() => compareLines(former, later), [former, later])
  if (lines.every(({ side }) => side === 'both'))
    return (
      <p className={classes.quiet}>
        <Trans>No difference to the text above.</Trans>
      </p>
    )
  return (
    // A scroll area must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.difference} role="region" aria-label={t`Difference to ${name}`} tabIndex={0}>
      {lines.map(({ text, side }, index) => (
        // Lines have no name but their place.
        // eslint-disable-next-line react/no-array-index-key
        <div key={index} data-side={side}>
          <span aria-hidden>{side === 'former' ? '−' : side === 'later' ? '+' : ' '}</span>
          {side === 'former' ? <del>{text}</del> : side === 'later' ? <ins>{text}</ins> : text}
        </div>
      ))}
    </div>
  )
}
