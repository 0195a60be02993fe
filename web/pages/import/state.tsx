import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ImportItem } from './queries.ts'

/** How far an import is, in words. */
export function StateWords({ row }: { readonly row: ImportItem }) {
  switch (row.state) {
    case 'ready':
      return <Trans>Not imported yet</Trans>
    case 'waiting':
      return <Trans>Waiting</Trans>
    case 'running':
      return row.dryRun ? <Trans>Being tried</Trans> : <Trans>Being imported</Trans>
    case 'stopped':
      return row.dryRun ? <Trans>Stopped while it was tried</Trans> : <Trans>Stopped</Trans>
    case 'checked':
      return <Trans>Tried; nothing was kept</Trans>
    case 'refused':
      return <Trans>Nothing was imported: rows have errors</Trans>
    case 'done':
      return <Trans>Imported</Trans>
    case 'failed':
      return <Trans>The file cannot be read</Trans>
  }
}

/** What became of the rows: what there is none of is left out. */
export function Counts({ row }: { readonly row: ImportItem }) {
  const { i18n } = useLingui()
  const { created, changed, same, ignored, failed } = row
  const parts = [
    created > 0 && <Plural key="created" value={created} one="# new" other="# new" />,
    changed > 0 && <Plural key="changed" value={changed} one="# changed" other="# changed" />,
    same > 0 && <Plural key="same" value={same} one="# the same" other="# the same" />,
    ignored > 0 && <Plural key="ignored" value={ignored} one="# left out" other="# left out" />,
    failed > 0 && <Plural key="failed" value={failed} one="# with errors" other="# with errors" />,
  ].filter((part) => part !== false)
  if (parts.length === 0) return <Trans>No rows</Trans>
  return (
    <span lang={i18n.locale}>
      {parts.map((part, index) => (
        <span key={part.key}>
          {index > 0 && ', '}
          {part}
        </span>
      ))}
    </span>
  )
}
