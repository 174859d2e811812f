//! One matter as one reader may see it.

use super::actor::Units;
use super::eyes::{Eyes, Opener};
use super::limits::{Limits, Running};
use super::list::{phase_of, uuid};
use super::model::{
    AnswerView, AreaName, ClockView, CompletionView, ContactView, DeclineView, DemandView, GroundView,
    LimitView, MatterLink, MatterView, PressureView, RaisedView, TerminationView, Viewer,
};
use super::{masked, nodes, timeline};
use crate::configuration::{self, Name};
use crate::{Matters, attachments, categories, projection};
use kernel::permission::Permission;
use kernel::text::{mask_email, mask_phone, normal_phone};
use kernel::time::{Instant, TimeBase};
use kernel::{Actor, MatterId, NodeId, Recorded};
use matters_rules::authority::Most;
use matters_rules::command::DemandResult;
use matters_rules::standing::{self, Action};
use matters_rules::state::{Limit, ResultSource};
use matters_rules::{DeclineGround, Event, Facts, GivenGround, Matter, MatterKind, NodeRole, Phase};
use platform::{App, Failure};
use store::{Query, params};

/// The matter with everything on its page.
///
/// # Errors
/// [`Failure::NotFound`] where there is none, or the viewer may not know of it.
pub fn view(
    query: &mut dyn Query,
    app: &App,
    id: MatterId,
    viewer: Viewer<'_>,
) -> Result<MatterView, Failure> {
    let history = platform::act::history::<Matters>(query, &id.to_string())?;
    let matter = history.iter().fold(Matter::default(), matters_rules::fold::fold);
    if matter.filed_at.is_none() {
        return Err(Failure::NotFound);
    }
    let units = Units::of(query, &app.config.zone, &matter, &history)?;
    let eyes = Eyes::of(&matter, &units, viewer, app.now())?;
    let key = match &matter.subject {
        Some(subject) => platform::act::subject_key(query, &app.vault, subject)?,
        None => None,
    };
    let opener = Opener { vault: &app.vault, key };
    Page { app, matter: &matter, history: &history, units: &units, eyes: &eyes, opener: &opener, viewer }
        .show(query, id)
}

pub(super) struct Page<'a> {
    pub app: &'a App,
    pub matter: &'a Matter,
    pub history: &'a [Recorded<Event>],
    pub units: &'a Units,
    pub eyes: &'a Eyes,
    pub opener: &'a Opener<'a>,
    pub viewer: Viewer<'a>,
}

