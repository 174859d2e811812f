//! Which stored files a reader may download, and the download itself.

use kernel::BlobId;
use matters::MatterView;
pub use platform::web::download as response;

/// Whether the reader's view of a matter names that file anywhere.
pub fn lists(view: &MatterView, id: BlobId) -> bool {
    let own = view.attachments.iter();
    let nodes = view.nodes.iter().flat_map(|node| &node.attachments);
    let later = view.timeline.iter().flat_map(|item| &item.attachments);
    own.chain(nodes).chain(later).any(|file| file.id == id)
}
