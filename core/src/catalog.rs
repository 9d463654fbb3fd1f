//! Every operation and every kind of record, each listed once. All bindings and docs are made from this list.

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use crate::access::{self, BASE};
use crate::codes::Code;
use crate::engine::{Context, Effect, Erased, Machine, Operation, Refusal, decode};
use crate::pricing::functions::functions;
use crate::store::Kind;

/// One operation without its types.
#[derive(Clone, Copy)]
pub struct Entry {
    pub name: &'static str,
    pub effect: Effect,
    pub secrets: &'static [&'static str],
    pub costly: bool,
    decode: fn(&str) -> Result<Box<dyn Erased>, Refusal>,
    describe: fn(&mut SchemaGenerator) -> (schemars::Schema, schemars::Schema),
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry").field("name", &self.name).finish_non_exhaustive()
    }
}

const fn entry<O: Operation>() -> Entry {
    Entry {
        name: O::NAME,
        effect: O::EFFECT,
        secrets: O::SECRETS,
        costly: O::COSTLY,
        decode: |input| Ok(Box::new(decode::<O>(input)?)),
        describe: |generator| (O::json_schema(generator), generator.subschema_for::<O::Reply>()),
    }
}

macro_rules! operations {
    ($($operation:path,)+) => {
        static OPERATIONS: &[Entry] = &[$(entry::<$operation>(),)+];
    };
}

