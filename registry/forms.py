"""How every form looks and asks: Django's own forms, rendered by our templates (docs/pages.md)."""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.utils import pretty_name
from django.utils.translation import gettext_lazy as _


class Renderer(DjangoTemplates):
    """`{{ form }}` and `{{ form.field.as_field_group }}` in the site's markup; widgets stay Django's."""

    form_template_name = "registry/forms/form.html"
    field_template_name = "registry/forms/field.html"


class Form(forms.Form):
    """A form whose "required" errors name the field: five times "This field is required." helps nobody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def full_clean(self) -> None:
        # Only now: until here a form may still exchange its fields.
        for name, field in self.fields.items():
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                words = next(words for kind, words in _ASKS.items() if isinstance(field, kind))
                field.error_messages["required"] = words % {"label": field.label or pretty_name(name)}
        super().full_clean()


_ASKS = {
    forms.FileField: _("请选择文件：%(label)s"),
    forms.BooleanField: _("请勾选：%(label)s"),
    forms.ChoiceField: _("请选择：%(label)s"),
    forms.Field: _("请填写：%(label)s"),
}
