//! Finding the link that a token is for: the same steps for invitations and for links that show a project.

use super::model::{Link, LinkTarget};
use crate::access::{LinkToken, Permission, Place, Principal, Purpose, RoleBook, still_may};
use crate::agency::model::Agency;
use crate::clients::model::Client;
use crate::codes::Code;
use crate::engine::{Refusal, Run, Stop, Tx, Want};
use crate::projects::model::Project;
use crate::values::{AgencyId, Token};

/// The one answer to everything that is no token of a link here.
pub fn invalid() -> Stop {
    Stop::Refused(Refusal::new(Code::LinkInvalid).at("token"))
}

/// What to prefetch for opening a link. What is no token of this agency is looked for all the same, under no id.
pub fn wants_of(token: &Token, purpose: Purpose, agency: AgencyId) -> [Want; 2] {
    let link = LinkToken::read(token, purpose, agency);
    let link = link.map_or_else(uuid::Uuid::nil, |token| token.link().uuid());
    [Want::record::<Link>(link), Want::record::<Agency>(agency)]
}

/// The link that this token is the whole secret of. Nobody else gets past here, whatever they know of the link.
pub fn found(tx: &mut Tx, token: &Token, purpose: Purpose) -> Run<Link> {
    let token = LinkToken::read(token, purpose, tx.context().agency).ok_or_else(invalid)?;
    let link: Option<Link> = tx.find(token.link())?;
    link.filter(|link| link.target.purpose() == purpose && token.fits(&link.secret)).ok_or_else(invalid)
}

/// What is needed to say whether the link's maker may still make such links, with the client that it is for.
pub fn wants_for(tx: &Tx, link: &Link) -> impl Iterator<Item = Want> + use<> {
    let (agency, client) = (tx.context().agency, link.target.client());
    let books = [Want::record::<RoleBook>(agency), Want::record::<RoleBook>(client)];
    let project = link.target.project().map(Want::record::<Project>);
    let maker = link.made_by.person().map(Want::record::<Principal>).into_iter().chain(books);
    maker.chain([Want::record::<Client>(client)]).chain(project)
}

/// Whether whoever made the link may still do it.
pub fn maker_may(tx: &mut Tx, link: &Link) -> Run<bool> {
    let permission = match (&link.target, link.made_by.user()) {
        (LinkTarget::Project { .. } | LinkTarget::Public { .. }, _) => Permission::ShareLinks,
        (_, Some(_)) => Permission::ManagePeople,
        (_, None) => Permission::ManageUsers,
    };
    still_may(tx, link.made_by, permission, &Place::client(link.target.client()))
}