operations! {
    crate::agency::operations::CreateAgency,
    crate::agency::operations::SwitchPortal,
    crate::agency::operations::ResolveSubdomain,
    crate::agency::operations::GetAgency,
    crate::agency::operations::SetProfile,
    crate::agency::operations::SetOrdering,
    crate::agency::operations::SetChanges,
    crate::agency::operations::CreateSkill,
    crate::agency::operations::RenameSkill,
    crate::agency::operations::ArchiveSkill,
    crate::agency::operations::ListSkills,
    crate::agency::operations::AddMember,
    crate::agency::operations::ListMembers,
    crate::agency::operations::SetMemberRole,
    crate::agency::operations::DeactivateMember,
    crate::agency::operations::ReactivateMember,
    crate::roles::operations::CreateRole,
    crate::roles::operations::UpdateRole,
    crate::roles::operations::RemoveRole,
    crate::roles::operations::ListRoles,
    crate::agency::operations::PublishTerms,
    crate::agency::operations::CurrentTerms,
    crate::agency::operations::ListTerms,
    crate::agency::operations::SetEmailTemplate,
    crate::agency::operations::GetEmailTemplate,
    crate::pricing::operations::PublishPriceList,
    crate::pricing::operations::CheckPriceList,
    crate::pricing::operations::ListPriceLists,
    crate::clients::operations::CreateClient,
    crate::clients::operations::UpdateClient,
    crate::clients::operations::GetClient,
    crate::clients::operations::ListClients,
    crate::clients::operations::AddSite,
    crate::clients::operations::UpdateSite,
    crate::clients::operations::SetClientOrdering,
    crate::clients::operations::SetAutoAccept,
    crate::clients::operations::SetCutoff,
    crate::clients::operations::SetSharing,
    crate::clients::operations::SetChanges,
    crate::companies::operations::GetCompany,
    crate::companies::operations::UpdateCompany,
    crate::companies::operations::DecideIdentity,
    crate::companies::operations::SetIdentityApproval,
    crate::users::operations::EnableAccess,
    crate::users::operations::CreateUser,
    crate::users::operations::InviteUser,
    crate::users::operations::PreviewLink,
    crate::users::operations::JoinPortal,
    crate::users::operations::ListUsers,
    crate::users::operations::GetUser,
    crate::users::operations::SetAccess,
    crate::users::operations::ListMyPeople,
    crate::users::operations::GetUserDetails,
    crate::users::operations::RenameUser,
    crate::users::operations::DeactivateUser,
    crate::users::operations::ReactivateUser,
    crate::users::operations::AddToClient,
    crate::users::operations::RemoveFromClient,
    crate::users::operations::DeactivateAccess,
    crate::users::operations::ReactivateAccess,
    crate::users::operations::SetTemporaryPassword,
    crate::users::operations::ChangePassword,
    crate::users::operations::VerifyPassword,
    crate::users::operations::GetSecondFactor,
    crate::users::operations::EnrolSecondFactor,
    crate::users::operations::ConfirmSecondFactor,
    crate::users::operations::DisableSecondFactor,
    crate::users::operations::ResetSecondFactor,
    crate::users::operations::RequestPasswordReset,
    crate::users::operations::StartPasswordReset,
    crate::users::operations::PasswordResetMail,
    crate::users::operations::PreviewPasswordReset,
    crate::users::operations::ResetPassword,
    crate::sessions::operations::SignIn,
    crate::sessions::operations::CheckSession,
    crate::sessions::operations::TouchSession,
    crate::sessions::operations::ListSessions,
    crate::sessions::operations::EndSession,
    crate::sessions::operations::EndAllSessions,
    crate::sessions::operations::GetSignInPolicy,
    crate::sessions::operations::SetSignInPolicy,
    crate::sessions::operations::SetHashCost,
    crate::links::operations::ListLinks,
    crate::links::operations::ExpireLink,
    crate::links::operations::ShareProject,
    crate::links::operations::PreviewSharedLink,
    crate::links::operations::OpenLink,
    crate::links::operations::GetSharedProject,
    crate::links::operations::PublishLink,
    crate::links::operations::GetPublicPage,
    crate::hosts::operations::UpsertRecords,
    crate::hosts::operations::SetHostId,
    crate::hosts::operations::FindByHostId,
    crate::decisions::operations::AccessCan,
    crate::decisions::operations::AccessAllowed,
    crate::decisions::operations::AccessVisible,
    crate::decisions::operations::ExplainVisibility,
    crate::identities::operations::SetIdentityProvider,
    crate::identities::operations::RemoveIdentityProvider,
    crate::identities::operations::ListIdentityProviders,
    crate::identities::operations::PutIdentity,
    crate::identities::operations::RemoveIdentity,
    crate::identities::operations::LinkIdentity,
    crate::identities::operations::UnlinkIdentity,
    crate::identities::operations::ListIdentities,
    crate::identities::operations::SignInWithIdentity,
    crate::impersonations::operations::StartImpersonation,
    crate::impersonations::operations::EndImpersonation,
    crate::impersonations::operations::ListImpersonations,
    crate::impersonations::operations::ListMyImpersonations,
    crate::branding::operations::SetLook,
    crate::branding::operations::SetExposure,
    crate::branding::operations::GetBrand,
    crate::branding::operations::GetMyBrand,
    crate::pages::operations::CreatePage,
    crate::pages::operations::UpdatePage,
    crate::pages::operations::PublishPage,
    crate::pages::operations::ListPages,
    crate::pages::operations::ListMyPages,
    crate::pages::operations::GetMyPage,
    crate::pages::operations::ListStaffPages,
    crate::pages::operations::GetStaffPage,
    crate::history::operations::ReadEvents,
    crate::history::operations::HistoryOf,
    crate::history::operations::VerifyHistory,
    crate::history::operations::MyHistoryOf,
    crate::notifications::operations::ListNotifications,
    crate::notifications::operations::MarkRead,
    crate::projects::operations::GetProject,
    crate::projects::operations::ListProjects,
    crate::projects::operations::GetProgress,
    crate::projects::operations::CreateProject,
    crate::projects::operations::AddSchedule,
    crate::projects::operations::SetProjectClient,
    crate::projects::operations::Share,
    crate::projects::operations::Unshare,
    crate::projects::operations::ClientProgress,
    crate::projects::operations::RenameProject,
    crate::projects::operations::PublishTeam,
    crate::projects::operations::SetSharing,
    crate::projects::operations::GetMyProject,
    crate::projects::operations::ListMyProjects,
    crate::projects::operations::GetMyProgress,
    crate::projects::operations::MyProgress,
    crate::shifts::operations::CreateWorker,
    crate::shifts::operations::UpdateWorker,
    crate::shifts::operations::GetWorker,
    crate::shifts::operations::ListWorkers,
    crate::shifts::operations::Book,
    crate::shifts::operations::InviteBooking,
    crate::shifts::operations::ConfirmBooking,
    crate::shifts::operations::ConfirmAgain,
    crate::shifts::operations::ReconfirmBooking,
    crate::shifts::operations::DeclineBooking,
    crate::shifts::operations::CancelBooking,
    crate::shifts::operations::ReplaceBooking,
    crate::shifts::operations::MarkNoShow,
    crate::shifts::operations::CheckIn,
    crate::shifts::operations::UndoCheckIn,
    crate::shifts::operations::CheckOut,
    crate::shifts::operations::UndoCheckOut,
    crate::shifts::operations::SetBookingPolicy,
    crate::shifts::operations::GetBookingPolicy,
    crate::shifts::operations::SuggestWorkers,
    crate::shifts::operations::ListAttention,
    crate::shifts::operations::GetStaffPreferences,
    crate::shifts::operations::SetStaffPreference,
    crate::shifts::operations::RemoveStaffPreference,
    crate::shifts::operations::SetMyStaff,
    crate::shifts::operations::ListMyStaff,
    crate::shifts::operations::RemoveMyStaff,
    crate::selection::operations::OpenSelection,
    crate::selection::operations::EditSelection,
    crate::selection::operations::OfferSelection,
    crate::selection::operations::DropProposal,
    crate::selection::operations::ReopenSelection,
    crate::selection::operations::ApplySelection,
    crate::selection::operations::WithdrawSelection,
    crate::selection::operations::GetSelection,
    crate::selection::operations::ListSelections,
    crate::selection::operations::GetMySelection,
    crate::selection::operations::ListMySelections,
    crate::selection::operations::ShortlistMySelection,
    crate::selection::operations::SubmitMySelection,
    crate::messages::operations::WriteMessage,
    crate::messages::operations::WithdrawMessage,
    crate::messages::operations::ListMessages,
    crate::messages::operations::MarkMessagesRead,
    crate::messages::operations::GetThread,
    crate::messages::operations::SetManager,
    crate::messages::operations::WriteMyMessage,
    crate::messages::operations::WithdrawMyMessage,
    crate::messages::operations::ListMyMessages,
    crate::messages::operations::MarkMyMessagesRead,
    crate::messages::operations::GetMyThread,
    crate::candidates::operations::CreateJob,
    crate::candidates::operations::EditJob,
    crate::candidates::operations::CloseJob,
    crate::candidates::operations::ReopenJob,
    crate::candidates::operations::PutJobOnPortal,
    crate::candidates::operations::RemoveJobFromPortal,
    crate::candidates::operations::GetJob,
    crate::candidates::operations::ListJobs,
    crate::candidates::operations::GetMyJob,
    crate::candidates::operations::ListMyJobs,
    crate::candidates::operations::AddCandidate,
    crate::candidates::operations::EditCandidate,
    crate::candidates::operations::SetSummary,
    crate::candidates::operations::SetAnonymity,
    crate::candidates::operations::MoveCandidate,
    crate::candidates::operations::SubmitCandidate,
    crate::candidates::operations::ApproveCandidate,
    crate::candidates::operations::SendBackCandidate,
    crate::candidates::operations::RemoveCandidate,
    crate::candidates::operations::RestoreCandidate,
    crate::candidates::operations::AddDocument,
    crate::candidates::operations::ReplaceDocument,
    crate::candidates::operations::RemoveDocument,
    crate::candidates::operations::PreviewDocument,
    crate::candidates::operations::AddActivity,
    crate::candidates::operations::RemoveActivity,
    crate::candidates::operations::GetCandidate,
    crate::candidates::operations::ListCandidates,
    crate::candidates::operations::GetMyCandidate,
    crate::candidates::operations::ListMyCandidates,
    crate::candidates::operations::PreviewMyDocument,
    crate::candidates::operations::GiveFeedback,
    crate::candidates::operations::ListMyFeedback,
    crate::candidates::operations::ListFeedback,
    crate::candidates::operations::SetStage,
    crate::candidates::operations::ListStages,
    crate::attendance::operations::RollCall,
    crate::attendance::operations::SetCertificate,
    crate::attendance::operations::RemoveCertificate,
    crate::attendance::operations::ListCertificates,
    crate::shifts::operations::GetShift,
    crate::shifts::operations::ListShifts,
    crate::shifts::operations::NameLead,
    crate::shifts::operations::SetTags,
    crate::shifts::operations::MoveShift,
    crate::shifts::operations::CancelShift,
    crate::shifts::operations::RestoreShift,
    crate::shifts::operations::EditPositions,
    crate::shifts::operations::ChangeSite,
    crate::shifts::operations::SplitShift,
    crate::shifts::operations::MergeShift,
    crate::shifts::operations::GetMyShift,
    crate::shifts::operations::PreviewCancellation,
    crate::shifts::operations::ListMyShifts,
    crate::mandates::operations::PreviewMandate,
    crate::mandates::operations::PreviewEdit,
    crate::mandates::operations::PreviewWithdrawal,
    crate::mandates::operations::SubmitMandate,
    crate::mandates::operations::SaveDraft,
    crate::mandates::operations::SubmitDraft,
    crate::mandates::operations::DiscardDraft,
    crate::mandates::operations::EditMandate,
    crate::mandates::operations::WithdrawMandate,
    crate::mandates::operations::ApproveMandate,
    crate::mandates::operations::RejectMandate,
    crate::mandates::operations::ResubmitMandate,
    crate::mandates::operations::ReorderMandate,
    crate::mandates::operations::GetMyMandate,
    crate::mandates::operations::ListMandatesToApprove,
    crate::mandates::operations::ExplainMyMandate,
    crate::mandates::operations::ReplayEstimate,
    crate::mandates::operations::ListMyMandates,
    crate::mandates::operations::GetMandate,
    crate::mandates::operations::ListMandates,
    crate::mandates::operations::ReviseMandate,
    crate::mandates::operations::AcceptMandate,
    crate::mandates::operations::DeclineMandate,
    crate::mandates::operations::OpenReview,
    crate::mandates::operations::CloseReview,
    crate::mandates::operations::ExpireMandates,
    crate::mandates::operations::SaveTemplate,
    crate::mandates::operations::ListTemplates,
    crate::mandates::operations::RenameTemplate,
    crate::mandates::operations::RemoveTemplate,
    crate::mandates::operations::OrderTemplate,
    crate::purchasing::operations::CreatePurchaseOrder,
    crate::purchasing::operations::UpdatePurchaseOrder,
    crate::purchasing::operations::GetPurchaseOrder,
    crate::purchasing::operations::ListPurchaseOrders,
    crate::purchasing::operations::CreateMyPurchaseOrder,
    crate::purchasing::operations::UpdateMyPurchaseOrder,
    crate::purchasing::operations::GetMyPurchaseOrder,
    crate::purchasing::operations::ListMyPurchaseOrders,
    crate::purchasing::operations::SetApprovalChain,
    crate::purchasing::operations::GetApprovalChain,
    crate::purchasing::operations::SetMyApprovalChain,
    crate::purchasing::operations::GetMyApprovalChain,
    crate::changes::operations::PreviewChange,
    crate::changes::operations::RequestChange,
    crate::changes::operations::WithdrawChange,
    crate::changes::operations::GetMyChange,
    crate::changes::operations::ListMyChanges,
    crate::changes::operations::GetChange,
    crate::changes::operations::ListChanges,
    crate::changes::operations::ApproveChange,
    crate::changes::operations::DeclineChange,
    crate::changes::operations::WaiveFee,
    crate::privacy::operations::ListDisclosures,
    crate::privacy::operations::ExportWorker,
    crate::privacy::operations::ExportUser,
    crate::privacy::operations::EraseWorker,
    crate::privacy::operations::EraseUser,
    crate::privacy::operations::EraseCandidate,
}

