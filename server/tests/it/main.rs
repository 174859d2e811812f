//! What holds for the product as a whole. One test binary: it links once.

mod architecture;
mod locales;
mod routes;
mod support;
