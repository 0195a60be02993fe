import type { Calendar, When } from './calendar.ts'
import type { InnerApi } from './inner-api.ts'

/** Something that happens over days: it does its first step, yields when the next one is, and so on. */
export type Story = AsyncGenerator<When, void>

interface Told {
  readonly story: Story
  readonly next: Date
  readonly day: number
}

/**
 * Tells many stories at once in the order of time, as they would happen in a company: what is made later
 * has the later number. A story does nothing before its first yield.
 * @param onStep called after each step, with its day.
 */
export async function tellInOrder(
  api: InnerApi,
  calendar: Calendar,
  stories: readonly Story[],
  onStep: (day: number) => void,
): Promise<void> {
  const waiting: Told[] = []
  const goOn = async (story: Story): Promise<void> => {
    const { done, value } = await story.next()
    if (!done) waiting.push({ story, next: calendar.moment(value), day: value.day })
  }
  for (const story of stories) await goOn(story)
  while (waiting.length > 0) {
    let earliest = 0
    for (const [i, told] of waiting.entries()) if (told.next < waiting[earliest]!.next) earliest = i
    const [told] = waiting.splice(earliest, 1)
    if (told!.next > api.moment) api.moment = told!.next
    await goOn(told!.story)
    onStep(told!.day)
  }
}
