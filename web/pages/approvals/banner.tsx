import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type AnyKind, permissionFor } from '../../../src/kinds.ts'
import type { OfferedAction } from '../../../src/offered-actions.ts'
import { type ItemOf, api, listQuery, refreshData } from '../../api/index.ts'
import { useReason } from '../../patterns/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.tsx'
import { roleWords } from '../../ui/roles.ts'
import { CommentDialog } from './comment-dialog.tsx'

type Approval = ItemOf<'approvals'>

interface Props {
  readonly kind: AnyKind
  readonly document: {
    readonly id: string
    readonly version: number
    readonly actions: readonly OfferedAction[]
  }
  readonly onAsk: () => void
}

/** What a draft still waits for before it may count, who may say yes, and the buttons of whoever may. */
export default function ApprovalBanner({ kind, document, onAsk }: Props) {
  const { may } = usePermissions()
  const reason = useReason()
  const { data } = useQuery({
    ...listQuery('approvals', { documentId: document.id, limit: 20, sort: 'id' }),
    refetchInterval: 20_000,
  })
  const asking = document.actions.find(({ name }) => name === 'ask-for-approval')
  const held = document.actions.find(({ reason: why }) => why?.code === 'needs-approval')
  const now = data?.items.filter((each) => each.documentVersion === document.version) ?? []
  const waiting = now.filter(({ state }) => state === 'asked')
  const given = now.filter(({ state }) => state === 'given')
  if (asking?.reason?.code === 'approved')
    return (
      <Alert color="green" variant="light" mb="sm" title={<Trans>Approved as it stands</Trans>}>
        <Stack gap={4}>
          {given.map((each) => (
            <Answer key={each.id} approval={each} />
          ))}
        </Stack>
      </Alert>
    )
  return (
    <Alert
      color="yellow"
      variant="light"
      mb="sm"
      role="status"
      title={<Trans>This draft needs approval</Trans>}
    >
      <Stack gap="sm">
        {waiting.length === 0 && held?.reason != null && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {reason(held.reason.message)}
          </Text>
        )}
        {given.map((each) => (
          <Answer key={each.id} approval={each} />
        ))}
        {waiting.map((each) => (
          <Question key={each.id} approval={each} />
        ))}
        {asking?.allowed === true && may(permissionFor(kind, 'write')) && (
          <Group>
            <Button size="compact-md" variant="default" onClick={onAsk}>
              <Trans>Ask for approval</Trans>
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  )
}

function Answer({ approval }: { readonly approval: Approval }) {
  const format = useFormat()
  const { rule, decidedByName, decidedAt, answer } = approval
  const when = decidedAt === null ? '' : format.moment(decidedAt)
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      {rule}: {decidedByName}, {when}
      {answer !== null && ` · ${answer}`}
    </Text>
  )
}

function Question({ approval }: { readonly approval: Approval }) {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const client = useQueryClient()
  const [answering, setAnswering] = useState<'approve' | 'refuse' | null>(null)
  const { id, rule, askedByName, comment } = approval
  const role = i18n._(roleWords[approval.role as keyof typeof roleWords])
  const when = format.moment(approval.askedAt)
  return (
    <div>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        <Trans>
          {rule}: waits for {role}. {askedByName} asked on {when}.
        </Trans>
        {comment !== null && ` “${comment}”`}
      </Text>
      {approval.mayDecide && (
        <Group gap="xs" mt="xs">
          <Button size="compact-md" onClick={() => setAnswering('approve')}>
            <Trans>Approve</Trans>
          </Button>
          <Button size="compact-md" variant="default" onClick={() => setAnswering('refuse')}>
            <Trans>Refuse</Trans>
          </Button>
        </Group>
      )}
      {answering !== null && (
        <CommentDialog
          title={answering === 'approve' ? t`Approve as it stands` : t`Refuse to approve`}
          verb={answering === 'approve' ? t`Approve` : t`Refuse`}
          danger={answering === 'refuse'}
          hint={
            <Trans>
              {rule}. It is about the draft as it stands now; {askedByName} is told.
            </Trans>
          }
          send={(said, key) => api.post(`/approvals/${id}/${answering}`, { comment: said }, { key })}
          done={async () => {
            notify.done(answering === 'approve' ? t`Approved.` : t`Refused.`)
            await refreshData(client)
          }}
          onClose={() => setAnswering(null)}
        />
      )}
    </div>
  )
}
