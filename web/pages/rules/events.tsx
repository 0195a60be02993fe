import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Stack, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ItemOf, type Page, api, dataKey } from '../../api/index.ts'
import { PageTitle, useBreadcrumbs } from '../../page/index.ts'
import { PlainTable } from '../../patterns/record/index.ts'
import { useFormat } from '../../ui/format.ts'
import { ObjectLink } from './run-log.tsx'
import { useRuleWords } from './words.ts'

type Event = ItemOf<'events'>

/** What rules and webhooks are told of, the newest first. */
export default function Events() {
  const { t } = useLingui()
  const format = useFormat()
  const words = useRuleWords()
  const [type, setType] = useState('')
  useBreadcrumbs([{ label: t`Events` }])
  const search = { type: type === '' ? undefined : type, sort: '-id', limit: 50 }
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: dataKey('events', search),
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Event>>('/events', { ...search, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  })
  return (
    <Stack gap="sm" data-page>
      <PageTitle title={t`Events`} />
      <Group>
        <TextInput
          label={t`Type of events`}
          description={t`As rules and webhooks name it: invoice.posted, or “invoice.” for all of a kind.`}
          placeholder="invoice.posted"
          defaultValue=""
          maxLength={100}
          onBlur={(event) => setType(event.currentTarget.value.trim())}
          onKeyDown={(event) => {
            if (event.key === 'Enter') setType(event.currentTarget.value.trim())
          }}
        />
      </Group>
      {error !== null && (
        <Alert color="red" role="alert">
          {error.message}
        </Alert>
      )}
      {data !== undefined && (
        <PlainTable
          label={t`Events`}
          rows={data.pages.flatMap(({ items }) => items)}
          keyOf={(event) => event.id}
          none={<Trans>Nothing of this type has happened.</Trans>}
          columns={[
            { label: t`Time`, render: (event) => format.moment(event.at) },
            { label: t`Event`, render: (event) => words.eventWord(event.type) },
            { label: t`Type`, render: (event) => <code>{event.type}</code> },
            {
              label: t`Document`,
              render: (event) => (
                <ObjectLink kind={event.objectKind} id={event.objectId} number={event.objectNumber} />
              ),
            },
            { label: t`Who`, render: (event) => event.actor.name },
          ]}
        />
      )}
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
  )
}
