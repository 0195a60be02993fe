import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, dataKey, newKey, refreshData } from '../../api/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.tsx'
import classes from './portal.module.css'
import type { Link, MadeLink, Use } from './types.ts'

/** What a link shows: a document, or everything of a customer. */
type Target = { readonly documentKind: string; readonly documentId: string } | { readonly partyId: string }

/** Links made just now, by what they show: a page that is drawn anew meanwhile must not lose what is shown once. */
const justMade = new Map<string, MadeLink>()

/** The links by which a customer sees this without a sign-in: made, copied once, withdrawn, and who used them. */
export function CustomerLinks({ target }: { readonly target: Target }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const { may } = usePermissions()
  const mayWrite = may('portal-links:write')
  const place = JSON.stringify(target)
  const [made, setMade] = useState(() => justMade.get(place) ?? null)
  const query = 'partyId' in target ? { partyId: target.partyId } : { documentId: target.documentId }
  const { data } = useQuery({
    queryKey: dataKey('portal-links', query),
    queryFn: ({ signal }) => api.get<{ items: Link[] }>('/portal-links', query, { signal }),
  })
  const make = useMutation({
    mutationFn: (key: string) => api.post<MadeLink>('/portal-links', target, { key }),
    onSuccess: async (link) => {
      justMade.set(place, link)
      setMade(link)
      await refreshData(client)
    },
    onError: (error) => notify.error(error.message),
  })
  const forget = () => {
    justMade.delete(place)
    setMade(null)
  }
  return (
    <section aria-label={t`Customer link`}>
      <h2 className={classes.title}>
        <Trans>Customer link</Trans>
      </h2>
      <Stack gap="xs">
        {made !== null && <Made link={made} onClose={forget} />}
        {data?.items.map((link) => (
          <OneLink key={link.id} link={link} mayWrite={mayWrite} />
        ))}
        {mayWrite && (
          <div>
            <Button
              variant="default"
              size="compact-md"
              loading={make.isPending}
              onClick={() => make.mutate(newKey())}
            >
              <Trans>Make a link</Trans>
            </Button>
          </div>
        )}
      </Stack>
    </section>
  )
}

function Made({ link, onClose }: { readonly link: MadeLink; readonly onClose: () => void }) {
  const { t } = useLingui()
  return (
    <Alert variant="light" color="green" withCloseButton closeButtonLabel={t`Close`} onClose={onClose}>
      <Text size="sm">
        <Trans>Whoever has this link sees what it shows. Copy it now: it is shown this once.</Trans>
      </Text>
      <code className={classes.url} data-portal-link>
        {link.url}
      </code>
      <Group mt="xs" gap="xs">
        <CopyButton value={link.url}>
          {({ copied, copy }) => (
            <Button size="compact-md" onClick={copy}>
              {copied ? <Trans>Copied</Trans> : <Trans>Copy</Trans>}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  )
}

function OneLink({ link, mayWrite }: { readonly link: Link; readonly mayWrite: boolean }) {
  const format = useFormat()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const revoke = useMutation({
    mutationFn: () => api.post(`/portal-links/${link.id}/revoke`, undefined, { key: newKey() }),
    onSuccess: () => refreshData(client),
    onError: (error) => notify.error(error.message),
  })
  const [now] = useState(() => Date.now())
  const over = link.revokedAt === null && Date.parse(link.expiresAt) <= now
  const { uses } = link
  return (
    <div className={classes.row}>
      <div>
        {link.revokedAt !== null ? (
          <Trans>
            Withdrawn by {link.revokedBy} on {format.moment(link.revokedAt)}
          </Trans>
        ) : over ? (
          <Trans>Over since {format.moment(link.expiresAt)}</Trans>
        ) : (
          <Trans>Works until {format.moment(link.expiresAt)}</Trans>
        )}
      </div>
      <div className={classes.quiet}>
        <Trans>
          made by {link.createdBy} on {format.moment(link.createdAt)}
        </Trans>
        {' · '}
        {link.lastUsedAt === null ? (
          <Trans>not used yet</Trans>
        ) : (
          <Plural value={uses} one="used once" other="used # times" />
        )}
      </div>
      <Group gap="md">
        {uses > 0 && (
          <Button variant="subtle" size="compact-sm" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? <Trans>Hide the uses</Trans> : <Trans>Show the uses</Trans>}
          </Button>
        )}
        {mayWrite && link.revokedAt === null && !over && (
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            loading={revoke.isPending}
            onClick={() => revoke.mutate()}
          >
            <Trans>Withdraw</Trans>
          </Button>
        )}
      </Group>
      {open && <Uses id={link.id} />}
    </div>
  )
}

const actions: Readonly<Record<string, MessageDescriptor>> = {
  opened: msg`opened`,
  downloaded: msg`saved the PDF`,
  accepted: msg`accepted`,
  disputed: msg`disputed`,
  paying: msg`set out to pay`,
}

function Uses({ id }: { readonly id: string }) {
  const { i18n } = useLingui()
  const format = useFormat()
  const nameOf = (action: string): string => {
    const words = actions[action]
    return words === undefined ? action : i18n._(words)
  }
  const { data } = useQuery({
    queryKey: dataKey('portal-uses', id),
    queryFn: ({ signal }) => api.get<{ items: Use[] }>(`/portal-links/${id}/uses`, {}, { signal }),
  })
  return (
    <ul className={classes.uses}>
      {data?.items.map((use) => (
        <li key={`${use.firstAt} ${use.action} ${use.address} ${use.agent}`}>
          {format.moment(use.lastAt)} · {nameOf(use.action)}
          {use.times > 1 && ` × ${use.times}`}
          <div className={classes.quiet}>
            {use.address} · {use.agent}
          </div>
        </li>
      ))}
    </ul>
  )
}
