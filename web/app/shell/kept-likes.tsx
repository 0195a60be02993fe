import { useLingui } from '@lingui/react/macro'
import { useMantineColorScheme } from '@mantine/core'
import { useEffect, useEffectEvent } from 'react'
import { chooseLanguage } from '../../i18n/index.ts'
import { readKept, takePreferences, useMe } from '../../session/index.ts'

/** Takes over what the person chose on another device. The first paint came from this browser's copy. */
export function KeptLikes() {
  const me = useMe()
  const { i18n } = useLingui()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const take = useEffectEvent(async () => {
    const kept = await readKept(me)
    if (kept === null) return
    const { language, colorScheme: colors, ...likes } = kept
    takePreferences(likes)
    if (colors !== undefined && colors !== colorScheme) setColorScheme(colors)
    if (language !== undefined && language !== i18n.locale) await chooseLanguage(language)
  })
  const { id } = me
  useEffect(() => {
    if (id !== '') void take()
  }, [id])
  return null
}
