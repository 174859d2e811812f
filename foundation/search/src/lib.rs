//! What a full-text index holds of a text, and what is looked up in it: pure functions on
//! Chinese and Latin words. Start with [`terms`] (what is indexed) and [`wanted`] (what a
//! search asks for); [`words`] tells what a text is about, [`snippet`] shows where,
//! [`Classes`] tell what it belongs to.
//!
//! Chinese is indexed by pairs of neighbouring characters, so that a word of two characters
//! is found wherever it stands, however a segmenter would have cut the sentence. A search
//! is cut into words (jieba) and each word asks for its pairs.
//!
//! What looks like a telephone number, an identity card, a bank account or an e-mail
//! address is never indexed: see [`runs`].

mod classes;
mod likeness;
pub mod runs;
mod snippet;
mod terms;
mod words;

pub use classes::{Classes, Told};
pub use likeness::{Alike, alike};
pub use snippet::{Piece, snippet};
pub use terms::{Term, terms, terms_of_word, wanted};
pub use words::{warm_up, words};
