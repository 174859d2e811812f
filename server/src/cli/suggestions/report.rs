//! The measurement in words and tables.

use super::known::MADE_UP;
use matters::search::measure::{Basis, Hits, Known, LeastLikeness, LeastScore, Measure};
use matters::search::{WORTH_A_LOOK, WORTH_A_LOOK_OF_SAME, WORTH_OFFERING};
use std::fmt::Write;

/// Least likenesses that are looked at.
const LIKENESSES: [f64; 12] = [0.04, 0.06, 0.08, 0.10, 0.12, 0.14, 0.16, 0.18, 0.20, 0.22, 0.26, 0.30];
/// Least scores that are looked at.
const SCORES: [f64; 9] = [0.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 14.0, 20.0];

/// docs/suggestions.md.
pub fn report(measure: &Measure<'_>, all: &[Known], sample: usize) -> String {
    let real = |known: &Known| !known.id.starts_with(MADE_UP);
    let made_up = |known: &Known| known.id.starts_with(MADE_UP);
    let mut out = String::new();
    out.push_str(HEAD);
    let _ = writeln!(
        out,
        "Measured on {sample} real appeals (reference data, not part of the product) and on the demo city's {} \
         texts. Each text is left out of what is known of the others.\n",
        all.len() - sample
    );
    out.push_str("## Category and lead\n\n");
    out.push_str(CATEGORY);
    out.push_str("| texts | by | level 1 first | level 1 among three | category first | category among three | lead | lead or co |\n|---|---|---|---|---|---|---|---|\n");
    for (name, asked) in [("real", &real as &dyn Fn(&Known) -> bool), ("demo", &made_up)] {
        for (basis, by) in [
            (Basis::Names, "names and help of the categories"),
            (Basis::Words, "and the words of the categories"),
            (Basis::Cases, "and similar cases (what the desks show)"),
        ] {
            row(&mut out, name, by, &measure.hits(basis, asked));
        }
    }
    let (real_hits, demo_hits) = (measure.hits(Basis::Cases, real), measure.hits(Basis::Cases, made_up));
    let _ = writeln!(
        out,
        "\nWith the right category chosen by an officer, the routing table's first usual lead is right in {} (real) \
         and {} (demo).\n",
        share(real_hits.lead_of_right, real_hits.lead_of),
        share(demo_hits.lead_of_right, demo_hits.lead_of)
    );
    out.push_str(CATEGORY_READ);
    let (demo_scores, real_scores) = (measure.scores(&SCORES, made_up), measure.scores(&SCORES, real));
    let score = least_score(&demo_scores);
    out.push_str("\n### The least score that is offered\n\n| least score | demo: offered | right on level 1 | real: offered | right on level 1 |\n|---|---|---|---|---|\n");
    for (demo, real) in demo_scores.iter().zip(&real_scores) {
        let of = |row: &LeastScore| format!("{} | {}", row.offered, share(row.right, row.offered));
        let chosen = mark(demo.least, &[score]);
        let _ = writeln!(out, "| {:.0}{chosen} | {} | {} |", demo.least, of(demo), of(real));
    }
    out.push_str(SCORE_READ);
    compared(&mut out, "The least score", WORTH_OFFERING, score);
    out.push_str("\n## Likely duplicates and similar cases\n\n");
    out.push_str(LIKENESS);
    out.push_str("| least likeness | duplicates found | unrelated pairs offered |\n|---|---|---|\n");
    let likenesses = measure.likenesses(&LIKENESSES, real);
    let (look, same) = (least_likeness(&likenesses, 0.01), least_likeness(&likenesses, 0.1));
    for LeastLikeness { least, found, pairs, others, other_pairs } in likenesses {
        let chosen = mark(least, &[look, same]);
        let _ = writeln!(
            out,
            "| {least:.2}{chosen} | {} | {others} of {other_pairs} ({:.2} %) |",
            share(found, pairs),
            100.0 * others as f64 / other_pairs.max(1) as f64
        );
    }
    out.push_str(LIKENESS_READ);
    compared(&mut out, "The least likeness", WORTH_A_LOOK, look);
    compared(&mut out, "The least likeness of the same caller", WORTH_A_LOOK_OF_SAME, same);
    out
}

