import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { CompanyForm, type Setting } from './company-form.tsx'

const settings: readonly Setting[] = [
  {
    name: 'requireSecondFactor',
    type: 'flag',
    label: msg`Everybody needs a second factor`,
    note: msg`At once, for you and customers' logins as well: whoever has none sets one up before anything else. API keys are not concerned.`,
  },
]

export default function SecuritySettings() {
  const { t } = useLingui()
  return <CompanyForm title={t`Security`} settings={settings} />
}