macro_rules! kinds {
    ($($kind:path,)+) => {
        /// Every kind of record, for stores that make a table of each.
        static KINDS: &[&Kind] = &[$(&$kind,)+];
    };
}

kinds! {
    access::GATE,
    access::PRINCIPAL,
    access::ROLE_BOOK,
    access::ADMINISTRATORS,
    access::IMPERSONATION,
    access::SHARE,
    crate::agency::model::AGENCY,
    crate::agency::model::EMAIL_TEMPLATE,
    crate::agency::model::MEMBER,
    crate::agency::model::SKILL,
    crate::agency::model::TERMS,
    crate::agency::model::TERMS_VERSION,
    crate::branding::model::BRAND,
    crate::branding::model::EXPOSURE_BOOK,
    crate::candidates::model::CANDIDATE,
    crate::candidates::model::FEEDBACK,
    crate::candidates::model::JOB,
    crate::candidates::model::JOB_COUNT,
    crate::candidates::model::STAGE_BOOK,
    crate::changes::model::CHANGE_REQUEST,
    crate::clients::model::CLIENT,
    crate::companies::model::COMPANY,
    crate::identities::model::IDENTITY,
    crate::identities::model::PROVIDERS,
    crate::links::model::LINK,
    crate::mandates::model::MANDATE,
    crate::mandates::template::MANDATE_TEMPLATE,
    crate::notifications::model::NOTIFICATION,
    crate::pages::model::PAGE,
    crate::pricing::model::PRICE_LIST,
    crate::pricing::model::PUBLICATION_GUARD,
    crate::privacy::model::DISCLOSURE,
    crate::privacy::model::ERASURE,
    crate::privacy::model::SEEN_TODAY,
    crate::projects::model::PROJECT,
    crate::projects::model::PROJECT_PLACE,
    crate::purchasing::model::APPROVAL_CHAIN,
    crate::purchasing::model::PURCHASE_ORDER,
    crate::sessions::model::ATTEMPTS,
    crate::sessions::model::SIGN_IN_POLICY,
    crate::sessions::model::USER_SESSIONS,
    crate::attendance::model::WORKER_PAPERS,
    crate::messages::model::MESSAGE,
    crate::messages::model::READ_MARK,
    crate::messages::model::THREAD,
    crate::selection::model::SELECTION,
    crate::shifts::model::BOOKING_POLICY,
    crate::shifts::model::ON_SITE,
    crate::shifts::model::SHIFT,
    crate::shifts::model::STAFF_PREFERENCES,
    crate::shifts::model::WORKER,
    crate::shifts::model::WORKER_DAY,
    crate::users::model::CREDENTIAL,
    crate::users::model::MEMBERSHIP,
    crate::users::model::USER,
    crate::users::reset::PASSWORD_RESET,
    crate::users::second_factor::SECOND_FACTOR,
    crate::store::contract::ITEM,
    crate::store::contract::BARE,
}

