//! From what the page shows to JSON.

use super::{
    Action, Answer, Clock, Completion, Contact, Decline, Demand, File, Ground, Happened, Limit, Look, Matter,
    Named, Node, Opening, Rating, rfc3339,
};
use matters::Attachment;
use matters::configuration::Name;
use matters::read::{
    ActorView, AreaName, ClockView, CompletionView, ContactView, DeclineView, DemandView, GroundView,
    LookView, MatterView, OpeningView, RatingView, TimelineItem, UnitName,
};

impl From<MatterView> for Matter {
    fn from(view: MatterView) -> Self {
        Self {
            id: view.id.to_string(),
            version: view.version,
            number: view.number,
            phase: view.phase.code(),
            kind: view.kind.code(),
            appeal_type: view.appeal_type.map(|code| code.code()),
            category: view.category.map(Named::from),
            area: view.area.map(Named::from),
            channel: view.channel.map(|code| code.code()),
            source_number: view.source_number,
            source_due: view.source_due.map(rfc3339),
            express_lines: view.express_lines.iter().map(|line| line.code()).collect(),
            urgency: view.urgency.map(|code| code.code()),
            natural_time: view.natural_time,
            shielded: view.shielded,
            redacted: view.redacted,
            erased: view.erased,
            title: view.title,
            text: view.text,
            expected: view.expected,
            contact: view.contact.into(),
            on_behalf: view.on_behalf.map(|code| code.code()),
            consent: view.consent.map(|code| code.code()),
            zone: view.zone.map(Named::from),
            place: view.place,
            proposed_urgency: view.proposed.map(|proposed| proposed.urgency.code()),
            occasion_date: view.occasion.as_ref().map(|occasion| occasion.date.to_string()),
            occasion: view.occasion.map(|occasion| occasion.name),
            complained_about: view.complained_about.map(Named::from),
            office: view.office.map(Named::from),
            holder: view.holder.map(Named::from),
            attachments: files(view.attachments),
            filed_at: view.filed_at.map(rfc3339),
            accepted_at: view.accepted_at.map(rfc3339),
            deemed_accepted: view.deemed,
            closed_at: view.closed_at.map(rfc3339),
            closing: view.closing.map(|code| code.code()),
            demands: view.demands.into_iter().map(Demand::from).collect(),
            clock: view.clock.into(),
            review: view.review.map(Limit::from),
            completion: view.completion.map(Completion::from),
            assignment: view.assignment.map(Limit::from),
            call_back: view.call_back.map(Limit::from),
            close_unrated_at: view.close_unrated_at.map(rfc3339),
            nodes: view.nodes.into_iter().map(Node::from).collect(),
            decline: view.decline.map(Decline::from),
            transferred_to: view.transferred_to,
            merged_under: view.master.map(|master| master.number),
            followers: view.followers.into_iter().map(|follower| follower.number).collect(),
            direct_answer: view.direct_answer.map(Answer::from),
            answers_of_master: view.master_answers.into_iter().map(Answer::from).collect(),
            ratings: view.ratings.into_iter().map(Rating::from).collect(),
            redo_pending: view.redo_pending,
            redos: view.redos,
            reassignments: view.reassignments,
            escalated: view.escalated,
            openings: view.openings.into_iter().map(Opening::from).collect(),
            contact_looks: view.looks.into_iter().map(Look::from).collect(),
            timeline: view.timeline.into_iter().map(Happened::from).collect(),
            actions: view
                .actions
                .into_iter()
                .map(|open| Action { action: open.code.code(), node: open.node.map(|id| id.to_string()) })
                .collect(),
        }
    }
}

impl From<UnitName> for Named {
    fn from(unit: UnitName) -> Self {
        Self { code: unit.id.0, name: unit.name }
    }
}

impl From<AreaName> for Named {
    fn from(area: AreaName) -> Self {
        Self { code: area.id.0, name: area.name }
    }
}

impl From<(String, String)> for Named {
    fn from((code, name): (String, String)) -> Self {
        Self { code, name }
    }
}

impl From<(String, Name)> for Named {
    fn from((code, name): (String, Name)) -> Self {
        Self { code, name: name.zh }
    }
}

