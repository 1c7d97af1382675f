"""Refusals of `certificates`."""

from registry.errors import Conflict, InvalidInput, NotPermitted, RegistryError


class CertificateRefused(RegistryError):
    """The certificate cannot be issued, and the facts say why; nothing was written."""

    code = "certificate_refused"
    status = 409


class NotEarned(CertificateRefused):
    """The trainee did not complete the course; `outcome` says how it stands."""

    code = "not_earned"


class NoticeNeeded(CertificateRefused):
    """Certificates go on public notice first here, and this one has not been."""

    code = "certificate_notice_needed"


class OnNotice(CertificateRefused):
    """The trainee is on public notice until `until`; only then can the certificate be issued."""

    code = "certificate_on_notice"


class NoticeObjected(CertificateRefused):
    """An objection to the public notice waits for an answer or was upheld."""

    code = "certificate_objected"


class CohortNotCompleted(CertificateRefused):
    """The cohort is still `state`: until it is completed, outcomes can change."""

    code = "cohort_not_completed"


class TrainingNotOver(CertificateRefused):
    """The course ends on `ends_on`, after the day of issue."""

    code = "training_not_over"


class SkillNotIssuable(CertificateRefused):
    """No training base may certify this skill: 医疗按摩 takes a national examination (docs/domain.md §2.1 C27)."""

    code = "skill_not_issuable"


class NotAccredited(CertificateRefused):
    """The training base was not accredited on `on`."""

    code = "not_accredited"


class TitleDiscloses(CertificateRefused):
    """The title has `word`, which discloses a disability."""

    code = "title_discloses"
    status = 422


class TitleMisleads(CertificateRefused):
    """The title has `word`, which belongs to another authority's certificate."""

    code = "title_misleads"
    status = 422


class TitleLength(CertificateRefused):
    """The title is empty or longer than `limit`."""

    code = "title_length"
    status = 422


class TitleSetByTemplate(CertificateRefused):
    """The federation's template says how certificates are called: `title`, and no other."""

    code = "title_set_by_template"
    status = 422


class NameDiscloses(CertificateRefused):
    """The `field` (skill or course) has no name left once the words that disclose a disability are gone."""

    code = "name_discloses"
    status = 422


class NotSignable(CertificateRefused):
    """A value cannot be signed; `reason` is a code of `certificates/proof/errors.py`."""

    code = "not_signable"
    status = 422


class NoSigningKey(CertificateRefused):
    """No federation at or above the base's region has a key for this day; the words name the command."""

    code = "no_signing_key"
    status = 503


class NoServiceKey(RegistryError):
    """The installation has no active key of this `purpose` on the day; the words name the command."""

    code = "no_service_key"
    status = 503


class KeyFileMissing(RegistryError):
    """The private key `kid` is not in the key store, or is no key of ours."""

    code = "key_file_missing"
    status = 503


class KeyFileUnsafe(RegistryError):
    """The private key file of `kid` can be read by others than its owner."""

    code = "key_file_unsafe"
    status = 503


class KeyStoreReadOnly(RegistryError):
    """This key store only holds what its operator puts there: make the key outside and name its `kid`."""

    code = "key_store_read_only"
    status = 409


class KeyKindWrong(RegistryError):
    """The key in the store is not of the kind that its `purpose` takes (P-256, or Ed25519 for `credential`)."""

    code = "key_kind_wrong"
    status = 422


class NoNextKey(Conflict):
    """There is no key that could take over."""

    code = "no_next_key"


class SignatureNotGood(RegistryError):
    """What was just signed does not verify: our fault, nothing was issued."""

    code = "signature_not_good"
    status = 500


class KeyNotActive(Conflict):
    """The key is `state`, and this needs another."""

    code = "key_not_active"


class WrongStatus(Conflict):
    """The certificate is `status`, and this needs another."""

    code = "certificate_status"


class ChangeWaiting(Conflict):
    """Another change of this certificate waits to take effect."""

    code = "change_waiting"


class ChangeOver(Conflict):
    """The change is `state`: it took effect, was refused or undone, or its time to be undone is over."""

    code = "change_over"


class NothingTouched(Conflict):
    """No certificate here is in a status that this changes, or all of them have another change waiting."""

    code = "nothing_touched"


class NothingCorrected(RegistryError):
    """What was typed is what is printed already."""

    code = "nothing_corrected"
    status = 422


class ReasonNeeded(InvalidInput):
    """A withdrawal or suspension tells the public its class of reason."""

    code = "reason_needed"


class AlreadyRecorded(Conflict):
    """A certificate of this family with this number is already recorded."""

    code = "external_already_recorded"


class ExternalState(Conflict):
    """The external certificate is already verified or cancelled."""

    code = "external_state"


class SecondPersonNeeded(NotPermitted):
    """Whoever recorded an external certificate does not verify it, whoever asked for a change does not approve it."""

    code = "second_person_needed"


class CodeMistyped(RegistryError):
    """What was typed is no certificate's code: its length, characters or check character are wrong."""

    code = "code_mistyped"
    status = 422


class ReportClosed(Conflict):
    """Somebody has already dealt with this report."""

    code = "report_closed"


class NothingToPrint(RegistryError):
    """The cohort has no certificate yet."""

    code = "nothing_to_print"
    status = 404


class NotTheHolder(RegistryError):
    """Number, name and last four signs of the ID are not of one holder; which of them is wrong is not said."""

    code = "not_the_holder"
    status = 422


class SlipEnded(RegistryError):
    """The personal link ran out, was ended, or a newer slip was printed."""

    code = "slip_ended"
    status = 410


class NothingToOpen(Conflict):
    """The person has no certificate that a slip could open."""

    code = "nothing_to_open"


class TooManyShares(Conflict):
    """`limit` share links are open already."""

    code = "too_many_shares"


class ShareEnded(RegistryError):
    """The share link ran out or its holder ended it."""

    code = "share_ended"
    status = 410


class TemplateFixed(Conflict):
    """A version that was put in use is not changed any more: a new one takes its place."""

    code = "template_fixed"


class TemplateNotInUse(Conflict):
    """Only a version in use, or one whose day is to come, can be ended."""

    code = "template_not_in_use"


class TemplateDayTaken(Conflict):
    """Another version of this federation begins on the same day."""

    code = "template_day_taken"


class TemplatePicturesUnseen(InvalidInput):
    """Nobody has confirmed that logo and seal disclose nothing: no program can read them."""

    code = "template_pictures_unseen"
