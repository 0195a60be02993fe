import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { type ItemOf, type Page, api, dataKey } from '../../api/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useActorName } from '../../ui/actors.ts'
import { useFormat } from '../../ui/format.ts'

/** Who changed a document last and when, in one sentence; that somebody did, where that is not known. */
export function LastChange({ of: id }: { readonly of: string }) {
  const format = useFormat()
  const nameOf = useActorName()
  const { may } = usePermissions()
  const found = useQuery({
    queryKey: [...dataKey('audit', id), 'last'],
    queryFn: ({ signal }) =>
      api.get<Page<ItemOf<'events'>>>('/audit', { objectId: id, limit: 20 }, { signal }),
    enabled: may('audit:read'),
    // What was known before the change says nothing of it.
    gcTime: 0,
  })
  // Others are about its mails, prints and links.
  const event = found.data?.items.find(({ before, after }) => before !== null || after !== null)
  if (event === undefined || event.actor.type === 'system') {
    return <Trans>Somebody changed this document meanwhile.</Trans>
  }
  const who = nameOf(event.actor)
  const at = format.recent(event.at)
  return (
    <Trans>
      {who} changed this document at {at}.
    </Trans>
  )
}
