//! Members: the people at the agency.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{
    Access, MemberRole, Page, PageRequest, Permission, Principal, Scope, administrators_want, authorize,
    page, prefetch_page,
};
use crate::agency::events::MemberEvent;
use crate::agency::model::Member;
use crate::agency::staff;
use crate::agency::views::{self, MemberView};
use crate::engine::{Effect, Operation, Run, Tx, Want};
use crate::values::{Email, HostId, Locale, MemberId, Text};

/// Adds a person at the agency. They may act at once: the host owns their sign-in.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddMember {
    pub name: Text<120>,
    /// Unique among the agency's members, compared without case.
    pub email: Email,
    pub role: MemberRole,
    #[serde(default)]
    pub locale: Option<Locale>,
    /// The host's own id, unique among the agency's members.
    #[serde(default)]
    pub host_id: Option<HostId>,
}

impl Operation for AddMember {
    const NAME: &'static str = "members.add";
    const EFFECT: Effect = Effect::Command;
    type Reply = MemberView;

    fn run(&self, tx: &mut Tx) -> Run<MemberView> {
        let id: MemberId = tx.new_id();
        let free = staff::wants(Some(&self.email), self.host_id.as_ref());
        let guard = administrators_want(tx.context().agency.uuid());
        tx.prefetch(free.chain([Want::record::<Principal>(id), guard]))?;
        let grant = authorize(tx, Permission::ManageMembers, Scope::Agency)?;
        let member = Member {
            id,
            name: self.name.clone(),
            email: self.email.clone(),
            role: self.role,
            access: Access::Active,
            locale: self.locale,
            host_id: self.host_id.clone(),
        };
        staff::write(tx, &grant, None, &member)?;
        tx.emit(&grant, &MemberEvent::Added { member: id, role: self.role })?;
        Ok(views::member(&grant, &member))
    }
}

/// The agency's people by name, deactivated ones too.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMembers {
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListMembers {
    const NAME: &'static str = "members.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<MemberView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<MemberView>> {
        let want = Want::range::<Member>("by_name", Vec::new(), 0);
        prefetch_page::<Member>(tx, &self.page, &want, [])?;
        let grant = authorize(tx, Permission::ViewAgency, Scope::Agency)?;
        let (members, next) = page::<Member>(tx, &self.page, want)?;
        Ok(Page { items: members.iter().map(|member| views::member(&grant, member)).collect(), next })
    }
}

/// Changes what a member is there for, at once.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetMemberRole {
    pub member: MemberId,
    pub role: MemberRole,
}

impl Operation for SetMemberRole {
    const NAME: &'static str = "members.set_role";
    const EFFECT: Effect = Effect::Command;
    type Reply = MemberView;

    fn run(&self, tx: &mut Tx) -> Run<MemberView> {
        let event = MemberEvent::RoleChanged { member: self.member, role: self.role };
        change(tx, self.member, &event, |member| member.role = self.role)
    }
}

/// Ends a member's rights at once; nothing of theirs is lost.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeactivateMember {
    pub member: MemberId,
}

impl Operation for DeactivateMember {
    const NAME: &'static str = "members.deactivate";
    const EFFECT: Effect = Effect::Command;
    type Reply = MemberView;

    fn run(&self, tx: &mut Tx) -> Run<MemberView> {
        let event = MemberEvent::Deactivated { member: self.member };
        change(tx, self.member, &event, |member| member.access = Access::Deactivated)
    }
}

/// Gives a deactivated member their rights back.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReactivateMember {
    pub member: MemberId,
}

impl Operation for ReactivateMember {
    const NAME: &'static str = "members.reactivate";
    const EFFECT: Effect = Effect::Command;
    type Reply = MemberView;

    fn run(&self, tx: &mut Tx) -> Run<MemberView> {
        let event = MemberEvent::Reactivated { member: self.member };
        change(tx, self.member, &event, |member| member.access = Access::Active)
    }
}

/// Writes the change and its event, if it is one.
fn change(
    tx: &mut Tx,
    id: MemberId,
    event: &MemberEvent,
    change: impl FnOnce(&mut Member),
) -> Run<MemberView> {
    let guard = administrators_want(tx.context().agency.uuid());
    tx.prefetch([Want::record::<Member>(id), Want::record::<Principal>(id), guard])?;
    let grant = authorize(tx, Permission::ManageMembers, Scope::Agency)?;
    let old: Member = tx.get(id)?;
    let mut member = old.clone();
    change(&mut member);
    if member != old {
        staff::write(tx, &grant, Some(&old), &member)?;
        tx.emit(&grant, event)?;
    }
    Ok(views::member(&grant, &member))
}
