import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Container, Group, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { type Me, api, isProblem } from '../../api/index.ts'
import { SaveFailure } from '../../forms/index.ts'
import { PageTitle } from '../../page/index.ts'
import { Choice } from './choice.tsx'
import { CompanyFields } from './company-fields.tsx'
import { MoneyFields } from './money-fields.tsx'
import { type Draft, firstDraft } from './draft.ts'
import { isNip } from './nip.ts'
import { saveCompany, saveMoney, saveWarehouse } from './save.ts'
import { WarehouseFields } from './warehouse-fields.tsx'

interface Props {
  readonly me: Me
  readonly step: number
}

/** How many steps there are before the choice. */
const steps = 3

/** What is typed is kept over all steps: going back never loses it. */
export function FirstSteps({ me, step }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [draft, setDraft] = useState(() => ({ ...firstDraft(me), warehouseName: t`Main warehouse` }))
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({})
  const [error, setError] = useState<Error | null>(null)
  const [saving, setSaving] = useState(false)
  const change = (changes: Partial<Draft>) => setDraft((now) => ({ ...now, ...changes }))
  const go = (to: number) => navigate({ to: '/setup', search: { step: to } })

  if (step > steps) return <Choice me={me} onBack={() => void go(steps)} />

  const titles = [t`Your company`, t`Currency and tax`, t`Your first warehouse`]
  const faultsNow = (): Record<string, string> => {
    if (step === 1 && draft.name.trim() === '') return { name: t`Enter the name of the company` }
    if (step === 1 && draft.country === 'PL' && draft.taxNumber !== '' && !isNip(draft.taxNumber)) {
      return { taxNumber: t`The check digit does not fit: a NIP has ten digits, look for a typing error` }
    }
    if (step === 3 && draft.warehouseName.trim() === '')
      return { warehouseName: t`Enter the name of the warehouse` }
    if (step === 3 && draft.warehouseCode.trim() === '') return { warehouseCode: t`Enter a short code` }
    return {}
  }
  const save = async () => {
    const found = faultsNow()
    setFaults(found)
    const [first] = Object.keys(found)
    if (first !== undefined) {
      document.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
      return
    }
    setSaving(true)
    setError(null)
    try {
      const slug = me.company.slug
      await [saveCompany, saveMoney, saveWarehouse][step - 1]!(api, slug, draft)
      await client.invalidateQueries()
      await go(step + 1)
    } catch (failure) {
      if (isProblem(failure) || failure instanceof Error) setError(failure)
      else throw failure
    } finally {
      setSaving(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!saving) void save()
  }
  const Fields = [CompanyFields, MoneyFields, WarehouseFields][step - 1]!
  return (
    <Container size="xs" py="xl" component="main">
      <form onSubmit={submit} noValidate>
        <Stack>
          <div>
            <Text size="sm" c="dimmed">
              <Trans>
                Step {step} of {steps}
              </Trans>
            </Text>
            <PageTitle key={step} title={titles[step - 1]!} />
          </div>
          <SaveFailure error={error} onRetry={() => void save()} />
          <Fields draft={draft} change={change} faults={faults} />
          <Group justify="space-between">
            <Button variant="default" disabled={step === 1} onClick={() => void go(step - 1)}>
              <Trans>Back</Trans>
            </Button>
            <Group>
              <Button variant="subtle" onClick={() => void go(step + 1)}>
                <Trans>Skip</Trans>
              </Button>
              <Button type="submit" loading={saving}>
                <Trans>Save and go on</Trans>
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Container>
  )
}
