//! Keeping purchase orders and the chain of approvers, by the client's own people and by the agency.

mod chain;
mod keeping;
mod mine;
mod orders;

pub use chain::{
    ApprovalSettings, GetApprovalChain, GetMyApprovalChain, SetApprovalChain, SetMyApprovalChain,
};
pub use keeping::PurchaseOrderTerms;
pub use mine::{CreateMyPurchaseOrder, GetMyPurchaseOrder, ListMyPurchaseOrders, UpdateMyPurchaseOrder};
pub use orders::{CreatePurchaseOrder, GetPurchaseOrder, ListPurchaseOrders, UpdatePurchaseOrder};
