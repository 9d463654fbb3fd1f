//! Writing pages: for those who manage the agency.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access::{Grant, Page, PageRequest, Permission, Scope, authorize, page, prefetch_page};
use crate::codes::Code;
use crate::engine::{Effect, Operation, Refusal, Run, Tx, Want};
use crate::pages::events::PageEvent;
use crate::pages::model::{ContentPage, PageAudience, PageText, PageTexts, SLUG};
use crate::pages::rules;
use crate::pages::views::{self, ContentPageView};
use crate::values::{LONGEST_HTML, PageId, SafeHtml, Slug, Text};

/// A page in one language, as it is given. The body is HTML and is made safe: what is not the mark-up of an ordinary
/// page is taken out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPageText {
    pub title: Text<200>,
    pub body: Text<LONGEST_HTML>,
}

impl NewPageText {
    fn cleaned(&self, path: &str) -> Result<PageText, Refusal> {
        let body = SafeHtml::clean(&self.body);
        let body = body.map_err(|fault| Refusal::from(fault).at(format!("{path}.body")))?;
        Ok(PageText { title: self.title.clone(), body })
    }
}

/// Creates a page, as a draft.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreatePage {
    /// The page's name in addresses, unique in the agency.
    pub slug: Slug,
    pub audience: PageAudience,
    /// Lists show lower numbers first.
    #[serde(default)]
    pub position: u32,
    #[serde(default)]
    pub en: Option<NewPageText>,
    #[serde(default)]
    pub fr: Option<NewPageText>,
}

impl Operation for CreatePage {
    const NAME: &'static str = "pages.create";
    const EFFECT: Effect = Effect::Command;
    type Reply = ContentPageView;

    fn run(&self, tx: &mut Tx) -> Run<ContentPageView> {
        tx.prefetch([claim(&self.slug)])?;
        let grant = authorize(tx, Permission::ManageAgency, Scope::Agency)?;
        let id: PageId = tx.new_id();
        take(tx, &grant, &self.slug, id)?;
        let texts = PageTexts {
            en: self.en.as_ref().map(|text| text.cleaned("en")).transpose()?,
            fr: self.fr.as_ref().map(|text| text.cleaned("fr")).transpose()?,
        };
        let page = ContentPage {
            id,
            slug: self.slug.clone(),
            audience: self.audience,
            position: self.position,
            published: false,
            texts,
            revision: 1,
        };
        tx.put(&grant, &page)?;
        tx.emit(&grant, &PageEvent::Created { page: id })?;
        Ok(views::page(&grant, page))
    }
}

/// Changes a page. What is left out stays; a language is replaced as a whole.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdatePage {
    pub page: PageId,
    /// The revision that was read; another one now is refused.
    pub revision: u32,
    #[serde(default)]
    pub slug: Option<Slug>,
    #[serde(default)]
    pub audience: Option<PageAudience>,
    #[serde(default)]
    pub position: Option<u32>,
    #[serde(default)]
    pub en: Option<NewPageText>,
    #[serde(default)]
    pub fr: Option<NewPageText>,
}

impl Operation for UpdatePage {
    const NAME: &'static str = "pages.update";
    const EFFECT: Effect = Effect::Command;
    type Reply = ContentPageView;

    fn run(&self, tx: &mut Tx) -> Run<ContentPageView> {
        let wanted = self.slug.as_ref().map(claim);
        tx.prefetch([Want::record::<ContentPage>(self.page)].into_iter().chain(wanted))?;
        let grant = authorize(tx, Permission::ManageAgency, Scope::Agency)?;
        let old: ContentPage = tx.get(self.page)?;
        if old.revision != self.revision {
            let refusal = Refusal::new(Code::StaleRevision).at("revision");
            return Err(refusal.with("revision", old.revision).into());
        }
        let mut page = old.clone();
        if let Some(slug) = self.slug.as_ref().filter(|slug| **slug != old.slug) {
            take(tx, &grant, slug, page.id)?;
            tx.release(&grant, SLUG, old.slug.as_str(), page.id);
            page.slug = slug.clone();
        }
        page.audience = self.audience.unwrap_or(page.audience);
        page.position = self.position.unwrap_or(page.position);
        if let Some(text) = &self.en {
            page.texts.en = Some(text.cleaned("en")?);
        }
        if let Some(text) = &self.fr {
            page.texts.fr = Some(text.cleaned("fr")?);
        }
        if page.published {
            rules::may_publish(&page)?;
        }
        if page != old {
            page.revision += 1;
            tx.put(&grant, &page)?;
            tx.emit(&grant, &PageEvent::Changed { page: page.id, revision: page.revision })?;
        }
        Ok(views::page(&grant, page))
    }
}

/// Publishes a page for its audiences, or makes it a draft again.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishPage {
    pub page: PageId,
    pub on: bool,
}

impl Operation for PublishPage {
    const NAME: &'static str = "pages.publish";
    const EFFECT: Effect = Effect::Command;
    type Reply = ContentPageView;

    fn run(&self, tx: &mut Tx) -> Run<ContentPageView> {
        tx.prefetch([Want::record::<ContentPage>(self.page)])?;
        let grant = authorize(tx, Permission::ManageAgency, Scope::Agency)?;
        let mut page: ContentPage = tx.get(self.page)?;
        if page.published != self.on {
            if self.on {
                rules::may_publish(&page)?;
            }
            page.published = self.on;
            tx.put(&grant, &page)?;
            tx.emit(&grant, &PageEvent::Published { page: page.id, on: self.on })?;
        }
        Ok(views::page(&grant, page))
    }
}

/// All pages in their order, drafts too. For those who write them.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListPages {
    #[serde(default)]
    pub page: PageRequest,
}

impl Operation for ListPages {
    const NAME: &'static str = "pages.list";
    const EFFECT: Effect = Effect::Query;
    type Reply = Page<ContentPageView>;

    fn run(&self, tx: &mut Tx) -> Run<Page<ContentPageView>> {
        let want = Want::range::<ContentPage>("by_position", Vec::new(), 0);
        prefetch_page::<ContentPage>(tx, &self.page, &want, [])?;
        let grant = authorize(tx, Permission::ManageAgency, Scope::Agency)?;
        let (pages, next) = page::<ContentPage>(tx, &self.page, want)?;
        Ok(Page { items: pages.into_iter().map(|page| views::page(&grant, page)).collect(), next })
    }
}

fn claim(slug: &Slug) -> Want {
    Want::Claim { space: SLUG, name: slug.as_str().to_owned() }
}

fn take(tx: &mut Tx, grant: &Grant, slug: &Slug, page: PageId) -> Run<()> {
    if tx.holder(claim(slug))?.is_some_and(|holder| holder != page.to_string()) {
        return Err(Refusal::new(Code::SlugTaken).at("slug").into());
    }
    tx.take(grant, SLUG, slug.as_str(), page);
    Ok(())
}
