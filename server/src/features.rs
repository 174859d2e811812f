//! The one list of features.

use platform::feature::Feature;

/// Every feature of the product, in the order their projections are applied: what others
/// look up comes first.
pub fn all() -> Vec<Feature> {
    vec![
        mail::feature(),
        network::feature(),
        identity::feature(),
        matters::feature(),
        registers::feature(),
        notices::feature(),
        appeals::feature(),
        supervision::feature(),
        evaluation::feature(),
        webhooks::feature(),
        register_pages::feature(),
        statistics::feature(),
        administration::feature(),
    ]
}
