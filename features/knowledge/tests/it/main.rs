//! The knowledge base as its keepers, the desk and the public meet it, on both engines.

mod life;
mod services;
mod support;
mod workbook;