pub fn operations() -> &'static [Entry] {
    OPERATIONS
}

pub fn kinds() -> &'static [&'static Kind] {
    KINDS
}

/// Reads an operation's name and input and makes it ready to run.
pub fn machine(context: Context, name: &str, input: &str) -> Result<Machine, Refusal> {
    let mut refused_in = |mut refusal: Refusal| {
        refusal.locale = context.locale.unwrap_or_default();
        refusal
    };
    let entry = OPERATIONS.iter().find(|entry| entry.name == name).ok_or_else(|| {
        let name: String = name.chars().take(80).collect();
        refused_in(Refusal::new(Code::UnknownOperation).with("name", name))
    })?;
    if entry.effect == Effect::Command {
        if context.command_id.is_none() {
            return Err(refused_in(Refusal::new(Code::FieldMissing).at("context.command_id")));
        }
        if context.entropy.is_none() {
            return Err(refused_in(Refusal::new(Code::FieldMissing).at("context.entropy")));
        }
    }
    let operation = (entry.decode)(input).map_err(&mut refused_in)?;
    Ok(Machine::new(operation, context, input, BASE))
}

/// The whole catalog as data: what the code of the other languages is generated from.
#[derive(Debug, Serialize)]
pub struct Description {
    pub operations: Vec<OperationDescription>,
    /// Pure functions, which need no store and no actor.
    pub functions: Vec<FunctionDescription>,
    /// JSON Schema of every named type.
    pub types: serde_json::Value,
    pub codes: Vec<CodeDescription>,
}

