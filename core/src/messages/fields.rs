//! The fields of messages as a client sees them, each with the law over it.

use crate::visibility::table;

table! {
    ATTACHMENT "MessageAttachment" {
        Addressed: name, media_type, bytes, sha256, reference;
    }
    CLIENT_MESSAGE "ClientMessageView" {
        Addressed: id, number, side, author_name, user, in_anothers_place, text, attachments many ATTACHMENT, audience,
            written_at, withdrawn_at;
    }
    CLIENT_THREAD "ClientThreadView" {
        Addressed: project, manager_name, messages, unread, read_to;
    }
    MESSAGES_READ "MessagesRead" {
        Listed: read_to;
    }
}
