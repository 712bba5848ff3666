// Which cards each skill has, in the order in which they are shown, and in what order the answers to a card's
// question stand. What they say is in the catalogue, and each has a drawing of its own.

import type { SkillKey } from '$lib/generated/commands';
import type { Key } from '$lib/i18n/index.svelte';

/** `safety.otp`: the skill and the card. */
export type CardId = Key extends infer K ? (K extends `lesson.${infer Id}.say` ? Id : never) : never;
export type Answer = 'right' | 'wrong' | 'wrong_too';

export interface Card {
  id: CardId;
  answers: readonly Answer[];
}

const RIGHT_FIRST = ['right', 'wrong'] as const;
const RIGHT_LAST = ['wrong', 'right'] as const;
const OF_THREE = ['wrong', 'right', 'wrong_too'] as const;

export const LESSONS: Record<SkillKey, readonly Card[]> = {
  public_services: [
    { id: 'public_services.vneid', answers: RIGHT_FIRST },
    { id: 'public_services.portal', answers: RIGHT_LAST },
    { id: 'public_services.file', answers: RIGHT_FIRST },
    { id: 'public_services.track', answers: RIGHT_LAST },
    { id: 'public_services.queue', answers: RIGHT_FIRST },
  ],
  shopping: [
    { id: 'shopping.shop', answers: RIGHT_LAST },
    { id: 'shopping.order', answers: RIGHT_LAST },
    { id: 'shopping.open_first', answers: RIGHT_FIRST },
    { id: 'shopping.give_back', answers: RIGHT_LAST },
    { id: 'shopping.sell', answers: RIGHT_FIRST },
  ],
  payment: [
    { id: 'payment.account', answers: RIGHT_FIRST },
    { id: 'payment.qr', answers: RIGHT_LAST },
    { id: 'payment.call_first', answers: RIGHT_LAST },
    { id: 'payment.bills', answers: RIGHT_FIRST },
    { id: 'payment.no_code', answers: RIGHT_FIRST },
  ],
  safety: [
    { id: 'safety.lock', answers: RIGHT_LAST },
    { id: 'safety.otp', answers: OF_THREE },
    { id: 'safety.call', answers: RIGHT_FIRST },
    { id: 'safety.link', answers: RIGHT_LAST },
    { id: 'safety.apps', answers: RIGHT_FIRST },
    { id: 'safety.report', answers: OF_THREE },
  ],
  local: [
    { id: 'local.province', answers: RIGHT_FIRST },
    { id: 'local.group', answers: OF_THREE },
    { id: 'local.search', answers: RIGHT_FIRST },
    { id: 'local.learn', answers: RIGHT_LAST },
  ],
};

/** The drawing of a card. */
export const drawingOf = (id: CardId): string => id.replace('.', '-');
