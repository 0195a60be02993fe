import { type Static, Type } from 'typebox'
import { literals, object, optional, text } from '../../http/schemas.ts'

/** What a person likes in the web app; what is left out is as the app has it. */
export const Preferences = object({
  language: optional(literals(['en', 'pl'])),
  colorScheme: optional(literals(['light', 'dark', 'auto'])),
  density: optional(literals(['comfortable', 'dense'])),
  letters: optional(Type.Boolean({ description: 'Shortcuts of a single letter.' })),
  folded: optional(
    Type.Array(text(60), { maxItems: 50, description: 'Groups of the navigation that are folded.' }),
  ),
})
export type Preferences = Static<typeof Preferences>
