import './styles/index.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { useBackend } from './lib/backend';
import { httpBackend } from './lib/backend/http';
import { inWindow, tauriBackend } from './lib/backend/tauri';
import { face } from './lib/face.svelte';
import { currentLocale } from './lib/i18n/index.svelte';
import { fetchSeldomSoon } from './features/seldom/lazy';

// The sample backend is for working on screens; a production build has no trace of it.
if (import.meta.env.MODE === 'fake') useBackend((await import('../tests/fake-backend')).fakeBackend());
else useBackend(inWindow() ? tauriBackend : httpBackend);

document.documentElement.lang = currentLocale();
face.apply();
const target = document.getElementById('app');
if (target) mount(App, { target });
fetchSeldomSoon();
