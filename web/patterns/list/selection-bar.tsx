import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ActionBar, Button } from '@mantine/core'
import { Suspense, lazy, useState } from 'react'
import { usePermissions } from '../../session/index.ts'
import type { BulkAction, ListDescription, TogetherAction } from './description.ts'
import type { Selection } from './use-selection.ts'

/** Comes when something is done to many; most who look at a list never need it. */
const BulkDialog = lazy(() => import('./bulk-dialog.tsx'))

interface Props<Row> {
  readonly list: ListDescription<Row>
  readonly selection: Selection
  readonly rows: readonly Row[]
  /** All that match, where there are more than are shown; null: all are shown. */
  readonly selectAll: { readonly count: string; readonly run: () => void; readonly busy: boolean } | null
}

/** Comes up as soon as a row is chosen, with what can be done to many. */
export function SelectionBar<Row>({ list, selection, rows, selectAll }: Props<Row>) {
  const { i18n, t } = useLingui()
  const { may } = usePermissions()
  const [running, setRunning] = useState<{ action: BulkAction<Row>; rows: readonly Row[] } | null>(null)
  const [together, setTogether] = useState<{
    action: TogetherAction<Row>
    rows: readonly Row[]
  } | null>(null)
  const chosen = rows.filter((row) => selection.has(list.idOf(row)))
  const actions = (list.bulk ?? []).filter(
    (action) => action.permission === undefined || may(action.permission),
  )
  const total = selectAll?.count ?? ''
  return (
    <>
      <ActionBar
        opened={chosen.length > 0 && running === null && together === null}
        onClose={selection.clear}
        aria-label={t`With the rows chosen`}
        // In the middle of the list, beside the navigation.
        position={{ bottom: 20, left: 'calc(var(--app-shell-navbar-offset, 0rem) + 1rem)', right: '1rem' }}
      >
        <span role="status">
          <Plural value={chosen.length} one="# selected" other="# selected" />
        </span>
        {selectAll !== null && (
          <Button size="compact-sm" variant="subtle" loading={selectAll.busy} onClick={selectAll.run}>
            <Trans>Select all {total} that match</Trans>
          </Button>
        )}
        <ActionBar.Divider />
        {actions.map((action) => (
          <Button
            key={action.id}
            size="compact-sm"
            variant="default"
            onClick={() => setRunning({ action, rows: chosen })}
          >
            {i18n._(action.label)}
          </Button>
        ))}
        {(list.together ?? [])
          .filter((action) => action.permission === undefined || may(action.permission))
          .map((action) => (
            <Button
              key={action.id}
              size="compact-sm"
              variant="default"
              onClick={() => setTogether({ action, rows: chosen })}
            >
              {i18n._(action.label)}
            </Button>
          ))}
        <ActionBar.CloseButton aria-label={t`Clear the selection`} />
      </ActionBar>
      {together !== null && (
        <Suspense fallback={null}>
          <together.action.dialog rows={together.rows} onClose={() => setTogether(null)} />
        </Suspense>
      )}
      {running !== null && (
        <Suspense fallback={null}>
          <BulkDialog
            list={list as ListDescription<unknown>}
            action={running.action as BulkAction<unknown>}
            rows={running.rows}
            onClose={() => {
              setRunning(null)
              selection.clear()
            }}
          />
        </Suspense>
      )}
    </>
  )
}
