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
        knowledge::feature(),
        notices::feature(),
        appeals::feature(),
        supervision::feature(),
        evaluation::feature(),
        instructions::feature(),
        tasks::feature(),
        accountability::feature(),
        exchange::feature(),
        common_issues::feature(),
        call_quality::feature(),
        webhooks::feature(),
        register_pages::feature(),
        knowledge_pages::feature(),
        duty::feature(),
        reports::feature(),
        statistics::feature(),
        administration::feature(),
    ]
}
