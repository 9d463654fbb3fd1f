//! Small values with their limits: ids, money, time, text. They know no staffing rule and no engine.

mod clock;
mod closed;
mod colour;
mod currency;
mod day;
mod decimal;
mod document;
mod email;
mod fault;
mod file;
mod hash;
pub mod hex;
mod html;
mod id;
mod id_text;
mod instant;
mod internal;
mod locale;
mod money;
mod pay;
mod percent;
mod picture;
pub(crate) mod reading;
mod secret;
mod source;
mod text;
mod url;
mod whole;
mod zone;
mod zone_names;

pub(crate) use closed::closed_list;
pub use colour::Colour;
pub use currency::Currency;
pub use day::Day;
pub use decimal::{plain, round_half_up};
pub use document::{DocumentName, DocumentType};
pub use email::{Email, Phone};
pub use fault::{Fault, FaultCode};
pub use file::{FileName, MediaType};
pub use hash::ContentHash;
pub use html::{LONGEST_HTML, SafeHtml};
pub use id::{
    ActivityId, AgencyId, BookingId, CandidateId, CertificateId, ChangeRequestId, ClientId, DeviceId,
    DocumentFileId, DocumentId, ImpersonationId, JobId, LinkId, MandateId, MandateTemplateId, MemberId,
    MessageId, NotificationId, PageId, PositionId, PreferenceId, PriceListId, ProjectId, ProposalId,
    PurchaseOrderId, RecordId, RoleId, ScheduleId, SelectionId, SessionId, ShiftId, SiteId, SkillId, UserId,
    WorkerId,
};
pub use instant::Instant;
pub use internal::{InternalNote, for_agency as internal_for_agency};
pub use locale::Locale;
pub use money::{Amount, ChargeRate, Money};
pub use pay::{Pay, for_agency as pay_for_agency, stored as pay_stored};
pub use percent::{Percent, Quantity, Surcharge};
pub use picture::{Picture, PictureType};
pub use secret::{OneTimeCode, OneTimeSecret, Password, Token, optional_secret_input, secret_input};
pub use source::Source;
pub use text::{Bounded, HostId, Slug, Subdomain, Text};
pub use url::PageUrl;
pub use whole::Whole;
pub use zone::{LocalTime, Span, WallTimeError, Zone, zone_data_version};
