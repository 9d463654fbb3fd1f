//! The fields of a shift as its client sees it, each with the law over it.

use crate::visibility::table;

table! {
    /// Figures that name nobody.
    PROGRESS "Progress" {
        Listed: requested, proposed, confirmed, on_site, done;
    }
    CLIENT_POSITION "ClientPositionView" {
        Listed: id, skill, skill_name, role, headcount, confirmed, fill;
    }
    PICTURE "Picture" {
        Picture: reference, media_type;
    }
    TEAM_MEMBER "TeamMemberView" {
        Team: booking, name, position;
        Picture: picture one PICTURE;
    }
    LEAD "LeadView" {
        Lead: name;
        LeadPhone: phone;
    }
    SITE_CONTACT "SiteContact" {
        Listed: name, phone;
    }
    AGENCY_CONTACT "AgencyContact" {
        Listed: name, email, phone;
    }
    CANCELLATION "ClientCancellationView" {
        Listed: at, by, merged_into;
        MarkedReason: reason;
    }
    CHANGES "ShiftChangesView" {
        Listed: allowed, kinds, code, contact one AGENCY_CONTACT, open;
    }
    CLIENT_SHIFT "ClientShiftView" {
        Listed: id, project, schedule, mandate, starts_at, ends_at, local_start, local_end, zone, break_minutes,
            site, site_name, status, fill, progress one PROGRESS, positions many CLIENT_POSITION,
            contact one SITE_CONTACT, cancellation one CANCELLATION, changes one CHANGES, revision;
        Optional: site_address, note;
        MarkedTags: tags;
        Team: team many TEAM_MEMBER;
        Lead: lead one LEAD;
    }
}
