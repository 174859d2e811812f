//! Words that may leave the platform, e.g. into a work group's chat: without name, firm and
//! numbers of the appellant, and of a shielded matter only what the office redacted.

use super::view::Page;
use kernel::text::mask_numbers;
use matters_rules::command::ContactCard;
use platform::Failure;

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MaskedWords {
    /// The title; empty where nothing may be said.
    pub title: String,
    /// The text, likewise.
    pub text: String,
    /// What is wanted, one by one; none for a shielded matter.
    pub demands: Vec<String>,
}

/// The fewest characters of a name that are searched for: a single one is in every sentence.
const NAME_MIN: usize = 2;

/// The words of the matter, whatever the viewer themselves may see.
pub(super) fn words(page: &Page<'_>) -> Result<MaskedWords, Failure> {
    let matter = page.matter;
    if matter.shielded {
        let Some((title, text)) = &matter.redacted else { return Ok(MaskedWords::default()) };
        let open = |words| page.opener.text(words).map(|words| mask_numbers(&words));
        return Ok(MaskedWords { title: open(title)?, text: open(text)?, demands: Vec::new() });
    }
    let card: ContactCard = page.opener.contact(matter.contact.as_ref())?;
    let mask = |text: String| {
        let named =
            [&card.name, &card.enterprise].into_iter().filter(|name| name.chars().count() >= NAME_MIN);
        mask_numbers(&named.fold(text, |text, name| text.replace(name.as_str(), "**")))
    };
    let title = mask(page.opener.optional(matter.title.as_ref())?);
    let demands = matter.demands.iter().map(|demand| page.opener.text(demand).map(&mask));
    let text = mask(page.opener.optional(matter.text.as_ref())?);
    Ok(MaskedWords { title, text, demands: demands.collect::<Result<_, _>>()? })
}
