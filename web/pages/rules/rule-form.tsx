import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox, MultiSelect, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { type OneOf, api, documentQuery, listQuery } from '../../api/index.ts'
import type { Fault } from '../../forms/index.ts'
import { inCompany } from '../../patterns/index.ts'
import {
  FieldGroup,
  FieldLines,
  FieldRow,
  RecordFormPage,
  useRecordForm,
} from '../../patterns/record/index.ts'
import { roleWords } from '../../ui/roles.ts'
import { ActionFields } from './action-fields.tsx'
import { withOthers } from './event-words.ts'
import { type RuleValues, bodyOf, emptyAction, emptyRow, ruleRoles, valuesOf } from './form.ts'
import { fieldWords, looks, operatorWords, useRuleWords } from './words.ts'

/** The form of a rule, new or known: when, if, then. */
export function RuleForm({ rule }: { readonly rule: OneOf<'rules'> | null }) {
  const { t, i18n } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const words = useRuleWords()
  const webhooks = useQuery(listQuery('webhooks', { limit: 200 })).data?.items ?? []
  const users = useQuery(listQuery('users', { limit: 200 })).data?.items ?? []
  const check = useCallback(
    (values: RuleValues): readonly Fault[] => {
      const faults: Fault[] = []
      if (values.name.trim() === '') faults.push({ field: 'name', message: t`Enter the name` })
      if (values.trigger === 'event' && values.events.length === 0)
        faults.push({ field: 'events', message: t`Choose at least one event` })
      if (values.actions.length === 0) faults.push({ field: 'actions', message: t`Add what shall be done` })
      return faults
    },
    [t],
  )
  const form = useRecordForm<RuleValues>({
    resource: 'rules',
    id: rule?.id ?? null,
    version: rule?.version ?? null,
    initial: valuesOf(rule),
    check,
    save: (values, options) =>
      rule === null
        ? api.post('/rules', bodyOf(values), options)
        : api.patch(`/rules/${rule.id}`, bodyOf(values), options),
    reload: async () => {
      const theirs = await client.fetchQuery({ ...documentQuery('rules', rule!.id), staleTime: 0 })
      return { values: valuesOf(theirs), version: theirs.version }
    },
    done: (saved) => void navigate({ to: inCompany(`/rules/${(saved as { id: string }).id}`) }),
  })
  const { values, set } = form
  const fields = Object.entries(fieldWords).map(([value, label]) => ({ value, label: i18n._(label) }))
  return (
    <RecordFormPage
      form={form}
      title={rule === null ? t`New rule` : t`Edit ${rule.name}`}
      crumbs={[
        { label: t`Rules`, href: '/rules' },
        ...(rule === null ? [] : [{ label: rule.name, href: `/rules/${rule.id}` }]),
      ]}
      back={rule === null ? '/rules' : `/rules/${rule.id}`}
      names={{ name: t`Name`, events: t`Events`, condition: t`Condition`, actions: t`Then`, role: t`Role` }}
    >
      <FieldGroup title={t`Rule`}>
        <TextInput {...form.text('name')} label={t`Name`} maxLength={100} data-autofocus />
      </FieldGroup>
      <FieldGroup title={t`When`}>
        <NativeSelect
          label={t`It starts`}
          value={values.trigger}
          onChange={(event) => set({ trigger: event.currentTarget.value as RuleValues['trigger'] })}
          data={[
            { value: 'event', label: t`when something happens` },
            { value: 'look', label: t`by the clock, when it finds` },
          ]}
        />
        {values.trigger === 'event' ? (
          <MultiSelect
            label={t`Events`}
            data={withOthers(words.eventOptions, values.events)}
            value={[...values.events]}
            onChange={(events) => set({ events })}
            error={form.text('events').error}
            searchable
            clearable
            maxDropdownHeight={320}
          />
        ) : (
          <FieldRow>
            <NativeSelect
              label={t`It looks for`}
              value={values.look}
              onChange={(event) => set({ look: event.currentTarget.value as RuleValues['look'] })}
              data={Object.entries(looks).map(([value, label]) => ({ value, label: i18n._(label) }))}
            />
            <NativeSelect
              label={t`How often`}
              value={values.lookEvery}
              onChange={(event) => set({ lookEvery: event.currentTarget.value as 'hour' | 'day' })}
              data={[
                { value: 'hour', label: t`every hour` },
                { value: 'day', label: t`every day` },
              ]}
            />
          </FieldRow>
        )}
      </FieldGroup>
      <FieldGroup title={t`If`} hint={<Trans>Without a condition it always holds.</Trans>}>
        <Checkbox {...form.tick('expert')} label={t`Write the condition as an expression (CEL)`} />
        {values.expert ? (
          <Textarea
            {...form.text('condition')}
            label={t`Condition`}
            description={t`For example: document.totals.gross > 1000 && party.name.startsWith("Premium")`}
            autosize
            minRows={3}
            maxLength={2000}
            styles={{ input: { fontFamily: 'monospace' } }}
          />
        ) : (
          <>
            {values.rows.length > 1 && (
              <NativeSelect
                label={t`Of these`}
                value={values.match}
                onChange={(event) => set({ match: event.currentTarget.value as 'all' | 'any' })}
                data={[
                  { value: 'all', label: t`all must hold` },
                  { value: 'any', label: t`one must hold` },
                ]}
              />
            )}
            <FieldLines
              path="rows"
              rows={values.rows}
              add={() => form.rows('rows').add(emptyRow)}
              remove={form.rows('rows').remove}
              addLabel={t`Add a condition`}
              nameOf={(_, at) => t`Condition ${at + 1}`}
            >
              {(row, at) => (
                <>
                  <NativeSelect
                    label={t`Field`}
                    value={row.field}
                    onChange={(event) => form.choice(`rows.${at}.field`).onChange(event.currentTarget.value)}
                    data={fields.some(({ value }) => value === row.field) ? fields : [...fields, row.field]}
                  />
                  <NativeSelect
                    label={t`Comparison`}
                    value={row.operator}
                    onChange={(event) =>
                      form.choice(`rows.${at}.operator`).onChange(event.currentTarget.value)
                    }
                    data={Object.entries(operatorWords).map(([value, label]) => ({
                      value,
                      label: i18n._(label),
                    }))}
                  />
                  <TextInput
                    {...form.text(`rows.${at}.value`)}
                    label={t`Value`}
                    maxLength={200}
                    disabled={row.operator === 'empty' || row.operator === 'not-empty'}
                  />
                </>
              )}
            </FieldLines>
          </>
        )}
      </FieldGroup>
      <FieldGroup title={t`Then`}>
        <FieldLines
          path="actions"
          rows={values.actions}
          add={() => form.rows('actions').add(emptyAction)}
          remove={form.rows('actions').remove}
          addLabel={t`Add an action`}
          nameOf={(_, at) => t`Action ${at + 1}`}
        >
          {(action, at) => (
            <ActionFields form={form} action={action} at={at} webhooks={webhooks} users={users} />
          )}
        </FieldLines>
      </FieldGroup>
      <FieldGroup
        title={t`Who it acts as`}
        hint={<Trans>The rule may do what this role may and nothing else.</Trans>}
      >
        <NativeSelect
          label={t`Role`}
          value={values.role}
          onChange={(event) => set({ role: event.currentTarget.value as RuleValues['role'] })}
          data={ruleRoles.map((role) => ({ value: role, label: i18n._(roleWords[role]) }))}
        />
      </FieldGroup>
    </RecordFormPage>
  )
}
