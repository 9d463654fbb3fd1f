//! Who reads a page, and in which language. No Tx.

use super::model::{ContentPage, PageText, PageTexts};
use crate::codes::Code;
use crate::engine::Refusal;
use crate::values::Locale;

/// Who reads pages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reader {
    /// Somebody at a client.
    Client,
    /// The agency's people.
    Staff,
}

/// Default deny: a page is there for those whose tick it has, once it is published.
pub const fn is_for(page: &ContentPage, reader: Reader) -> bool {
    page.published
        && match reader {
            Reader::Client => page.audience.client,
            Reader::Staff => page.audience.staff,
        }
}

/// The page in the wanted language, else in the other one that it is written in.
pub fn text(texts: &PageTexts, wanted: Locale) -> Option<(Locale, &PageText)> {
    let mut order = [wanted; 2];
    if let Some(last) = order.last_mut() {
        *last = match wanted {
            Locale::En => Locale::Fr,
            Locale::Fr => Locale::En,
        };
    }
    order.into_iter().find_map(|locale| texts.get(locale).map(|text| (locale, text)))
}

/// What is published is for somebody and says something.
pub fn may_publish(page: &ContentPage) -> Result<(), Refusal> {
    if page.texts.is_empty() {
        Err(Refusal::new(Code::PageEmpty))
    } else if !page.audience.client && !page.audience.staff {
        Err(Refusal::new(Code::PageForNobody))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Reader, is_for, may_publish, text};
    use crate::pages::model::{ContentPage, PageAudience, PageText, PageTexts};
    use crate::values::{Locale, PageId, SafeHtml, Slug, Text};

    fn written(title: &str) -> PageText {
        let body = SafeHtml::clean(&Text::parse("Hi").unwrap()).unwrap();
        PageText { title: Text::parse(title).unwrap(), body }
    }

    fn page(client: bool, staff: bool, published: bool) -> ContentPage {
        ContentPage {
            id: PageId::new(Uuid::nil()),
            slug: Slug::parse("faq").unwrap(),
            audience: PageAudience { client, staff },
            position: 0,
            published,
            texts: PageTexts { en: Some(written("FAQ")), fr: None },
            revision: 1,
        }
    }

    #[test]
    fn a10_a_page_is_there_for_those_whose_tick_it_has_once_it_is_published() {
        for (client, staff, published) in [
            (false, false, true),
            (false, true, true),
            (true, false, true),
            (true, true, true),
            (true, true, false),
        ] {
            let page = page(client, staff, published);
            assert_eq!(is_for(&page, Reader::Client), client && published);
            assert_eq!(is_for(&page, Reader::Staff), staff && published);
        }
        assert!(may_publish(&page(false, false, false)).is_err());
        assert!(may_publish(&page(true, false, false)).is_ok());
    }

    #[test]
    fn a10_a_page_is_read_in_ones_language_or_the_other() {
        let both = PageTexts { en: Some(written("Arrival")), fr: Some(written("Arrivée")) };
        let title = |texts: &PageTexts, locale| text(texts, locale).map(|(_, text)| text.title.to_string());
        assert_eq!(title(&both, Locale::Fr).unwrap(), "Arrivée");
        assert_eq!(title(&both, Locale::En).unwrap(), "Arrival");
        let french = PageTexts { en: None, fr: Some(written("Arrivée")) };
        assert_eq!(text(&french, Locale::En).unwrap().0, Locale::Fr);
        assert_eq!(title(&french, Locale::En).unwrap(), "Arrivée");
        assert_eq!(title(&PageTexts::default(), Locale::En), None);
    }
}
