//! A packed value spelled out as JSON, for those who can do nothing else with it.

use super::Packed;
use super::reader::{Token, Tokens, names};

impl Packed {
    /// None if the value names words or shapes that only its reader knows.
    pub fn json(&self) -> Option<String> {
        if self.words > 0 {
            return None;
        }
        let texts: Vec<&str> = self.each_text().collect();
        let mut speller =
            Speller { texts, shapes: self.shapes(), tokens: self.tokens(), json: String::new() };
        speller.value()?;
        Some(speller.json)
    }
}

struct Speller<'p> {
    texts: Vec<&'p str>,
    shapes: &'p [String],
    tokens: Tokens<'p>,
    json: String,
}

impl Speller<'_> {
    fn value(&mut self) -> Option<()> {
        match self.tokens.next()? {
            Token::Null => self.json.push_str("null"),
            Token::Flag(true) => self.json.push_str("true"),
            Token::Flag(false) => self.json.push_str("false"),
            Token::Whole(number) => self.json.push_str(&number.to_string()),
            Token::Number(place) => self.json.push_str(self.texts.get(place)?),
            Token::Text(place) => self.quoted(self.texts.get(place)?)?,
            Token::List(count) => self.between('[', count, ']', Self::value)?,
            Token::Map(count) => self.between('{', count, '}', |this| {
                this.value()?;
                this.json.push(':');
                this.value()
            })?,
            Token::Object(shape) => self.object(shape)?,
        }
        Some(())
    }

    fn object(&mut self, shape: usize) -> Option<()> {
        let shapes = self.shapes;
        let mut names = names(shapes.get(shape)?);
        let count = names.clone().count();
        self.between('{', count, '}', |this| {
            this.quoted(names.next()?)?;
            this.json.push(':');
            this.value()
        })
    }

    fn between(
        &mut self,
        open: char,
        count: usize,
        close: char,
        mut each: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.json.push(open);
        for place in 0..count {
            if place > 0 {
                self.json.push(',');
            }
            each(self)?;
        }
        self.json.push(close);
        Some(())
    }

    fn quoted(&mut self, text: &str) -> Option<()> {
        self.json.push_str(&serde_json::to_string(text).ok()?);
        Some(())
    }
}
