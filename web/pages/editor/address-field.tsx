import { useLingui } from '@lingui/react/macro'
import { Fieldset, NativeSelect, TextInput } from '@mantine/core'
import { type FocusEvent, useMemo, useState } from 'react'
import { type PostalAddress, postalAddress } from '../../../src/kernel/postal-address.ts'
import type { OneOf } from '../../api/index.ts'
import { countriesIn } from '../../ui/countries.ts'
import { postalText } from '../../ui/postal-address.ts'
import classes from './editor.module.css'

export interface AddressFieldProps {
  readonly label: React.ReactNode
  readonly name: string
  readonly error: string | undefined
  /** Null: the party's own delivery address. */
  readonly value: PostalAddress | null
  readonly onChange: (address: PostalAddress | null) => void
  readonly onBlur: () => void
  readonly party: OneOf<'parties'> | null
}

const empty: PostalAddress = {
  name: null,
  line1: null,
  line2: null,
  city: null,
  region: null,
  postalCode: null,
  country: null,
}
const typed = 'typed'

/** Where goods go: one of the party's addresses, or one that is typed here for this document alone. */
export function AddressField({ value, onChange, onBlur, party, label, name, error }: AddressFieldProps) {
  const { t, i18n } = useLingui()
  const known = useMemo(() => {
    const places = (party?.addresses ?? []).map((address) => postalAddress(address))
    const texts = places.flatMap((place) => (place === null ? [] : [JSON.stringify(place)]))
    return [...new Set(texts)]
  }, [party])
  const [typing, setTyping] = useState(false)
  const shown = value === null ? '' : JSON.stringify(value)
  const byHand = typing || (value !== null && !known.includes(shown))
  const choose = (chosen: string) => {
    setTyping(chosen === typed)
    if (chosen !== typed) onChange(chosen === '' ? null : (JSON.parse(chosen) as PostalAddress))
  }
  const set = (part: keyof PostalAddress) => (text: string) =>
    onChange(keepWhatIsTyped({ ...empty, ...value, [part]: text === '' ? null : text }))
  const leave = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) onBlur()
  }
  return (
    <div className={byHand ? classes.address : undefined} onBlur={leave}>
      <NativeSelect
        label={label}
        name={name}
        error={error}
        value={byHand ? typed : shown}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[
          { value: '', label: t`As the customer has it` },
          ...known.map((text) => ({
            value: text,
            label: postalText(JSON.parse(text) as PostalAddress, i18n.locale),
          })),
          { value: typed, label: t`Another address` },
        ]}
      />
      {byHand && (
        <Fieldset legend={t`Address for this order only`} className={classes.addressParts}>
          <Part label={t`Name (optional)`} value={value?.name} onChange={set('name')} most={200} />
          <Part label={t`Street and number`} value={value?.line1} onChange={set('line1')} most={200} />
          <Part label={t`Second line (optional)`} value={value?.line2} onChange={set('line2')} most={200} />
          <Part label={t`Postal code`} value={value?.postalCode} onChange={set('postalCode')} most={30} />
          <Part label={t`City`} value={value?.city} onChange={set('city')} most={100} />
          <Part label={t`Region (optional)`} value={value?.region} onChange={set('region')} most={100} />
          <NativeSelect
            label={t`Country (optional)`}
            value={value?.country ?? ''}
            onChange={(event) => set('country')(event.currentTarget.value)}
            data={[{ value: '', label: '' }, ...countriesIn(i18n.locale)]}
          />
        </Fieldset>
      )}
    </div>
  )
}

/** Nothing at all is no address; blanks at an end stay while one types. */
function keepWhatIsTyped(address: PostalAddress): PostalAddress | null {
  return Object.values(address).some((part) => part !== null) ? address : null
}

interface PartProps {
  readonly label: string
  readonly value: string | null | undefined
  readonly onChange: (text: string) => void
  readonly most: number
}

function Part({ label, value, onChange, most }: PartProps) {
  return (
    <TextInput
      label={label}
      maxLength={most}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
