import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Static } from 'typebox'
import type { DryRunOut } from '../../../src/automation/rules/schema.ts'
import { type OneOf, api, newKey } from '../../api/index.ts'
import type { Json } from '../../api/json.ts'
import { PlainTable, Section } from '../../patterns/record/index.ts'
import { useToday } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { DateField, isDate } from '../../ui/inputs/index.ts'
import { ObjectLink } from './run-log.tsx'
import { useRuleWords } from './words.ts'

type Answer = Json<Static<typeof DryRunOut>>

/** Tries a rule on what happened already; nothing is changed. */
export function DryRun({ rule }: { readonly rule: OneOf<'rules'> }) {
  const { t } = useLingui()
  const today = useToday()
  const [since, setSince] = useState(() => monthBefore(today))
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => {
      const { name, events, look, lookEvery, condition, conditionRows, actions, role } = rule
      const tried = { name, events, look, lookEvery, condition, conditionRows, actions, role }
      const moment = new Date(`${since}T00:00:00`).toISOString()
      return api.post<Answer>('/rules/dry-run', { rule: tried, since: moment }, { key: newKey() })
    },
  })
  return (
    <Section title={<Trans>Try it</Trans>}>
      <Group align="end" gap="sm">
        {rule.look === null && (
          <DateField label={t`On what happened since`} value={since} onChange={setSince} w={200} />
        )}
        <Button variant="default" loading={isPending} disabled={!isDate(since)} onClick={() => mutate()}>
          <Trans>Try without changing anything</Trans>
        </Button>
      </Group>
      {error !== null && (
        <Alert color="red" role="alert">
          {error.message}
        </Alert>
      )}
      {data !== undefined && <Result answer={data} />}
    </Section>
  )
}

function monthBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 30 * 86_400_000).toISOString().slice(0, 10)
}

function Result({ answer }: { readonly answer: Answer }) {
  const { t } = useLingui()
  const format = useFormat()
  const words = useRuleWords()
  const { looked, matched } = answer
  const hits = answer.items.filter((item) => item.matched)
  return (
    <>
      <Text role="status">
        <Plural
          value={looked}
          one={`# occasion was looked at; something would be done for ${matched}.`}
          other={`# occasions were looked at; something would be done for ${matched}.`}
        />
      </Text>
      {hits.length > 0 && (
        <PlainTable
          label={t`What would be done`}
          rows={hits}
          keyOf={(_, index) => String(index)}
          columns={[
            { label: t`Time`, render: (item) => (item.at === null ? '' : format.moment(item.at)) },
            {
              label: t`Document`,
              render: (item) => (
                <ObjectLink kind={item.objectKind} id={item.objectId} number={item.objectNumber} />
              ),
            },
            {
              label: t`When`,
              render: (item) =>
                item.eventType === null ? t`found by the clock` : words.eventWord(item.eventType),
            },
            { label: t`What would be done`, render: (item) => item.would.join(' ') },
          ]}
        />
      )}
    </>
  )
}
