//! Every error in one form: a status for whatever stands between, a CBOR [`WireError`] for the app.
//! What storage says of itself goes to the operator's log, never to the caller.

use std::borrow::Cow;

use axum::{
    body::Body,
    extract::rejection::BytesRejection,
    http::{StatusCode, header::RETRY_AFTER},
    response::{IntoResponse, Response},
};
use tungnha_protocol::{
    frames::FrameError,
    wire::{BadBody, Body as _, WireError, code},
};

use crate::storage::{Denial, StorageError};

/// An error as the caller sees it.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: Cow<'static, str>,
    /// After how many seconds it is worth asking again.
    retry_after: Option<u64>,
}

/// An error's code, in the extensions of the answer that tells of it: for whoever counts and logs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ErrorCode(#[cfg_attr(not(feature = "server"), expect(dead_code))] pub(crate) &'static str);

impl ApiError {
    pub(crate) const UNAUTHORIZED: Self =
        Self::new(StatusCode::UNAUTHORIZED, code::UNAUTHORIZED, "a bearer token of this relay is needed");
    pub(crate) const REVOKED: Self = Self::new(StatusCode::FORBIDDEN, code::DEVICE_REVOKED, "this device was revoked");
    pub(crate) const BAD_SIGNATURE: Self =
        Self::new(StatusCode::FORBIDDEN, code::BAD_SIGNATURE, "the registration's signature does not hold");
    pub(crate) const NOT_FOUND: Self = Self::new(StatusCode::NOT_FOUND, code::NOT_FOUND, "no such address");
    pub(crate) const NO_CHECKPOINT: Self =
        Self::new(StatusCode::NOT_FOUND, code::NO_CHECKPOINT, "there is no such checkpoint");
    pub(crate) const METHOD: Self = Self::new(StatusCode::METHOD_NOT_ALLOWED, code::NOT_FOUND, "no such method here");
    pub(crate) const BUSY: Self = Self {
        status: StatusCode::SERVICE_UNAVAILABLE,
        code: code::BUSY,
        message: Cow::Borrowed("too many devices are listening, or the relay is stopping"),
        retry_after: Some(5),
    };
    pub(crate) const TIMEOUT: Self = Self::new(StatusCode::REQUEST_TIMEOUT, code::TIMEOUT, "the request took too long");

    pub(crate) const MEETING_OVER: Self =
        Self::new(StatusCode::GONE, code::MEETING_OVER, "no such meeting, or nothing was proved in it");

    /// The word by which programs know it, one of [`code`].
    pub fn code(&self) -> &'static str {
        self.code
    }

    const fn new(status: StatusCode, code: &'static str, message: &'static str) -> Self {
        Self { status, code, message: Cow::Borrowed(message), retry_after: None }
    }

    /// Whoever asks may ask again after so many seconds.
    #[cfg(feature = "server")]
    pub(crate) fn too_many_requests(seconds: u64) -> Self {
        let message = "this device, or its address, asks too often";
        let error = Self::new(StatusCode::TOO_MANY_REQUESTS, code::TOO_MANY_REQUESTS, message);
        Self { retry_after: Some(seconds), ..error }
    }

    pub(crate) fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        let message = message.into();
        Self { status: StatusCode::BAD_REQUEST, code: code::BAD_REQUEST, message, retry_after: None }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = WireError::new(self.code, self.message).to_bytes();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status;
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(ErrorCode(self.code));
        response
    }
}

impl From<BytesRejection> for ApiError {
    fn from(rejection: BytesRejection) -> Self {
        match rejection.status() {
            status @ StatusCode::PAYLOAD_TOO_LARGE => Self::new(status, code::TOO_LARGE, "the body is too large"),
            _ => Self::bad_request("the body did not arrive"),
        }
    }
}

impl From<FrameError> for ApiError {
    fn from(error: FrameError) -> Self {
        match error {
            FrameError::TooLarge => {
                Self::new(StatusCode::PAYLOAD_TOO_LARGE, code::TOO_LARGE, "the request is too large")
            }
            other => Self::bad_request(other.to_string()),
        }
    }
}

impl From<BadBody> for ApiError {
    fn from(error: BadBody) -> Self {
        Self::bad_request(error.to_string())
    }
}

impl From<StorageError> for ApiError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Denied(denial) => denial.into(),
            StorageError::Failed(reason) => {
                tracing::error!(reason, "storage failed");
                Self::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    code::INTERNAL,
                    "the relay could not do it; nothing was acknowledged",
                )
            }
        }
    }
}

impl From<Denial> for ApiError {
    fn from(denial: Denial) -> Self {
        let (status, code, message) = match denial {
            Denial::NotMember => {
                (StatusCode::FORBIDDEN, code::NOT_MEMBER, "the device is not a member of that space here")
            }
            Denial::DeviceRevoked => return Self::REVOKED,
            Denial::OtherLog => (StatusCode::CONFLICT, code::OTHER_LOG, "the checkpoint is of another log"),
            Denial::InviteUnknown => (StatusCode::NOT_FOUND, code::INVITE_UNKNOWN, "no such invite"),
            Denial::InviteExpired => (StatusCode::GONE, code::INVITE_EXPIRED, "the invite has expired"),
            Denial::InviteUsedUp => (StatusCode::GONE, code::INVITE_USED_UP, "the invite is used up"),
            Denial::InviteTaken => (StatusCode::CONFLICT, code::INVITE_TAKEN, "another invite has this id"),
            Denial::PassUnknown => (StatusCode::NOT_FOUND, code::PASS_UNKNOWN, "no such pass"),
            Denial::PassExpired => (StatusCode::GONE, code::PASS_EXPIRED, "the pass has expired"),
            Denial::PassUsedUp => (StatusCode::GONE, code::PASS_USED_UP, "the pass is used up"),
            Denial::SpaceExists => {
                (StatusCode::CONFLICT, code::SPACE_EXISTS, "the space is open here already: join it by an invite")
            }
            Denial::Full => (
                StatusCode::INSUFFICIENT_STORAGE,
                code::FULL,
                "there is no room for it here, or the device has brought as much today as it may",
            ),
            Denial::TokenTaken => (StatusCode::BAD_REQUEST, code::BAD_REQUEST, "another device has this token"),
        };
        Self::new(status, code, message)
    }
}
