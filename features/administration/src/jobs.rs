//! `/admin/jobs`: jobs that were given up, with the reason, and another try. What a job
//! carries is not shown: it may name people.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::Failure;
use platform::ui::Page;
use platform::web::Staff;
use platform::web::reply;
use store::jobs::Job;

/// Jobs on the page.
const MOST: i64 = 200;

#[derive(Template)]
#[template(path = "administration/jobs.html")]
struct Shown {
    page: Page,
    dead: Vec<Job>,
    waiting: usize,
    more_waiting: bool,
    late: usize,
}

/// The list.
pub(crate) async fn list(staff: Staff) -> Result<Response, Failure> {
    let (dead, pending) = staff
        .app
        .read(|query, _| Ok((store::jobs::list_dead(query, MOST)?, store::jobs::pending(query, MOST)?)))
        .await?;
    let now = staff.app.now();
    let late = pending.iter().filter(|job| job.run_at < now && job.last_error.is_some()).count();
    let (waiting, more_waiting) = (pending.len(), pending.len() as i64 >= MOST);
    let page = staff.desk_page("jobs-title", "nav-jobs");
    reply::page(&Shown { page, dead, waiting, more_waiting, late }, None)
}

/// Another try, from now.
pub(crate) async fn retry(staff: Staff, Path(id): Path<i64>) -> Result<Response, Failure> {
    let now = staff.app.now();
    let again = staff.app.write(move |work| Ok(store::jobs::retry(work.tx, id, now)?)).await?;
    let flash = if again { "flash-job-retried" } else { "flash-job-gone" };
    Ok(reply::done(&staff, "/admin/jobs", flash))
}

impl Shown {
    /// The kind in words; its code where it has none.
    fn kind(&self, job: &Job) -> String {
        let key = format!("job-{}", job.kind.replace('.', "-"));
        if self.page.translator().has(&key) { self.page.t(&key) } else { job.kind.clone() }
    }
}
