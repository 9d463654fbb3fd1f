//! Every error code with its class and its sentence in each language. The one list that all languages share.

use crate::engine::Class;
use crate::values::Locale;

macro_rules! codes {
    ($($class:ident { $($name:ident $text:literal $en:literal $fr:literal)+ })+) => {
        /// Why something was refused. The texts are stable: hosts store and compare them.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum Code { $($($name,)+)+ }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$($(Self::$name,)+)+];

            pub const fn text(self) -> &'static str {
                match self { $($(Self::$name => $text,)+)+ }
            }

            pub const fn class(self) -> Class {
                match self { $($(Self::$name => Class::$class,)+)+ }
            }

            /// The sentence for a person, with `{name}` where a detail goes.
            pub const fn template(self, locale: Locale) -> &'static str {
                match locale {
                    Locale::En => match self { $($(Self::$name => $en,)+)+ },
                    Locale::Fr => match self { $($(Self::$name => $fr,)+)+ },
                }
            }
        }
    };
}

codes! {
    Invalid {
        UnknownOperation "unknown_operation"
            "there is no operation `{name}`" "il n'existe pas d'opération `{name}`"
        InputTooLarge "input_too_large"
            "the input is larger than {expected} bytes" "la saisie dépasse {expected} octets"
        NotJson "not_json"
            "the input is not JSON; send {expected}" "la saisie n'est pas du JSON ; envoyez {expected}"
        FieldMissing "field_missing"
            "this field is required" "ce champ est obligatoire"
        FieldUnknown "field_unknown"
            "this field does not exist" "ce champ n'existe pas"
        FieldTwice "field_twice"
            "this field is given twice" "ce champ est donné deux fois"
        WrongType "wrong_type"
            "this value is not {expected}" "cette valeur n'est pas {expected}"
        NotOneOf "not_one_of"
            "this must be {expected}" "valeur attendue : {expected}"
        Malformed "malformed"
            "write {expected}" "écrivez {expected}"
        TooLong "too_long"
            "this is longer than {expected}" "ceci dépasse la longueur de {expected}"
        TooShort "too_short"
            "this is shorter than {expected}" "ceci est plus court que {expected}"
        TooMany "too_many"
            "there are more than {expected}" "il y en a plus de {expected}"
        TooFew "too_few"
            "there are fewer than {expected}" "il y en a moins de {expected}"
        OutOfRange "out_of_range"
            "this must be {expected}" "valeur attendue : {expected}"
        UnknownZone "unknown_zone"
            "this is no time zone; give {expected}" "ce fuseau horaire est inconnu ; indiquez {expected}"
        UnknownCurrency "unknown_currency"
            "this is no currency; give {expected}" "cette devise est inconnue ; indiquez {expected}"
        ControlCharacter "control_character"
            "this holds characters that cannot be seen; give {expected}"
            "ceci contient des caractères invisibles ; indiquez {expected}"
        RuleUnknown "rule_unknown"
            "the list has no rule `{rule}`" "la liste n'a pas de règle `{rule}`"
        RuleTwice "rule_twice"
            "two rules have this id" "deux règles portent cet identifiant"
        RuleNever "rule_never"
            "this condition and that of the rules around it never hold together"
            "cette condition et celle des règles qui l'entourent ne sont jamais remplies ensemble"
        RateUnfit "rate_unfit"
            "the rate of rule `{rule}` does not fit its unit; use {expected}"
            "le tarif de la règle `{rule}` ne convient pas à son unité ; utilisez {expected}"
        ComponentTwice "component_twice"
            "the component `{component}` stands here twice, or is the first one"
            "le composant `{component}` figure ici deux fois, ou est le premier"
        ComponentUnknown "component_unknown"
            "there is no component `{component}`" "il n'existe pas de composant `{component}`"
        ComponentCycle "component_cycle"
            "the percentages of rule `{rule}` lead back to its own component"
            "les pourcentages de la règle `{rule}` reviennent à son propre composant"
        WindowTwice "window_twice"
            "two windows have the code `{window}`" "deux plages portent le code `{window}`"
        WindowUnknown "window_unknown"
            "the calendar has no window `{window}`" "le calendrier n'a pas de plage `{window}`"
        WindowEmpty "window_empty"
            "the window `{window}` has no length; a whole day is 00:00 to 24:00"
            "la plage `{window}` est vide ; une journée entière va de 00:00 à 24:00"
        CurrencyMixed "currency_mixed"
            "lists of several currencies cannot price one order; use {expected}"
            "des listes en plusieurs devises ne peuvent pas chiffrer une commande ; utilisez {expected}"
        OrderTimeMissing "order_time_missing"
            "the price list `{list}` depends on when the order came; give `ordered_at`"
            "la liste de prix `{list}` dépend du moment de la commande ; indiquez `ordered_at`"
        EndBeforeStart "end_before_start"
            "the end must come after the start" "la fin doit suivre le début"
        ShiftTooLong "shift_too_long"
            "a shift lasts at most {hours} hours; split it" "un service dure au plus {hours} heures ; divisez-le"
        LocalTimeMissing "local_time_missing"
            "the clock skips this time; did you mean {second} or {first}?"
            "l'horloge saute cette heure ; vouliez-vous dire {second} ou {first} ?"
        LocalTimeTwice "local_time_twice"
            "the clock shows this time twice, at {first} and {second}; add the offset"
            "l'horloge affiche cette heure deux fois, à {first} et à {second} ; ajoutez le décalage"
        OffsetNotHere "offset_not_here"
            "the place does not have this offset at that time; leave it out"
            "ce lieu n'a pas ce décalage à ce moment ; omettez-le"
        BreakTooLong "break_too_long"
            "the break must be shorter than the shift" "la pause doit être plus courte que le service"
        ShiftFull "shift_full"
            "a shift keeps at most {expected} bookings, past ones too; split it"
            "un service garde au plus {expected} réservations, passées comprises ; divisez-le"
        SkillUnknown "skill_unknown"
            "there is no such skill" "cette compétence n'existe pas"
        RateAmbiguous "rate_ambiguous"
            "there are two rates for this skill and role; keep one"
            "il y a deux tarifs pour cette compétence et ce rôle ; n'en gardez qu'un"
        AmountTooLarge "amount_too_large"
            "the amount is too large to be computed; split the order"
            "le montant est trop grand pour être calculé ; divisez la commande"
        SkillNotOrderable "skill_not_orderable"
            "this skill cannot be ordered; choose one from the list"
            "cette compétence ne peut pas être commandée ; choisissez-en une dans la liste"
        PermissionOfOtherSide "permission_of_other_side"
            "`{permission}` is a permission of the other side" "`{permission}` est un droit de l'autre côté"
        RoleMissing "role_missing"
            "there is no such role here" "ce rôle n'existe pas ici"
        ProjectUnknown "project_unknown"
            "this client has no such project" "ce client n'a pas ce projet"
        SiteUnknown "site_unknown"
            "this client has no such site" "ce client n'a pas ce site"
        InThePast "in_the_past"
            "this time has passed" "cette heure est passée"
        TooFarAhead "too_far_ahead"
            "this is more than {days} days ahead" "ceci est dans plus de {days} jours"
        GivenTwice "given_twice"
            "this is given twice in one list" "ceci figure deux fois dans la même liste"
        PlaceholderUnknown "placeholder_unknown"
            "the placeholder `{name}` cannot stand here" "le paramètre `{name}` ne peut pas figurer ici"
        PlaceholderMissing "placeholder_missing"
            "the placeholder `{name}` must stand here" "le paramètre `{name}` doit figurer ici"
        PasswordTooShort "password_too_short"
            "choose a password of at least {expected} characters"
            "choisissez un mot de passe d'au moins {expected} caractères"
        PasswordCommon "password_common"
            "this password is among the first that are tried; choose another"
            "ce mot de passe est parmi les premiers essayés ; choisissez-en un autre"
        PasswordGuessable "password_guessable"
            "this password is made of names that others know; choose another"
            "ce mot de passe est fait de noms que d'autres connaissent ; choisissez-en un autre"
        PasswordBreached "password_breached"
            "this password has become known elsewhere; choose another"
            "ce mot de passe a été divulgué ailleurs ; choisissez-en un autre"
        PasswordSame "password_same"
            "choose a password that differs from the one before"
            "choisissez un mot de passe différent du précédent"
        CursorInvalid "cursor_invalid"
            "this cursor is not one of this list; start again without it"
            "ce curseur n'appartient pas à cette liste ; recommencez sans lui"
    }
    Denied {
        UnknownActor "unknown_actor"
            "this actor is not known to the agency" "cet acteur est inconnu de l'agence"
        UnknownAgency "unknown_agency"
            "this agency is not known here" "cette agence est inconnue ici"
        NotJoined "not_joined"
            "this person has not joined through their link yet"
            "cette personne n'a pas encore rejoint le portail par son lien"
        PasswordMustChange "password_must_change"
            "change the password that you were given first" "changez d'abord le mot de passe qui vous a été donné"
        AccessEnded "access_ended"
            "this access has been deactivated; ask the agency" "cet accès a été désactivé ; contactez l'agence"
        PortalOff "portal_off"
            "the client portal of this agency is switched off" "le portail client de cette agence est désactivé"
        NotPermitted "not_permitted"
            "your role does not allow this" "votre rôle ne permet pas cette action"
        OrderingClosed "ordering_closed"
            "this client cannot order staff through the portal; contact the agency"
            "ce client ne peut pas commander de personnel par le portail ; contactez l'agence"
        WrongSide "wrong_side"
            "this operation is not for this kind of actor" "cette opération n'est pas destinée à ce type d'acteur"
        GrantsMore "grants_more"
            "you cannot give `{permission}`, which you do not hold yourself"
            "vous ne pouvez pas donner `{permission}`, que vous n'avez pas vous-même"
        ReachesFarther "reaches_farther"
            "you cannot give more projects and sites than you reach yourself"
            "vous ne pouvez pas donner plus de projets et de sites que vous n'en atteignez vous-même"
        OwnRights "own_rights"
            "nobody changes their own rights; ask somebody else" "nul ne modifie ses propres droits ; demandez à quelqu'un d'autre"
        NotInAnothersPlace "not_in_anothers_place"
            "only the person themself can do this" "seule la personne elle-même peut faire cela"
        PreviewReadsOnly "preview_reads_only"
            "a preview shows what the person would see and changes nothing"
            "un aperçu montre ce que la personne verrait et ne change rien"
        ImpersonationOver "impersonation_over"
            "the time in this person's place is over; start again with a reason"
            "le temps à la place de cette personne est écoulé ; recommencez avec un motif"
        ImpersonationReadsOnly "impersonation_reads_only"
            "in this person's place you may only look; start again for more"
            "à la place de cette personne vous pouvez seulement regarder ; recommencez pour davantage"
        CredentialsWrong "credentials_wrong"
            "this e-mail and this password do not fit together" "cette adresse et ce mot de passe ne correspondent pas"
        CodeNeeded "code_needed"
            "enter the code of your second factor" "saisissez le code de votre second facteur"
        CodeWrong "code_wrong"
            "this code is not valid now; enter the newest one" "ce code n'est pas valable ; saisissez le plus récent"
        SessionEnded "session_ended"
            "this session has ended; sign in again" "cette session est terminée ; reconnectez-vous"
        LinkInvalid "link_invalid"
            "this link is not valid here; ask for a new one"
            "ce lien n'est pas valable ici ; demandez-en un nouveau"
        LinkExpired "link_expired"
            "this link has expired; ask for a new one" "ce lien a expiré ; demandez-en un nouveau"
        LinkUsed "link_used"
            "this link has been used; sign in instead" "ce lien a déjà servi ; connectez-vous"
        LinkSuperseded "link_superseded"
            "this link was replaced or withdrawn; use the newest one"
            "ce lien a été remplacé ou retiré ; utilisez le plus récent"
    }
    NotFound {
        NotFound "not_found"
            "there is nothing here with this id" "il n'y a rien ici avec cet identifiant"
    }
    Conflict {
        NotPriced "not_priced"
            "this mandate has no price" "cette demande n'a pas de prix"
        PriceListFaulty "price_list_faulty"
            "the list has {count} errors, the first: {first}"
            "la liste comporte {count} erreurs, dont : {first}"
        FeeUnpriced "fee_unpriced"
            "the shift has no price, so what its cancellation costs cannot be said; ask the agency"
            "le service n'a pas de prix, le coût de son annulation ne peut donc être indiqué ; demandez à l'agence"
        CommandReused "command_reused"
            "this command id was used for something else; make a new one"
            "cet identifiant de commande a déjà servi à autre chose ; créez-en un nouveau"
        AlreadyExists "already_exists"
            "this exists already" "ceci existe déjà"
        SubmitAdditionalRequest "submit_additional_request"
            "this order has been accepted and cannot be changed; submit an additional request for its project"
            "cette commande a été acceptée et ne peut plus être modifiée ; soumettez une demande complémentaire"
        MandateClosed "mandate_closed"
            "this order is {state}; nothing more can be done with it"
            "cette commande est close ({state}) ; plus rien ne peut en être fait"
        TermsNotAccepted "terms_not_accepted"
            "accept the agency's terms first" "acceptez d'abord les conditions de l'agence"
        PriceVersionExists "price_version_exists"
            "a version of these prices starts on this day already; versions never change"
            "une version de ces prix commence déjà ce jour-là ; une version ne change jamais"
        WorkerBusy "worker_busy"
            "this worker is booked at that time already, on shift {shift}"
            "ce travailleur est déjà réservé à ce moment, sur le service {shift}"
        WorkerArchived "worker_archived"
            "this worker is archived; choose an active one"
            "ce travailleur est archivé ; choisissez-en un actif"
        PositionFull "position_full"
            "this position has its {headcount} bookings already"
            "ce poste a déjà ses {headcount} réservations"
        BookingState "booking_state"
            "this booking is `{state}`, which does not allow `{action}`"
            "cette réservation est à l'état `{state}`, qui ne permet pas `{action}`"
        LeadNotConfirmed "lead_not_confirmed"
            "only a confirmed booking can lead the shift"
            "seule une réservation confirmée peut mener le service"
        TeamNotShared "team_not_shared"
            "the agency has not shared the team yet; ask it"
            "l'agence n'a pas encore partagé l'équipe ; adressez-vous à elle"
        ShiftCancelled "shift_cancelled"
            "this shift is cancelled" "ce service est annulé"
        ShiftNotStarted "shift_not_started"
            "this shift has not started yet" "ce service n'a pas encore commencé"
        ShiftStarted "shift_started"
            "this shift has started already" "ce service a déjà commencé"
        ShiftFinished "shift_finished"
            "this shift is finished already" "ce service est déjà terminé"
        ClientFull "client_full"
            "a client has at most {expected} people; remove somebody first"
            "un client compte au plus {expected} personnes ; retirez-en une d'abord"
        ProjectTooLarge "project_too_large"
            "a project has at most {expected} shifts" "un projet compte au plus {expected} services"
        HostIdTaken "host_id_taken"
            "this host id belongs to another record" "cet identifiant externe appartient à un autre enregistrement"
        SkillArchived "skill_archived"
            "this skill is archived; choose an active one" "cette compétence est archivée ; choisissez-en une active"
        NothingAsked "nothing_asked"
            "nothing waits to be decided here" "rien n'attend de décision ici"
        LastAdministrator "last_administrator"
            "this is the last administrator; make somebody else one first"
            "c'est le dernier administrateur ; nommez-en d'abord un autre"
        PersonExists "person_exists"
            "somebody with this e-mail is a portal user already; add them to the client instead"
            "une personne avec cette adresse utilise déjà le portail ; ajoutez-la plutôt au client"
        EmailTaken "email_taken"
            "this e-mail belongs to somebody else" "cette adresse appartient à quelqu'un d'autre"
        AlreadyJoined "already_joined"
            "this person has joined already" "cette personne a déjà rejoint le portail"
        SecondFactorOn "second_factor_on"
            "the second factor is on already; switch it off first"
            "le second facteur est déjà actif ; désactivez-le d'abord"
        SecondFactorOff "second_factor_off"
            "there is no second factor here; enrol one first"
            "il n'y a pas de second facteur ici ; enregistrez-en un d'abord"
        TermsNotCurrent "terms_not_current"
            "these are not the current terms; read and accept the current ones"
            "ces conditions ne sont plus en vigueur ; lisez et acceptez celles qui le sont"
        NameTaken "name_taken"
            "this name is taken; choose another" "ce nom est déjà pris ; choisissez-en un autre"
        StaleRevision "stale_revision"
            "this has changed since you read it (now revision {revision}); read it again"
            "ceci a changé depuis votre lecture (révision {revision} à présent) ; relisez-le"
    }
    Throttled {
        Busy "busy"
            "too many sign-ins are being checked at this moment; try again shortly"
            "trop de connexions sont vérifiées en ce moment ; réessayez dans un instant"
        TooManyAttempts "too_many_attempts"
            "there were too many attempts; try again in {seconds} seconds"
            "il y a eu trop de tentatives ; réessayez dans {seconds} secondes"
    }
    Contended {
        Contended "contended"
            "others changed the same data at the same time; try again"
            "les mêmes données ont été modifiées en même temps ; réessayez"
    }
    Unavailable {
        StoreUnavailable "store_unavailable"
            "the data cannot be reached now; try again later" "les données sont injoignables ; réessayez plus tard"
        StoreFull "store_full"
            "the disk is full; nothing was written" "le disque est plein ; rien n'a été écrit"
        StoreReadOnly "store_read_only"
            "the data cannot be changed now; nothing was written"
            "les données ne sont pas modifiables ; rien n'a été écrit"
        StoreClosed "store_closed"
            "the store is closed; open it again: {reason}" "le stockage est fermé ; rouvrez-le : {reason}"
    }
    OutcomeUnknown {
        OutcomeUnknown "outcome_unknown"
            "it is not known whether this was saved; call again with the same command id"
            "on ignore si ceci a été enregistré ; rappelez avec le même identifiant de commande"
    }
    Internal {
        StoreDamaged "store_damaged"
            "the stored data does not read back: {reason}" "les données stockées sont illisibles : {reason}"
        StoreNewer "store_newer"
            "the data was written by a newer version; update the library: {reason}"
            "les données viennent d'une version plus récente ; mettez la bibliothèque à jour : {reason}"
        StoreUnknownKind "store_unknown_kind"
            "the store's schema is older than the library; migrate it: {reason}"
            "le schéma du stockage est plus ancien que la bibliothèque ; migrez-le : {reason}"
        StoreFault "store_fault"
            "the store broke its contract: {reason}" "le stockage n'a pas respecté son contrat : {reason}"
        Internal "internal"
            "a fault in the library: {reason}" "une erreur interne : {reason}"
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Code;
    use crate::values::Locale;

    fn placeholders(template: &str) -> BTreeSet<&str> {
        template.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
    }

    #[test]
    fn a9_every_code_has_its_own_text_and_a_sentence_in_each_language() {
        let texts: BTreeSet<_> = Code::ALL.iter().map(|code| code.text()).collect();
        assert_eq!(texts.len(), Code::ALL.len());
        for code in Code::ALL {
            let [english, french] = Locale::ALL.map(|locale| code.template(locale));
            assert!(!english.is_empty() && !french.is_empty() && english != french, "{code:?}");
            assert_eq!(placeholders(english), placeholders(french), "{code:?}");
        }
    }
}
