import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ActionBar, Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { Suspense, lazy, useState } from 'react'
import { usePermissions } from '../../session/index.ts'
import type { BulkAction, ListDescription, TogetherAction } from './description.ts'
import classes from './list.module.css'
import { useListFile } from './use-list-file.ts'
import type { ListState } from './use-list-state.ts'
import type { Selection } from './use-selection.ts'

/** Comes when something is done to many; most who look at a list never need it. */
const BulkDialog = lazy(() => import('./bulk-dialog.tsx'))

interface Props<Row> {
  readonly list: ListDescription<Row>
  readonly state: ListState
  readonly selection: Selection
  readonly rows: readonly Row[]
  /**
   * All that match, where there are more than are shown; null: all are shown. `most`: there are more than can be chosen
   * at once, which is so many.
   */
  readonly selectAll: {
    readonly count: string
    readonly most: string | null
    readonly run: () => void
    readonly busy: boolean
  } | null
}

/** Comes up as soon as a row is chosen, with what can be done to many. */
export function SelectionBar<Row>({ list, state, selection, rows, selectAll }: Props<Row>) {
  const { i18n, t } = useLingui()
  const { may } = usePermissions()
  const [running, setRunning] = useState<{ action: BulkAction<Row>; rows: readonly Row[] } | null>(null)
  const [together, setTogether] = useState<{
    action: TogetherAction<Row>
    rows: readonly Row[]
  } | null>(null)
  const chosen = rows.filter((row) => selection.has(list.idOf(row)))
  const actions = (list.bulk ?? []).filter(
    ({ permission, fits }) =>
      (permission === undefined || may(permission)) && (fits === undefined || chosen.some(fits)),
  )
  const total = selectAll?.count ?? ''
  const most = selectAll?.most ?? null
  return (
    <>
      <ActionBar
        opened={chosen.length > 0 && running === null && together === null}
        onClose={selection.clear}
        aria-label={t`With the rows chosen`}
        className={classes.actions}
        // In the middle of the list, beside the navigation.
        position={{ bottom: 20, left: 'calc(var(--app-shell-navbar-offset, 0rem) + 1rem)', right: '1rem' }}
      >
        <span role="status">
          <Plural value={chosen.length} one="# selected" other="# selected" />
        </span>
        {selectAll !== null && (
          <Button size="compact-sm" variant="subtle" loading={selectAll.busy} onClick={selectAll.run}>
            {most === null ? (
              <Trans>Select all {total} that match</Trans>
            ) : (
              <Trans>Select the first {most} that match</Trans>
            )}
          </Button>
        )}
        <ActionBar.Divider />
        {actions.map((action) => (
          <Button
            key={action.id}
            size="compact-sm"
            variant="default"
            onClick={() =>
              setRunning({ action, rows: action.fits === undefined ? chosen : chosen.filter(action.fits) })
            }
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
        <ExportSelected list={list} state={state} chosen={chosen} />
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

interface ExportProps<Row> extends Pick<Props<Row>, 'list' | 'state'> {
  readonly chosen: readonly Row[]
}

/** The rows that are chosen as a file, in the order and with the columns of the list. */
function ExportSelected<Row>({ list, state, chosen }: ExportProps<Row>) {
  const save = useListFile(list, state)
  const rows = () => ({
    // What was chosen is meant, whatever the filters say of it by now.
    query: {
      ...list.fixed,
      ...(state.sort !== '' && { sort: state.sort }),
      ...(list.filters.some(({ id }) => id === 'archived') && { archived: 'all' }),
    },
    ids: chosen.map(list.idOf),
  })
  return (
    <Menu withinPortal position="top">
      <Menu.Target>
        <Button size="compact-sm" variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          <Trans>Export</Trans>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save('csv', rows())}>
          <Trans>Export as CSV</Trans>
        </Menu.Item>
        <Menu.Item onClick={() => void save('xlsx', rows())}>
          <Trans>Export as XLSX</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
