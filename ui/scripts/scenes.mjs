// The screens to look at, and how to get there.
import { officeScenes } from './office-scenes.mjs';

const chooseList = async (p) => {
  await p
    .locator('input[type=file]')
    .setInputFiles({ name: 'danh-sach-ho.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('PK') });
  await p.getByText('Mỗi cột trở thành gì').waitFor();
};

/** Goes to the n-th card of the open lesson. */
const turnTo = (n) => async (p) => {
  for (let card = 1; card < n; card++) await p.getByRole('button', { name: 'Thẻ tiếp' }).click();
};
/** Adds a photo of one colour, made in the page. */
const addPhoto = async (p, colour) => {
  const url = await p.evaluate((colour) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 1200 });
    const pen = canvas.getContext('2d');
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 900, 1200);
    pen.fillStyle = '#d8c9a8';
    pen.fillRect(250, 400, 400, 800);
    return canvas.toDataURL('image/png');
  }, colour);
  const before = await p.locator('.photo-list li').count();
  await p
    .locator('.photos input[type=file]')
    .setInputFiles({ name: 'anh.png', mimeType: 'image/png', buffer: Buffer.from(url.split(',')[1], 'base64') });
  await p.locator('.photo-list li').nth(before).waitFor();
};

const openTile = async (p) => {
  await p.getByRole('radio', { name: 'Đã gặp' }).click();
  await p.getByRole('checkbox', { name: 'Giàng A Páo' }).click();
  await p.getByText('Tự bảo vệ').first().click();
};
const pick = async (p, name) => {
  const card = p.getByRole('button', { name });
  await card.click();
  await p.getByRole('heading', { name }).waitFor();
};
/** Páo of the first household lives by himself from now on. */
const splitOff = async (p) => {
  await p.getByRole('checkbox', { name: 'Giàng A Páo' }).click();
  await p.getByRole('button', { name: 'Tách thành hộ mới' }).click();
  await p.getByText('Đã tách').first().waitFor();
};
const press = async (p, digits) => {
  for (const digit of digits) await p.keyboard.press(digit);
  await p.getByRole('button', { name: 'Vào', exact: true }).click();
};

