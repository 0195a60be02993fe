import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { AnyKind } from '../../../src/kinds.ts'
import { type Mail, mailQuery } from '../../api/index.ts'
import { MailPreview, MailState, MailSteps, PageLink, documentHref, troubleOf } from '../../patterns/index.ts'
import { FactList, PlainTable, RecordLoading, RecordPage, Section } from '../../patterns/record/index.ts'
import { useFormat } from '../../ui/format.ts'
import { kindWords } from '../../ui/kinds.ts'

/** One mail as its recipients read it, what it is about, and what became of it. */
export default function MailPage() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(mailQuery(id))
  if (data === undefined)
    return <RecordLoading title={t`The mail`} error={error} retry={() => void refetch()} />
  return <One mail={data} />
}

function One({ mail }: { readonly mail: Mail }) {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const moment = (at: string | null) => (at === null ? null : format.moment(at))
  const again = mail.state === 'waiting' ? moment(mail.nextAt) : null
  return (
    <RecordPage
      kind={t`The mail`}
      title={mail.subject}
      crumbs={[{ label: t`Mails`, href: '/mails' }]}
      line={[<MailState key="state" mail={mail} />, mail.to.join(', ')]}
      edit={null}
      actions={<MailSteps mail={mail} />}
    >
      <Section title={<Trans>What became of it</Trans>}>
        <FactList
          facts={[
            [t`Written`, moment(mail.createdAt)],
            [t`By`, mail.createdBy],
            [t`Tries`, mail.attempts === 0 ? null : format.number(String(mail.attempts))],
            [t`Last try`, moment(mail.lastAt)],
            [t`Next try`, again],
            [t`Sent`, moment(mail.sentAt)],
            [t`Came back`, moment(mail.bouncedAt)],
            [t`Not accepted`, mail.refused.length === 0 ? null : mail.refused.join(', ')],
            [t`The answer`, troubleOf(mail)],
          ]}
        />
      </Section>
      {mail.documents.length > 0 && (
        <Section title={<Trans>Documents</Trans>}>
          <PlainTable
            label={t`Documents`}
            rows={mail.documents}
            keyOf={(each) => each.id}
            none={null}
            columns={[
              { label: t`Kind`, render: (each) => i18n._(kindWords[each.kind as AnyKind].one) },
              {
                label: t`Number`,
                render: (each) => (
                  <PageLink href={documentHref(each.kind as AnyKind, each.id)}>
                    {each.number ?? t`Draft`}
                  </PageLink>
                ),
              },
            ]}
          />
        </Section>
      )}
      <Section title={<Trans>The mail</Trans>}>
        <MailPreview
          to={mail.to}
          cc={mail.cc}
          subject={mail.subject}
          text={mail.body}
          attachments={mail.attachments}
        />
      </Section>
    </RecordPage>
  )
}
