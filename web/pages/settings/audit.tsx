import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, NativeSelect, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ItemOf, type Page, api, dataKey } from '../../api/index.ts'
import { PageLink, documentHref } from '../../patterns/index.ts'
import { useActorName } from '../../ui/actors.ts'
import { useFormat } from '../../ui/format.ts'
import { DateField, isDate } from '../../ui/inputs/index.ts'
import { allKinds, kindWords } from '../../ui/kinds.ts'
import type { AnyKind } from '../../../src/kinds.ts'
import { ExportAudit } from './export-audit.tsx'
import { ScrollArea, SettingsPage } from './layout.tsx'
import { areaWord, isArea } from './role-words.ts'
import classes from './settings.module.css'

type Event = ItemOf<'events'>
interface Asked {
  readonly kind?: string
  readonly type?: string
  readonly from?: string
  readonly to?: string
}

/** Who did what, the newest first; the filters stand in the address. */
export default function Audit() {
  const { t, i18n } = useLingui()
  const navigate = useNavigate()
  const asked = useSearch({ strict: false }) as Asked
  const set = (change: Asked) =>
    void navigate({
      to: '.',
      replace: true,
      search: ((before: Asked) =>
        Object.fromEntries(
          Object.entries({ ...before, ...change }).filter(([, value]) => value !== ''),
        )) as never,
    })
  const { from = '', to = '' } = asked
  const search = {
    objectKind: asked.kind,
    type: asked.type,
    from: isDate(from) ? new Date(`${from}T00:00:00`).toISOString() : undefined,
    to: isDate(to) ? new Date(new Date(`${to}T00:00:00`).getTime() + 86_400_000).toISOString() : undefined,
    limit: 50,
  }
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = useInfiniteQuery({
    queryKey: dataKey('audit', search),
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Event>>('/audit', { ...search, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  })
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  const kinds = [
    ...allKinds.map((kind) => ({ value: kind as string, label: i18n._(kindWords[kind].many) })),
    { value: 'product', label: i18n._(areaWord('products')) },
    { value: 'party', label: i18n._(areaWord('parties')) },
    { value: 'company', label: i18n._(areaWord('company')) },
    { value: 'user', label: i18n._(areaWord('users')) },
    { value: 'api-key', label: i18n._(areaWord('api-keys')) },
  ]
  return (
    <SettingsPage title={t`Audit`}>
      <Group align="end" gap="sm">
        <NativeSelect
          label={t`What`}
          value={asked.kind ?? ''}
          onChange={(event) => set({ kind: event.currentTarget.value })}
          data={[{ value: '', label: t`Everything` }, ...kinds]}
        />
        <DateField label={t`From`} value={from} onChange={(value) => set({ from: value })} w={160} />
        <DateField label={t`To`} value={to} onChange={(value) => set({ to: value })} w={160} />
        <TextInput
          label={t`Event`}
          placeholder="invoice.posted"
          defaultValue={asked.type ?? ''}
          maxLength={100}
          onBlur={(event) => set({ type: event.currentTarget.value.trim() })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') set({ type: event.currentTarget.value.trim() })
          }}
          w={180}
        />
        <ExportAudit query={{ ...search, limit: undefined }} />
      </Group>
      {error !== null && (
        <Alert color="red" role="alert">
          {error.message}{' '}
          <Button size="compact-sm" variant="default" onClick={() => void refetch()}>
            <Trans>Try again</Trans>
          </Button>
        </Alert>
      )}
      {data === undefined ? (
        error === null && <Skeleton height={400} />
      ) : rows.length === 0 ? (
        <Text>
          <Trans>Nothing that was written down matches.</Trans>
        </Text>
      ) : (
        <Stack gap="sm">
          <ScrollArea label={t`Audit`}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">
                    <Trans>Time</Trans>
                  </th>
                  <th scope="col">
                    <Trans>Who</Trans>
                  </th>
                  <th scope="col">
                    <Trans>What</Trans>
                  </th>
                  <th scope="col">
                    <Trans>Change</Trans>
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((event) => (
                  <Row key={event.id} event={event} />
                ))}
              </tbody>
            </table>
          </ScrollArea>
          {hasNextPage && (
            <Button
              variant="default"
              loading={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
              style={{ alignSelf: 'start' }}
            >
              <Trans>Load more</Trans>
            </Button>
          )}
        </Stack>
      )}
    </SettingsPage>
  )
}

function Row({ event }: { readonly event: Event }) {
  const { i18n } = useLingui()
  const nameOf = useActorName()
  const format = useFormat()
  const kind = event.objectKind in kindWords ? (event.objectKind as AnyKind) : null
  const word =
    kind !== null
      ? i18n._(kindWords[kind].one)
      : isArea(event.objectKind)
        ? i18n._(areaWord(event.objectKind))
        : event.objectKind
  const href =
    kind !== null
      ? documentHref(kind, event.objectId)
      : event.objectKind === 'product'
        ? `/products/${event.objectId}`
        : event.objectKind === 'party'
          ? `/parties/${event.objectId}`
          : null
  const name = event.objectNumber ?? word
  return (
    <tr>
      <td className={classes.nowrap}>{format.moment(event.at)}</td>
      <td>
        {nameOf(event.actor)}
        {event.actor.type === 'key' && (
          <div className={classes.quiet}>
            <Trans>API key</Trans>
          </div>
        )}
        {event.actor.type === 'system' && (
          <div className={classes.quiet}>
            <Trans>System</Trans>
          </div>
        )}
      </td>
      <td>
        {href === null ? name : <PageLink href={href}>{name}</PageLink>}
        <div className={classes.quiet}>{event.type}</div>
      </td>
      <td>
        <Change before={event.before} after={event.after} />
        {event.reason !== null && <Text size="sm">“{event.reason}”</Text>}
      </td>
    </tr>
  )
}

const mostFields = 6

function Change({ before, after }: { readonly before: unknown; readonly after: unknown }) {
  const was = record(before)
  const is = record(after)
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  if (names.length === 0) return null
  const list = (some: readonly string[]) => (
    <dl className={classes.change}>
      {some.map((name) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {name in was ? `${text(was[name])} → ` : ''}
            {name in is ? text(is[name]) : '–'}
          </dd>
        </div>
      ))}
    </dl>
  )
  const plain = names.filter((name) => isPlain(was[name]) && isPlain(is[name])).slice(0, mostFields)
  const rest = names.filter((name) => !plain.includes(name))
  if (rest.length === 0) return list(plain)
  return (
    <>
      {list(plain)}
      <details>
        <summary>
          <Trans>The rest</Trans>
        </summary>
        {list(rest)}
      </details>
    </>
  )
}

const id = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

/** Says something to people as it is, unlike lists, parts and ids. */
function isPlain(value: unknown): boolean {
  return typeof value === 'string' ? !id.test(value) : typeof value !== 'object' || value === null
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function text(value: unknown): string {
  if (value === null || value === undefined) return '–'
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)
}
