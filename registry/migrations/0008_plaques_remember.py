"""Plaques learn what they were granted for, and what happened to them so far becomes history."""

from django.db import migrations


def remember(apps, schema_editor):
    Accreditation = apps.get_model("registry", "Accreditation")
    AccreditationCategory = apps.get_model("registry", "AccreditationCategory")
    BaseCategory = apps.get_model("registry", "BaseCategory")
    BaseEvent = apps.get_model("registry", "BaseEvent")
    taught = {}
    for base_id, category in BaseCategory.objects.values_list("base_id", "category"):
        taught.setdefault(base_id, []).append(category)
    plaques = list(Accreditation.objects.select_related("base").order_by("pk"))
    for plaque in plaques:
        plaque.kind = plaque.base.kind
    Accreditation.objects.bulk_update(plaques, ["kind"], batch_size=500)
    AccreditationCategory.objects.bulk_create(
        (
            AccreditationCategory(accreditation=plaque, category=category)
            for plaque in plaques
            for category in taught.get(plaque.base_id, [])
        ),
        batch_size=1_000,
    )
    BaseEvent.objects.bulk_create(
        (
            BaseEvent(
                base_id=plaque.base_id,
                verb=verb,
                subject_type="accreditation",
                subject_id=plaque.pk,
                happened_on=day,
                note=note,
            )
            for plaque in plaques
            for verb, day, note in (
                ("base.accredited", plaque.granted_on, plaque.plaque_number),
                ("base.accreditation_revoked", plaque.revoked_on, plaque.revoked_reason),
            )
            if day is not None
        ),
        batch_size=1_000,
    )


class Migration(migrations.Migration):

    dependencies = [
        ("registry", "0007_base_life"),
    ]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
