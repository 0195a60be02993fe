import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { mailTemplatesQuery } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { useFormat } from '../../ui/format.ts'
import { ScrollArea } from './layout.tsx'
import { useMailWords } from './mail-words.ts'
import classes from './settings.module.css'

/** The words of mails, by what they are for and language. */
export function MailTemplates() {
  const { t } = useLingui()
  const words = useMailWords()
  const format = useFormat()
  const { data, error } = useQuery(mailTemplatesQuery())
  return (
    <section aria-label={t`Templates of mails`}>
      <h2 className={classes.group}>
        <Trans>Templates of mails</Trans>
      </h2>
      <Text size="sm" c="dimmed" mb="sm">
        <Trans>
          A mail is written in the customer’s language, where there is a template for it. Another language is
          added on the page of a template.
        </Trans>
      </Text>
      {error !== null && (
        <Alert color="red" role="alert">
          {error.message}
        </Alert>
      )}
      {data === undefined ? (
        error === null && <Skeleton height={300} />
      ) : (
        <ScrollArea label={t`Templates of mails`}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>For</Trans>
                </th>
                <th scope="col">
                  <Trans>Language</Trans>
                </th>
                <th scope="col">
                  <Trans>State</Trans>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.items.map(({ purpose, language, changed, changedBy, changedAt }) => {
                const when = changedAt === null ? '' : format.moment(changedAt)
                return (
                  <tr key={`${purpose} ${language}`}>
                    <th scope="row">
                      <PageLink href={`/settings/mail/${purpose}/${language}`}>
                        {words.purpose(purpose)}
                      </PageLink>
                    </th>
                    <td>{words.language(language)}</td>
                    <td>
                      {changed ? (
                        <Trans>
                          Own, changed by {changedBy} on {when}
                        </Trans>
                      ) : (
                        <span className={classes.quiet}>
                          <Trans>Comes with Zapas</Trans>
                        </span>
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </ScrollArea>
      )}
    </section>
  )
}
