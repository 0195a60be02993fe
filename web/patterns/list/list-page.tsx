import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, EmptyState, Group } from '@mantine/core'
import { IconInbox, IconPlus, IconSearchOff } from '@tabler/icons-react'
import { Link, useRouter } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { isProblem } from '../../api/index.ts'
import { PageTitle } from '../../page/index.ts'
import { usePermissions } from '../../session/index.ts'
import { inCompany } from '../links.tsx'
import { usePhone } from '../use-screen.ts'
import { columnsText } from './column-order.ts'
import { changedWidths } from './column-widths.ts'
import { ColumnsMenu } from './columns-menu.tsx'
import type { ListDescription } from './description.ts'
import { ExportMenu } from './export-menu.tsx'
import { FilterBar } from './filter-bar.tsx'
import { ListCards } from './list-cards.tsx'
import { ListTable } from './list-table.tsx'
import classes from './list.module.css'
import { NewRows } from './new-rows.tsx'
import { PeekDrawer } from './peek-drawer.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { recallList, rememberList } from './trail.ts'
import { useListKeys } from './use-list-keys.ts'
import { type ListState, useListState } from './use-list-state.ts'
import { type Rows, useAllThatMatch, useRows } from './use-rows.ts'
import { useSelection } from './use-selection.ts'
import { ViewTabs } from './view-tabs.tsx'

/** A list, whole: views, filters, table or cards, selection, peek, keys. All that differs is in `list`. */
export function ListPage<Row>(props: { readonly list: ListDescription<Row> }) {
  const { i18n } = useLingui()
  const list = useReadable(props.list)
  const state = useListState(list)
  const phone = usePhone()
  const { may } = usePermissions()
  const field = useRef<HTMLInputElement>(null)
  const data = useRows(list, state)
  const { rows } = data
  const [active, setActive] = useState(-1)
  const [peeking, setPeeking] = useState(false)
  const { ids } = data
  const selection = useSelection(ids)
  const all = useAllThatMatch(data, list, selection)
  const scrollTo = useRef<((index: number) => void) | null>(null)
  useTrail(list, state, ids, setActive)
  const focusRow = useFocusRow(scrollTo)
  const opened = (row: Row) =>
    rememberList(list.resource, { active: list.idOf(row), scrolled: window.scrollY })
  const selectable = (list.bulk ?? []).length + (list.together ?? []).length > 0
  const bulk = !phone && selectable ? selection : null
  useListKeys({
    list,
    rows,
    cards: phone,
    active,
    field,
    peek: () => setPeeking((is) => !is),
    select: bulk === null ? null : () => selection.toggle(active, false),
    opened,
    go: (index) => {
      setActive(index)
      if (!peeking) focusRow(index)
    },
  })

  const columns = useMemo(
    () => state.columns.flatMap((id) => list.columns.find((column) => column.id === id) ?? []),
    [list, state.columns],
  )
  const create = list.create !== undefined && may(list.create.permission) ? list.create : null
  const nothing = !data.loading && data.error === null && rows.length === 0
  const activeRow = rows[active]
  return (
    <div className={classes.page}>
      <div className={classes.header}>
        <PageTitle title={i18n._(list.title)} />
        {create !== null && (
          <Button
            component={Link}
            to={inCompany(create.href)}
            {...(phone
              ? { 'aria-label': i18n._(create.label), px: 'sm' }
              : { leftSection: <IconPlus size={16} aria-hidden /> })}
          >
            {phone ? <IconPlus size={18} aria-hidden /> : i18n._(create.label)}
          </Button>
        )}
      </div>
      <ViewTabs list={list} state={state} />
      <Group justify="space-between" wrap="nowrap" align="start">
        <FilterBar list={list} state={state} field={field} />
        {!phone && (
          <Group gap="xs" wrap="nowrap">
            <ExportMenu list={list} state={state} query={data.query} />
            <ColumnsMenu list={list} state={state} />
          </Group>
        )}
      </Group>
      {data.error !== null && <ListError error={data.error} retry={() => void data.again()} />}
      <div>
        <div className={classes.bar} data-busy={data.refetching || undefined} />
        <NewRows
          fresh={data.fresh}
          show={async () => {
            await data.again()
            window.scrollTo({ top: 0 })
            focusRow(0)
          }}
        />
        {nothing ? (
          <Nothing list={list} state={state} />
        ) : phone ? (
          <ListCards list={list} rows={rows} loading={data.loading} onOpen={opened} />
        ) : (
          <ListTable
            list={list}
            columns={columns}
            rows={rows}
            loading={data.loading}
            total={data.count === null || data.count.capped ? -1 : data.count.count}
            sort={state.sort}
            onSort={(sort) => state.set({ sort })}
            widths={state.widths}
            onWidth={(id, width) => state.set({ widths: changedWidths(state.widths, id, width) })}
            pinned={state.pinned.length}
            onOrder={(shown) => state.set({ columns: columnsText(list, shown) })}
            selection={bulk}
            active={active}
            onActive={setActive}
            scrollTo={scrollTo}
            onOpen={opened}
            onPeek={list.peek === undefined ? null : () => setPeeking(true)}
            onWalk={(index) => {
              if (index >= 0 && index < rows.length) focusRow(index)
            }}
          />
        )}
      </div>
      {rows.length > 0 && <Footer data={data} />}
      {bulk !== null && (
        <SelectionBar
          list={list}
          state={state}
          selection={selection}
          rows={all.rows}
          selectAll={selection.all && data.more ? all.select : null}
        />
      )}
      {list.peek !== undefined && activeRow !== undefined && (
        <PeekDrawer
          title={list.labelOf(activeRow)}
          href={list.hrefOf(activeRow)}
          opened={peeking}
          onClose={() => {
            setPeeking(false)
            focusRow(active)
          }}
          onWalk={(by) => {
            const next = Math.min(Math.max(active + by, 0), rows.length - 1)
            setActive(next)
            // Seen behind the drawer, and read on where the rows end.
            scrollTo.current?.(next)
            document.querySelector(`[data-row="${next}"]`)?.scrollIntoView({ block: 'nearest' })
          }}
        >
          {peeking && list.peek(activeRow)}
        </PeekDrawer>
      )}
    </div>
  )
}

