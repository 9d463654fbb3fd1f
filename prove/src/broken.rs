//! Policies that are broken on purpose, each with the property that it breaks: the solver must refute the property, and
//! the comparison must find the fault too.

use crate::policies::Patch;
use crate::solver::properties::Property;

/// A fault in the policies.
#[derive(Clone, Copy, Debug)]
pub struct Broken {
    /// What the fault is, in words.
    pub fault: &'static str,
    pub property: Property,
    pub patches: &'static [Patch],
}

const fn patch(file: &'static str, from: &'static str, to: &'static str) -> Patch {
    Patch { file, from, to }
}

pub const BROKEN: &[Broken] = &[
    Broken {
        fault: "whoever reads the team's names reads their pay",
        property: Property::NoPayMarginOrInternalNote,
        patches: &[patch(
            "team.cedar",
            "Action::\"read_team_name\"], resource)",
            "Action::\"read_team_name\", Action::\"read_pay\"], resource)",
        )],
    },
    Broken {
        fault: "whoever sees shifts sees the margin",
        property: Property::NoPayMarginOrInternalNote,
        patches: &[patch(
            "clients.cedar",
            "Action::\"read_shift\"\n",
            "Action::\"read_shift\", Action::\"read_margin\"\n",
        )],
    },
    Broken {
        fault: "who reads messages reads those of the agency among itself",
        property: Property::NoPayMarginOrInternalNote,
        patches: &[patch("clients.cedar", "resource.audience != Audience::\"agency\" &&", "")],
    },
    Broken {
        fault: "tags are shown whether they are marked or not",
        property: Property::NoPayMarginOrInternalNote,
        patches: &[patch("clients.cedar", "resource.for_client &&", "")],
    },
    Broken {
        fault: "an anonymised candidate is shown by name",
        property: Property::NoPayMarginOrInternalNote,
        patches: &[patch(
            "candidates.cedar",
            "    !resource.candidacy.anonymous &&\n    principal",
            "    principal",
        )],
    },
    Broken {
        fault: "who sees candidates reads the agency's notes on them",
        property: Property::NoPayMarginOrInternalNote,
        patches: &[patch(
            "candidates.cedar",
            "action == Action::\"read_candidate\", resource)",
            "action in [Action::\"read_candidate\", Action::\"read_internal_note\"], resource)",
        )],
    },
    Broken {
        fault: "an anonymised candidate's documents are served as they are",
        property: Property::NoPayMarginOrInternalNote,
        patches: &[patch(
            "candidates.cedar",
            "resource.for_clients && !resource.candidacy.anonymous &&",
            "resource.for_clients &&",
        )],
    },
    Broken {
        fault: "the client is told of hidden stages",
        property: Property::NoPayMarginOrInternalNote,
        patches: &[patch(
            "candidates.cedar",
            "!resource.candidacy.job.client.agency.hidden_stages.contains(resource.stage) &&",
            "",
        )],
    },
    Broken {
        fault: "candidates are seen before the review",
        property: Property::NothingThatIsNotShown,
        patches: &[patch("bounds.cedar", "resource.candidacy.review == Review::\"passed\" && ", "")],
    },
    Broken {
        fault: "candidates stay where the job is taken off the portal",
        property: Property::NothingThatIsNotShown,
        patches: &[patch("bounds.cedar", "    resource.candidacy.job.on_portal &&\n", "")],
    },
    Broken {
        fault: "jobs stay where their project is taken back",
        property: Property::NothingThatIsNotShown,
        patches: &[patch(
            "bounds.cedar",
            "resource.project.shared && resource.project has client &&\n            ",
            "resource.project has client &&\n            ",
        )],
    },
    Broken {
        fault: "the agency reads of the erased",
        property: Property::NothingThatIsNotShown,
        patches: &[patch(
            "bounds.cedar",
            "forbid (principal, action in Action::\"of_candidates\", resource)\nwhen {",
            "forbid (principal is User, action in Action::\"of_candidates\", resource)\nwhen {",
        )],
    },
    Broken {
        fault: "shared projects of another agency are within reach",
        property: Property::NothingOfAnotherClientOrAgency,
        patches: &[patch(
            "bounds.cedar",
            "forbid (principal, action in Action::\"of_projects\", resource)\nunless { principal.agency == resource.agency };",
            "forbid (principal, action in Action::\"of_projects\", resource)\nunless { principal.agency == resource.agency || resource.shared };",
        )],
    },
    Broken {
        fault: "a client's figures are for whoever is in, of whichever client",
        property: Property::NothingOfAnotherClientOrAgency,
        patches: &[
            patch(
                "bounds.cedar",
                "principal.hasTag(resource.key) && principal.getTag(resource.key).client == resource && ",
                "",
            ),
            patch(
                "clients.cedar",
                "    principal.hasTag(resource.key) && principal.getTag(resource.key).holds.contains(Permission::\"view_shifts\")\n",
                "    true\n",
            ),
        ],
    },
    Broken {
        fault: "the public page shows the lead's phone",
        property: Property::ThePublicPageIsBelowTheLeastUser,
        patches: &[patch(
            "links.cedar",
            "permit (principal is Visitor, action == Action::\"read_given_name\", resource)",
            "permit (principal is Visitor, action in [Action::\"read_given_name\", Action::\"read_lead_phone\"], resource)",
        )],
    },
    Broken {
        fault: "the public page stays when the project is taken back or is not public any more",
        property: Property::ThePublicPageIsBelowTheLeastUser,
        patches: &[patch(
            "bounds.cedar",
            "principal.project.shared && principal.project has client && principal.project.client == principal.client &&\n    principal.project.public &&",
            "",
        )],
    },
    Broken {
        fault: "surnames are public whenever given names are",
        property: Property::ThePublicPageIsBelowTheLeastUser,
        patches: &[patch(
            "links.cedar",
            "resource.project.public_names == Names::\"full\" &&",
            "resource.project.public_names != Names::\"none\" &&",
        )],
    },
    Broken {
        fault: "whoever has joined once is let in",
        property: Property::NothingForTheDeactivated,
        patches: &[patch(
            "bounds.cedar",
            "principal.access == Access::\"active\" && !principal",
            "principal.access != Access::\"invited\" && !principal",
        )],
    },
];
