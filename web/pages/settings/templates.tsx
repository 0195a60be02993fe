import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { PageLink } from '../../patterns/index.ts'
import { useFormat } from '../../ui/format.ts'
import { ScrollArea, SettingsPage } from './layout.tsx'
import classes from './settings.module.css'
import { useFormWords } from './template-words.ts'
import { type TemplateHead, templateAddress, templatesQuery } from './templates-query.ts'

/** What every kind of document is printed with. */
export default function Templates() {
  const { t } = useLingui()
  const { data, error } = useQuery(templatesQuery())
  return (
    <SettingsPage title={t`Templates`}>
      <Text size="sm" c="dimmed">
        <Trans>
          A template says how a kind of document is printed. One for all languages is there from the
          beginning; a language may have its own.
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
        <ScrollArea label={t`Templates`}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>Kind</Trans>
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
              {data.items.map((head) => (
                <Row key={`${head.form} ${head.language}`} head={head} />
              ))}
            </tbody>
          </table>
        </ScrollArea>
      )}
    </SettingsPage>
  )
}

function Row({ head }: { readonly head: TemplateHead }) {
  const words = useFormWords()
  const format = useFormat()
  const { changedBy } = head
  const when = head.changedAt === null ? '' : format.moment(head.changedAt)
  return (
    <tr>
      <th scope="row">
        <PageLink href={templateAddress(head.form, head.language)}>{words.form(head.form)}</PageLink>
      </th>
      <td>{words.language(head.language)}</td>
      <td>
        {head.changed ? (
          <Trans>
            Own, changed by {changedBy} on {when}
          </Trans>
        ) : head.language === 'any' ? (
          <span className={classes.quiet}>
            <Trans>Comes with Zapas</Trans>
          </span>
        ) : (
          <span className={classes.quiet}>
            <Trans>Reset: the one for all languages</Trans>
          </span>
        )}
      </td>
    </tr>
  )
}
