import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type OneOf, api, documentQuery, newKey, refreshData } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { FactList, RecordLoading, RecordMenu, RecordPage } from '../../patterns/record/index.ts'
import { usePermissions } from '../../session/index.ts'
import { notify } from '../../ui/notify.tsx'
import { roleWords } from '../../ui/roles.ts'
import { DryRun } from './dry-run.tsx'
import { RunLog } from './run-log.tsx'
import { useRuleWords } from './words.ts'

export default function RulePage() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(documentQuery('rules', id))
  if (data === undefined) return <RecordLoading title={t`Rule`} error={error} retry={() => void refetch()} />
  return <One rule={data} />
}

function One({ rule }: { readonly rule: OneOf<'rules'> }) {
  const { t, i18n } = useLingui()
  const words = useRuleWords()
  const client = useQueryClient()
  const mayWrite = usePermissions().may('rules:write')
  const own = mayWrite && rule.recipe === null
  const { mutate, isPending } = useMutation({
    mutationFn: () =>
      api.patch(`/rules/${rule.id}`, { active: !rule.active }, { key: newKey(), ifMatch: rule.version }),
    onSuccess: () => refreshData(client),
    onError: (error) => notify.error(error.message),
  })
  return (
    <RecordPage
      kind={t`Rule`}
      title={rule.name}
      crumbs={[{ label: t`Rules`, href: '/rules' }]}
      edit={own ? `/rules/${rule.id}/edit` : null}
      actions={
        own && (
          <Button variant="default" disabled={isPending} onClick={() => mutate()}>
            {rule.active ? <Trans>Switch off</Trans> : <Trans>Switch on</Trans>}
          </Button>
        )
      }
      menu={
        own && (
          <RecordMenu
            resource="rules"
            id={rule.id}
            name={rule.name}
            version={rule.version}
            archived={null}
            list="/rules"
          />
        )
      }
    >
      {rule.recipe !== null && (
        <Alert color="blue">
          <Trans>
            This rule belongs to a recipe and is switched there: <PageLink href="/recipes">Recipes</PageLink>
          </Trans>
        </Alert>
      )}
      {!rule.active && (
        <Alert color="yellow" title={<Trans>This rule is off</Trans>}>
          <Trans>Try it on what happened already, then switch it on.</Trans>
        </Alert>
      )}
      <FactList
        facts={[
          [t`When`, words.when(rule)],
          [t`If`, words.condition(rule)],
          [t`Then`, rule.actions.map(words.action).join('; ')],
          [t`May do what this role may`, i18n._(roleWords[rule.role])],
        ]}
      />
      <DryRun rule={rule} />
      <RunLog ruleId={rule.id} mayWrite={mayWrite} />
    </RecordPage>
  )
}
