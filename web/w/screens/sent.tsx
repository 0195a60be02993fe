import { Trans, useLingui } from '@lingui/react/macro'
import { IconCheck, IconClock, IconX } from '@tabler/icons-react'
import { go } from '../path.ts'
import { useWarehouseState } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { Screen } from '../ui/screen.tsx'
import classes from '../ui/w.module.css'
import { subjectWords } from './subject.ts'

/** What became of the work that was just sent. */
export function Sent({ seq }: { readonly seq: number }) {
  const { t, i18n } = useLingui()
  const { commands, online } = useWarehouseState()
  const command = commands.find((each) => each.seq === seq)
  const state = command?.state ?? 'done'
  const title =
    state === 'done'
      ? t`Done`
      : state === 'waiting'
        ? online
          ? t`Sending …`
          : t`Kept, and sent when the connection is back`
        : t`It needs a decision`
  const Icon = state === 'done' ? IconCheck : state === 'waiting' ? IconClock : IconX
  const tone = state === 'done' ? 'done' : state === 'waiting' ? 'info' : 'danger'
  return (
    <Screen
      title={title}
      back="/"
      bottom={
        state === 'refused' ? (
          <Button primary onClick={() => go('/waiting')}>
            <Trans>Decide now</Trans>
          </Button>
        ) : (
          <Button primary onClick={() => go(command ? nextOf(command.subject.what) : '/')}>
            <Trans>Next</Trans>
          </Button>
        )
      }
    >
      {command !== undefined && (
        <section className={classes.card} data-tone={tone} role="status">
          <span className={classes.row}>
            <Icon size={40} aria-hidden />
            <span className={classes.grow}>
              <span className={classes.name}>{i18n._(subjectWords(command.subject))}</span>
              {command.number !== null && (
                <>
                  <br />
                  <span className={classes.number} data-number>
                    {command.number}
                  </span>
                </>
              )}
            </span>
          </span>
          {command.reason !== null && <p style={{ margin: 0 }}>{command.reason.message}</p>}
        </section>
      )}
    </Screen>
  )
}

function nextOf(what: string): string {
  if (what === 'receive' || what === 'receive-extra') return '/receive'
  if (what === 'deliver') return '/pick'
  if (what === 'transfer' || what === 'arrive') return '/transfer'
  return '/count'
}