/** The list with those of its columns that the reader may know of. */
function useReadable<Row>(list: ListDescription<Row>): ListDescription<Row> {
  const { may } = usePermissions()
  return useMemo(
    () => ({
      ...list,
      columns: list.columns.filter(({ permission = 'member' }) => may(permission)),
    }),
    [list, may],
  )
}

/** Remembers the list for the way back, and where one was when one comes back. */
function useTrail<Row>(
  list: ListDescription<Row>,
  state: ListState,
  ids: readonly string[],
  setActive: (index: number) => void,
): void {
  const router = useRouter()
  const returned = useRef(false)
  const { query, viewId } = state
  useEffect(() => {
    if (ids.length === 0) return
    const { pathname, search } = window.location
    const { active, scrolled, search: before } = recallList(list.resource)
    const at = returned.current || active === null ? -1 : ids.indexOf(active)
    returned.current = true
    rememberList(list.resource, { search, ids })
    if (at < 0) return
    setActive(at)
    if (search !== before) return
    const scroll = () => window.scrollTo({ top: scrolled })
    if (router.state.status === 'idle') return scroll()
    // After the router has gone to the top, where a link leads.
    const stop = router.subscribe('onRendered', ({ toLocation }) => {
      stop()
      if (toLocation.pathname === pathname) scroll()
    })
  }, [ids, list.resource, query, router, setActive, viewId])
}

/** Moves the focus to the link of a row, which may have to be drawn first. */
function useFocusRow(scrollTo: { readonly current: ((index: number) => void) | null }) {
  return (index: number) => {
    const find = () => document.querySelector<HTMLElement>(`[data-row="${index}"] [data-row-link]`)
    const link = find()
    if (link !== null) {
      link.focus({ preventScroll: true })
      link.closest('tr')?.scrollIntoView({ block: 'nearest' })
      return
    }
    scrollTo.current?.(index)
    requestAnimationFrame(() => requestAnimationFrame(() => find()?.focus({ preventScroll: true })))
  }
}

function Footer<Row>({ data }: { readonly data: Rows<Row> }) {
  const end = useRef<HTMLDivElement>(null)
  const { more, loadMore, loadingMore } = data
  useEffect(() => {
    const element = end.current
    if (element === null || !more) return
    const watch = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting === true) loadMore()
      },
      { rootMargin: '800px' },
    )
    watch.observe(element)
    return () => watch.disconnect()
  }, [loadMore, more])
  const shown = data.rows.length
  const total = data.countText
  return (
    <div ref={end} className={classes.footer}>
      <span data-figure role="status">
        {more && total !== '' ? (
          <Trans>
            {shown} of {total}
          </Trans>
        ) : (
          <Plural value={shown} one="# row" other="# rows" />
        )}
      </span>
      {more && (
        <Button variant="default" size="compact-md" loading={loadingMore} onClick={loadMore}>
          <Trans>Load more</Trans>
        </Button>
      )}
    </div>
  )
}

function ListError({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  const { t } = useLingui()
  const forbidden = isProblem(error, 403)
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      title={forbidden ? t`Your role may not see this list` : t`The list could not be read`}
    >
      <Group justify="space-between">
        <span>{error.message}</span>
        {!forbidden && (
          <Button size="compact-sm" variant="default" onClick={retry}>
            <Trans>Retry</Trans>
          </Button>
        )}
      </Group>
    </Alert>
  )
}

function Nothing<Row>({ list, state }: { readonly list: ListDescription<Row>; readonly state: ListState }) {
  const { i18n } = useLingui()
  const { may } = usePermissions()
  const first = list.views[0]?.id
  if (state.narrowed || (state.viewId !== first && first !== undefined)) {
    return (
      <EmptyState
        py="xl"
        icon={<IconSearchOff aria-hidden />}
        title={i18n._(list.empty.none)}
        description={
          state.narrowed ? (
            <Trans>No row fits the filters above.</Trans>
          ) : (
            <Trans>No row belongs into this view at the moment.</Trans>
          )
        }
      >
        <EmptyState.Actions>
          {state.narrowed ? (
            <Button variant="default" onClick={state.reset}>
              <Trans>Clear filters</Trans>
            </Button>
          ) : (
            <Button variant="default" onClick={() => state.show(first ?? '')}>
              <Trans>Show all</Trans>
            </Button>
          )}
        </EmptyState.Actions>
      </EmptyState>
    )
  }
  return (
    <EmptyState
      py="xl"
      icon={<IconInbox aria-hidden />}
      title={i18n._(list.empty.what)}
      description={i18n._(list.empty.fills)}
    >
      {list.create !== undefined && may(list.create.permission) && (
        <EmptyState.Actions>
          <Button component={Link} to={inCompany(list.create.href)}>
            {i18n._(list.create.label)}
          </Button>
        </EmptyState.Actions>
      )}
    </EmptyState>
  )
}
