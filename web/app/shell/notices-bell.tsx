import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Group, Indicator, Popover, ScrollArea, Stack, Text } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type ItemOf, api, listQuery, newKey, refreshData } from '../../api/index.ts'
import type { AnyKind } from '../../../src/kinds.ts'
import { useSettled } from '../../page/index.ts'
import { useFormat } from '../../ui/format.ts'
import { pathOfKind } from '../../ui/kinds.ts'
import { CompanyLink } from './company-link.tsx'

type Notice = ItemOf<'notices'>
/** So many are shown; as many new ones are counted. */
const shown = 20

const hrefOf = ({ objectKind, objectId }: Notice): string => {
  if (objectKind === 'product') return `/products/${objectId}`
  if (objectKind === 'party') return `/parties/${objectId}`
  if (objectKind === 'recurring-schedule') return `/recurring/${objectId}`
  return `/${pathOfKind(objectKind as AnyKind)}/${objectId}`
}

/** What rules have told this person. */
export function NoticesBell() {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const { data } = useQuery({
    ...listQuery('notices', { limit: shown }),
    refetchInterval: 30_000,
    enabled: useSettled(),
  })
  const notices = data?.items ?? []
  const unread = notices.filter((notice) => notice.readAt === null).length
  const label = unread === 0 ? t`Notices` : t`Notices, ${unread} new`
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Indicator
        label={unread}
        disabled={unread === 0}
        size={18}
        color="red.9"
        offset={4}
        styles={{ indicator: { pointerEvents: 'none' } }}
      >
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            onClick={() => setOpen(!open)}
            aria-label={label}
            title={label}
          >
            <IconBell size={20} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown aria-label={t`Notices`} w={360} maw="calc(100vw - 1rem)">
        <List notices={notices} unread={unread} close={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function List({
  notices,
  unread,
  close,
}: {
  readonly notices: readonly Notice[]
  readonly unread: number
  readonly close: () => void
}) {
  const format = useFormat()
  const client = useQueryClient()
  const read = useMutation({
    mutationFn: (body: { upTo: string; from?: string }) => api.post('/notices/read', body, { key: newKey() }),
    onSuccess: () => refreshData(client),
  })
  const [newest] = notices
  if (newest === undefined)
    return (
      <Text size="sm">
        <Trans>Nothing yet. Rules and recipes tell you here what needs you.</Trans>
      </Text>
    )
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text fw={600} size="sm">
          <Plural value={unread} _0="Nothing new" one="# new" other="# new" />
        </Text>
        {unread > 0 && (
          <Button
            size="compact-sm"
            variant="subtle"
            loading={read.isPending}
            onClick={() => read.mutate({ upTo: newest.createdAt })}
          >
            <Trans>Mark all as read</Trans>
          </Button>
        )}
      </Group>
      <ScrollArea.Autosize mah="60vh" type="auto">
        <Stack gap="sm">
          {notices.map((notice) => (
            <div key={notice.id}>
              <CompanyLink
                path={hrefOf(notice)}
                onClick={() => {
                  if (notice.readAt === null) read.mutate({ upTo: notice.createdAt, from: notice.createdAt })
                  close()
                }}
              >
                <Text size="sm" fw={notice.readAt === null ? 600 : 400} component="span">
                  {notice.text}
                </Text>
              </CompanyLink>
              <Text size="xs" c="dimmed">
                {format.moment(notice.createdAt)}
                {notice.rule !== null && ` · ${notice.rule}`}
              </Text>
            </div>
          ))}
        </Stack>
      </ScrollArea.Autosize>
    </Stack>
  )
}