impl Page<'_> {
    fn show(&self, query: &mut dyn Query, id: MatterId) -> Result<MatterView, Failure> {
        let matter = self.matter;
        let around = &matter.circumstances;
        let mut limits = Limits::new(query, self.app.now())?;
        let (title, text, redacted) = self.words()?;
        let waiting = |phases: &[Phase]| Running::until(None, phases.contains(&matter.phase));
        Ok(MatterView {
            id,
            version: matter.version,
            number: matter.number.clone(),
            phase: matter.phase,
            kind: matter.kind,
            raised: self.raised(query)?,
            appeal_type: matter.appeal_type,
            category: self.category(query)?,
            area: self.area(query)?,
            channel: matter.channel,
            source_number: matter.source_number.clone(),
            source_due: matter.source_due,
            source_asked: matter.source_asked,
            express_lines: matter.express_lines.clone(),
            urgency: matter.urgency,
            natural_time: matter.natural_time,
            shielded: matter.shielded,
            pseudonym: matter.shielded.then(|| pseudonym(&matter.number)),
            redacted,
            needs_redaction: matter.shielded && matter.redacted.is_none(),
            erased: self.opener.key.is_none(),
            title,
            text,
            expected: if redacted {
                String::new()
            } else {
                self.opener.optional(matter.expected.as_ref())?
            },
            contact: self.contact()?,
            on_behalf: matter.on_behalf,
            consent: around.consent,
            zone: around.zone.as_ref().map(|unit| self.units.name(unit)),
            place: if redacted { String::new() } else { self.opener.optional(around.place.as_ref())? },
            proposed: around.proposed,
            recording: match &around.recording {
                Some(recording) if self.eyes.office => self.opener.text(recording)?,
                _ => String::new(),
            },
            occasion: around.occasion.clone(),
            complained_about: matter.complained_about.as_ref().map(|unit| self.units.name(unit)),
            office: matter.office.as_ref().map(|unit| self.units.name(unit)),
            attachments: match redacted {
                true => Vec::new(),
                false => attachments::list(query, self.app, self.opener.key.as_ref(), &matter.attachments)?,
            },
            filed_at: matter.filed_at,
            accepted_at: matter.accepted_at,
            deemed: matter.deemed,
            procedure: matter.procedure.1,
            closed_at: matter.closed_at,
            closing: matter.closing,
            archived_at: matter.archived_at,
            demands: self.demands()?,
            clock: self.clock(query, &mut limits)?,
            review: limit(query, &mut limits, matter.review.as_ref(), waiting(&[Phase::Registered]))?,
            completion: self.completion(query, &mut limits)?,
            assignment: limit(query, &mut limits, matter.assignment.as_ref(), waiting(&[Phase::Accepted]))?,
            call_back: limit(
                query,
                &mut limits,
                matter.call_back_limit.as_ref(),
                waiting(&[Phase::CallBack, Phase::Verification]),
            )?,
            close_unrated_at: matter.close_unrated_at.filter(|_| matter.phase == Phase::CallBack),
            holder: projection::holder(matter).map(|unit| self.units.name(unit)),
            nodes: nodes::show(self, query, &mut limits)?,
            decline: self.decline(query)?,
            transferred_to: matter.transferred_to.clone(),
            master: matter.master.map(|master| link(query, master)).transpose()?.flatten(),
            followers: self.links(query, "master", id)?,
            arisen: self.links(query, "about", id)?,
            direct_answer: self.direct_answer()?,
            master_answers: self.master_answers(query)?,
            ratings: super::evaluation::ratings(self)?,
            calls: super::evaluation::calls(self, query)?,
            redo_pending: matter.redo_pending,
            redos: matter.redos,
            redo_reason: self.opener.optional(matter.redo_reason.as_ref())?,
            reassignments: matter.reassignments,
            escalated: matter.escalated,
            termination: match &matter.termination {
                Some(request) if !self.eyes.appellant => Some(TerminationView {
                    ground: request.ground.clone().map(GroundView::from),
                    reason: self.opener.text(&request.reason)?,
                    beyond: self.beyond_own_limit(query, Permission::TerminationDecide, None)?,
                }),
                _ => None,
            },
            exclusions: super::evaluation::exclusions(self, query)?,
            openings: super::openings::requests(self)?,
            pressure: self.pressure()?,
            looks: super::openings::looks(self)?,
            identity_open: self.eyes.identity,
            notes: timeline::notes(self)?,
            timeline: timeline::show(self, query)?,
            masked: if self.eyes.appellant { Default::default() } else { masked::words(self)? },
            actions: self.actions(query)?,
        })
    }

    /// Where it comes from, if an office raised it.
    fn raised(&self, query: &mut dyn Query) -> Result<Option<RaisedView>, Failure> {
        if self.matter.kind == MatterKind::Appeal {
            return Ok(None);
        }
        let raised = &self.matter.raised;
        Ok(Some(RaisedView {
            due: raised.due,
            about: raised.about.map(|about| link(query, about)).transpose()?.flatten(),
            instruction: raised.instruction.clone(),
        }))
    }

    /// The matters that name this one in that column, which are nobody's business but the staff's.
    fn links(
        &self,
        query: &mut dyn Query,
        column: &'static str,
        id: MatterId,
    ) -> Result<Vec<MatterLink>, Failure> {
        if self.eyes.appellant {
            return Ok(Vec::new());
        }
        let sql = format!("select id, number, phase, kind from matter where {column} = $1 order by number");
        query.query(&sql, &params![id.to_string()])?.iter().map(linked).collect()
    }

    /// One that no version of the list names is shown by its code.
    fn category(&self, query: &mut dyn Query) -> Result<Option<(String, Name)>, Failure> {
        let Some(code) = &self.matter.category else { return Ok(None) };
        let known = categories::in_force(query, self.app)?;
        let by_code = || Name { zh: code.clone(), en: String::new() };
        let name = known.get(code).map_or_else(by_code, |category| category.name.clone());
        Ok(Some((code.clone(), name)))
    }

    /// Title and text, and whether they are the redacted ones.
    fn words(&self) -> Result<(String, String, bool), Failure> {
        let matter = self.matter;
        if self.eyes.original {
            let title = self.opener.optional(matter.title.as_ref())?;
            return Ok((title, self.opener.optional(matter.text.as_ref())?, false));
        }
        match &matter.redacted {
            Some((title, text)) => Ok((self.opener.text(title)?, self.opener.text(text)?, true)),
            None => Ok((String::new(), String::new(), true)),
        }
    }

    fn contact(&self) -> Result<ContactView, Failure> {
        let card = self.opener.contact(self.matter.contact.as_ref())?;
        if self.eyes.appellant {
            return Ok(ContactView {
                name: card.name,
                salutation: card.salutation,
                phone: card.phone,
                second_phone: card.second_phone,
                convenient_time: card.convenient_time,
                filed_by_name: card.filed_by_name,
                filed_by_phone: card.filed_by_phone,
                enterprise: card.enterprise,
                email: card.email,
                address: card.address,
                withheld: false,
            });
        }
        if !self.eyes.contact {
            let name = if self.matter.shielded { pseudonym(&self.matter.number) } else { card.name };
            return Ok(ContactView { name, withheld: true, ..ContactView::default() });
        }
        Ok(ContactView {
            name: card.name,
            salutation: card.salutation,
            phone: masked(&card.phone),
            second_phone: masked(&card.second_phone),
            convenient_time: card.convenient_time,
            filed_by_name: card.filed_by_name,
            filed_by_phone: masked(&card.filed_by_phone),
            enterprise: card.enterprise,
            email: mask_email(&card.email),
            address: String::new(),
            withheld: false,
        })
    }

    fn area(&self, query: &mut dyn Query) -> Result<Option<AreaName>, Failure> {
        let Some(id) = &self.matter.area else {
            return Ok(None);
        };
        let known = network::area(query, id)?.map(|area| (area.name, area.en_name));
        let (name, en) = known.unwrap_or_else(|| (id.to_string(), String::new()));
        Ok(Some(AreaName { id: id.clone(), name, en }))
    }

    fn demands(&self) -> Result<Vec<DemandView>, Failure> {
        let results = self.results();
        let demands = self.matter.demands.iter().zip(1_u32..);
        demands
            .map(|(text, n)| {
                let outcome = results.iter().find(|result| result.demand == n).map(|result| result.outcome);
                Ok(DemandView { n, text: self.opener.text(text)?, outcome })
            })
            .collect()
    }

    /// What came of each demand, by who answered last: the leads, or the office directly.
    /// The appellant learns a unit's results when it answers them.
    fn results(&self) -> Vec<DemandResult> {
        let mut answers: Vec<(Instant, &[DemandResult])> = self
            .matter
            .nodes
            .iter()
            .filter(|node| node.role != NodeRole::Co)
            .filter_map(|node| node.answer.as_ref())
            .map(|answer| (answer.at, answer.results.as_slice()))
            .chain(self.matter.direct.as_ref().map(|direct| (direct.at, direct.results.as_slice())))
            .collect();
        answers.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        answers.into_iter().flat_map(|(_, results)| results.iter().cloned()).collect()
    }

    fn clock(&self, query: &mut dyn Query, limits: &mut Limits) -> Result<ClockView, Failure> {
        let matter = self.matter;
        let stopped_at = matter.closed_at.or(matter.left_at);
        let end = stopped_at.unwrap_or_else(|| self.app.now());
        let kept = match (matter.result_approved_at, stopped_at) {
            (Some(at), _) => Running::Met(at),
            (None, None) => Running::Yes,
            (None, Some(_)) => Running::Over,
        };
        let elapsed = |start| limits.calendar().elapsed(start, end, TimeBase::WorkingDays, &[]);
        let first = matter.first_promise.as_ref().map(|limit| limit.due);
        Ok(ClockView {
            started_at: matter.filed_at,
            stopped_at,
            elapsed: matter.filed_at.map(elapsed),
            promise: limit(query, limits, matter.promise.as_ref(), kept)?,
            first_promise_at: first
                .filter(|first| matter.promise.as_ref().is_some_and(|limit| limit.due != *first)),
            suspended: matter.nodes.iter().flat_map(|node| node.pauses.iter().copied()).collect(),
        })
    }

    fn completion(
        &self,
        query: &mut dyn Query,
        limits: &mut Limits,
    ) -> Result<Option<CompletionView>, Failure> {
        let Some(asked) = &self.matter.completion else {
            return Ok(None);
        };
        let open = self.matter.open_completion().is_some();
        let running = Running::until(asked.given_at, open);
        Ok(Some(CompletionView {
            missing: if self.eyes.original { self.opener.text(&asked.missing)? } else { String::new() },
            at: asked.at,
            limit: limits.plain(query, &asked.limit, running)?,
            given_at: asked.given_at,
            lapsed: asked.lapsed,
            open,
        }))
    }

    /// A proposal is the office's own business until it is decided.
    fn decline(&self, query: &mut dyn Query) -> Result<Option<DeclineView>, Failure> {
        let Some(decline) = &self.matter.decline else {
            return Ok(None);
        };
        if self.eyes.appellant && decline.declined_at.is_none() {
            return Ok(None);
        }
        let said_at = decline.declined_at.unwrap_or_else(|| self.app.now());
        let ground = self.decline_ground(query, decline.ground, decline.wording.as_ref(), said_at)?;
        Ok(Some(DeclineView {
            ground,
            right_way: self.opener.text(&decline.right_way)?,
            at: decline.at,
            declined_at: decline.declined_at,
            beyond: self.beyond_own_limit(query, Permission::DeclineDecide, None)?,
        }))
    }

    /// The words as they lie in the entry; an old entry has the code alone.
    pub(super) fn decline_ground(
        &self,
        query: &mut dyn Query,
        ground: DeclineGround,
        wording: Option<&GivenGround>,
        said_at: Instant,
    ) -> Result<GroundView, Failure> {
        let given = match wording {
            Some(given) => given.clone(),
            None => configuration::grounds::of_decline(query, self.app, ground, said_at)?.given(),
        };
        Ok(given.into())
    }

    fn direct_answer(&self) -> Result<Option<AnswerView>, Failure> {
        let Some(direct) = &self.matter.direct else {
            return Ok(None);
        };
        let (lacks, overridden) = super::evaluation::lacks(self, direct.check.as_ref())?;
        Ok(Some(AnswerView {
            at: direct.at,
            unit: self.matter.office.as_ref().map(|unit| self.units.name(unit)),
            text: self.opener.text(direct.text.text())?,
            way: None,
            answered_at: None,
            results: direct.results.iter().map(|result| (result.demand, result.outcome)).collect(),
            lacks,
            overridden,
        }))
    }

    /// A follower gets the master's answer as the master's appellant reads it. What came of
    /// the master's demands is left out: they are numbered otherwise here.
    fn master_answers(&self, query: &mut dyn Query) -> Result<Vec<AnswerView>, Failure> {
        let (Some(master), Some(ResultSource::Master)) = (self.matter.master, self.matter.result) else {
            return Ok(Vec::new());
        };
        let master = view(query, self.app, master, Viewer::Appellant)?;
        let units = master.nodes.into_iter().filter_map(|node| node.answer);
        let answers = master.direct_answer.into_iter().chain(units);
        Ok(answers.map(|answer| AnswerView { results: Vec::new(), ..answer }).collect())
    }

    fn pressure(&self) -> Result<Vec<PressureView>, Failure> {
        let reports = self.matter.pressure.iter().filter(|_| self.eyes.pressure);
        reports
            .map(|report| {
                let settled = match &report.settled {
                    Some((at, text)) => Some((*at, self.opener.text(text)?)),
                    None => None,
                };
                Ok(PressureView {
                    report: report.report,
                    kind: report.kind,
                    at: report.at,
                    text: self.opener.text(&report.text)?,
                    due: report.limit.as_ref().map(|limit| limit.due),
                    settled,
                })
            })
            .collect()
    }

    /// See [`super::reach::beyond_own_limit`]; nothing for the appellant.
    pub(super) fn beyond_own_limit(
        &self,
        query: &mut dyn Query,
        decides: Permission,
        node: Option<NodeId>,
    ) -> Result<Option<Most>, Failure> {
        let Viewer::Staff(person) = self.viewer else { return Ok(None) };
        super::reach::beyond(query, self.app, &person.grants, self.matter, decides, node)
    }

    fn actions(&self, query: &mut dyn Query) -> Result<Vec<Action>, Failure> {
        let id = self.matter.id.ok_or(Failure::NotFound)?;
        let (actor, grants): (Actor, &[_]) = match self.viewer {
            Viewer::Appellant => (Actor::Appellant { matter: id }, &[]),
            Viewer::Staff(person) => match person.by().actor(person.grants.first()) {
                Some(actor) => (actor, &person.grants),
                None => return Ok(Vec::new()),
            },
        };
        let facts = Facts {
            now: self.app.now(),
            matter: id,
            actor,
            actor_units: grants.iter().map(|grant| grant.path.clone()).collect(),
            calendar: configuration::calendar_in_force(query)?,
            authority: Default::default(),
            procedure: configuration::procedure(query, self.matter.kind, self.matter.procedure.1)?,
            node_ids: Vec::new(),
            units: self.units.facts.clone(),
            duty_items: Default::default(),
            ground: None,
            other: None,
        };
        Ok(standing::actions(self.matter, &facts, grants))
    }
}

/// How a shielded appellant is called: the number's running part behind a letter.
fn pseudonym(number: &str) -> String {
    let tail: String = number.chars().skip(8).collect();
    format!("A-{tail}")
}

fn limit(
    query: &mut dyn Query,
    limits: &mut Limits,
    limit: Option<&Limit>,
    running: Running,
) -> Result<Option<LimitView>, Failure> {
    limit.map(|limit| limits.plain(query, limit, running)).transpose()
}

fn link(query: &mut dyn Query, id: MatterId) -> Result<Option<MatterLink>, Failure> {
    let sql = "select id, number, phase, kind from matter where id = $1";
    let row = query.query_one_opt(sql, &params![id.to_string()])?;
    row.as_ref().map(linked).transpose()
}

fn linked(row: &store::Row) -> Result<MatterLink, Failure> {
    Ok(MatterLink {
        id: uuid(row.str(0)?)?,
        number: row.text(1)?,
        phase: phase_of(row.str(2)?),
        kind: MatterKind::parse(row.str(3)?).unwrap_or_default(),
    })
}

fn masked(typed: &str) -> String {
    normal_phone(typed).map(|phone| mask_phone(&phone)).unwrap_or_default()
}
