//! Reading pages: a client's people those with their tick, the agency's people those with theirs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Page, PageRequest, page, prefetch_page, present};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::pages::model::{ContentPage, SLUG};
use crate::pages::rules::{self, Reader};
use crate::pages::views::{self, ReadPageView};
use crate::values::Slug;

macro_rules! reading {
    ($($(#[$list_doc:meta])* $list:ident $list_name:literal, $(#[$get_doc:meta])* $get:ident $get_name:literal, $reader:expr, $index:literal;)+) => {$(
        $(#[$list_doc])*
        #[derive(Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $list {
            #[serde(default)]
            pub page: PageRequest,
        }

        impl Operation for $list {
            const NAME: &'static str = $list_name;
            const EFFECT: Effect = Effect::Query;
            type Reply = Page<ReadPageView>;

            fn run(&self, tx: &mut Tx) -> Run<Page<ReadPageView>> {
                list(tx, &self.page, $reader, $index)
            }
        }

        $(#[$get_doc])*
        #[derive(Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $get {
            pub slug: Slug,
        }

        impl Operation for $get {
            const NAME: &'static str = $get_name;
            const EFFECT: Effect = Effect::Query;
            type Reply = ReadPageView;

            fn run(&self, tx: &mut Tx) -> Run<ReadPageView> {
                get(tx, &self.slug, $reader)
            }
        }
    )+};
}

reading! {
    /// The pages for people at clients, in their order and in the reader's language.
    ListMyPages "my_pages.list",
    /// A page for people at clients. One that is for staff alone, or a draft, is not there.
    GetMyPage "my_pages.get", Reader::Client, "for_client";
    /// The pages for staff, in their order and in the reader's language. For the agency's members, and for the platform
    /// where it shows them to workers.
    ListStaffPages "staff_pages.list",
    /// A page for staff. One that is for clients alone, or a draft, is not there.
    GetStaffPage "staff_pages.get", Reader::Staff, "for_staff";
}

fn list(tx: &mut Tx, request: &PageRequest, reader: Reader, index: &'static str) -> Run<Page<ReadPageView>> {
    let want = Want::range::<ContentPage>(index, vec!["yes".into()], 0);
    prefetch_page::<ContentPage>(tx, request, &want, [])?;
    let grant = reads(tx, reader)?;
    let (pages, next) = page::<ContentPage>(tx, request, want)?;
    let locale = tx.locale();
    let shown = pages.iter().filter(|page| rules::is_for(page, reader));
    Ok(Page { items: shown.filter_map(|page| views::read(&grant, page, locale)).collect(), next })
}

fn get(tx: &mut Tx, slug: &Slug, reader: Reader) -> Run<ReadPageView> {
    let claim = Want::Claim { space: SLUG, name: slug.as_str().to_owned() };
    tx.prefetch([claim.clone()])?;
    let grant = reads(tx, reader)?;
    // For a slug that nobody has, a page is looked for all the same, so that a draft is not told from nothing.
    let id = tx.holder(claim)?.unwrap_or_default();
    let page: Option<ContentPage> = tx.find(id)?;
    let locale = tx.locale();
    let page = page.filter(|page| rules::is_for(page, reader));
    let view = page.and_then(|page| views::read(&grant, &page, locale));
    view.ok_or_else(|| Refusal::not_found().into())
}

/// Anybody who is in, on the side that the pages are for.
fn reads(tx: &mut Tx, reader: Reader) -> Run<Grant> {
    let is_client = tx.context().actor.user().is_some();
    let grant = present(tx)?;
    if is_client == (reader == Reader::Client) {
        Ok(grant)
    } else {
        Err(Refusal::new(Code::WrongSide).into())
    }
}