#[derive(Debug, Serialize)]
pub struct OperationDescription {
    pub name: &'static str,
    pub effect: Effect,
    pub costly: bool,
    pub input: schemars::Schema,
    pub reply: schemars::Schema,
}

#[derive(Debug, Serialize)]
pub struct FunctionDescription {
    pub name: &'static str,
    pub input: schemars::Schema,
    pub reply: schemars::Schema,
}

#[derive(Debug, Serialize)]
pub struct CodeDescription {
    pub code: &'static str,
    pub class: crate::engine::Class,
    pub en: &'static str,
    pub fr: &'static str,
}

/// The catalog as inputs are read: a field with a default need not be there.
pub fn describe() -> Description {
    described(SchemaSettings::draft2020_12())
}

/// The catalog as replies are written: every field is required, in the order in which it is written.
pub fn describe_replies() -> Description {
    described(SchemaSettings::draft2020_12().for_serialize())
}

fn described(settings: SchemaSettings) -> Description {
    let mut generator = settings.into_generator();
    let operations = OPERATIONS
        .iter()
        .map(|entry| {
            let (input, reply) = (entry.describe)(&mut generator);
            OperationDescription {
                name: entry.name,
                effect: entry.effect,
                costly: entry.costly,
                input,
                reply,
            }
        })
        .collect();
    let functions = functions()
        .iter()
        .map(|entry| {
            let (input, reply) = (entry.describe)(&mut generator);
            FunctionDescription { name: entry.name, input, reply }
        })
        .collect();
    let codes = Code::ALL
        .iter()
        .map(|code| CodeDescription {
            code: code.text(),
            class: code.class(),
            en: code.template(crate::values::Locale::En),
            fr: code.template(crate::values::Locale::Fr),
        })
        .collect();
    Description { operations, functions, types: generator.take_definitions(true).into(), codes }
}
