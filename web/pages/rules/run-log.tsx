import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ItemOf, api, listQuery, newKey, refreshData } from '../../api/index.ts'
import type { AnyKind } from '../../../src/kinds.ts'
import { PageLink, documentHref } from '../../patterns/index.ts'
import { PlainTable, Section } from '../../patterns/record/index.ts'
import { useFormat } from '../../ui/format.ts'
import { kindWords } from '../../ui/kinds.ts'
import { useRuleWords } from './words.ts'

type Run = ItemOf<'rule-runs'>

/** What a rule did and why, and why it did nothing. */
export function RunLog({ ruleId, mayWrite }: { readonly ruleId: string; readonly mayWrite: boolean }) {
  const { t } = useLingui()
  const format = useFormat()
  const client = useQueryClient()
  const words = useRuleWords()
  const { data } = useQuery({ ...listQuery('rule-runs', { ruleId, limit: 50 }), refetchInterval: 5000 })
  const again = useMutation({
    mutationFn: (id: string) => api.post(`/rule-runs/${id}/again`, undefined, { key: newKey() }),
    onSuccess: () => refreshData(client),
  })
  if (data === undefined) return null
  return (
    <Section title={<Trans>Log</Trans>}>
      <PlainTable
        label={t`Log`}
        rows={data.items}
        keyOf={(run) => run.id}
        none={<Trans>It has not run yet.</Trans>}
        columns={[
          { label: t`Time`, render: (run) => format.moment(run.createdAt) },
          {
            label: t`Document`,
            render: (run) => <ObjectLink kind={run.objectKind} id={run.objectId} number={run.objectNumber} />,
          },
          {
            label: t`When`,
            render: (run) =>
              run.eventType === null ? t`found by the clock` : words.eventWord(run.eventType),
          },
          { label: t`Status`, render: (run) => <State run={run} /> },
          { label: t`What was done and why`, render: (run) => <Why run={run} /> },
          {
            label: '',
            render: (run) =>
              mayWrite &&
              run.state === 'failed' && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  disabled={again.isPending}
                  onClick={() => again.mutate(run.id)}
                >
                  <Trans>Try again</Trans>
                </Button>
              ),
          },
        ]}
      />
    </Section>
  )
}

function Why({ run }: { readonly run: Run }) {
  return (
    <div style={{ maxWidth: '46rem' }}>
      {run.results.map((result, index) => (
        // What was done never changes its order.
        // eslint-disable-next-line react/no-array-index-key
        <div key={index}>{result.text}</div>
      ))}
      <Text size="sm" c="dimmed">
        {run.reason}
      </Text>
    </div>
  )
}

function State({ run }: { readonly run: Run }) {
  const { t } = useLingui()
  if (run.state === 'done') return t`Done`
  if (run.state === 'failed') return t`Failed`
  return run.state === 'skipped' ? t`Nothing to do` : t`Waiting`
}

/** A document by its number; what has none by the word for it. */
export function ObjectLink({
  kind,
  id,
  number,
}: {
  readonly kind: string
  readonly id: string
  readonly number: string | null
}) {
  const { t, i18n } = useLingui()
  if (kind in kindWords)
    return (
      <PageLink href={documentHref(kind as AnyKind, id)}>
        {number ?? i18n._(kindWords[kind as AnyKind].one)}
      </PageLink>
    )
  if (kind === 'product') return <PageLink href={`/products/${id}`}>{t`Product`}</PageLink>
  if (kind === 'party') return <PageLink href={`/parties/${id}`}>{t`Customer or vendor`}</PageLink>
  return kind
}
