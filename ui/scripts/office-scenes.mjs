// Several notebooks on one device, and the commune's office over its hamlets.

/** Presses something by its name and waits for what it brings. */
const press = (name, then) => async (p) => {
  await p.getByRole('button', { name }).first().click();
  await p.getByText(then).first().waitFor();
};
const intoView = (text) => async (p) => p.getByText(text).first().scrollIntoViewIfNeeded();
const NAMES = '1. Bản Chiềng Đi\n2. Bản Bó Nhàng\n3. Bản Pa Khen\n4. Bản Pa Khen\n5. Tiểu khu 4';

export const officeScenes = [
  { name: 'office-notebooks', at: '?several#/more/notebooks' },
  { name: 'office-notebooks-one', at: '#/more/notebooks' },
  {
    name: 'office-notebooks-who',
    at: '?several#/more/notebooks',
    steps: press('bản Hua Tạt', 'Ai đang mở sổ này?'),
  },
  {
    name: 'office-notebooks-opened',
    at: '?several#/households',
    steps: async (p) => {
      await p.getByRole('link', { name: 'Đổi sổ' }).click();
      await press('bản Suối Lìn', 'Đã mở sổ')(p);
    },
  },
  { name: 'office-notebooks-join', at: '?several#/more/notebooks/join' },
  { name: 'office-notebooks-new', at: '?several#/more/notebooks/new' },
  { name: 'office-band-list', at: '?several#/households' },
  { name: 'office-band-visit', at: '?several#/households/h00001/visit' },
  { name: 'office-band-practice', at: '?several&practice#/today' },
  { name: 'office-more', at: '?office#/more', steps: intoView('Văn phòng xã') },
  { name: 'office-list', at: '?office#/more/office' },
  { name: 'office-list-end', at: '?office#/more/office', steps: intoView('Tiến độ cả xã') },
  { name: 'office-empty', at: '#/more/office' },
  { name: 'office-empty-member', at: '?role=member#/more/office' },
  { name: 'office-hamlet', at: '?office#/more/office/s1' },
  { name: 'office-hamlet-old', at: '?office#/more/office/s5' },
  { name: 'office-hamlet-away', at: '?office#/more/office/s4' },
  {
    name: 'office-hamlet-removed',
    at: '?office#/more/office/s2',
    steps: press('Bỏ khỏi danh sách', 'Đã bỏ'),
  },
  { name: 'office-found', at: '?office#/more/office/new' },
  {
    name: 'office-found-look',
    at: '?office#/more/office/new',
    steps: async (p) => {
      await p.getByLabel('Tên các thôn').fill(NAMES);
      await press('Xem trước', 'Mỗi sổ nhận')(p);
    },
  },
  {
    name: 'office-founded',
    at: '?office#/more/office/new',
    steps: async (p) => {
      await p.getByLabel('Tên các thôn').fill(NAMES);
      await press('Xem trước', 'Mỗi sổ nhận')(p);
      await press('Lập 3 sổ', 'Đã lập 3 sổ')(p);
    },
  },
  { name: 'office-add', at: '?office=new#/more/office/add' },
  {
    name: 'office-add-error',
    at: '?office#/more/office/add',
    steps: async (p) => {
      await p.getByLabel('Liên kết mời').fill('cu');
      await press('Vào sổ và thêm', 'hết hạn')(p);
    },
  },
  {
    name: 'office-added',
    at: '?office#/more/office/add',
    steps: async (p) => {
      await p.getByLabel('Liên kết mời').fill('https://may-chu.vn/j/x#y');
      await press('Vào sổ và thêm', 'Đã thêm')(p);
    },
  },
  { name: 'office-things', at: '?office&notice#/more/office/send' },
  { name: 'office-send', at: '?office#/more/office/send/checklist' },
  {
    name: 'office-sent',
    at: '?office#/more/office/send/checklist',
    steps: press('Gửi xuống 3 thôn', 'Đã ghi vào sổ'),
  },
  { name: 'office-send-member', at: '?office&role=member#/more/office/send/rules' },
  { name: 'office-alike', at: '?office#/more/office/alike' },
  { name: 'office-alike-none', at: '?office&blank#/more/office/alike' },
  {
    name: 'office-alike-opened',
    at: '?office#/more/office/alike',
    steps: press('Mở hộ ở Bản Pa Cốp', 'Đã mở sổ'),
  },
  { name: 'office-report', at: '?office#/report' },
  { name: 'office-report-hamlets', at: '?office#/report', steps: intoView('Các thôn') },
  { name: 'office-report-alike', at: '?office#/report', steps: intoView('có thể bị tính') },
  { name: 'office-report-own', at: '?office#/report', steps: press('Sổ này', 'Khó khăn, vướng mắc') },
  { name: 'office-report-print', at: '?office#/report/2026-11/all/print' },
  { name: 'office-records', at: '?office#/report/2026-11/all/records/at_target' },
  {
    name: 'office-records-rows',
    at: '?office#/report/2026-11/all/records/at_target',
    steps: intoView('Trong sổ'),
  },
  { name: 'office-progress', at: '?office#/progress' },
  { name: 'office-campaign', at: '?office#/campaigns/c1' },
  { name: 'office-notices', at: '?office&notice#/notices' },
  { name: 'office-zoom-notebooks', at: '?several#/more/notebooks', lightOnly: true, zoom: 225 },
  { name: 'office-zoom-list', at: '?office#/more/office', lightOnly: true, zoom: 225 },
  { name: 'office-zoom-hamlet', at: '?office#/more/office/s1', lightOnly: true, zoom: 225 },
  { name: 'office-zoom-send', at: '?office#/more/office/send/checklist', lightOnly: true, zoom: 225 },
  { name: 'office-zoom-alike', at: '?office#/more/office/alike', lightOnly: true, zoom: 225 },
  { name: 'office-zoom-report', at: '?office#/report', lightOnly: true, zoom: 225 },
  { name: 'office-en-notebooks', at: '?several#/more/notebooks', lang: 'en', lightOnly: true },
  { name: 'office-en-list', at: '?office#/more/office', lang: 'en', lightOnly: true },
  { name: 'office-en-send', at: '?office#/more/office/send/checklist', lang: 'en', lightOnly: true },
  { name: 'office-en-report', at: '?office#/report', lang: 'en', lightOnly: true },
];
