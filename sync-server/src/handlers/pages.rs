//! `GET /j/{id}` and `GET /p/{id}`: what somebody sees who opens an invite or a pass in a browser; at a
//! station also `GET /`, for who points a phone's camera at its address.
//!
//! The same words whatever the id, so that nothing can be learnt by trying. The secret is in the
//! fragment, which the browser keeps to itself; a page without scripts, forms or anything fetched
//! cannot give it away either.

use axum::{
    http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY},
    response::{IntoResponse, Response},
};

const INVITE: &str = r#"<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Từng Nhà</title>
<h1>Lời mời vào tổ</h1>
<p>Hãy mở ứng dụng <b>Từng Nhà</b>, chọn <b>Vào tổ bằng mã mời</b>, rồi dán đường dẫn của trang này vào.</p>
<p>Chỉ gửi đường dẫn này cho người trong tổ: ai có nó đều vào được sổ của tổ.</p>
<hr>
<div lang="en">
<h2>An invite to a team</h2>
<p>Open the app <b>Từng Nhà</b>, choose <b>Join with an invite</b>, and paste the address of this page.</p>
<p>Give this address to members of the team only: whoever has it can join.</p>
</div>
"#;

const PASS: &str = r#"<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Từng Nhà</title>
<h1>Giấy phép dùng máy chủ</h1>
<p>Hãy mở ứng dụng <b>Từng Nhà</b>, vào <b>Gửi và nhận</b>, chọn <b>Kết nối máy chủ</b>, rồi dán đường dẫn của trang này vào.</p>
<p>Hãy giữ kín đường dẫn này như giữ chìa khóa.</p>
<hr>
<div lang="en">
<h2>A relay pass</h2>
<p>Open the app <b>Từng Nhà</b>, go to <b>Send and receive</b>, choose <b>Connect a relay</b>, and paste the address of this page.</p>
<p>Keep this address as you would keep a key.</p>
</div>
"#;

const STATION: &str = r#"<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Từng Nhà</title>
<h1>Một máy đang chia sẻ trong phòng</h1>
<p>Hãy mở ứng dụng <b>Từng Nhà</b>, vào <b>Gửi và nhận</b>, chọn <b>Sang máy đang chia sẻ</b>, rồi gõ địa chỉ của trang này.</p>
<hr>
<div lang="en">
<h2>A device is sharing in this room</h2>
<p>Open the app <b>Từng Nhà</b>, go to <b>Send and receive</b>, choose <b>Go to a sharing device</b>, and type the address of this page.</p>
</div>
"#;

pub(crate) async fn station() -> Response {
    page(STATION)
}

pub(crate) async fn invite() -> Response {
    page(INVITE)
}

pub(crate) async fn pass() -> Response {
    page(PASS)
}

fn page(html: &'static str) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
    ];
    (headers, html).into_response()
}