impl From<ContactView> for Contact {
    fn from(view: ContactView) -> Self {
        Self {
            name: view.name,
            salutation: view.salutation.map(|code| code.code()),
            phone: view.phone,
            second_phone: view.second_phone,
            convenient_time: view.convenient_time,
            filed_by_name: view.filed_by_name,
            filed_by_phone: view.filed_by_phone,
            enterprise: view.enterprise,
            email: view.email,
            address: view.address,
            withheld: view.withheld,
        }
    }
}

impl From<Attachment> for File {
    fn from(file: Attachment) -> Self {
        Self { id: file.id.to_string(), name: file.name, media_type: file.media_type, size: file.size }
    }
}

impl From<DemandView> for Demand {
    fn from(view: DemandView) -> Self {
        Self { demand: view.n, text: view.text, outcome: view.outcome.map(|code| code.code()) }
    }
}

impl From<ClockView> for Clock {
    fn from(view: ClockView) -> Self {
        Self {
            started_at: view.started_at.map(rfc3339),
            stopped_at: view.stopped_at.map(rfc3339),
            elapsed: view.elapsed,
            promise: view.promise.map(Limit::from),
            first_promise_at: view.first_promise_at.map(rfc3339),
            suspended: view.suspended,
        }
    }
}

impl From<GroundView> for Ground {
    fn from(view: GroundView) -> Self {
        Self { code: view.code, name: view.name.zh, basis: view.basis.zh }
    }
}

impl From<DeclineView> for Decline {
    fn from(view: DeclineView) -> Self {
        Self {
            ground: view.ground.into(),
            right_way: view.right_way,
            at: rfc3339(view.at),
            declined_at: view.declined_at.map(rfc3339),
        }
    }
}

impl From<RatingView> for Rating {
    fn from(view: RatingView) -> Self {
        Self {
            at: rfc3339(view.at),
            round: view.round,
            solved: view.solved.code(),
            grade: view.grade.code(),
            by: view.by.code(),
            reason: view.reason,
        }
    }
}

impl From<CompletionView> for Completion {
    fn from(view: CompletionView) -> Self {
        Self {
            missing: view.missing,
            asked_at: rfc3339(view.at),
            limit: Limit::from(view.limit),
            given_at: view.given_at.map(rfc3339),
            lapsed: view.lapsed,
        }
    }
}

impl From<LookView> for Look {
    fn from(view: LookView) -> Self {
        let by = match view.by {
            ActorView::Unit { unit, .. } => Some(Named::from(unit)),
            ActorView::Appellant | ActorView::System | ActorView::Platform(_) => None,
        };
        let purpose = view.purpose.map(|purpose| purpose.code());
        Self { at: rfc3339(view.at), by, purpose, reason: view.reason }
    }
}

impl From<OpeningView> for Opening {
    fn from(view: OpeningView) -> Self {
        Self {
            request: view.request,
            at: rfc3339(view.at),
            reason: view.reason,
            open_until: view.open_until.map(rfc3339),
            decided: view.decided,
        }
    }
}

impl From<TimelineItem> for Happened {
    fn from(item: TimelineItem) -> Self {
        let stood_in = matches!(item.actor, ActorView::Unit { stood_in: Some(_), .. });
        let (actor, actor_unit, role) = match item.actor {
            ActorView::Appellant => ("appellant", None, None),
            ActorView::System => ("system", None, None),
            ActorView::Platform(_) => ("platform", None, None),
            ActorView::Unit { unit, role, .. } => {
                ("unit", Some(Named::from(unit)), role.map(|role| role.code()))
            }
        };
        Self {
            version: item.version,
            at: rfc3339(item.at),
            recorded_at: rfc3339(item.recorded_at),
            replayed: item.replayed,
            event: item.kind,
            actor,
            actor_unit,
            role,
            stood_in,
            node: item.node.map(|id| id.to_string()),
            unit: item.unit.map(Named::from),
            text: item.text,
            ground: item.ground.map(Ground::from),
            attachments: files(item.attachments),
        }
    }
}

pub(super) fn files(found: Vec<Attachment>) -> Vec<File> {
    found.into_iter().map(File::from).collect()
}
