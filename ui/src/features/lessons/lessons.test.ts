import { fireEvent, render, screen } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { SKILLS } from '$components/LevelShape.svelte';
import { has, t } from '$lib/i18n/index.svelte';
import { learn } from '$lib/i18n/words';
import { cards as texts } from '$lib/i18n/words/cards';
import { lessons } from '$lib/i18n/words/lessons';
import { drawingOf, LESSONS } from './cards';
import { drawings } from './drawings';
import Lesson from './Lesson.svelte';

learn(lessons);
learn(texts);
const cards = SKILLS.flatMap((skill) => LESSONS[skill]);

describe('the lesson cards', () => {
  it('are four to six a skill, each with its drawing, its words and a question with one right answer', () => {
    for (const skill of SKILLS) {
      expect(LESSONS[skill].length).toBeGreaterThanOrEqual(4);
      expect(LESSONS[skill].length).toBeLessThanOrEqual(6);
      expect(LESSONS[skill].filter((card) => !card.id.startsWith(`${skill}.`))).toEqual([]);
    }
    for (const { id, answers } of cards) {
      expect(
        answers.filter((answer) => answer === 'right'),
        id,
      ).toHaveLength(1);
      expect(answers.length, id).toBeGreaterThanOrEqual(2);
      for (const part of ['say', 'text', 'drawing', 'ask', 'why', ...answers])
        expect(has(`lesson.${id}.${part}`), `${id}.${part}`).toBe(true);
    }
  });

  it('use every drawing and every sentence there is, once', () => {
    expect(cards.map((card) => drawingOf(card.id)).sort()).toEqual([...drawings].sort());
    const said = Object.keys(texts);
    const shown = cards.flatMap(({ id, answers }) =>
      ['say', 'text', 'drawing', 'ask', 'why', ...answers].map((part) => `lesson.${id}.${part}`),
    );
    expect(said.sort()).toEqual(shown.sort());
  });
});

it('Dợ holds the cards out to Páo: he errs, tries again, and she goes on to the end', async () => {
  // Nothing scrolls in a test.
  window.scrollTo = vi.fn();
  Element.prototype.scrollIntoView = vi.fn();
  const done = vi.fn();
  render(Lesson, { skill: 'safety', onclose: vi.fn(), doneLabel: 'Xong', ondone: done });
  await fireEvent.keyDown(window, { key: 'ArrowRight' });
  const sentence = await screen.findByRole('heading', { name: t('lesson.safety.otp.say') });
  expect(document.activeElement).toBe(sentence);

  await fireEvent.click(screen.getByRole('radio', { name: /Đọc mã cho nhanh/ }));
  expect(screen.getByRole('status').textContent).toContain(t('lessons.not_yet'));
  await fireEvent.click(screen.getByRole('radio', { name: /Tắt máy, không đọc mã/ }));
  expect(screen.getByRole('status').textContent).toContain(t('lessons.right'));

  for (let card = 2; card < LESSONS.safety.length; card++)
    await fireEvent.click(screen.getByRole('button', { name: t('lessons.next') }));
  await fireEvent.click(screen.getByRole('button', { name: 'Xong' }));
  expect(done).toHaveBeenCalledOnce();
});
