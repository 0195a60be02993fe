import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { Me } from '../../api/index.ts'
import { languageNames, languages } from '../../i18n/index.ts'
import { unlockSound } from '../feedback.ts'
import { setSettings, useSettings } from '../../ui/scan/device-settings.ts'
import { chooseCompany, enterWarehouse, mayWork, refreshCopies, start, useWarehouseState } from '../state.ts'
import { chooseHere } from '../texts.ts'
import { Button } from '../ui/button.tsx'
import { Screen } from '../ui/screen.tsx'
import classes from '../ui/w.module.css'
import { keepAwake } from '../wake-lock.ts'

/** Who, where, and the tap that lets the browser make sounds; then the page. */
export function Gate({ children }: { readonly children: ReactNode }) {
  const { t } = useLingui()
  const { me, signedOut, started, online } = useWarehouseState()
  if (me === null && signedOut)
    return (
      <Screen
        title={t`Sign in to begin`}
        bottom={
          <a
            className={classes.button}
            data-primary
            href="/sign-in?next=/w"
            style={{ boxSizing: 'border-box' }}
          >
            <Trans>Sign in</Trans>
          </a>
        }
      >
        <p className={classes.quiet}>
          <Trans>Receive, pick, count and move goods by scanning them.</Trans>
        </p>
      </Screen>
    )
  if (me === null)
    return (
      <Screen title={t`Warehouse mode`}>
        <p className={classes.quiet} role="status">
          {online ? (
            <Trans>Reading …</Trans>
          ) : (
            <Trans>The first start on this device needs the connection.</Trans>
          )}
        </p>
      </Screen>
    )
  if (!mayWork()) return <NoWork me={me} />
  return started ? children : <Beginning />
}

function Beginning() {
  const { t, i18n } = useLingui()
  const { me, warehouses, warehouse, table, loading, keepsNothing, signedOut } = useWarehouseState()
  const { sound, vibration, prefix } = useSettings()
  const begin = () => {
    unlockSound()
    keepAwake()
    start()
  }
  return (
    <Screen
      title={warehouse === null ? t`Where do you work?` : t`Ready in ${warehouse.name}`}
      bottom={
        <Button
          primary
          refused={
            warehouse === null
              ? t`Choose the warehouse first.`
              : table === null
                ? loading
                  ? t`Reading the warehouse …`
                  : t`This warehouse was never read on this device; that needs the connection.`
                : null
          }
          onClick={begin}
        >
          {warehouse !== null && table === null && loading ? t`Reading the warehouse …` : t`Start`}
        </Button>
      }
    >
      {signedOut && <SignInAgain />}
      {keepsNothing && (
        <p className={classes.card} data-tone="warn">
          <Trans>This browser keeps nothing (a private window?). Work only with a connection.</Trans>
        </p>
      )}
      {me !== null && <CompanyChoice me={me} />}
      <fieldset className={classes.stack} style={{ border: 0, margin: 0, padding: 0 }}>
        <legend className={classes.section} style={{ padding: '0 0 0.5rem' }}>
          <Trans>Warehouse</Trans>
        </legend>
        {warehouses.map((each) => (
          <Button key={each.id} pressed={each.id === warehouse?.id} onClick={() => void enterWarehouse(each)}>
            {each.name}
          </Button>
        ))}
      </fieldset>
      {warehouse !== null && table === null && !loading && (
        <Button onClick={() => void refreshCopies()}>
          <Trans>Try again</Trans>
        </Button>
      )}
      <details>
        <summary style={{ minHeight: '3.5rem', alignContent: 'center', fontWeight: 600 }}>
          <Trans>Settings of this device</Trans>
        </summary>
        <div className={classes.stack}>
          <label className={classes.check}>
            <input
              type="checkbox"
              checked={sound}
              onChange={(event) => setSettings({ sound: event.currentTarget.checked })}
            />
            <Trans>Sound</Trans>
          </label>
          <label className={classes.check}>
            <input
              type="checkbox"
              checked={vibration}
              onChange={(event) => setSettings({ vibration: event.currentTarget.checked })}
            />
            <Trans>Vibration</Trans>
          </label>
          <label className={classes.field}>
            <Trans>Prefix of the scanner (optional)</Trans>
            <input
              className={classes.input}
              value={prefix}
              maxLength={1}
              autoComplete="off"
              onChange={(event) => setSettings({ prefix: event.currentTarget.value })}
            />
          </label>
          <div className={classes.row} role="group" aria-label={t`Language`}>
            {languages.map((language) => (
              <Button
                key={language}
                pressed={i18n.locale === language}
                onClick={() => void chooseHere(language)}
              >
                {languageNames[language]}
              </Button>
            ))}
          </div>
        </div>
      </details>
    </Screen>
  )
}

function CompanyChoice({ me }: { readonly me: Me }) {
  if (me.companies.length < 2) return null
  return (
    <label className={classes.field}>
      <Trans>Company</Trans>
      <select
        className={classes.input}
        value={me.company.slug}
        onChange={(event) => void chooseCompany(event.currentTarget.value)}
      >
        {me.companies.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

/** For a customer's login, or somebody from whom a part of it was taken away. */
function NoWork({ me }: { readonly me: Me }) {
  const { t } = useLingui()
  const company = me.company.name
  return (
    <Screen
      title={t`The warehouse mode is not for your role`}
      bottom={
        <a className={classes.button} data-primary href="/" style={{ boxSizing: 'border-box' }}>
          <Trans>Go to the start page</Trans>
        </a>
      }
    >
      <p className={classes.quiet}>
        <Trans>You may not see the goods and warehouses of {company}. An owner can change that.</Trans>
      </p>
      <CompanyChoice me={me} />
    </Screen>
  )
}

/** What waits is sent once somebody has signed in again; nothing is lost by it. */
export function SignInAgain() {
  return (
    <section className={classes.card} data-tone="danger" role="alert">
      <span className={classes.strong}>
        <Trans>Your session has ended. What waits is kept and sent after you sign in.</Trans>
      </span>
      <a className={classes.button} href="/sign-in?next=/w">
        <Trans>Sign in</Trans>
      </a>
    </section>
  )
}
