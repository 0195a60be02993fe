import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type MailInList, api, mailsOfDocumentQuery, refreshData } from '../../api/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.tsx'
import { useReason } from '../action/reasons.ts'
import { MailState } from './mail-state.tsx'
import classes from './mail.module.css'

/** Mails about a document, the newest first; nothing where there are none. */
export function MailLog({ documentId }: { readonly documentId: string }) {
  const { t } = useLingui()
  const { data, error } = useQuery(mailsOfDocumentQuery(documentId))
  if (error !== null) return <Text size="sm">{error.message}</Text>
  if (data === undefined || data.items.length === 0) return null
  return (
    <section aria-label={t`Mails`}>
      <h2 className={classes.title}>
        <Trans>Mails</Trans>
      </h2>
      <ol className={classes.log}>
        {data.items.map((mail) => (
          <Item key={mail.id} mail={mail} documentId={documentId} />
        ))}
      </ol>
    </section>
  )
}

function Item({ mail, documentId }: { readonly mail: MailInList; readonly documentId: string }) {
  const format = useFormat()
  const stage = mail.documents.find((each) => each.id === documentId)?.stage ?? null
  const to = [...mail.to, ...mail.cc].join(', ')
  const at = format.moment(mail.bouncedAt ?? mail.sentAt ?? mail.lastAt ?? mail.createdAt)
  const trouble = troubleOf(mail)
  const refused = mail.refused.join(', ')
  return (
    <li>
      <div>
        <MailState mail={mail} /> <span className={classes.quiet}>{at}</span>
      </div>
      <div>
        {stage !== null && (
          <b>
            <Trans>Reminder {stage}:</Trans>{' '}
          </b>
        )}
        {mail.subject}
      </div>
      <div className={classes.quiet}>
        <Trans>to {to}</Trans>
      </div>
      {refused !== '' && (
        <div>
          <Trans>Not accepted: {refused}</Trans>
        </div>
      )}
      {trouble !== null && trouble !== '' && <div className={classes.quiet}>{trouble}</div>}
      <MailSteps mail={mail} />
    </li>
  )
}

/** Why it did not arrive everywhere; null where nothing is known to be wrong. */
export function troubleOf(
  mail: Pick<MailInList, 'state' | 'refused' | 'answer' | 'bounceReason'>,
): string | null {
  return mail.bounceReason ?? (mail.state === 'sent' && mail.refused.length === 0 ? null : mail.answer)
}

/** What a person can do about a mail that is not where it should be. */
export function MailSteps({ mail }: { readonly mail: Pick<MailInList, 'id' | 'state' | 'version'> }) {
  const { t } = useLingui()
  const { may } = usePermissions()
  const client = useQueryClient()
  const reason = useReason()
  const act = useMutation({
    mutationFn: (step: 'send-again' | 'cancel') =>
      api.post(`/mails/${mail.id}/${step}`, undefined, { ifMatch: mail.version }),
    onSuccess: () => notify.done(t`Done.`),
    onError: (error) => notify.error(reason(error.message)),
    onSettled: () => refreshData(client),
  })
  const again = ['failed', 'unclear', 'bounced'].includes(mail.state)
  const cancel = ['waiting', 'unclear'].includes(mail.state)
  if (!may('mails:write') || !(again || cancel)) return null
  return (
    <Group gap="xs" mt={4}>
      {again && (
        <Button
          size="compact-xs"
          variant="default"
          disabled={act.isPending}
          onClick={() => act.mutate('send-again')}
        >
          {mail.state === 'unclear' ? (
            <Trans>Send it again, even if it arrives twice</Trans>
          ) : (
            <Trans>Send again</Trans>
          )}
        </Button>
      )}
      {cancel && (
        <Button
          size="compact-xs"
          variant="subtle"
          disabled={act.isPending}
          onClick={() => act.mutate('cancel')}
        >
          {mail.state === 'unclear' ? <Trans>Leave it</Trans> : <Trans>Do not send it</Trans>}
        </Button>
      )}
    </Group>
  )
}
