import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { usePageActions } from '../../page/index.ts'
import { inCompany } from '../links.tsx'
import type { ListDescription } from './description.ts'

interface Keys<Row> {
  readonly list: ListDescription<Row>
  readonly rows: readonly Row[]
  /** On a phone, where one scrolls and taps. */
  readonly cards: boolean
  readonly active: number
  readonly field: { readonly current: HTMLInputElement | null }
  readonly peek: () => void
  /** Null: nothing can be done to many rows. */
  readonly select: (() => void) | null
  readonly opened: (row: Row) => void
  readonly go: (index: number) => void
}

/** The keys of a list, which are what the palette offers as well. */
export function useListKeys<Row>({
  list,
  rows,
  cards,
  active,
  field,
  peek,
  select,
  opened,
  go,
}: Keys<Row>): void {
  const { t } = useLingui()
  const navigate = useNavigate()
  const row = rows[active]
  const onRow = {
    allowed: row !== undefined,
    reason: row === undefined ? t`Choose a row first: J and K` : null,
  }
  const walk = (by: 1 | -1) => {
    if (rows.length > 0) go(Math.min(Math.max(active + by, 0), rows.length - 1))
  }
  usePageActions([
    ...(list.searchable === false
      ? []
      : [
          {
            id: 'list-find',
            label: t`Find in this list`,
            shortcut: 'find' as const,
            run: () => field.current?.focus(),
          },
        ]),
    ...(cards
      ? []
      : [
          { id: 'list-down', label: t`Next row`, shortcut: 'down' as const, run: () => walk(1) },
          { id: 'list-up', label: t`Previous row`, shortcut: 'up' as const, run: () => walk(-1) },
        ]),
    {
      id: 'list-open',
      label: t`Open the row`,
      shortcut: 'open' as const,
      run: () => {
        if (row === undefined) return
        opened(row)
        void navigate({ to: inCompany(list.hrefOf(row)) })
      },
      ...onRow,
    },
    ...(select === null
      ? []
      : [
          { id: 'list-select', label: t`Select the row`, shortcut: 'select' as const, run: select, ...onRow },
        ]),
    ...(list.peek === undefined
      ? []
      : [{ id: 'list-peek', label: t`Look at the row`, shortcut: 'peek' as const, run: peek, ...onRow }]),
  ])
}