export const scenes = [
  { name: 'who', at: '?pins#/households' },
  {
    name: 'who-wrong',
    at: '?pins#/households',
    steps: async (p) => {
      await pick(p, 'Sồng Thị Dợ');
      await press(p, '4444');
      await p.getByText('Sai mã PIN').waitFor();
    },
  },
  {
    name: 'who-wait',
    at: '?pins#/households',
    steps: async (p) => {
      await pick(p, 'Sồng Thị Dợ');
      for (let n = 0; n < 3; n++) {
        await press(p, '4444');
        await p.getByText('Sai mã PIN').waitFor();
      }
      await p.getByText('Hãy chờ').waitFor();
    },
  },
  {
    name: 'who-forgot',
    at: '?pins#/households',
    steps: async (p) => {
      await pick(p, 'Sồng Thị Dợ');
      await p.getByRole('button', { name: 'Quên?' }).click();
    },
  },
  {
    name: 'who-in',
    at: '?pins#/households',
    steps: async (p) => {
      await pick(p, 'Sồng Thị Dợ');
      await press(p, '8305');
      await p.getByRole('searchbox').waitFor();
    },
  },
  { name: 'shared-none', at: '#/more/shared' },
  {
    name: 'shared-code',
    at: '#/more/shared',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Đặt mã PIN' }).click();
      await p.getByLabel('Mã PIN mới', { exact: true }).fill('8305');
      await p.getByLabel('Nhập lại').fill('8305');
      await p.getByRole('button', { name: 'Lưu' }).click();
      await p.getByText('Tôi đã ghi lại').waitFor();
    },
  },
  { name: 'shared', at: '?shared#/more/shared' },
  {
    name: 'shared-reset',
    at: '?shared#/more/shared',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Vì Văn Nam' }).click();
    },
  },
  {
    name: 'shared-add',
    at: '#/more/shared',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Đặt mã PIN' }).click();
      await p.getByLabel('Mã PIN mới', { exact: true }).fill('8305');
      await p.getByLabel('Nhập lại').fill('8305');
      await p.getByRole('button', { name: 'Lưu' }).click();
      await p.getByText('Tôi đã ghi lại').click();
      await p.getByRole('button', { name: 'Thêm người dùng' }).click();
    },
  },
  { name: 'room', at: '#/exchange/room' },
  {
    name: 'room-open',
    at: '#/exchange/room',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Bắt đầu chia sẻ' }).click();
      await p.getByText('Tự dừng sau').waitFor();
    },
  },
  {
    name: 'room-visited',
    at: '#/exchange/room',
    steps: async (p) => {
      await p.getByRole('button', { name: '192.168.1.40' }).click();
      await p.getByText('Xong với máy').scrollIntoViewIfNeeded();
    },
  },
  { name: 'start', at: '?fresh' },
  { name: 'start-join', at: '?fresh#/start/join' },
  {
    name: 'start-join-error',
    at: '?fresh#/start/join',
    steps: async (p) => {
      await p.getByLabel('Liên kết mời').fill('cu');
      await p.getByLabel('Họ và tên').fill('Vì Văn Nam');
      await p.getByRole('button', { name: 'Vào tổ' }).click();
    },
  },
  {
    name: 'start-new',
    at: '?fresh#/start/new',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Lập tổ' }).click();
    },
  },
  { name: 'today', at: '' },
  { name: 'today-empty', at: '?size=0' },
  { name: 'tasks', at: '#/tasks' },
  { name: 'task', at: '#/tasks/t00001' },
  { name: 'task-count', at: '#/tasks/t00002' },
  { name: 'assign', at: '#/tasks/new' },
  {
    name: 'assign-choose',
    at: '#/tasks/new',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Chọn hộ' }).click();
      await p.locator('dialog label.answer').nth(2).click();
    },
  },
  {
    name: 'list-lane',
    at: '#/households',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Xếp theo' }).click();
      await p.locator('dialog label.answer').nth(3).click();
    },
  },
  { name: 'history', at: '#/households/h00001/history' },
  {
    name: 'resident',
    at: '#/households/h00001',
    steps: async (p) => {
      await p.getByRole('link', { name: 'Trang của' }).first().click();
      await p.getByText('Năm kỹ năng').waitFor();
    },
  },
  { name: 'activity-count', at: '#/more/activities/a1' },
  {
    name: 'activity-came',
    at: '#/more/activities/a1',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Ghi tên người đến' }).click();
      await p.getByRole('searchbox').fill('giang a pao');
      await p.getByRole('checkbox').first().waitFor({ state: 'attached' });
    },
  },
  { name: 'list', at: '#/households' },
  { name: 'list-practice', at: '?practice&relay=0#/households' },
  {
    name: 'list-search',
    at: '#/households',
    steps: async (p) => {
      await p.getByRole('searchbox').fill('giang a pao');
      await p.getByText('hộ khớp').waitFor();
    },
  },
  {
    name: 'list-no-hit',
    at: '#/households',
    steps: async (p) => {
      await p.getByRole('searchbox').fill('khong co ai');
      await p.getByText('Không thấy').waitFor();
    },
  },
  { name: 'list-empty', at: '?size=0#/households' },
  {
    name: 'list-5040',
    at: '?size=5040#/households',
    lightOnly: true,
    steps: async (p, w) => {
      await p.evaluate((wide) => {
        const el = wide ? document.querySelector('.pane-list') : document.scrollingElement;
        el.scrollTop = 300000;
      }, w > 700);
      await p.waitForTimeout(400);
    },
  },
  {
    name: 'list-sort',
    at: '#/households',
    lightOnly: true,
    steps: async (p) => {
      await p.getByRole('button', { name: 'Xếp theo' }).click();
    },
  },
  {
    name: 'list-add',
    at: '#/households',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Thêm hộ' }).click();
    },
  },
  { name: 'household', at: '#/households/h00001' },
  {
    name: 'household-people',
    at: '#/households/h00001',
    steps: async (p) => {
      await p.getByText('Ý nghĩa các hình').click();
      await p.getByText('Ý nghĩa các hình').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'household-visits',
    at: '#/households/h00001',
    steps: async (p) => {
      await p.getByRole('heading', { name: 'Các lần thăm' }).scrollIntoViewIfNeeded();
      await p.mouse.wheel(0, 2000);
      await p.waitForTimeout(100);
    },
  },
  { name: 'household-crossed', at: '#/households/h00003' },
  {
    name: 'household-edit',
    at: '#/households/h00001',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Sửa thông tin hộ' }).click();
    },
  },
  {
    name: 'household-person',
    at: '#/households/h00001',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Sửa Sùng Thị Dua' }).click();
    },
  },
  {
    name: 'position',
    at: '#/households/h00001',
    steps: async (p) => {
      const spot = { latitude: 20.7712, longitude: 104.7654, accuracy: 11.4 };
      await p.evaluate((coords) => (navigator.geolocation.getCurrentPosition = (ok) => ok({ coords })), spot);
      await p.getByRole('button', { name: 'Ghi vị trí nhà này' }).click();
      await p.getByRole('link', { name: 'Chỉ đường' }).waitFor();
    },
  },
  {
    name: 'position-denied',
    at: '#/households/h00001',
    steps: async (p) => {
      const no = { code: 1, PERMISSION_DENIED: 1 };
      await p.evaluate((no) => (navigator.geolocation.getCurrentPosition = (_, fail) => fail(no)), no);
      await p.getByRole('button', { name: 'Ghi vị trí nhà này' }).click();
      await p.getByRole('alert').waitFor();
    },
  },
  { name: 'devices', at: '#/more/devices' },
  {
    name: 'devices-rename',
    at: '#/more/devices',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Đổi tên máy này' }).click();
    },
  },
  { name: 'visit', at: '#/households/h00001/visit' },
  {
    name: 'visit-met',
    at: '#/households/h00001/visit',
    steps: async (p) => {
      await p.getByRole('radio', { name: 'Đã gặp' }).click();
      await p.getByRole('checkbox', { name: 'Sùng Thị Dua' }).click();
      await p.getByRole('heading', { name: 'Hỏi ý kiến Sùng Thị Dua' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'visit-consent-large',
    at: '#/households/h00001/visit',
    steps: async (p) => {
      await p.getByRole('radio', { name: 'Đã gặp' }).click();
      await p.getByRole('checkbox', { name: 'Sùng Thị Dua' }).click();
      await p.getByRole('button', { name: 'Xem chữ to' }).click();
    },
  },
  {
    name: 'visit-not-asked',
    at: '#/households/h00001/visit',
    steps: async (p) => {
      await p.getByRole('radio', { name: 'Đã gặp' }).click();
      await p.getByRole('checkbox', { name: 'Sùng Thị Dua' }).click();
      await p.getByRole('button', { name: 'Hỏi sau' }).click();
      await p.getByText('Chưa hỏi ý kiến').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'visit-with',
    at: '#/households/h00001/visit',
    steps: async (p) => {
      await p.getByRole('radio', { name: 'Từ chối' }).click();
      await p.getByText('Đi cùng ai?').click();
      await p.getByRole('checkbox', { name: 'Vì Văn Nam' }).click();
      await p.getByText('Đi cùng ai?').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'visit-skills',
    at: '#/households/h00001/visit',
    steps: async (p) => {
      await p.getByRole('radio', { name: 'Đã gặp' }).click();
      await p.getByRole('checkbox', { name: 'Giàng A Páo' }).click();
      await p.getByRole('checkbox', { name: 'Giàng Thị Mai' }).click();
      await p.getByText('Dịch vụ công trực tuyến').first().click();
      await p.getByRole('radio', { name: 'Làm được khi có người giúp' }).click();
      await p.getByText('Năm kỹ năng của').scrollIntoViewIfNeeded();
      await p.evaluate(() => document.querySelector('.tiles').scrollIntoView());
    },
  },
  {
    name: 'visit-photos',
    at: '#/households/h00001/visit',
    steps: async (p) => {
      await p.getByRole('radio', { name: 'Từ chối' }).click();
      await addPhoto(p, '#7a8f6a');
      await addPhoto(p, '#5b6f8a');
      await p.getByRole('button', { name: 'Bỏ ảnh 1' }).click();
      await p.getByRole('button', { name: 'Hoàn tác' }).click();
      await p.getByRole('heading', { name: 'Ảnh chụp vướng mắc' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'visit-photo-refused',
    at: '#/households/h00001/visit',
    steps: async (p) => {
      await p.getByRole('radio', { name: 'Từ chối' }).click();
      const buffer = Buffer.from('no picture');
      await p.locator('.photos input[type=file]').setInputFiles({ name: 'anh.jpg', mimeType: 'image/jpeg', buffer });
      await p.getByText('Không đọc được ảnh này').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'household-photos',
    at: '#/households/h00001',
    steps: async (p) => {
      await p.getByText('Ảnh chưa về máy này').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'household-photo-large',
    at: '#/households/h00001',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Ảnh 1/2, mở to' }).click();
    },
  },
  { name: 'exchange-photos', at: '?photos#/exchange' },
  {
    name: 'visit-nine',
    at: '#/households/h00001/visit',
    steps: async (p) => {
      await p.getByRole('radio', { name: 'Từ chối' }).click();
      await p.getByLabel('Ghi chú').fill('Hỏi lại số 123456789');
      await p.getByRole('radio', { name: 'Chọn ngày' }).click();
      await p.getByLabel('Ngày quay lại').fill('25/11');
      await p.getByRole('button', { name: 'Lưu lượt thăm' }).click();
      await p.getByText('Có phải số giấy tờ không?').waitFor();
      await p.waitForTimeout(200);
    },
  },
  {
    name: 'visit-id',
    at: '#/households/h00001/visit',
    steps: async (p) => {
      await p.getByRole('radio', { name: 'Từ chối' }).click();
      await p.getByLabel('Ghi chú').fill('Căn cước 012 345 678 901');
      await p.getByRole('button', { name: 'Lưu lượt thăm' }).click();
      await p.getByText('12 chữ số').waitFor();
      await p.waitForTimeout(200);
    },
  },
  {
    name: 'visit-day',
    at: '#/households/h00001/visit',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Đổi ngày thăm' }).click();
      await p.getByRole('radio', { name: 'Ngày khác' }).click();
    },
  },
  {
    name: 'visit-absent',
    at: '#/households/h00001',
    steps: async (p) => {
      await p.getByRole('link', { name: 'Ghi lượt thăm' }).click();
      await p.getByRole('radio', { name: 'Vắng nhà' }).click();
      await p.getByText('Đã lưu trên máy này: vắng nhà').last().waitFor();
      await p.waitForTimeout(200);
    },
  },
  {
    name: 'visit-draft',
    at: '#/households/h00001/visit',
    steps: async (p) => {
      await p.getByRole('radio', { name: 'Từ chối' }).click();
      await p.getByLabel('Ghi chú').fill('đang');
      await p.evaluate(() => (location.hash = '#/households'));
      await p.getByText('Đang ghi dở').waitFor();
    },
  },
  { name: 'exchange', at: '#/exchange' },
  { name: 'exchange-none', at: '?relay=0#/exchange' },
  {
    name: 'exchange-sent',
    at: '#/exchange',
    lightOnly: true,
    steps: async (p) => {
      await p.getByRole('button', { name: 'Gửi ngay' }).click();
      await p.getByText('Xong.').waitFor();
    },
  },
  {
    name: 'exchange-invite',
    at: '#/exchange',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Tạo thư mời' }).click();
      await p.getByText('Đường liên kết').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'exchange-file-out',
    at: '#/exchange',
    steps: async (p) => {
      await p.getByText('Gửi bằng tệp').click();
      await p.getByRole('radio', { name: 'Phần mới cho Máy chị Mai' }).click();
      await p.getByRole('button', { name: 'Tạo tệp' }).click();
      await p.getByText('Đã tạo tệp').waitFor();
      await p.getByText('Gửi bằng tệp').scrollIntoViewIfNeeded();
      await p.evaluate(() => scrollBy(0, 300));
    },
  },
  {
    name: 'exchange-file-in',
    at: '#/exchange',
    steps: async (p) => {
      await p.getByText('Nhận từ tệp').click();
      const file = (text) => ({ name: 'a.tungnha', mimeType: '', buffer: Buffer.from(text) });
      await p.getByLabel('Chọn tệp').setInputFiles(file('PK'));
      await p.getByText('không phải tệp sổ').waitFor();
      await p.getByLabel('Chọn tệp').setInputFiles(file('TUNGNHA\n'));
      await p.getByText('Đã nhận 14').waitFor();
      await p.evaluate(() => scrollBy(0, 2000));
    },
  },
  { name: 'review', at: '#/more/review' },
  {
    name: 'review-twins',
    at: '?twins#/more/review',
    steps: (p) => p.getByText('Có thể trùng').scrollIntoViewIfNeeded(),
  },
  {
    name: 'review-twins-end',
    at: '?twins#/more/review',
    steps: (p) => p.getByRole('button', { name: 'Gộp làm một' }).first().scrollIntoViewIfNeeded(),
  },
  {
    name: 'review-merged',
    at: '?twins#/more/review',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Gộp làm một' }).first().click();
      await p.getByText('Đã gộp làm một').first().waitFor();
    },
  },
  {
    name: 'household-merged',
    at: '?twins#/more/review',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Gộp làm một' }).first().click();
      await p.getByRole('button', { name: 'Đóng' }).click();
      await p.evaluate(() => (location.hash = '#/households/h00001'));
      await p.getByText('Gộp từ 2 hộ').waitFor();
      await p.getByText('Gộp từ 2 hộ').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'add-like',
    at: '?twins#/households',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Thêm hộ' }).click();
      await p.getByLabel('Họ và tên chủ hộ').fill('giang a pao');
      await p.getByLabel('Năm sinh').fill('1984');
      await p.getByText('Có thể đã có').scrollIntoViewIfNeeded();
    },
  },
  { name: 'review-none', at: '?size=0#/more/review', lightOnly: true },
  { name: 'more', at: '#/more' },
  { name: 'more-activities', at: '#/more/activities' },
  {
    name: 'more-activity-form',
    at: '#/more/activities',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Ghi hoạt động' }).click();
    },
  },
  { name: 'more-members', at: '#/more/members' },
  { name: 'lessons', at: '#/more/lessons' },
  { name: 'lessons-training', at: '#/more/lessons/training' },
  { name: 'lesson-public', at: '#/more/lessons/public_services' },
  { name: 'lesson-shopping', at: '#/more/lessons/shopping', steps: turnTo(3) },
  { name: 'lesson-payment', at: '#/more/lessons/payment', steps: turnTo(2) },
  {
    name: 'lesson-safety-right',
    at: '#/more/lessons/safety',
    steps: async (p) => {
      await turnTo(2)(p);
      await p.getByRole('radio', { name: 'Tắt máy, không đọc mã' }).click();
      await p.getByText('Đúng rồi').waitFor();
    },
  },
  {
    name: 'lesson-local-wrong',
    at: '#/more/lessons/local',
    steps: async (p) => {
      await p.getByRole('radio', { name: 'Người lạ nhắn tin tới' }).click();
      await p.getByText('Chưa đúng, mình').waitFor();
    },
  },
  {
    name: 'lesson-in-visit',
    at: '#/households/h00001/visit',
    steps: async (p) => {
      await openTile(p);
      await p.getByRole('button', { name: 'Mở thẻ hướng dẫn' }).click();
      await turnTo(6)(p);
    },
  },
  {
    name: 'lesson-noted',
    at: '#/households/h00001/visit',
    steps: async (p) => {
      await openTile(p);
      await p.getByRole('button', { name: 'Mở thẻ hướng dẫn' }).click();
      await turnTo(6)(p);
      await p.getByRole('button', { name: 'Xong, ghi là đã xem' }).click();
      await p.getByRole('checkbox', { name: 'Đã cho xem thẻ hướng dẫn', checked: true }).waitFor();
    },
  },
  { name: 'more-places', at: '#/more/places' },
  {
    name: 'places-change',
    at: '#/more/places/change',
    steps: async (p) => {
      await p.getByRole('checkbox', { name: 'Bản Pa Cốp' }).click();
      await p.getByRole('checkbox', { name: 'Bản Chiềng Đi' }).click();
      await p.getByRole('textbox', { name: 'Tên mới' }).fill('Bản Đoàn Kết');
      await p.getByRole('button', { name: 'Xem trước' }).click();
      await p.getByText('Sẽ thành thế này').waitFor();
    },
  },
  {
    name: 'places-merged',
    at: '#/more/places/change',
    steps: async (p) => {
      await p.getByRole('checkbox', { name: 'Bản Pa Cốp' }).click();
      await p.getByRole('checkbox', { name: 'Bản Chiềng Đi' }).click();
      await p.getByRole('textbox', { name: 'Tên mới' }).fill('Bản Đoàn Kết');
      await p.getByRole('textbox', { name: 'Số quyết định' }).fill('35/NQ-HĐND');
      await p.getByRole('button', { name: 'Xem trước' }).click();
      await p.getByRole('button', { name: 'Ghi thay đổi này' }).click();
      await p.getByText('Đổi tên, gộp, tách').waitFor();
    },
  },
  {
    name: 'places-split',
    at: '#/more/places/change',
    steps: async (p) => {
      await p.getByRole('radio', { name: 'Tách' }).click();
      await p.getByRole('radio', { name: 'Bản Pa Cốp' }).click();
      await p.locator('details.fold').first().locator('summary').click();
      await p.getByRole('checkbox').first().click();
    },
  },
  {
    name: 'places-official',
    at: '#/more/places/official',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Xã cũ' }).click();
      await p.getByRole('searchbox').fill('chieng khoa');
      await p.getByText('Xã Chiềng Khoa').click();
      await p.getByText('đã chia cho').waitFor();
    },
  },
  {
    name: 'places-form',
    at: '#/more/places',
    steps: async (p) => p.getByRole('button', { name: 'Sửa Bản Pa Cốp' }).click(),
  },
  { name: 'teams', at: '#/more/teams' },
  { name: 'team-one', at: '#/more/teams/t1' },
  {
    name: 'team-form',
    at: '#/more/teams/t1',
    steps: async (p) => p.getByRole('button', { name: 'Sửa tổ này' }).click(),
  },
  { name: 'team-member', at: '#/more/teams/t1/m2' },
  { name: 'more-checklist', at: '#/more/checklist' },
  {
    name: 'more-about',
    at: '#/more/about',
    steps: async (p) => {
      await p.getByRole('button', { name: 'Kiểm tra sổ' }).click();
      await p.getByText('Sổ nguyên vẹn').waitFor();
    },
  },
  { name: 'import', at: '#/more/import' },
  { name: 'import-look', at: '?size=0#/more/import', steps: chooseList },
  {
    name: 'import-columns',
    at: '?size=0#/more/import',
    lightOnly: true,
    steps: async (p) => {
      await chooseList(p);
      await p.getByText('Thiếu tên').click();
      await p.getByRole('heading', { name: 'Mỗi cột' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'import-names',
    at: '?size=0#/more/import',
    lightOnly: true,
    steps: async (p) => {
      await chooseList(p);
      await p.getByText('Thiếu tên').click();
      await p.getByLabel('Tên ở dòng 17').fill('Lò Văn Sinh');
      await p.getByRole('button', { name: 'Xem lại với tên đã gõ' }).click();
      await p.getByText('Tên bạn đã gõ').click();
      await p.getByText('Ô tên là một con số').click();
      await p.getByText('Dòng cần để ý').scrollIntoViewIfNeeded();
      await p.evaluate(() => scrollBy(0, 300));
    },
  },
  {
    name: 'import-done',
    at: '?size=0#/more/import',
    steps: async (p) => {
      await chooseList(p);
      await p.getByRole('button', { name: 'Nhập 120 hộ' }).click();
      await p.getByText('Đã nhập xong').waitFor();
      await p.getByRole('button', { name: 'Lấy lại cả lần nhập' }).click();
      await p.getByText('hộ ở lại sổ').click();
    },
  },
  {
    name: 'move-split',
    at: '#/households/h00001/split',
    steps: async (p) => {
      await p.getByRole('checkbox', { name: 'Giàng Thị Mai' }).click();
      await p.getByRole('checkbox', { name: 'Sùng Thị Dua' }).click();
    },
  },
  {
    name: 'move-other',
    at: '#/households/h00001/move/r00002',
    steps: async (p) => {
      await p.getByRole('searchbox').fill('lo thi pang');
      await p.getByRole('radio', { name: 'Lò Thị Pâng' }).click();
      await p.getByRole('searchbox').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'move-nobody',
    at: '#/households/h00001/move',
    lightOnly: true,
    steps: async (p) => {
      await p.getByText('Giàng A Páo').first().waitFor();
      await p.getByRole('button', { name: 'Chuyển sang hộ khác' }).click();
      await p.getByText('Hãy chọn ai đi').waitFor();
    },
  },
  { name: 'move-done', at: '#/households/h00001/split', steps: splitOff },
  {
    name: 'move-resident',
    at: '#/households/h00001/split',
    steps: async (p) => {
      await splitOff(p);
      await p.getByRole('link', { name: 'Xem Giàng A Páo' }).or(p.locator('.person-name a').first()).first().click();
      await p.getByText('Trước đây ở hộ').waitFor();
    },
  },
  {
    name: 'move-gone',
    at: '#/households/h00001/split',
    steps: async (p) => {
      await splitOff(p);
      await p.goto(p.url().replace(/#.*/, '#/households/h00001'));
      await p.getByText('Người không còn ở hộ này').click();
      await p.getByText('Nay ở hộ').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'move-empty',
    at: '#/households/h00002/split',
    steps: async (p) => {
      await p.getByRole('checkbox', { name: 'Giàng A Páo' }).click();
      await p.getByRole('button', { name: 'Tách thành hộ mới' }).click();
      await p.getByRole('heading', { name: 'Hộ không còn ai' }).first().waitFor();
    },
  },
  {
    name: 'move-menu',
    at: '#/households/h00001',
    steps: async (p) => {
      await p.getByText('Tách hộ, chuyển hộ').click();
      await p.getByText('Tách hộ, chuyển hộ').scrollIntoViewIfNeeded();
    },
  },
  { name: 'settings', at: '#/more/settings' },
  {
    name: 'settings-very-large',
    at: '#/more/settings',
    lightOnly: true,
    steps: async (p) => {
      await p.getByRole('radio', { name: 'Rất lớn' }).click();
    },
  },
  {
    name: 'settings-dark',
    at: '#/more/settings',
    lightOnly: true,
    steps: async (p) => {
      await p.getByRole('radio', { name: 'Tối' }).click();
    },
  },
  { name: 'settings-more', at: '#/more', lightOnly: true },
  { name: 'held', at: '#/households/h00001/held/r00002' },
  {
    name: 'held-below',
    at: '#/households/h00001/held/r00002',
    lightOnly: true,
    steps: async (p) => {
      await p.getByRole('heading', { name: 'Nằm ở đâu' }).scrollIntoViewIfNeeded();
    },
  },
  { name: 'data-where', at: '#/more/data' },
  { name: 'zoom-move-split', at: '#/households/h00001/split', lightOnly: true, zoom: 225 },
  { name: 'zoom-move-other', at: '#/households/h00001/move', lightOnly: true, zoom: 225 },
  { name: 'zoom-held', at: '#/households/h00001/held/r00002', lightOnly: true, zoom: 225 },
  { name: 'zoom-data-where', at: '#/more/data', lightOnly: true, zoom: 225 },
  { name: 'en-held', at: '#/households/h00001/held/r00002', lang: 'en', lightOnly: true },
  { name: 'en-move-split', at: '#/households/h00001/split', lang: 'en', lightOnly: true },
  { name: 'en-settings', at: '#/more/settings', lang: 'en', lightOnly: true },
  { name: 'month-progress', at: '#/progress' },
  {
    name: 'month-progress-tables',
    at: '#/progress',
    lightOnly: true,
    steps: async (p) => {
      const asTable = p.getByRole('button', { name: 'Xem dạng bảng' });
      while ((await asTable.count()) > 0) await asTable.first().click();
    },
  },
  {
    name: 'month-progress-below',
    at: '#/progress',
    steps: async (p) => {
      await p.getByRole('heading', { name: 'Hộ đạt theo kỳ' }).scrollIntoViewIfNeeded();
    },
  },
  { name: 'month-progress-blank', at: '?blank&size=0#/progress', lightOnly: true },
  { name: 'month-heat', at: '?size=5040#/progress/heat' },
  {
    name: 'month-heat-table',
    at: '?size=5040#/progress/heat',
    lightOnly: true,
    steps: async (p) => {
      await p.getByRole('button', { name: 'Xem dạng bảng' }).click();
    },
  },
  { name: 'month-report', at: '#/report' },
  { name: 'month-report-office', at: '?role=commune_officer#/report' },
  { name: 'month-report-blank', at: '?blank#/report', lightOnly: true },
  { name: 'month-report-returned', at: '?report=returned#/report', lightOnly: true },
  { name: 'month-report-locked', at: '?report=locked&role=commune_officer#/report' },
  {
    name: 'month-report-return',
    at: '?report=submitted&role=commune_officer#/report',
    lightOnly: true,
    steps: async (p) => {
      await p.getByRole('button', { name: 'Trả lại' }).click();
    },
  },
  { name: 'month-records', at: '#/report/2026-11/all/records/at_target' },
  { name: 'month-records-blank', at: '#/report/2026-11/all/records/welfare', lightOnly: true },
  { name: 'month-records-row', at: '#/report/2026-11/all/records/queue/place%3Ap1', lightOnly: true },
  { name: 'month-print', at: '?report=locked#/report/2026-11/all/print', lightOnly: true },
  { name: 'month-rules', at: '#/report/rules' },
  {
    name: 'month-rules-indicator',
    at: '#/report/rules',
    lightOnly: true,
    steps: async (p) => {
      await p.getByRole('button', { name: 'Sửa chỉ tiêu: Số thứ tự đã lấy giúp' }).click();
    },
  },
  { name: 'month-targets', at: '#/report/targets/at_target', lightOnly: true },
  { name: 'month-obstacles', at: '#/obstacles' },
  { name: 'month-obstacles-blank', at: '?blank#/obstacles', lightOnly: true },
  {
    name: 'month-obstacle',
    at: '#/obstacles',
    steps: async (p) => {
      await p.getByText('Sóng yếu').first().click();
      await p.getByRole('heading', { name: 'Trao đổi' }).waitFor();
    },
  },
  {
    name: 'month-obstacle-raise',
    at: '#/obstacles',
    lightOnly: true,
    steps: async (p) => {
      await p.getByRole('button', { name: 'Nêu vướng mắc' }).click();
      await p.getByRole('button', { name: 'Lưu' }).click();
    },
  },
  { name: 'month-campaigns', at: '#/campaigns' },
  { name: 'month-campaigns-blank', at: '?blank#/campaigns', lightOnly: true },
  { name: 'month-campaign', at: '#/campaigns/c1' },
  {
    name: 'month-campaign-form',
    at: '#/campaigns/c1',
    lightOnly: true,
    steps: async (p) => {
      await p.getByRole('button', { name: 'Sửa chiến dịch' }).click();
    },
  },
  { name: 'month-notices', at: '?notice#/notices', lightOnly: true },
  { name: 'month-today-notice', at: '?notice#/today', lightOnly: true },
  { name: 'month-zoom-progress', at: '#/progress', lightOnly: true, zoom: 225 },
  { name: 'month-zoom-heat', at: '#/progress/heat', lightOnly: true, zoom: 225 },
  { name: 'month-zoom-report', at: '?role=commune_officer#/report', lightOnly: true, zoom: 225 },
  { name: 'month-zoom-records', at: '#/report/2026-11/all/records/at_target', lightOnly: true, zoom: 225 },
  { name: 'month-zoom-rules', at: '#/report/rules', lightOnly: true, zoom: 225 },
  { name: 'month-zoom-obstacles', at: '#/obstacles', lightOnly: true, zoom: 225 },
  { name: 'month-zoom-campaign', at: '#/campaigns/c1', lightOnly: true, zoom: 225 },
  { name: 'month-en-progress', at: '#/progress', lang: 'en', lightOnly: true },
  { name: 'month-en-report', at: '?role=commune_officer#/report', lang: 'en', lightOnly: true },
  { name: 'month-en-rules', at: '#/report/rules', lang: 'en', lightOnly: true },
  { name: 'month-en-campaign', at: '#/campaigns/c1', lang: 'en', lightOnly: true },
  { name: 'zoom-list', at: '#/households', lightOnly: true, zoom: 225 },
  { name: 'zoom-household', at: '#/households/h00001', lightOnly: true, zoom: 225 },
  {
    name: 'zoom-visit',
    at: '#/households/h00001/visit',
    lightOnly: true,
    zoom: 225,
    steps: async (p) => {
      await p.getByRole('radio', { name: 'Đã gặp' }).click();
    },
  },
  { name: 'zoom-lesson', at: '#/more/lessons/safety', lightOnly: true, zoom: 225, steps: turnTo(2) },
  { name: 'zoom-lessons-training', at: '#/more/lessons/training', lightOnly: true, zoom: 225 },
  { name: 'zoom-exchange', at: '#/exchange', lightOnly: true, zoom: 225 },
  { name: 'en-start', at: '?fresh', lang: 'en', lightOnly: true },
  { name: 'en-list', at: '#/households', lang: 'en', lightOnly: true },
  { name: 'en-household', at: '#/households/h00001', lang: 'en', lightOnly: true },
  {
    name: 'en-visit',
    at: '#/households/h00001/visit',
    lang: 'en',
    lightOnly: true,
    steps: async (p) => {
      await p.getByRole('radio', { name: 'Met' }).click();
    },
  },
  { name: 'en-exchange', at: '#/exchange', lang: 'en', lightOnly: true },
  { name: 'en-lesson', at: '#/more/lessons/safety', lang: 'en', lightOnly: true },
  { name: 'en-lessons-training', at: '#/more/lessons/training', lang: 'en', lightOnly: true },
  { name: 'en-more', at: '#/more', lang: 'en', lightOnly: true },
  ...officeScenes,
];