fn row(out: &mut String, name: &str, by: &str, hits: &Hits) {
    let _ = writeln!(
        out,
        "| {name} | {by} | {} | {} | {} | {} | {} | {} |",
        share(hits.group, hits.of),
        share(hits.group_offered, hits.of),
        share(hits.category, hits.of),
        share(hits.category_offered, hits.of),
        share(hits.lead, hits.lead_of),
        share(hits.lead_offered, hits.lead_of)
    );
}

fn share(part: usize, of: usize) -> String {
    format!("{part}/{of} ({:.0} %)", 100.0 * part as f64 / of.max(1) as f64)
}

/// The least likeness at which fewer than that share of unrelated pairs is offered.
fn least_likeness(rows: &[LeastLikeness], share: f64) -> f64 {
    let quiet = |row: &&LeastLikeness| (row.others as f64) < share * row.other_pairs as f64;
    rows.iter().find(quiet).map_or(1.0, |row| row.least)
}

/// The highest least score below which first suggestions are wrong more often than right.
fn least_score(rows: &[LeastScore]) -> f64 {
    let all = rows.first().map_or((0, 0), |row| (row.offered, row.right));
    let useless = |row: &&LeastScore| 2 * (all.1 - row.right) <= all.0 - row.offered;
    rows.iter().rev().find(useless).map_or(0.0, |row| row.least)
}

fn mark(least: f64, chosen: &[f64]) -> &'static str {
    if chosen.iter().any(|chosen| (chosen - least).abs() < 1e-9) { " ← chosen" } else { "" }
}

/// Says so where the product's thresholds are not those the rules choose.
fn compared(out: &mut String, name: &str, product: f64, chosen: f64) {
    if (product - chosen).abs() > 1e-9 {
        let _ = writeln!(out, "\n**{name} is {product} in the product, but these data choose {chosen}.**");
    }
}

const HEAD: &str = "\
# What suggestions are worth

Written by `tongxin suggestions FILE.jsonl`; not by hand. Three things are suggested to officers, each with its \
reason, and none decides anything:

- **a category**, at the intake desk (Alt+C takes it) and beside the choice when an appeal is accepted;
- **whom it goes to**: the category's usual leads, put in order by the rules of routing (statutory and vertical \
bodies, zones, counties, duty list, never the unit complained about), backed by who led similar matters before;
- **likely duplicates and similar cases with their answers**.

Everything is computed on this machine, from words: nothing is sent anywhere, no model is downloaded, and nothing is \
learnt about persons. What looks like a telephone, card or account number is passed over, confidential appeals are \
neither asked about nor compared, and only matters the reader may see serve as cases.

";
const CATEGORY: &str = "\
A category is told by pairs of neighbouring characters of its name and help, of the words people use for it (`words` \
in the categories' configuration, which an office changes in the console), and, a little, of its group's name and \
help. A pair counts `ln(1 + categories / categories that know it)`; said n times, 2n/(n+1) of that. Each of the five \
most alike matters that people have accepted adds ten times its likeness to its category. Up to three are offered, those that come close to the first. The \
lead is the first usual lead of the first category, compared with the first department the data name; `or co` allows \
all that usually lead or work with it. Leads are compared as kinds of departments: which of them, in which county or \
zone, follows from the place and is tested apart (`foundation/matters/rules/tests`).

";
const CATEGORY_READ: &str = "\
How to read it: the words were written down by someone who had read the real appeals, so the demo's rows, written by \
someone else, are the honest ones; an office should expect about seven in ten first suggestions to be of the right \
group and between eight and nine in ten among the three. The difference between the first and the second row is what \
the words bring, and what an office gains by adding its own. With sixty cases of sixty kinds, similar cases bring \
nothing yet; their share grows with the matters an office has accepted. Of the real appeals' leads more \
than half were not stated by the source but judged by whoever collected them.
";
const SCORE_READ: &str = "
The rule: the highest least score below which first suggestions are wrong more often than right, on the demo's texts. \
What scores less is not offered at all.
";
const LIKENESS: &str = "\
Two texts are alike by the telling words they share (the longest 24 of the text asked about), each weighing \
`ln(1 + 300 / matters it stands in)`; likeness is the share of that weight, 0 to 1. Of the real appeals five tell of \
two events; each is asked about the other from both sides. The demo's texts stand in the index, too.

";
const LIKENESS_READ: &str = "
The rules: offered is what is at least as alike as fewer than one in a hundred unrelated pairs are; where the caller \
or the firm is the same, which is a reason by itself, fewer than one in ten. The four likeliest are shown, so that an \
unrelated one costs a glance.
";
