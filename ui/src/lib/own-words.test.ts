import { afterEach, describe, expect, it } from 'vitest';
import { setOwnWords, t } from '$lib/i18n/index.svelte';
import { ownWords } from './own-words';

describe('Vân Hồ calls its leaders and levels by its own words', () => {
  afterEach(() => setOwnWords({}));

  it('says them wherever the app would say its own, and the app’s where it has none', () => {
    setOwnWords(ownWords({ levels: { guided: 'Đã chỉ' }, roles: { leader: 'Trưởng bản', member: '' } }));
    expect([t('level.guided'), t('level.not_yet')]).toEqual(['Đã chỉ', 'Chưa biết']);
    expect([t('role.leader'), t('role.member')]).toEqual(['Trưởng bản', 'Thành viên']);
  });
});
