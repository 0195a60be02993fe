import { Trans, useLingui } from '@lingui/react/macro'
import { Kbd, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight, spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { type KeyboardEvent, memo, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { fold } from '../../../src/kernel/fold.ts'
import { type Page, type SearchHit, api, dataKey, searchQuery } from '../../api/index.ts'
import { recentlyOpened, useShownActions } from '../../page/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { kindWords, pathOfKind } from '../../ui/kinds.ts'
import type { AnyKind } from '../../../src/kinds.ts'
import { keyText } from '../../ui/shortcuts.ts'
import { homeItem } from './navigation.ts'
import { useCreatable } from './use-creatable.ts'
import { useNavigation } from './use-navigation.ts'
import { readAsked } from './palette-words.ts'

interface Row {
  readonly id: string
  readonly label: string
  readonly detail?: string | null
  readonly right?: string | undefined
  /** Of a product: what may be promised of it, with its unit. */
  readonly available?: string | undefined
  /** Null: refused, `detail` says why. */
  readonly go: (() => void) | null
}
interface Section {
  readonly name: string
  readonly rows: readonly Row[]
}

interface Props {
  /** Goes up with every wish to see it. */
  readonly wish: number
}

/** Milliseconds between two questions to the server; a key after a rest asks at once. */
const pause = 120

/** One field for everything: actions of the page, documents, products, parties, pages, what can be made. */
export default function Palette({ wish }: Props) {
  const { t, i18n } = useLingui()
  const { slug = '' } = useParams({ strict: false })
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  useEffect(() => spotlight.open(), [wish])

  const { words, only } = readAsked(typed)
  const [asked] = useDebouncedValue(words, pause, { leading: true })
  const searchable = asked !== '' && only !== 'actions'
  const found = useQuery({
    ...searchQuery(asked, only === 'actions' || only === null ? undefined : only),
    enabled: searchable,
    placeholderData: keepPreviousData,
  })
  const hits = searchable && words !== '' ? (found.data?.items ?? []) : []

  const available = useAvailable(asked, hits)
  const actions = useShownActions()
  const creatable = useCreatable()
  const { groups, settings } = useNavigation()
  const goTo = (path: string) => () => void navigate({ href: `/c/${slug}${path}` })
  const matches = (label: string): boolean => {
    const text = fold(label)
    return fold(words)
      .split(' ')
      .every((word) => text.includes(word))
  }
  const rowOf = (hit: SearchHit): Row => ({
    id: `${hit.kind} ${hit.id}`,
    label: hit.label,
    detail:
      hit.section === 'documents' ? [kindName(hit.kind), hit.detail].filter(Boolean).join(' · ') : hit.detail,
    available: available.get(hit.id),
    go: goTo(pathOf(hit)),
  })
  const kindName = (kind: string): string =>
    kind in kindWords ? i18n._(kindWords[kind as AnyKind].one) : kind

  const shown = (name: 'actions' | 'pages'): boolean =>
    name === 'actions' ? only === null || only === 'actions' : only === null
  const exact = hits.filter((hit) => hit.exact)
  const rest = hits.filter((hit) => !hit.exact)
  const pageItems = [
    homeItem,
    ...groups.flatMap(({ items }) => items),
    ...(settings === null ? [] : [settings]),
  ]
  const sections: readonly Section[] = [
    {
      name: t`On this page`,
      rows: shown('actions')
        ? actions
            .filter(({ label }) => matches(label))
            .map(({ id, label, shortcut, allowed = true, reason, run }) => ({
              id: `action ${id}`,
              label,
              detail: allowed ? null : reason,
              right: allowed && shortcut !== undefined ? keyText(shortcut) : undefined,
              go: allowed ? run : null,
            }))
        : [],
    },
    { name: t`Exactly this`, rows: exact.map(rowOf) },
    { name: t`Documents`, rows: rest.filter(({ section }) => section === 'documents').map(rowOf) },
    { name: t`Products`, rows: rest.filter(({ section }) => section === 'products').map(rowOf) },
    { name: t`Customers and vendors`, rows: rest.filter(({ section }) => section === 'parties').map(rowOf) },
    {
      name: t`Opened last`,
      rows:
        typed === ''
          ? recentlyOpened(slug).map(({ path, title }) => ({
              id: `recent ${path}`,
              label: title,
              go: goTo(path),
            }))
          : [],
    },
    {
      name: t`Pages`,
      rows: shown('pages')
        ? pageItems
            .map(({ path, full }) => ({ id: `page ${path}`, label: i18n._(full), go: goTo(path) }))
            .filter(({ label }) => words !== '' && matches(label))
        : [],
    },
    {
      name: t`New`,
      rows: shown('actions')
        ? creatable
            .map(({ path, label }) => ({ id: `new ${path}`, label: i18n._(label), go: goTo(path) }))
            .filter(({ label }) => words !== '' && matches(label))
        : [],
    },
  ]
  const full = sections.filter(({ rows }) => rows.length > 0)
  const waiting = searchable && (found.isFetching || asked !== words)

  const latest = useRef(full)
  useLayoutEffect(() => {
    latest.current = full
  })
  const run = useCallback((id: string) => {
    const rows = latest.current.flatMap((section) => section.rows)
    rows.find((row) => row.id === id)?.go?.()
  }, [])

  /** Where Enter leads before anything is selected: to the very number or barcode, or to all there is for what was typed. */
  const sure = (): Row | undefined => {
    if (words === '' || asked !== words || found.isPlaceholderData) return undefined
    if (exact.length > 0) return rowOf(exact[0]!)
    const rows = full.flatMap((section) => section.rows)
    return !waiting && rows.length === 1 ? rows[0] : undefined
  }
  const enter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || document.querySelector('[data-action][data-selected]') !== null) return
    const go = sure()?.go ?? null
    if (go === null) return
    event.preventDefault()
    spotlight.close()
    go()
  }

  return (
    <Spotlight.Root query={typed} onQueryChange={setTyped} shortcut={null} scrollable maxHeight={480}>
      <Spotlight.Search
        placeholder={t`Number, name, code, barcode …`}
        aria-label={t`Search and commands`}
        leftSection={<IconSearch size={18} aria-hidden />}
        onKeyDown={enter}
      />
      <Spotlight.ActionsList aria-busy={waiting}>
        {full.map(({ name, rows }) => (
          <Spotlight.ActionsGroup key={name} label={name}>
            {rows.map(({ go, ...row }) => (
              <Hit key={row.id} {...row} refused={go === null} onRun={run} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {full.length === 0 && (
          <Spotlight.Empty>
            {found.isError ? (
              found.error.message
            ) : waiting ? (
              <Trans>Searching …</Trans>
            ) : typed === '' ? (
              <Trans>Type a number, a name, a code, or scan a barcode.</Trans>
            ) : (
              <Trans>Nothing found</Trans>
            )}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
      <Spotlight.Footer>
        <Text size="xs" c="dimmed">
          <Trans>
            <Kbd size="xs">#</Kbd> documents <Kbd size="xs">.</Kbd> products <Kbd size="xs">@</Kbd> customers
            and vendors <Kbd size="xs">&gt;</Kbd> actions
          </Trans>
        </Text>
      </Spotlight.Footer>
    </Spotlight.Root>
  )
}

interface HitProps extends Omit<Row, 'go'> {
  readonly refused: boolean
  readonly onRun: (id: string) => void
}

/** Drawn anew only when it says something else: a key draws all of the palette, and most of its rows stay. */
const Hit = memo(function Hit({ id, label, detail, right, available: left, refused, onRun }: HitProps) {
  return (
    <Spotlight.Action
      label={label}
      description={detail ?? undefined}
      aria-disabled={refused || undefined}
      closeSpotlightOnTrigger={!refused}
      onClick={() => onRun(id)}
      rightSection={
        right !== undefined ? (
          <Kbd size="xs">{right}</Kbd>
        ) : left === undefined ? null : (
          <Text size="sm" c="dimmed" data-figure>
            <Trans>{left} available</Trans>
          </Text>
        )
      }
    />
  )
})

/** What all warehouses together have to promise of the products found, in one question. */
function useAvailable(asked: string, hits: readonly SearchHit[]): ReadonlyMap<string, string> {
  const { may } = usePermissions()
  const format = useFormat()
  const { data } = useQuery({
    queryKey: dataKey('palette-available', asked),
    enabled: may('stock:read') && hits.some(({ section }) => section === 'products'),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api.get<Page<ProductStock>>('/stock/products', { q: asked, limit: 50 }, { signal }),
  })
  return new Map(
    (data?.items ?? []).flatMap(({ id, available, unit }) =>
      available === null ? [] : [[id, format.quantity(available, unit)]],
    ),
  )
}

interface ProductStock {
  readonly id: string
  readonly unit: string
  /** Null for services. */
  readonly available: string | null
}

function pathOf(hit: SearchHit): string {
  if (hit.section === 'products') return `/products/${hit.id}`
  if (hit.section === 'parties') return `/parties/${hit.id}`
  return `/${pathOfKind(hit.kind as AnyKind)}/${hit.id}`
}
