import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox, NativeSelect, Text, TextInput, Textarea } from '@mantine/core'
import type { ItemOf } from '../../api/index.ts'
import type { useRecordForm } from '../../patterns/record/index.ts'
import { kindWords } from '../../ui/kinds.ts'
import { roleWords } from '../../ui/roles.ts'
import { type ActionValues, type RuleValues, ruleRoles } from './form.ts'
import { doableWords, makeable } from './words.ts'

/** Of what can be filled in; never translated. */
const example = '{document.number}, {party.name}'

interface Props {
  readonly form: ReturnType<typeof useRecordForm<RuleValues>>
  readonly action: ActionValues
  readonly at: number
  readonly webhooks: readonly ItemOf<'webhooks'>[]
  readonly users: readonly ItemOf<'users'>[]
}

/** One thing that a rule does: what, and what that needs to know. */
export function ActionFields({ form, action, at, webhooks, users }: Props) {
  const { t, i18n } = useLingui()
  const select = (field: keyof ActionValues, label: string, data: { value: string; label: string }[]) => {
    const { error, onChange } = form.choice(`actions.${at}.${field}`)
    return (
      <NativeSelect
        label={label}
        value={String(action[field])}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={data}
        // As wide as its longest words are.
        style={{ flexBasis: '14rem' }}
      />
    )
  }
  const roles = ruleRoles.map((role) => ({ value: role, label: i18n._(roleWords[role]) }))
  const choose = { value: '', label: t`Choose` }
  return (
    <>
      {select('do', t`What`, [
        { value: 'follow-up', label: t`make the next document` },
        { value: 'act', label: t`do something with the document` },
        { value: 'change', label: t`change a field of the draft` },
        { value: 'mail', label: t`send it by mail` },
        { value: 'notify', label: t`tell persons` },
        { value: 'order-proposals', label: t`order what is proposed` },
        { value: 'webhook', label: t`call a webhook` },
        { value: 'ask-for-approval', label: t`let it wait for approval` },
      ])}
      {action.do === 'follow-up' && (
        <>
          {select(
            'make',
            t`Document to make`,
            makeable.map(({ path, kind }) => ({ value: path, label: i18n._(kindWords[kind].one) })),
          )}
          <Checkbox {...form.tick(`actions.${at}.post`)} label={t`Post it at once, not as a draft`} />
        </>
      )}
      {action.do === 'act' &&
        select(
          'action',
          t`Action`,
          Object.entries(doableWords).map(([value, label]) => ({ value, label: i18n._(label) })),
        )}
      {action.do === 'change' && (
        <>
          <TextInput
            {...form.text(`actions.${at}.field`)}
            label={t`Field, as the API names it`}
            placeholder="notes"
            maxLength={60}
          />
          <TextInput {...form.text(`actions.${at}.value`)} label={t`New value`} maxLength={500} />
        </>
      )}
      {action.do === 'notify' && (
        <>
          {select('to', t`Whom`, [
            { value: 'role', label: t`everyone with a role` },
            { value: 'creator', label: t`who made the document` },
            { value: 'user', label: t`one person` },
          ])}
          {action.to === 'user'
            ? select('userId', t`Person`, [
                choose,
                ...users.map(({ id, name }) => ({ value: id, label: name })),
              ])
            : select('role', action.to === 'role' ? t`Role` : t`Role, where no person made it`, roles)}
          <Textarea
            {...form.text(`actions.${at}.text`)}
            label={t`Text`}
            description={t`What stands in braces is filled in, such as ${example}.`}
            maxLength={300}
            autosize
            style={{ flexBasis: '26rem' }}
          />
        </>
      )}
      {action.do === 'ask-for-approval' && (
        <>
          {select('role', t`Who approves`, roles)}
          <Text size="sm">
            <Trans>
              This stands before the event: the draft is confirmed or posted only once somebody with the role
              has approved of it. It is the only action of its rule.
            </Trans>
          </Text>
        </>
      )}
      {action.do === 'webhook' &&
        select('webhookId', t`Webhook`, [
          choose,
          ...webhooks.map(({ id, name }) => ({ value: id, label: name })),
        ])}
    </>
  )
}
