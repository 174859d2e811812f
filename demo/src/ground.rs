//! Which of the configured grounds a story's words rest on.

/// Of an extension asked for in these words.
pub(crate) fn of_extension(words: &str) -> &'static str {
    first(
        words,
        &[("订货", "needs_funds"), ("单位", "several_units"), ("会议", "several_units")],
        "needs_survey",
    )
}

/// Of a suspension.
pub(crate) fn of_suspension(words: &str) -> &'static str {
    first(words, &[("法院", "awaiting_decision"), ("汛期", "force_majeure")], "awaiting_paper")
}

/// Of long-term tracking.
pub(crate) fn of_tracking(words: &str) -> &'static str {
    first(words, &[("政策", "policy_pending")], "long_project")
}

/// Of an objection.
pub(crate) fn of_objection(words: &str) -> &'static str {
    first(words, &[("移交", "other_place")], "not_our_duty")
}

fn first(words: &str, hints: &[(&str, &'static str)], otherwise: &'static str) -> &'static str {
    hints.iter().find(|(hint, _)| words.contains(hint)).map_or(otherwise, |(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use matters::configuration::GroundKind as Kind;
    use matters::configuration::grounds::{DEFAULT, Grounds};

    #[test]
    fn every_ground_of_a_story_is_among_the_delivered() {
        let grounds = Grounds::parse(DEFAULT).expect("delivered");
        let words = [
            "设备已订货",
            "涉及两家单位",
            "须经会议研究",
            "检测排期",
            "待法院调解",
            "汛期",
            "待批复",
            "已移交",
            "待政策出台",
        ];
        for said in words {
            for (kind, code) in [
                (Kind::Extension, of_extension(said)),
                (Kind::Suspension, of_suspension(said)),
                (Kind::Objection, of_objection(said)),
                (Kind::Tracking, of_tracking(said)),
            ] {
                assert!(grounds.offer(kind, code).is_some(), "{said}: {code}");
            }
        }
    }
}
